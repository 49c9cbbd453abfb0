"""Handing mails to SMTP servers, over connections that are kept for a while."""

import asyncio
import socket
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

import aiosmtplib

from hexclave_app.gateways.addresses import is_public
from hexclave_app.gateways.mail import failures
from hexclave_app.gateways.mail.failures import BadMailbox, DeliveryUnconfirmed, ErrorType, SendFailure
from hexclave_app.gateways.mail.messages import OutgoingMail, checked_address, to_mime

DNS_TIMEOUT_S: Final = 7.0
CONNECT_TIMEOUT_S: Final = 15.0
SOCKET_TIMEOUT_S: Final = 20.0
KEPT_FOR_S: Final = 8.0  # an idle connection; servers end them after some tens of seconds
MAILS_PER_CONNECTION: Final = 100
MAX_REPLY_LENGTH: Final = 1_000
_TLS_PORTS: Final = (465, 2465)


class Security(StrEnum):
    """How a connection is protected."""

    TLS = "tls"
    STARTTLS = "starttls"
    OPPORTUNISTIC = "opportunistic"
    """STARTTLS where the server offers it."""
    NONE = "none"


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """A server with everything needed to send through it."""

    host: str
    port: int
    username: str = ""
    password: str = ""
    security: Security = Security.OPPORTUNISTIC
    may_be_private: bool = False
    """Only where the operator named the server, or on a developer's machine."""

    @classmethod
    def of_project(cls, *, host: str, port: int, username: str, password: str, may_be_private: bool) -> "SmtpServer":
        """A server of a project's own configuration: TLS by port."""
        security = Security.TLS if port in _TLS_PORTS else Security.OPPORTUNISTIC
        return cls(host, port, username, password, security, may_be_private)


HandOver = Callable[[], Awaitable[bool]]
"""Called right before the text leaves; False means that somebody else sends it."""


class SmtpPool:
    """Connections by server, reused while they are fresh; belongs to one event loop."""

    def __init__(self) -> None:
        self._kept: dict[SmtpServer, list[_Connection]] = {}

    async def send(
        self, server: SmtpServer, mail: OutgoingMail, *, now: datetime, hand_over: HandOver
    ) -> Sequence[BadMailbox]:
        """Hand a mail over; raises SendFailure. Returns without sending when the hand-over is refused.

        Those recipients are returned whose mailboxes do not exist while others got the mail.
        """
        content = to_mime(mail, now)
        recipients = {checked_address(address): address for address in mail.to}
        sender = checked_address(mail.sender.email)
        for is_last_try in (False, True):
            connection = self._take(server)
            is_fresh = connection is None
            try:
                if connection is None:
                    connection = await _Connection.open(server)
                refused = await connection.envelope(sender, list(recipients))
            except (OSError, EOFError, aiosmtplib.SMTPException, ValueError, TimeoutError) as error:
                if connection is not None:
                    connection.close()
                if not is_fresh and not is_last_try and not isinstance(error, aiosmtplib.SMTPResponseException):
                    continue  # a kept connection had ended; nothing was handed over yet
                failure = failures.of_error(error, host=server.host)
                if isinstance(error, aiosmtplib.SMTPRecipientsRefused):
                    failure.bad_mailboxes = _bad_mailboxes(error.recipients, recipients)
                raise failure from error
            if not await hand_over():
                connection.close()
                return ()
            await self._deliver(server, connection, content)
            return _bad_mailboxes(refused, recipients)
        raise AssertionError("unreachable: the last try returns or raises")

    async def _deliver(self, server: SmtpServer, connection: "_Connection", content: bytes) -> None:
        try:
            await connection.data(content)
        except aiosmtplib.SMTPResponseException as error:
            connection.close()
            raise failures.of_reply(error.code, error.message[:MAX_REPLY_LENGTH]) from error
        except (OSError, EOFError, aiosmtplib.SMTPException, TimeoutError) as error:
            connection.close()
            raise DeliveryUnconfirmed(f"{type(error).__name__}: {error}") from error
        except BaseException:
            connection.close()
            raise
        self._keep(server, connection)

    def close(self) -> None:
        """Close every kept connection."""
        for connections in self._kept.values():
            for connection in connections:
                connection.close()
        self._kept.clear()

    def close_idle(self) -> None:
        """Close connections that were not used for a while."""
        for server in list(self._kept):
            fresh = [connection for connection in self._kept[server] if connection.is_usable]
            for connection in self._kept[server]:
                if connection not in fresh:
                    connection.close()
            if fresh:
                self._kept[server] = fresh
            else:
                del self._kept[server]

    def _take(self, server: SmtpServer) -> "_Connection | None":
        kept = self._kept.get(server, [])
        while kept:
            connection = kept.pop()
            if connection.is_usable:
                return connection
            connection.close()
        return None

    def _keep(self, server: SmtpServer, connection: "_Connection") -> None:
        connection.used_at = time.monotonic()
        connection.mails += 1
        self._kept.setdefault(server, []).append(connection)


class _Connection:
    """One authenticated session with a server."""

    def __init__(self, client: aiosmtplib.SMTP) -> None:
        self._client = client
        self.used_at = time.monotonic()
        self.mails = 0

    @classmethod
    async def open(cls, server: SmtpServer) -> "_Connection":
        """Connect, secure and sign in."""
        connected = await _connect(server)
        client = aiosmtplib.SMTP(
            hostname=server.host,
            sock=connected,
            use_tls=server.security is Security.TLS,
            start_tls={Security.STARTTLS: True, Security.OPPORTUNISTIC: None}.get(server.security, False),
            local_hostname="hexclave.local",  # without it the machine's own name would be looked up, and told
            timeout=SOCKET_TIMEOUT_S,
        )
        try:
            await client.connect()
            if server.username:
                _require_secrecy(server, client, connected)
                await client.login(server.username, server.password)
        except BaseException:
            client.close()
            connected.close()
            raise
        return cls(client)

    @property
    def is_usable(self) -> bool:
        """Whether the connection is young enough to be still open."""
        is_young = time.monotonic() - self.used_at < KEPT_FOR_S and self.mails < MAILS_PER_CONNECTION
        return is_young and self._client.is_connected

    async def envelope(self, sender: str, recipients: list[str]) -> list[aiosmtplib.SMTPRecipientRefused]:
        """Name sender and recipients; fails only when nobody is accepted, else returns who was not."""
        await self._client.mail(sender)
        refused: list[aiosmtplib.SMTPRecipientRefused] = []
        for recipient in recipients:
            try:
                await self._client.rcpt(recipient)
            except aiosmtplib.SMTPRecipientRefused as error:
                refused.append(error)
        if len(refused) == len(recipients):
            raise aiosmtplib.SMTPRecipientsRefused(refused)
        return refused

    async def data(self, content: bytes) -> None:
        """Send the text."""
        await self._client.data(content)

    def close(self) -> None:
        """Close without a farewell, which could take long."""
        self._client.close()


def _require_secrecy(server: SmtpServer, client: aiosmtplib.SMTP, connected: socket.socket) -> None:
    """A password crosses the internet encrypted or not at all, unless the operator has switched encryption off."""
    is_open = server.security is Security.OPPORTUNISTIC and client.get_transport_info("sslcontext") is None
    if is_open and is_public(str(connected.getpeername()[0])):
        raise SendFailure(
            ErrorType.AUTH_FAILED,
            f"The mail server {server.host!r} offers no encryption, so the password was not sent. "
            "Use a port with TLS, such as 465 or 587.",
        )


def _bad_mailboxes(
    refused: Sequence[aiosmtplib.SMTPRecipientRefused], recipients: Mapping[str, str]
) -> Sequence[BadMailbox]:
    """Which refusals are for good, by the addresses as the mail has them."""
    return [
        BadMailbox(recipients.get(error.recipient, error.recipient), f"{error.code} {error.message}"[:MAX_REPLY_LENGTH])
        for error in refused
        if failures.is_bad_mailbox(error.code, error.message)
    ]


async def _connect(server: SmtpServer) -> socket.socket:
    """A socket to a checked address of the server."""
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(DNS_TIMEOUT_S):
            found = await loop.getaddrinfo(server.host, server.port, type=socket.SOCK_STREAM)
    except UnicodeError:
        raise socket.gaierror(f"{server.host!r} is not a host name") from None
    if not server.may_be_private and not all(is_public(str(entry[4][0])) for entry in found):
        raise SendFailure(ErrorType.HOST_NOT_FOUND, f"The mail server {server.host!r} has no public address.")
    last: OSError | None = None
    for family, kind, protocol, _, address in found:
        connected = socket.socket(family, kind, protocol)
        connected.setblocking(False)
        try:
            async with asyncio.timeout(CONNECT_TIMEOUT_S):
                await loop.sock_connect(connected, address)
        except (OSError, TimeoutError) as error:
            connected.close()
            last = error
        else:
            return connected
    raise last or socket.gaierror(f"{server.host!r} has no address")
