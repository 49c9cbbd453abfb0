"""Answers: bodies, headers, CORS, override status (contract 01, sections 6 and 7)."""

import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field

import orjson

from hexclave_app.errors import ApiError, KnownError, TooManyAttempts
from hexclave_app.whole_answers import STATUS_LINES

_HEADER_NAMES = (
    "project-id",
    "branch-id",
    "override-error-status",
    "random-nonce",
    "client-version",
    "disable-artificial-development-delay",
    "access-type",
    "publishable-client-key",
    "secret-server-key",
    "super-secret-admin-key",
    "admin-access-token",
    "refresh-token",
    "access-token",
    "allow-anonymous-user",
    "allow-restricted-user",
)
_ALLOWED_HEADERS = ", ".join(
    [
        "content-type",
        "authorization",
        *(f"x-stack-{name}" for name in _HEADER_NAMES),
        *(f"x-hexclave-{name}" for name in _HEADER_NAMES),
        "baggage",
        "sentry-trace",
        "x-vercel-protection-bypass",
        "ngrok-skip-browser-warning",
    ]
)
_EXPOSED_HEADERS = ", ".join(
    ["content-type"]
    + [
        f"x-{brand}-{name}"
        for name in ("actual-status", "known-error", "request-id")
        for brand in ("stack", "hexclave")
    ]
)

RawHeaders = list[tuple[bytes, bytes]]

SECURITY_HEADERS: RawHeaders = [
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"SAMEORIGIN"),
    (b"permissions-policy", b""),
    (b"content-security-policy", b""),
]
CORS_HEADERS: RawHeaders = [
    (b"access-control-allow-origin", b"*"),
    (b"access-control-allow-methods", b"GET, POST, PUT, PATCH, DELETE, OPTIONS"),
    (b"access-control-max-age", b"86400"),
    (b"access-control-allow-headers", _ALLOWED_HEADERS.encode()),
    (b"vary", _ALLOWED_HEADERS.encode()),
    (b"access-control-expose-headers", _EXPOSED_HEADERS.encode()),
]
_FIXED_HEADERS = [*SECURITY_HEADERS, *CORS_HEADERS]
_FIXED_NAMES = frozenset(name.decode() for name, _ in _FIXED_HEADERS)
_HEADER_NAME = re.compile(r"[a-z0-9-]+")
_JSON = b"application/json; charset=utf-8"
_TEXT = b"text/plain; charset=utf-8"
_NO_STORE = b"no-store, max-age=0"


@dataclass(slots=True)
class Answer:
    """Status, body and headers (lower-case names). A `str` body is text, `None` is empty, anything else is JSON."""

    body: object = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    known_error: str | None = None
    content_type: str | None = None
    may_override_status: bool = True
    cookies: tuple[str, ...] = ()
    """Values of `Set-Cookie`, where one answer sets several."""
    stream: AsyncIterator[bytes] | None = None
    """Instead of a body: what is written while it is sent, of unknown length."""


SUCCESS = Answer({"success": True})


def error_answer(error: ApiError) -> Answer:
    """The answer to a deliberate failure."""
    if isinstance(error, KnownError):
        return Answer(error.body(), error.status, known_error=error.code)
    if isinstance(error, TooManyAttempts):
        return Answer(error.message, error.status, {"retry-after": str(error.retry_after_s)})
    return Answer(error.message, error.status)


@dataclass(frozen=True, slots=True)
class EncodedAnswer:
    """An answer as it goes over the wire: the headers every answer carries, its own, and the body."""

    status: int
    fixed_headers: RawHeaders
    own_headers: RawHeaders
    content: bytes

    @property
    def headers(self) -> RawHeaders:
        """All headers."""
        return [*self.fixed_headers, *self.own_headers]

    def head(self) -> bytes:
        """Status line and header lines, without the empty line at the end."""
        fixed = _FIXED_LINES if self.fixed_headers is _FIXED_HEADERS else _lines(self.fixed_headers)
        return STATUS_LINES[self.status] + fixed + _lines(self.own_headers)


def encode_answer(answer: Answer, request_headers: Mapping[str, str], identifier: str) -> EncodedAnswer:
    """Status, headers and bytes of an answer to a request; `identifier` is the request id."""
    content, content_type = _encode(answer, indent="text/html" in request_headers.get("accept", ""))
    encoded_id = identifier.encode()
    headers: RawHeaders = [(b"x-stack-request-id", encoded_id), (b"x-hexclave-request-id", encoded_id)]
    if answer.stream is None:
        headers.append((b"content-length", str(len(content)).encode()))
    if content_type:
        headers.append((b"content-type", content_type))
    if "cache-control" not in answer.headers:
        headers.append((b"cache-control", _NO_STORE))
    headers.extend((_header_name(name), _header_value(value)) for name, value in answer.headers.items())
    headers.extend((b"set-cookie", _header_value(cookie)) for cookie in answer.cookies)
    if answer.known_error:
        code = answer.known_error.encode()
        headers += [(b"x-stack-known-error", code), (b"x-hexclave-known-error", code)]
    status = answer.status
    if 400 <= status < 500 and answer.may_override_status and "x-stack-override-error-status" in request_headers:
        actual = str(status).encode()
        headers += [(b"x-stack-actual-status", actual), (b"x-hexclave-actual-status", actual)]
        status = 200
    return EncodedAnswer(status, _fixed_headers_beside(answer.headers), headers, content)


def _lines(headers: RawHeaders) -> bytes:
    return b"".join([b"%b: %b\r\n" % header for header in headers])


_FIXED_LINES = _lines(_FIXED_HEADERS)


def _fixed_headers_beside(own: Mapping[str, str]) -> RawHeaders:
    if _FIXED_NAMES.isdisjoint(own):
        return _FIXED_HEADERS
    return [header for header in _FIXED_HEADERS if header[0].decode() not in own]


def _header_name(name: str) -> bytes:
    if not _HEADER_NAME.fullmatch(name):
        raise ValueError("a header name is made of lower-case letters, digits and hyphens")
    return name.encode()


def _header_value(value: str) -> bytes:
    if not value.isprintable():
        raise ValueError("a header value with control characters would split the answer")
    return value.encode("latin-1")


def _encode(answer: Answer, *, indent: bool) -> tuple[bytes, bytes | None]:
    body = answer.body
    declared = _header_value(answer.content_type) if answer.content_type else None
    if body is None:
        return b"", declared
    if isinstance(body, bytes):
        return body, declared or b"application/octet-stream"
    if isinstance(body, str):
        return body.encode(), declared or _TEXT
    option = orjson.OPT_INDENT_2 if indent or answer.known_error else 0
    return orjson.dumps(body, option=option), declared or _JSON
