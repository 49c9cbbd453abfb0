"""Request decoding: headers to credentials, bytes to a body (contract 01, sections 3 and 5)."""

from collections.abc import Iterable, Mapping
from urllib.parse import parse_qsl

import orjson

from hexclave_app.errors import BodyParsingError
from hexclave_app.services.callers import Credentials

MAX_BODY_BYTES = 8 * 1024 * 1024  # config overrides may have 5 million characters


class BodyTooLarge(Exception):
    """The body exceeds MAX_BODY_BYTES."""


class Undefined:
    """Type of a body that is not there."""


UNDEFINED = Undefined()


def read_headers(raw: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Lower-cased header names; `x-hexclave-*` becomes `x-stack-*` and wins over it; empty values count as absent."""
    legacy: dict[str, str] = {}
    current: dict[str, str] = {}
    for raw_name, raw_value in raw:
        name = raw_name.decode("latin-1").lower()
        value = raw_value.decode("latin-1")
        if name.startswith("x-hexclave-"):
            current["x-stack-" + name[11:]] = value
        else:
            legacy[name] = value
    return {**legacy, **current}


def read_credentials(headers: Mapping[str, str]) -> Credentials:
    """The protocol headers that authenticate a request."""

    def get(name: str) -> str | None:
        return headers.get(f"x-stack-{name}") or None

    return Credentials(
        access_type=get("access-type"),
        project_id=get("project-id"),
        branch_id=headers.get("x-stack-branch-id", "main"),
        client_key=get("publishable-client-key"),
        server_key=get("secret-server-key"),
        admin_key=get("super-secret-admin-key"),
        admin_access_token=get("admin-access-token"),
        access_token=get("access-token"),
        refresh_token=get("refresh-token"),
        development_override_key=get("development-override-key"),
        allows_anonymous=get("allow-anonymous-user") == "true",
        allows_restricted=get("allow-restricted-user") == "true",
    )


def decode_query(raw: bytes) -> dict[str, str]:
    """Query parameters; a repeated name keeps the last value."""
    if not raw:
        return {}
    return dict(parse_qsl(raw.decode("latin-1"), keep_blank_values=True, errors="replace"))


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
        return orjson.loads(body)
    except (orjson.JSONDecodeError, RecursionError):
        raise BodyParsingError(message="Invalid JSON in request body") from None
