"""Hands mails to the mail server, with a last moment to stop before each.

A mail server takes a mail with the line that ends it, and throws away what was begun
before. So all but that line is sent first, then `before_last` is asked: what it commits
is known whatever happens next, and where it says no, nothing was sent.
"""

from __future__ import annotations

import re
import smtplib
from collections.abc import Callable
from contextlib import suppress
from email.errors import MessageError

from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address

LINE_WITH_DOT = re.compile(rb"(?m)^\.")
# "Closing", and what a server does not allow us, whatever the address (RFC 3463).
CLOSING, POLICY = 421, re.compile(rb"5\.7\.")
# What stands for the server's code where an address cannot even be told to it.
NO_ADDRESS = "address"


class Refused(Exception):
    """The mail was not taken; `for_good` where that is so of the address."""

    def __init__(self, code: int | str, *, for_good: bool = False) -> None:
        super().__init__(str(code))
        self.code, self.for_good = str(code), for_good


class Unreachable(Exception):
    """The mail server cannot be spoken with, or takes no mail from here at all."""


class Stopped(Exception):
    """The last look before sending said no."""


class Unknown(Exception):
    """The mail was handed over, and no answer came."""


class Courier:
    """A connection to the mail server of the settings, opened when it is needed."""

    def __init__(self) -> None:
        self._backend = get_connection()

    def send(self, mail: EmailMultiAlternatives, before_last: Callable[[], bool]) -> None:
        """Hand a mail over. Returns when the server has taken it.

        Raises Refused, Unreachable or Stopped where it certainly was not taken, and
        Unknown where nobody can tell.
        """
        recipient = _recipient(mail)
        if not isinstance(self._backend, EmailBackend):
            self._without_smtp(mail, before_last)
            return
        smtp = self._begun(self._backend, mail, recipient)
        if not before_last():
            self.close()
            raise Stopped
        try:
            smtp.send(b".\r\n")
            code, _ = smtp.getreply()
        except (OSError, smtplib.SMTPException):
            self.close()
            raise Unknown from None
        if code == CLOSING:
            self.close()
        if code // 100 != 2:
            raise Refused(code)

    def close(self) -> None:
        """Hang up."""
        if isinstance(self._backend, EmailBackend) and self._backend.connection:
            with suppress(OSError, smtplib.SMTPException):
                self._backend.connection.close()
            self._backend.connection = None

    def _begun(
        self, backend: EmailBackend, mail: EmailMultiAlternatives, recipient: str
    ) -> smtplib.SMTP:
        """A connection on which all but the last line was sent.

        Servers hang up after a number of mails; then it is begun again on a new one. A mail
        that cannot be written raises before anything is said of it.
        """
        sender = _sender(mail)
        text = mail.message().as_bytes(linesep="\r\n")  # type: ignore[call-arg]
        while True:
            is_new = backend.connection is None
            smtp = self._open(backend)
            try:
                self._all_but_last(smtp, sender, recipient, text)
            except (OSError, smtplib.SMTPException) as error:
                self.close()
                if is_new:
                    raise Unreachable(type(error).__name__) from None
            else:
                return smtp

    def _open(self, backend: EmailBackend) -> smtplib.SMTP:
        try:
            backend.open()
            smtp = backend.connection
            if smtp is None:
                raise Unreachable("no connection")
            smtp.ehlo_or_helo_if_needed()
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise Unreachable(type(error).__name__) from None
        return smtp

    def _all_but_last(self, smtp: smtplib.SMTP, sender: str, recipient: str, text: bytes) -> None:
        """Speak up to the line that ends the mail."""
        code, _ = smtp.mail(sender)
        if code // 100 != 2:
            self.close()
            raise Unreachable(f"the server takes no mail from here: {code}")
        code, said = smtp.rcpt(recipient)
        if code == CLOSING:
            raise smtplib.SMTPServerDisconnected
        if code // 100 != 2:
            smtp.rset()
            raise Refused(code, for_good=code // 100 == 5 and not POLICY.match(said))
        code, _ = smtp.docmd("DATA")
        if code != 354:
            smtp.rset()
            raise Refused(code)
        smtp.send(LINE_WITH_DOT.sub(b"..", text.rstrip(b"\r\n")) + b"\r\n")

    def _without_smtp(self, mail: EmailMultiAlternatives, before_last: Callable[[], bool]) -> None:
        """For backends that write to a file, to the screen or to memory."""
        if not before_last():
            raise Stopped
        self._backend.send_messages([mail])


def _recipient(mail: EmailMultiAlternatives) -> str:
    """The address as it is told to the server."""
    try:
        return sanitize_address(mail.to[0], "utf-8")
    except (ValueError, MessageError):
        raise Refused(NO_ADDRESS, for_good=True) from None


def _sender(mail: EmailMultiAlternatives) -> str:
    try:
        return sanitize_address(mail.from_email, "utf-8")
    except (ValueError, MessageError):
        raise Unreachable("ALERTS_FROM is no address") from None
