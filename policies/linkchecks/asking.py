"""Asks one address whether it still leads somewhere, without trust in what answers.

Nothing but public addresses is connected to: the name is looked up once, and the
connection goes to just the number that was judged. Bodies are not read.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from http import HTTPStatus
from threading import Timer
from typing import Any
from urllib.parse import SplitResult, quote, urljoin, urlsplit

REDIRECTS = 5
TRIED = 3
PATIENCE = 10.0
IN_ALL = 20.0
MOVED = {301, 302, 303, 307, 308}
# The server is there and would not talk to us: no proof that a reader gets nothing.
UNWILLING = {401, 403, 407, 412, 429}
SAFE = "/%:=&?~+!$,;'@()*[]-._"
NAT64 = ipaddress.ip_network("64:ff9b::/96")


class Verdict(Enum):
    """What an answer says about an address."""

    REACHED = "reached"
    UNCLEAR = "unclear"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, in a few words."""

    verdict: Verdict
    words: str


class Failure(Exception):
    """No answer that counts; the message says why."""


@dataclass(frozen=True, slots=True)
class Asker:
    """How to ask: under which name, how patiently, and whether private addresses are allowed."""

    agent: str
    private: bool = False
    patience: float = PATIENCE
    in_all: float = IN_ALL
    before: Callable[[str], object] = lambda host: None

    def ask(self, url: str) -> Answer:
        """Ask `url` for its head, and where that does not do, for its page."""
        try:
            status = self._followed("HEAD", url)
            if not 200 <= status < 300:
                status = self._followed("GET", url)
        except Failure as failure:
            return Answer(Verdict.FAILED, str(failure)[:200])
        if 200 <= status < 300:
            return Answer(Verdict.REACHED, _named(status))
        return Answer(Verdict.UNCLEAR if status in UNWILLING else Verdict.FAILED, _named(status))

    def _followed(self, method: str, url: str) -> int:
        """The status where the redirects end; 0 where a HEAD brought none."""
        seen = {url}
        for _ in range(REDIRECTS + 1):
            parts = _parsed(url)
            addresses = self._addresses(parts)
            self.before(parts.hostname or "")
            try:
                status, location = self._asked(method, parts, addresses)
            except Failure:
                if method == "HEAD":
                    return 0
                raise
            if status not in MOVED or not location:
                return status
            url = _joined(url, location)
            if url in seen:
                raise Failure("redirects in a circle")
            seen.add(url)
        raise Failure(f"more than {REDIRECTS} redirects")

    def _addresses(self, parts: SplitResult) -> list[str]:
        """The numbers that the host's name stands for, as far as they may be connected to."""
        host = _ascii(parts.hostname or "")
        try:
            found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
        except (OSError, ValueError):
            raise Failure(f"no such host: {host}"[:150]) from None
        numbers = list(dict.fromkeys(str(row[4][0]) for row in found))
        allowed = [number for number in numbers if self.private or is_public(number)]
        if not allowed:
            raise Failure("leads to a private address, which is not asked")
        return allowed[:TRIED]

    def _asked(self, method: str, parts: SplitResult, addresses: list[str]) -> tuple[int, str]:
        """The status and the next address that the server names."""
        line = _Line(addresses, self.in_all)
        connection = line.connection(parts, self.patience)
        path = quote(parts.path or "/", safe=SAFE)
        query = f"?{quote(parts.query, safe=SAFE)}" if parts.query else ""
        try:
            headers = {"User-Agent": self.agent, "Accept": "*/*", "Connection": "close"}
            connection.request(method, path + query, headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.getheader("Location", "")
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise Failure(_told(error, late=line.is_cut)) from None
        finally:
            line.hang_up()
            connection.close()


class _Line:
    """A line to one of `addresses`, cut after a while, however slowly the other end drips."""

    def __init__(self, addresses: list[str], seconds: float) -> None:
        self.addresses, self.seconds = addresses, seconds
        self.is_cut = False
        self._end: socket.socket | None = None
        self._timer: Timer | None = None

    def connection(self, parts: SplitResult, patience: float) -> http.client.HTTPConnection:
        """A connection that knows its host by name and takes this line."""
        host = _ascii(parts.hostname or "")
        connection: http.client.HTTPConnection
        if parts.scheme == "https":
            secure = ssl.create_default_context()
            connection = http.client.HTTPSConnection(
                host, parts.port, timeout=patience, context=secure
            )
        else:
            connection = http.client.HTTPConnection(host, parts.port, timeout=patience)
        connection._create_connection = self._dial  # type: ignore[attr-defined]
        return connection

    def _dial(self, address: tuple[str, int], timeout: Any, source: Any = None) -> socket.socket:
        for number in self.addresses[:-1]:
            with contextlib.suppress(OSError):
                return self._taken(socket.create_connection((number, address[1]), timeout))
        return self._taken(socket.create_connection((self.addresses[-1], address[1]), timeout))

    def _taken(self, end: socket.socket) -> socket.socket:
        # A second handle on the same connection: TLS takes the first one over.
        self._end = end.dup()
        self._timer = Timer(self.seconds, self._cut)
        self._timer.daemon = True
        self._timer.start()
        return end

    def _cut(self) -> None:
        self.is_cut = True
        with contextlib.suppress(OSError):
            if self._end is not None:
                self._end.shutdown(socket.SHUT_RDWR)

    def hang_up(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        if self._end is not None:
            self._end.close()


def is_public(number: str) -> bool:
    """Whether this IP address is one that anybody can reach, wrapped ones unwrapped."""
    address: Any = ipaddress.ip_address(number.partition("%")[0])
    if address.version == 6:
        inner = address.ipv4_mapped or address.sixtofour
        if inner is None and address in NAT64:
            inner = ipaddress.ip_address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return address.is_global and not address.is_multicast and not address.is_reserved


def _joined(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError:
        raise Failure("redirects to what is no address") from None


def _parsed(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - reading it raises where it is no number
    except ValueError:
        raise Failure("not an address") from None
    if parts.scheme not in ("http", "https"):
        raise Failure(f"leads to {parts.scheme or 'no scheme'}, which is not asked"[:150])
    if not parts.hostname:
        raise Failure("not an address")
    return parts


def _ascii(host: str) -> str:
    try:
        return host if host.isascii() else host.encode("idna").decode()
    except UnicodeError:
        raise Failure("not an address") from None


def _told(error: Exception, *, late: bool) -> str:
    if late or isinstance(error, TimeoutError):
        return "no answer in time"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"certificate: {error.verify_message}"[:150]
    if isinstance(error, ssl.SSLError):
        return "no secure connection"
    if isinstance(error, ConnectionRefusedError):
        return "connection refused"
    if isinstance(error, ConnectionError | http.client.RemoteDisconnected):
        return "connection broken off"
    if isinstance(error, http.client.HTTPException | ValueError):
        return "answers, but not as a web server does"
    return f"cannot be reached: {getattr(error, 'strerror', None) or type(error).__name__}"[:150]


def _named(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)
