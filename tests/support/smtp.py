"""A real SMTP server that tests can make unfriendly."""

import asyncio
import email
import email.policy
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.support.servers import free_port


@dataclass
class SmtpSink:
    """What arrived, and how the server is to answer."""

    port: int = 0
    mails: list[EmailMessage] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)
    passwords: list[str] = field(default_factory=list)
    connections: int = 0
    reply_to_sender: Callable[[str], str | None] = lambda _address: None
    reply_to_recipient: Callable[[str], str | None] = lambda _address: None
    reply_to_data: Callable[[EmailMessage], str | None] = lambda _mail: None
    drops_after_data: bool = False
    stalls: bool = False

    @property
    def subjects(self) -> list[str]:
        """Subjects in the order of arrival."""
        return [str(mail["Subject"]) for mail in self.mails]


class _Handler:
    def __init__(self, sink: SmtpSink) -> None:
        self._sink = sink

    async def handle_EHLO(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self._sink.connections += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        refusal = self._sink.reply_to_sender(address)
        if refusal is None:
            envelope.mail_from = address
        return refusal or "250 OK"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        refusal = self._sink.reply_to_recipient(address)
        if refusal is None:
            envelope.rcpt_tos.append(address)
        return refusal or "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        content = envelope.content or b""
        parsed = email.message_from_bytes(cast("bytes", content), policy=email.policy.default)
        if self._sink.stalls:
            await asyncio.sleep(60)
        if self._sink.drops_after_data:
            cast("Any", server.transport).abort()
            return "250 never seen"
        refusal = self._sink.reply_to_data(parsed)
        if refusal is None:
            self._sink.mails.append(parsed)
            self._sink.recipients.append(list(envelope.rcpt_tos))
            self._sink.encrypted.append(cast("Any", server.transport).get_extra_info("sslcontext") is not None)
        return refusal or "250 OK"


@contextmanager
def smtp_sink(
    *, tls: ssl.SSLContext | None = None, implicit_tls: ssl.SSLContext | None = None, password: str | None = None
) -> Iterator[SmtpSink]:
    """Run a server on a free port of this machine, in a thread of its own."""
    sink = SmtpSink()

    def authenticate(_server: object, _session: object, _envelope: object, _mechanism: str, data: Any) -> AuthResult:
        if isinstance(data, LoginPassword):
            sink.passwords.append(data.password.decode())
        is_right = isinstance(data, LoginPassword) and data.password == (password or "").encode()
        return AuthResult(success=is_right, handled=False)  # aiosmtpd itself answers

    options: dict[str, Any] = {"tls_context": tls, "ssl_context": implicit_tls}
    if password is not None:
        options |= {"authenticator": authenticate, "auth_required": True, "auth_require_tls": False}
    controller = Controller(_Handler(sink), hostname="127.0.0.1", port=free_port(), **options)
    controller.start()
    try:
        sink.port = controller.port
        yield sink
    finally:
        controller.stop(no_assert=True)
