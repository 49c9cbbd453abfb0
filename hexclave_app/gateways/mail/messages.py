"""A mail as the network carries it (RFC 5322): headers that cannot be injected into, a text and an HTML part."""

import re
import uuid
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from typing import Final

from hexclave_app.gateways.mail.failures import ErrorType, SendFailure

_ADDRESS: Final = re.compile(r"[^\s<>,;:\"()\[\]\\@\x00-\x1f\x7f]+@[^\s<>,;:\"()\[\]\\@\x00-\x1f\x7f]+\Z")
_MAX_ADDRESS_LENGTH: Final = 254  # RFC 5321, section 4.5.3.1.3


@dataclass(frozen=True, slots=True)
class Sender:
    """Who a mail says it is from."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class OutgoingMail:
    """A mail to hand over."""

    id: uuid.UUID
    version: str
    """Changes when the mail is rendered again."""
    sender: Sender
    to: tuple[str, ...]
    subject: str
    html: str | None
    text: str
    unsubscribe_link: str | None = None

    @property
    def idempotency_key(self) -> str:
        """The same for every try to hand over the same text: a provider that knows it sends once."""
        return f"hexclave-{self.id}-{self.version}"

    @property
    def list_headers(self) -> dict[str, str]:
        """What mail programs need for an unsubscribe button (RFC 8058)."""
        if self.unsubscribe_link is None:
            return {}
        return {
            "List-Unsubscribe": f"<{self.unsubscribe_link}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }


def checked_address(address: str) -> str:
    """An address in the form that mail servers take, its domain in ASCII; raises SendFailure."""
    local, _, domain = address.rpartition("@")
    try:
        encoded = f"{local}@{domain.encode('idna').decode()}"
    except UnicodeError:
        encoded = ""
    if not _ADDRESS.match(encoded) or len(encoded) > _MAX_ADDRESS_LENGTH:
        raise SendFailure(ErrorType.INVALID_EMAIL_ADDRESS, f"The e-mail address {address!r} is invalid.")
    return encoded


def to_mime(mail: OutgoingMail, now: datetime) -> bytes:
    """The message; raises SendFailure for addresses that no header can hold."""
    message = EmailMessage(policy=SMTP_POLICY)
    sender = checked_address(mail.sender.email)
    message["From"] = Address(_one_line(mail.sender.name), addr_spec=_ascii(sender))
    message["To"] = [Address("", addr_spec=_ascii(checked_address(address))) for address in mail.to]
    message["Subject"] = _one_line(mail.subject)
    message["Date"] = now
    message["Message-ID"] = f"<{mail.id}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    for name, value in mail.list_headers.items():
        message[name] = value
    # Base64 is encoded in C; quoted-printable in Python would cost more than the rest of sending.
    message.set_content(mail.text + "\n", cte="base64")
    if mail.html is not None:
        message.add_alternative(mail.html, subtype="html", cte="base64")
    return message.as_bytes()


def _ascii(address: str) -> str:
    if not address.isascii():
        raise SendFailure(
            ErrorType.INVALID_EMAIL_ADDRESS, f"The e-mail address {address!r} needs an international mail server."
        )
    return address


def _one_line(text: str) -> str:
    return " ".join(text.split())
