"""From pydantic's findings to the contract's `SCHEMA_ERROR` text (01, section 6.3)."""

import re
from collections.abc import Sequence

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from hexclave_app.api.protocol.fields import ERROR_TYPE, printed
from hexclave_app.errors import SchemaError

_PLAIN_KEY = re.compile(r"^[A-Za-z_$][A-Za-z0-9_$]*$")
_TYPE_NAMES = {
    "model_type": "object",
    "model_attributes_type": "object",
    "dict_type": "object",
    "list_type": "array",
    "tuple_type": "tuple",
    "string_type": "string",
    "bool_type": "boolean",
    "float_type": "number",
    "int_type": "number",
}


def messages_of(error: ValidationError, root: str) -> list[str]:
    """Every message about one part of a request (`body`, `query`, …), unknown properties after the fields."""
    result: list[str] = []
    unknown: dict[str, list[str]] = {}
    for item in error.errors(include_url=False):
        location: Sequence[int | str] = item["loc"]
        if item["type"] == "extra_forbidden":
            unknown.setdefault(path_text(root, location[:-1]), []).append(str(location[-1]))
        else:
            result.extend(_messages(item, path_text(root, location)))
    result.extend(f"{path} contains unknown properties: {', '.join(keys)}" for path, keys in unknown.items())
    return result


def schema_error(method: str, pathname: str, messages: Sequence[str]) -> SchemaError:
    """The known error that lists all messages."""
    lines = "".join("\n  - " + message.replace("\n", "\n  ") for message in messages)
    return SchemaError(message=f"Request validation failed on {method} {pathname}:{lines}")


def path_text(root: str, location: Sequence[int | str]) -> str:
    """`body.items[0].x`, `body["key.with.dot"]`."""
    text = root
    for part in location:
        if isinstance(part, int):
            text += f"[{part}]"
        elif _PLAIN_KEY.match(part):
            text += f".{part}"
        else:
            text += f"[{printed(part)}]"
    return text


def _messages(item: ErrorDetails, path: str) -> list[str]:
    kind, value = item["type"], item["input"]
    if kind == ERROR_TYPE:
        return [message.replace("{path}", path) for message in item["ctx"]["messages"]]
    if kind == "missing":
        return [f"{path} must be defined"]
    if value is None:
        return [f"{path} cannot be null"]
    if kind in _TYPE_NAMES:
        return [f"{path} must be a `{_TYPE_NAMES[kind]}` type, but the final value was: `{printed(value)}`."]
    return [f"{path} is invalid"]
