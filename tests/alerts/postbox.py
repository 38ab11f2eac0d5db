"""A real mail server on this machine that keeps what it takes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller

from tests.browser.site import free_port

RECORD = re.compile(
    r"https?://[^/\s]+/(?:policies|targets|events)/([\w-]+)/(?:\?lang=\S+)?\s*$", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail as it was taken."""

    to: str
    message: EmailMessage

    @property
    def text(self) -> str:
        return self._part("plain")

    @property
    def html(self) -> str:
        return self._part("html")

    def _part(self, kind: str) -> str:
        body = self.message.get_body((kind,))
        return body.get_content() if body else ""

    @property
    def records(self) -> list[str]:
        """The last parts of the addresses of its records."""
        return RECORD.findall(self.text)

    def link(self, use: str) -> str:
        """The path of a link to one of the pages of alerts."""
        found = re.search(rf"https?://[^/\s]+(/alerts/{use}/\S+)", self.text)
        assert found, self.text
        return found[1]


@dataclass(slots=True)
class Postbox:
    """What has arrived, and how the server answers."""

    port: int
    mails: list[Mail] = field(default_factory=list)
    # What is answered to a recipient, or to a whole mail, by the beginning of the address.
    to_recipient: dict[str, str] = field(default_factory=dict)
    to_mail: dict[str, str] = field(default_factory=dict)
    # Addresses whose next mail is taken, after which the line goes dead without an answer.
    silent: set[str] = field(default_factory=set)

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:  # noqa: N802
        refusal = self.to_recipient.get(address.partition("@")[0])
        if refusal:
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        name = envelope.rcpt_tos[0].partition("@")[0]
        if name in self.to_mail:
            return self.to_mail[name]
        parsed = message_from_bytes(envelope.original_content, policy=policy.default)
        self.mails += [Mail(to, parsed) for to in envelope.rcpt_tos]
        if name in self.silent:
            self.silent.remove(name)
            server.transport.abort()
        return "250 OK"

    def taken(self) -> list[Mail]:
        """What arrived since this was asked last."""
        mails, self.mails[:] = list(self.mails), []
        return mails


@contextmanager
def mail_server() -> Iterator[Postbox]:
    """A mail server on a free port of this machine."""
    postbox = Postbox(free_port())
    controller = Controller(
        postbox, hostname="127.0.0.1", port=postbox.port, server_hostname="localhost"
    )
    controller.start()
    try:
        yield postbox
    finally:
        controller.stop()
