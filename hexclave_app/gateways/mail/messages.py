"""A mail as the network carries it (RFC 5322): headers that cannot be injected into, a text and an HTML part."""

import base64
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.utils import format_datetime, formataddr
from typing import Final

from hexclave_app.gateways.mail.failures import ErrorType, SendFailure

_ADDRESS: Final = re.compile(r"[^\s<>,;:\"()\[\]\\@\x00-\x1f\x7f]+@[^\s<>,;:\"()\[\]\\@\x00-\x1f\x7f]+\Z")
_SHORT: Final = 70  # characters of a header that needs no folding
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
    """The message; raises SendFailure for addresses that no header can hold.

    Written out by hand, because the standard library's generator takes longer than rendering and sending together.
    """
    sender = _ascii(checked_address(mail.sender.email))
    headers = {
        "From": f"{_display_name(mail.sender.name)} <{sender}>" if mail.sender.name else sender,
        "To": ",\r\n ".join(_ascii(checked_address(address)) for address in mail.to),
        "Subject": _header_text(_one_line(mail.subject), name="Subject"),
        "Date": format_datetime(now),
        "Message-ID": f"<{mail.id}@{sender.rpartition('@')[2]}>",
        "Auto-Submitted": "auto-generated",
        **mail.list_headers,
        "MIME-Version": "1.0",
    }
    text = _part("plain", mail.text + "\n")
    if mail.html is None:
        return _head(headers) + text
    boundary = f"=_{mail.id.hex}"
    headers["Content-Type"] = f'multipart/alternative; boundary="{boundary}"'
    parts = b"".join(b"--%b\r\n%b\r\n" % (boundary.encode(), part) for part in (text, _part("html", mail.html)))
    return _head(headers) + b"\r\n" + parts + b"--%b--\r\n" % boundary.encode()


def _head(headers: Mapping[str, str]) -> bytes:
    return "".join(f"{name}: {value}\r\n" for name, value in headers.items()).encode("ascii")


def _part(subtype: str, text: str) -> bytes:
    encoded = base64.encodebytes(text.encode()).replace(b"\n", b"\r\n")
    head = {"Content-Type": f'text/{subtype}; charset="utf-8"', "Content-Transfer-Encoding": "base64"}
    return _head(head) + b"\r\n" + encoded


def _header_text(text: str, *, name: str) -> str:
    """A header's text; encoded words (RFC 2047) where it needs them, folded where it is long."""
    if text.isascii() and text.isprintable() and "=?" not in text and len(text) < _SHORT:
        return text
    return Header(text, "utf-8", header_name=name).encode(linesep="\r\n")


def _display_name(name: str) -> str:
    plain = _one_line(name)
    if plain.isascii() and plain.isprintable() and "=?" not in plain and len(plain) < _SHORT:
        return formataddr((plain, "x")).removesuffix(" <x>")
    return Header(plain, "utf-8", header_name="From").encode(linesep="\r\n")


def _ascii(address: str) -> str:
    if not address.isascii():
        raise SendFailure(
            ErrorType.INVALID_EMAIL_ADDRESS, f"The e-mail address {address!r} needs an international mail server."
        )
    return address


def _one_line(text: str) -> str:
    return " ".join(text.split())
