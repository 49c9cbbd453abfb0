"""What the dashboard's forms send: read from the browser, checked with the schemas of the API."""

import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, TypeVar

import orjson
from pydantic import BaseModel, ValidationError

from hexclave_app.errors import StatusError
from hexclave_app.languages.speaking import say
from models.base import JsonValue, millis

S = TypeVar("S", bound=BaseModel)


def typed(form: Mapping[str, Any], name: str) -> str:
    """What was typed into a field, without the spaces around it."""
    value = form.get(name)
    return value.strip() if isinstance(value, str) else ""


def typed_or_none(form: Mapping[str, Any], name: str) -> str | None:
    """What was typed into a field; an empty field means "none"."""
    return typed(form, name) or None


def ticked(form: Mapping[str, Any], name: str) -> bool:
    """Whether a check box was ticked."""
    return bool(form.get(name))


def checked(schema: type[S], values: Mapping[str, Any]) -> S:
    """The values as the API would take them; raises a plain 400 that names the field."""
    try:
        return schema.model_validate(dict(values))
    except ValidationError as problem:
        first = problem.errors()[0]
        field = str(first["loc"][-1]).replace("_", " ").capitalize() if first["loc"] else say("common-the-input")
        messages = first.get("ctx", {}).get("messages", [first["msg"]])  # what the API's rules say about the field
        raise StatusError(400, str(messages[0]).replace("{path}", field)) from None


def whole_number(form: Mapping[str, Any], name: str, label: str) -> int:
    """The number in a field; raises a plain 400 for anything else."""
    text = typed(form, name)
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise StatusError(400, say("common-not-whole", label=label))
    return int(text)


def utc_millis(form: Mapping[str, Any], name: str) -> float | None:
    """The instant in a field, as `2030-12-31 18:00` in UTC; None for an empty field, a plain 400 for anything else."""
    text = typed(form, name)
    if not text:
        return None
    try:
        return millis(datetime.fromisoformat(text).replace(tzinfo=UTC))
    except (ValueError, OverflowError):
        raise StatusError(400, say("common-not-a-time")) from None


def json_value(form: Mapping[str, Any], name: str, label: str) -> JsonValue:
    """The JSON in a field; an empty field means null."""
    text = typed(form, name)
    if not text:
        return None
    try:
        value: JsonValue = orjson.loads(text)
    except (orjson.JSONDecodeError, UnicodeEncodeError):
        raise StatusError(400, say("common-not-json", label=label)) from None
    return value


def json_text(value: JsonValue) -> str:
    """A JSON value as people edit it; null is an empty field."""
    return "" if value is None else orjson.dumps(value, option=orjson.OPT_INDENT_2).decode()


def known_id(text: object, missing: str) -> uuid.UUID:
    """An id as the browser sent it; a text that is none names nothing of this project: a plain 404."""
    try:
        return uuid.UUID(str(text))
    except ValueError:
        raise StatusError(404, missing) from None
