"""Through which server the mails of a tenancy leave, and what their From says (contract 06, section 1.1)."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from hexclave_app.config.legacy import MANAGED_SMTP_HOST, MANAGED_SMTP_PORT, MANAGED_SMTP_USERNAME
from hexclave_app.gateways.mail.failures import ErrorType, SendFailure
from hexclave_app.gateways.mail.messages import Sender
from hexclave_app.gateways.mail.resend_api import ResendAccount
from hexclave_app.gateways.mail.smtp import Security, SmtpServer
from hexclave_app.services.tenancies import TenancySnapshot
from hexclave_app.settings import Settings


class Kind(StrEnum):
    """How a mail is handed over."""

    SMTP = "smtp"
    RESEND = "resend"
    INBOX = "inbox"
    """The built-in inbox of a developer's machine: nothing leaves."""


NO_SENDER: Final = Sender("", "")


@dataclass(frozen=True, slots=True)
class Transport:
    """A way out."""

    kind: Kind
    sender: Sender
    server: SmtpServer | None = None
    account: ResendAccount | None = None
    reports_delivery: bool = False
    """Whether delivered and bounced mails will be told by webhooks."""


def resolve(tenancy: TenancySnapshot, settings: Settings) -> Transport:
    """The transport of a tenancy; raises SendFailure when its configuration is incomplete."""
    server = tenancy.config.emails.server
    if server.is_shared:
        return _shared(tenancy.display_name, settings)
    may_be_private = settings.email_private_servers_allowed
    if server.provider == "managed":
        if not (server.password and server.managed_subdomain and server.managed_sender_local_part):
            raise _incomplete()
        sender = Sender(tenancy.display_name, f"{server.managed_sender_local_part}@{server.managed_subdomain}")
        return Transport(
            Kind.SMTP,
            sender,
            server=SmtpServer.of_project(
                host=MANAGED_SMTP_HOST,
                port=MANAGED_SMTP_PORT,
                username=MANAGED_SMTP_USERNAME,
                password=server.password,
                may_be_private=False,
            ),
        )
    needed = (server.host, server.port, server.username, server.password, server.sender_name, server.sender_email)
    if any(value is None for value in needed):
        raise _incomplete()
    return Transport(
        Kind.SMTP,
        Sender(server.sender_name or "", server.sender_email or ""),
        server=SmtpServer.of_project(
            host=server.host or "",
            port=int(server.port or 0),
            username=server.username or "",
            password=server.password or "",
            may_be_private=may_be_private,
        ),
    )


def shared_kind(settings: Settings) -> Kind | None:
    """How the deployment's own server sends; None when there is none."""
    if settings.resend_api_key:
        return Kind.RESEND
    if settings.smtp_host:
        return Kind.SMTP
    return Kind.INBOX if settings.is_local else None


def _shared(display_name: str, settings: Settings) -> Transport:
    sender = Sender(display_name, settings.smtp_from)
    kind = shared_kind(settings)
    if kind is Kind.INBOX:
        return Transport(Kind.INBOX, Sender(display_name, settings.smtp_from or "noreply@localhost"))
    if kind is None:
        raise SendFailure(
            ErrorType.SENDING_DISABLED,
            "This installation has no shared mail server. Configure the project's own, or ask the operator for one.",
        )
    if not settings.smtp_from:
        raise SendFailure(
            ErrorType.SENDING_DISABLED, "The shared mail server has no sender address (HEXCLAVE_SMTP_FROM)."
        )
    if kind is Kind.RESEND:
        account = ResendAccount(settings.resend_api_key, settings.resend_api_base)
        return Transport(kind, sender, account=account, reports_delivery=bool(settings.resend_webhook_secret))
    return Transport(
        kind,
        sender,
        server=SmtpServer(
            host=settings.smtp_host,
            port=settings.smtp_port,
            username=settings.smtp_username,
            password=settings.smtp_password,
            security=Security(settings.smtp_security.value),
            may_be_private=True,
        ),
    )


def _incomplete() -> SendFailure:
    return SendFailure(ErrorType.UNKNOWN, "The e-mail server of the project is not configured completely.")
