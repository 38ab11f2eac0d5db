"""One spelling for each mailbox, so that it is counted once and can be written to.

Domains are written as mail servers know them: in lower case, those in other scripts as
IDNA. What cannot be is refused here, before anything is stored.
"""

from __future__ import annotations

import unicodedata

import idna
from django.core.exceptions import ValidationError
from django.forms import EmailField
from django.utils.translation import gettext_lazy

NO_ADDRESS = gettext_lazy("This is no e-mail address, such as name@example.org.")
NO_QUOTES = gettext_lazy(
    "Addresses in quotation marks are not taken. Please give the address without them."
)
NO_DOMAIN = gettext_lazy("What stands behind the @ cannot be the name of a mail server.")
LONGEST_DOMAIN = 253


class MailboxField(EmailField):
    """An address in the one spelling of its mailbox."""

    def __init__(self, **given) -> None:
        super().__init__(**given)
        self.error_messages["invalid"] = NO_ADDRESS

    def to_python(self, value: str | None) -> str:
        typed = super().to_python(value) or ""
        # What is too long is refused by its length, unread.
        return mailbox(typed) if "@" in typed and len(typed) <= (self.max_length or 0) else typed


def mailbox(address: str) -> str:
    """The one spelling of an address; what is before the @ stays as it was typed.

    Raises ValidationError where no mail could be sent to it. Whether it is an address
    at all is the form's to say.
    """
    local, _, domain = address.rpartition("@")
    if '"' in local:
        raise ValidationError(NO_QUOTES)
    # A number instead of a domain has as many spellings as one likes.
    if not local.isascii() or domain.startswith("["):
        raise ValidationError(NO_ADDRESS)
    return f"{local}@{_as_servers_know_it(domain)}"


def _as_servers_know_it(domain: str) -> str:
    domain = unicodedata.normalize("NFKC", domain).lower()
    try:
        ascii_name = domain if domain.isascii() else idna.encode(domain, uts46=True).decode()
    except UnicodeError:
        raise ValidationError(NO_DOMAIN) from None
    if len(ascii_name) > LONGEST_DOMAIN or any(len(label) > 63 for label in ascii_name.split(".")):
        raise ValidationError(NO_DOMAIN)
    return ascii_name
