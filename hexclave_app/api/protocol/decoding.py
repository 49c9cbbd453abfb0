"""Request decoding: headers to credentials, bytes to a body (contract 01, sections 3 and 5)."""

from collections.abc import Iterable, Mapping
from urllib.parse import parse_qsl

import orjson

from hexclave_app.errors import BodyParsingError
from hexclave_app.services.callers import Credentials

MAX_BODY_BYTES = 8 * 1024 * 1024  # config overrides may have 5 million characters
MAX_JSON_DEPTH = 200  # what the JSON writers of answers and databases can still write again


class BodyTooLarge(Exception):
    """The body exceeds MAX_BODY_BYTES."""


class ClientGone(Exception):
    """The connection ended before the body was complete."""


class Undefined:
    """Type of a body that is not there."""


UNDEFINED = Undefined()


def read_headers(raw: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Lower-cased header names; `x-hexclave-*` becomes `x-stack-*` and wins over it; repeated ones are joined.

    Joining (RFC 9110, section 5.3) makes a repeated credential invalid instead of letting one of its values win.
    """
    legacy: dict[str, str] = {}
    current: dict[str, str] = {}
    for raw_name, raw_value in raw:
        name = raw_name.decode("latin-1").lower()
        value = raw_value.decode("latin-1")
        is_current = name.startswith("x-hexclave-")
        target, key = (current, "x-stack-" + name[11:]) if is_current else (legacy, name)
        target[key] = f"{target[key]}, {value}" if key in target else value
    return {**legacy, **current}


def read_credentials(headers: Mapping[str, str]) -> Credentials:
    """The protocol headers that authenticate a request."""

    get = headers.get
    return Credentials(
        access_type=get("x-stack-access-type") or None,
        project_id=get("x-stack-project-id") or None,
        branch_id=get("x-stack-branch-id", "main"),
        client_key=get("x-stack-publishable-client-key") or None,
        server_key=get("x-stack-secret-server-key") or None,
        admin_key=get("x-stack-super-secret-admin-key") or None,
        admin_access_token=get("x-stack-admin-access-token") or None,
        access_token=get("x-stack-access-token") or None,
        refresh_token=get("x-stack-refresh-token") or None,
        development_override_key=get("x-stack-development-override-key") or None,
        allows_anonymous=get("x-stack-allow-anonymous-user") == "true",
        allows_restricted=get("x-stack-allow-restricted-user") == "true",
    )


def decode_query(raw: bytes) -> dict[str, str]:
    """Query parameters; a repeated name keeps the last value."""
    if not raw:
        return {}
    return dict(parse_qsl(raw.decode("utf-8", "replace"), keep_blank_values=True, errors="replace"))


def decode_body(method: str, content_type: str, body: bytes) -> object:
    """The body that the endpoint sees; raises BODY_PARSING_ERROR."""
    kind = content_type.partition(";")[0].strip().lower()
    if method == "GET" or not kind:
        return UNDEFINED
    if kind == "application/json":
        return _decode_json(body)
    if kind == "application/octet-stream":
        return body
    if kind == "text/plain":
        return _decode_utf8(body)
    if kind == "application/x-www-form-urlencoded":
        pairs = parse_qsl(_decode_utf8(body), keep_blank_values=True, errors="replace")
        return dict(pairs)
    raise BodyParsingError(message=f"Unknown content type in request body: {content_type}")


def _decode_utf8(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        raise BodyParsingError(message="Request body cannot be parsed as UTF-8") from None


def _decode_json(body: bytes) -> object:
    _decode_utf8(body)
    try:
        value: object = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise BodyParsingError(message="Invalid JSON in request body") from None
    if body.count(b"[") + body.count(b"{") > MAX_JSON_DEPTH and _is_too_deep(value):
        raise BodyParsingError(message="Invalid JSON in request body")
    return value


def _is_too_deep(value: object) -> bool:
    level = [value]
    for _ in range(MAX_JSON_DEPTH + 1):
        level = [
            child
            for item in level
            if isinstance(item, dict | list)
            for child in (item.values() if isinstance(item, dict) else item)
        ]
        if not level:
            return False
    return True
