"""Handing mails to SMTP servers over the network: TLS that is never given up, and conversations that break off."""

import ssl
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from hexclave_app.gateways.mail import smtp
from hexclave_app.gateways.mail.failures import ErrorType, SendFailure
from hexclave_app.gateways.mail.messages import OutgoingMail, Sender
from hexclave_app.gateways.mail.smtp import Security, SmtpPool, SmtpServer
from models.base import utc_now
from tests.support.certificates import Authority
from tests.support.scripted_smtp import DROP, GREETING, STALL, TEXT, ScriptedServer, scripted_server
from tests.support.smtp import SmtpSink, smtp_sink

HOST = "127.0.0.1"
ENCRYPTED = (Security.TLS, Security.STARTTLS, Security.OPPORTUNISTIC)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(autouse=True)
def trusted(authority: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    """This machine trusts the authority, and only it."""
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.path))


@pytest.fixture
def pool() -> Iterator[SmtpPool]:
    created = SmtpPool()
    yield created
    created.close()


@pytest.fixture
async def script() -> AsyncIterator[ScriptedServer]:
    async with scripted_server() as running:
        yield running


class Sending:
    """One mail on its way."""

    def __init__(self) -> None:
        self.left = False

    async def hand_over(self) -> bool:
        """Note that the text leaves now."""
        self.left = True
        return True

    async def send(self, pool: SmtpPool, server: SmtpServer, *to: str) -> None:
        """Send it."""
        mail = OutgoingMail(
            id=uuid.uuid4(),
            version="1",
            sender=Sender("Acme", "hello@acme.example"),
            to=to or ("ada@example.org",),
            subject="Hello",
            html="<p>Hi</p>",
            text="Hi",
        )
        await pool.send(server, mail, now=utc_now(), hand_over=self.hand_over)


def sink_for(
    security: Security, context: ssl.SSLContext, password: str | None = None
) -> AbstractContextManager[SmtpSink]:
    if security is Security.TLS:
        return smtp_sink(password=password, implicit_tls=context)
    return smtp_sink(password=password, tls=context)


def server(port: int, security: Security, **fields: str) -> SmtpServer:
    return SmtpServer(HOST, port, security=security, may_be_private=True, **fields)


@pytest.mark.parametrize("security", ENCRYPTED)
async def test_mails_and_passwords_go_through_tls_where_the_server_has_it(
    pool: SmtpPool, authority: Authority, security: Security
) -> None:
    with sink_for(security, authority.context(), password="right") as sink:
        await Sending().send(pool, server(sink.port, security, username="acme", password="right"))
        assert (sink.subjects, sink.encrypted) == (["Hello"], [True])


BAD = {
    "expired": {"days": -1},
    "self-signed": {"is_self_signed": True},
    "of another host": {"host": "mail.other.example"},
    "of another address": {"host": "127.0.0.2"},
}


@pytest.mark.parametrize("security", ENCRYPTED)
@pytest.mark.parametrize("kind", [*BAD, "of a stranger"])
async def test_a_server_with_a_bad_certificate_gets_neither_mail_nor_password(
    pool: SmtpPool, authority: Authority, tmp_path: Path, security: Security, kind: str
) -> None:
    stranger = Authority(tmp_path, "Stranger")
    context = stranger.context() if kind == "of a stranger" else authority.context(**BAD[kind])  # type: ignore[arg-type]  # fields of several types
    sending = Sending()
    with sink_for(security, context, password="right") as sink:
        with pytest.raises(SendFailure) as failed:
            await sending.send(pool, server(sink.port, security, username="acme", password="right"))
        assert (sink.mails, sink.passwords, sending.left) == ([], [], False)
    assert (failed.value.type, failed.value.is_retryable) == (ErrorType.UNKNOWN, False)
    assert "No secure connection" in failed.value.message


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
async def test_tls_that_was_asked_for_is_never_given_up(
    pool: SmtpPool, script: ScriptedServer, security: Security, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtp, "SOCKET_TIMEOUT_S", 2.0)
    sending = Sending()
    with pytest.raises(SendFailure) as failed:
        await sending.send(pool, server(script.port, security))
    assert failed.value.type is ErrorType.UNKNOWN
    assert not sending.left
    assert not any(line.startswith(("MAIL", "AUTH")) for line in script.told)


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.OPPORTUNISTIC])
async def test_a_server_that_refuses_the_tls_it_offers_gets_nothing(
    pool: SmtpPool, script: ScriptedServer, security: Security
) -> None:
    script.offers_tls = True
    sending = Sending()
    with pytest.raises(SendFailure) as failed:
        await sending.send(pool, server(script.port, security))
    assert failed.value.type is ErrorType.TRANSIENT_NEGATIVE_COMPLETION_REPLY
    assert (sending.left, script.told[-1]) == (False, "STARTTLS")


async def test_a_password_never_crosses_the_internet_in_clear(
    pool: SmtpPool, script: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtp, "is_public", lambda _address: True)
    script.answers["EHLO"] = "250-here\r\n250 AUTH PLAIN"
    with pytest.raises(SendFailure) as failed:
        await Sending().send(pool, server(script.port, Security.OPPORTUNISTIC, username="acme", password="secret"))
    assert (failed.value.type, failed.value.is_retryable) == (ErrorType.AUTH_FAILED, False)
    assert "encrypt" in failed.value.message
    assert not any("AUTH" in line for line in script.told)


@pytest.mark.parametrize(
    ("step", "answer", "kind", "is_retried"),
    [
        (GREETING, "421 too many connections", ErrorType.TRANSIENT_NEGATIVE_COMPLETION_REPLY, True),
        (GREETING, "554 go away", ErrorType.REJECTED, False),
        (GREETING, DROP, ErrorType.SOCKET_CLOSED, False),
        (GREETING, STALL, ErrorType.TIMEOUT, True),
        ("EHLO", DROP, ErrorType.SOCKET_CLOSED, False),
        ("EHLO", STALL, ErrorType.TIMEOUT, True),
        ("MAIL", "451 local error", ErrorType.TRANSIENT_NEGATIVE_COMPLETION_REPLY, True),
        ("MAIL", "553 who are you?", ErrorType.INVALID_EMAIL_ADDRESS, False),
        ("MAIL", DROP, ErrorType.SOCKET_CLOSED, False),
        ("MAIL", STALL, ErrorType.TIMEOUT, True),
        ("RCPT", "450 greylisted", ErrorType.TEMPORARY, True),
        ("RCPT", "550 5.1.1 unknown", ErrorType.REJECTED, False),
        ("RCPT", DROP, ErrorType.SOCKET_CLOSED, False),
        ("RCPT", STALL, ErrorType.TIMEOUT, True),
    ],
)
async def test_what_breaks_off_before_the_text_leaves_has_its_class(
    pool: SmtpPool, script: ScriptedServer, monkeypatch: pytest.MonkeyPatch,
    step: str, answer: str, kind: ErrorType, is_retried: bool,
) -> None:  # fmt: skip
    if answer == STALL:
        monkeypatch.setattr(smtp, "SOCKET_TIMEOUT_S", 0.2)
    script.answers[step] = answer
    sending = Sending()
    with pytest.raises(SendFailure) as failed:
        await sending.send(pool, server(script.port, Security.NONE))
    assert (failed.value.type, failed.value.is_retryable, sending.left) == (kind, is_retried, False)


@pytest.mark.parametrize(
    ("step", "answer", "kind"),
    [
        ("DATA", "451 no room", ErrorType.TRANSIENT_NEGATIVE_COMPLETION_REPLY),
        (TEXT, "452 no room", ErrorType.TRANSIENT_NEGATIVE_COMPLETION_REPLY),
        (TEXT, "554 spam", ErrorType.REJECTED),
        (TEXT, DROP, ErrorType.DELIVERY_UNCONFIRMED),
        (TEXT, STALL, ErrorType.DELIVERY_UNCONFIRMED),
    ],
)
async def test_after_the_text_left_only_an_answer_says_that_it_was_refused(
    pool: SmtpPool, script: ScriptedServer, monkeypatch: pytest.MonkeyPatch, step: str, answer: str, kind: ErrorType
) -> None:
    if answer == STALL:
        monkeypatch.setattr(smtp, "SOCKET_TIMEOUT_S", 0.2)
    script.answers[step] = answer
    sending = Sending()
    with pytest.raises(SendFailure) as failed:
        await sending.send(pool, server(script.port, Security.NONE))
    assert (failed.value.type, sending.left) == (kind, True)


async def test_a_connection_is_kept_and_replaced_when_the_server_ended_it(
    pool: SmtpPool, script: ScriptedServer
) -> None:
    target = server(script.port, Security.NONE)
    await Sending().send(pool, target)
    await Sending().send(pool, target)
    assert script.connections == 1
    script.drop_once = ["MAIL"]
    sending = Sending()
    await sending.send(pool, target)
    assert (script.connections, sending.left, sum("Subject" in line for line in script.told)) == (2, True, 3)


async def test_where_no_server_listens_it_is_said_what_to_look_at(pool: SmtpPool) -> None:
    sending = Sending()
    with pytest.raises(SendFailure, match=r"No mail server answers at 127\.0\.0\.1: .* Check host and port") as failed:
        await sending.send(pool, server(1, Security.NONE))
    assert (failed.value.type, failed.value.is_retryable, sending.left) == (ErrorType.UNKNOWN, False, False)


async def test_a_server_that_hangs_up_while_tls_is_set_up_is_tried_again(
    pool: SmtpPool, script: ScriptedServer
) -> None:
    script.answers[GREETING] = DROP
    sending = Sending()
    with pytest.raises(SendFailure) as failed:
        await sending.send(pool, server(script.port, Security.TLS))
    assert (failed.value.type, failed.value.is_retryable, sending.left) == (ErrorType.UNKNOWN, True, False)


MALFORMED = (
    "", "nobody", "ada@", "@example.org", "a da@example.org", "ada@exa mple.org", "<ada@example.org>",
    "ada@example.org\r\nRCPT TO:<x@y.z>", "ada@example.org,ben@example.org", "ada@@example.org", '"ada"@example.org',
    "ada@[127.0.0.1]", "ada\x00@example.org", f"{'a' * 250}@example.org", "ädä@example.org", "ada@.example.org",
    f"ada@{'x' * 64}.example",
)  # fmt: skip


@pytest.mark.parametrize("address", MALFORMED)
async def test_malformed_recipients_never_reach_a_server(pool: SmtpPool, script: ScriptedServer, address: str) -> None:
    sending = Sending()
    with pytest.raises(SendFailure) as failed:
        await sending.send(pool, server(script.port, Security.NONE), address)
    assert (failed.value.type, failed.value.is_retryable) == (ErrorType.INVALID_EMAIL_ADDRESS, False)
    assert (script.connections, sending.left) == (0, False)
