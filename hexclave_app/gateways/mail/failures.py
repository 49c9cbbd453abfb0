"""Why a mail could not be handed over, in the contract's classes (06, section 2.2)."""

import re
import socket
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import aiosmtplib

_WITH_REPLY: Final = "The mail server said: "


class ErrorType(StrEnum):
    """`external_details.errorType`."""

    HOST_NOT_FOUND = "HOST_NOT_FOUND"
    AUTH_FAILED = "AUTH_FAILED"
    TEMPORARY = "TEMPORARY"
    INVALID_EMAIL_ADDRESS = "INVALID_EMAIL_ADDRESS"
    REJECTED = "REJECTED"
    TIMEOUT = "TIMEOUT"
    SOCKET_CLOSED = "SOCKET_CLOSED"
    TRANSIENT_NEGATIVE_COMPLETION_REPLY = "TRANSIENT_NEGATIVE_COMPLETION_REPLY"
    UNKNOWN = "UNKNOWN"
    SENDING_DISABLED = "email-sending-disabled"
    DELIVERY_UNCONFIRMED = "DELIVERY_UNCONFIRMED"


# RFC 3463 and RFC 7505: no such mailbox, bad syntax, moved, no mail here at all, disabled. All else may be about the
# sender (5.1.7, 5.1.8), about policy (5.7) or pass (5.2.2).
_NO_MAILBOX: Final = frozenset({"5.1.1", "5.1.3", "5.1.6", "5.1.10", "5.2.1"})
_ENHANCED: Final = re.compile(r"\b5\.\d{1,3}\.\d{1,3}\b")
_WITHOUT_MAILBOX: Final = re.compile(
    r"(?:user|mailbox|recipient|account|address)\W+(?:is\s+)?(?:unknown|does\s+not\s+exist|doesn't\s+exist|not\s+found)"
    r"|(?:no\s+such|unknown)\s+(?:local\s+)?(?:user|mailbox|recipient|account|address)",
    re.IGNORECASE,
)
_RETRYABLE: Final = frozenset({ErrorType.TEMPORARY, ErrorType.TIMEOUT, ErrorType.TRANSIENT_NEGATIVE_COMPLETION_REPLY})
_HINTS: Final = re.compile(r"\b450\b|rate.?limit|too many|handshake|socket disconnected before secure", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class BadMailbox:
    """An address that its server refused for good, and the words of the server."""

    address: str
    reply: str


class SendFailure(Exception):
    """A mail was not accepted; the message is for the project's administrators."""

    def __init__(
        self, type: ErrorType, message: str, *, internal: str = "", is_retryable: bool | None = None, code: int = 0
    ) -> None:
        super().__init__(message)
        self.type = type
        self.message = message
        self.internal = internal or message
        self.is_retryable = type in _RETRYABLE if is_retryable is None else is_retryable
        self.code = code
        self.bad_mailboxes: Sequence[BadMailbox] = ()


class DeliveryUnconfirmed(SendFailure):
    """The text was handed over, and no answer came: whether it was accepted cannot be known."""

    def __init__(self, internal: str) -> None:
        super().__init__(
            ErrorType.DELIVERY_UNCONFIRMED,
            "The mail was handed to the mail server, but its delivery could not be confirmed. It is not sent again, "
            "because it may have arrived.",
            internal=internal,
        )


def of_error(error: Exception, *, host: str) -> SendFailure:
    """The class of an error of SMTP, network or TLS; the first match counts."""
    internal = f"{type(error).__name__}: {error}"
    if isinstance(error, socket.gaierror):
        return SendFailure(ErrorType.HOST_NOT_FOUND, f"The mail server {host!r} cannot be found.", internal=internal)
    if isinstance(error, aiosmtplib.SMTPAuthenticationError):
        return SendFailure(
            ErrorType.AUTH_FAILED, f"The mail server refused user name or password: {error.message}", internal=internal
        )
    if isinstance(error, aiosmtplib.SMTPRecipientsRefused):
        return of_reply(error.recipients[0].code, error.recipients[0].message)
    if isinstance(error, aiosmtplib.SMTPTimeoutError | TimeoutError):
        return SendFailure(ErrorType.TIMEOUT, "The mail server took too long.", internal=internal)
    if isinstance(error, aiosmtplib.SMTPResponseException):
        return of_reply(error.code, error.message)
    if _is_dropped_handshake(error):
        dropped = "The mail server closed the connection before it was secure."
        return SendFailure(ErrorType.UNKNOWN, dropped, internal=internal, is_retryable=True)
    if isinstance(error, ssl.SSLError) or isinstance(error.__cause__, ssl.SSLError):
        return SendFailure(ErrorType.UNKNOWN, f"No secure connection to the mail server: {error}", internal=internal)
    return _of_connection(error, host, internal)


def of_reply(code: int, text: str) -> SendFailure:
    """The class of a server's negative reply."""
    said = f"{_WITH_REPLY}{code} {text}"
    if code == 535:
        return SendFailure(ErrorType.AUTH_FAILED, f"The mail server refused user name or password: {text}", code=code)
    if code == 450:
        return SendFailure(ErrorType.TEMPORARY, f"The mail server is temporarily unavailable. {said}", code=code)
    if code == 553:
        return SendFailure(ErrorType.INVALID_EMAIL_ADDRESS, f"The e-mail address is invalid. {said}", code=code)
    if code in (550, 551, 552, 554):
        return SendFailure(ErrorType.REJECTED, f"The mail server rejected the mail. {said}", code=code)
    if 400 <= code < 500:
        return SendFailure(
            ErrorType.TRANSIENT_NEGATIVE_COMPLETION_REPLY, f"The mail server could not take the mail now. {said}",
            code=code,
        )  # fmt: skip
    is_retryable = _HINTS.search(text) is not None
    return SendFailure(ErrorType.UNKNOWN, said, is_retryable=is_retryable, code=code)


def is_bad_mailbox(code: int, text: str) -> bool:
    """Whether a refusal of a recipient says for good that there is no such mailbox; when in doubt it does not."""
    if code not in (550, 551, 553):
        return False
    enhanced = _ENHANCED.search(text)
    return enhanced[0] in _NO_MAILBOX if enhanced else _WITHOUT_MAILBOX.search(text) is not None


def _is_dropped_handshake(error: Exception) -> bool:
    """Whether the server hung up while TLS was being set up."""
    is_reset = isinstance(error.__cause__, ConnectionResetError | ssl.SSLEOFError)
    return is_reset and isinstance(error, aiosmtplib.SMTPConnectError)


def _of_connection(error: Exception, host: str, internal: str) -> SendFailure:
    if isinstance(error, ConnectionResetError) and "resend" in host:
        return SendFailure(ErrorType.UNKNOWN, "The connection was reset.", internal=internal, is_retryable=True)
    has_ended = isinstance(error.__cause__, aiosmtplib.SMTPServerDisconnected)  # instead of a greeting
    if has_ended or isinstance(
        error, aiosmtplib.SMTPServerDisconnected | ConnectionResetError | BrokenPipeError | EOFError
    ):
        return SendFailure(ErrorType.SOCKET_CLOSED, "The mail server closed the connection.", internal=internal)
    if isinstance(error, ConnectionRefusedError) or isinstance(error.__cause__, ConnectionRefusedError):
        refused = f"No mail server answers at {host}: the connection was refused. Check host and port."
        return SendFailure(ErrorType.UNKNOWN, refused, internal=internal)
    if isinstance(error, aiosmtplib.SMTPConnectError | OSError):
        return SendFailure(ErrorType.UNKNOWN, f"The mail server cannot be reached: {error}", internal=internal)
    is_retryable = _HINTS.search(str(error)) is not None
    return SendFailure(
        ErrorType.UNKNOWN, f"The mail could not be sent: {error}", internal=internal, is_retryable=is_retryable
    )
