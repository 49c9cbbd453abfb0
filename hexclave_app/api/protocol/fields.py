"""Field types of request schemas: lenient conversion, then the contract's tests and texts (01, sections 6.3 and 13).

A field is a pydantic annotation with a `Rule`, for example `Annotated[str, Rule(text(max_length=256))]`. A rule
converts the value or raises the contract's messages; `{path}` in a message stands for the place of the field.
"""

import json
import re
import uuid
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainSerializer, ValidationInfo, WithJsonSchema
from pydantic_core import PydanticCustomError

from hexclave_app import errors
from hexclave_app.security.passwords import MAX_LENGTH as MAX_PASSWORD_LENGTH
from hexclave_app.security.passwords import utf16_length

Convert = Callable[[Any], Any]
Test = Callable[[Any], str | None]
Rule = BeforeValidator

ERROR_TYPE = "contract"
_MIN_PLAIN, _MAX_PLAIN = 1e-6, 1e21  # JavaScript writes other numbers with an exponent

# WHATWG HTML, section 4.10.5.1.5 "valid e-mail address".
_EMAIL = re.compile(
    r"^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
    r"(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*\Z"
)
_UUID = re.compile(
    r"^(?:[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}|00000000-0000-0000-0000-000000000000)\Z",
    re.IGNORECASE,
)
_ABSOLUTE_URL = re.compile(r"^[a-zA-Z][a-zA-Z0-9+.-]*:")
_SPECIAL_URL = re.compile(r"^(?:https?|wss?|ftp):[/\\]*([^/\\?#]*)", re.IGNORECASE)
_MAX_PORT, _PORT_DIGITS = 65_535, 5


class FieldError(PydanticCustomError):
    """One or more messages about one field."""

    def __new__(cls, *messages: str) -> "FieldError":
        """Build the error; messages contain `{path}`."""
        return super().__new__(cls, ERROR_TYPE, "contract", {"messages": list(messages)})


class Schema(BaseModel):
    """Base of request schemas: unknown keys are refused, missing keys can be told from null (`model_fields_set`)."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=False)

    def given(self) -> dict[str, Any]:
        """Only the fields that the request contains."""
        return {name: getattr(self, name) for name in self.model_fields_set}


class NoQuery(Schema):
    """Query of a CRUD endpoint without parameters: any parameter is an error."""


def printed(value: object) -> str:
    """A value as schema messages show it."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, dict | list):
        return json.dumps(_stringified(value), indent=2, ensure_ascii=False)
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    return number_text(value) if isinstance(value, int | float) else "{}"  # bytes have no properties to show


def number_text(value: float) -> str:
    """A JSON number as JavaScript writes it (ECMA-262, Number::toString)."""
    if value == 0:
        return "0"
    if _MIN_PLAIN <= abs(value) < _MAX_PLAIN:
        plain = format(Decimal(repr(value)), "f")
        return plain.rstrip("0").rstrip(".") if "." in plain else plain
    mantissa, _, exponent = repr(float(value)).partition("e")
    return f"{mantissa.removesuffix('.0')}e{int(exponent):+d}"


def wrong_type(kind: str, final: str, original: object = None) -> FieldError:
    """The message for a value of the wrong type; `original` only when it was converted first."""
    text = f"{{path}} must be a `{kind}` type, but the final value was: `{final}`"
    return FieldError(f"{text} (cast from the value `{printed(original)}`)." if original is not None else f"{text}.")


def text(*tests: Test, min_length: int | None = None, max_length: int | None = None) -> Convert:
    """A string; numbers and booleans become text."""

    def convert(original: Any) -> str:  # noqa: ANN401 - any JSON value
        value = _as_text(original)
        problems = [problem for test in tests if (problem := test(value)) is not None]
        if max_length is not None and utf16_length(value) > max_length:
            problems.insert(0, f"{{path}} must be at most {max_length} characters")
        if min_length is not None and utf16_length(value) < min_length:
            problems.insert(0, f"{{path}} must be at least {min_length} characters")
        if problems:
            raise FieldError(*problems)
        return value

    return convert


def one_of(choices: Sequence[str]) -> Convert:
    """A string of a fixed set."""
    return text(
        lambda value: (
            None if value in choices else f"{{path}} must be one of the following values: {', '.join(choices)}"
        )
    )


def number(*, minimum: float | None = None, maximum: float | None = None, integer: bool = False) -> Convert:
    """A number; numeric text is converted after all white space is removed."""

    def convert(value: Any) -> float:  # noqa: ANN401 - any JSON value
        final = _as_number(value)
        problems = []
        if minimum is not None and final < minimum:
            problems.append(f"{{path}} must be greater than or equal to {number_text(minimum)}")
        if maximum is not None and final > maximum:
            problems.append(f"{{path}} must be less than or equal to {number_text(maximum)}")
        if integer and final != int(final):
            problems.append("{path} must be an integer")
        if problems:
            raise FieldError(*problems)
        return int(final) if final == int(final) else final

    return convert


def boolean(value: Any) -> bool:  # noqa: ANN401 - any JSON value
    """A boolean; `true`/`false`/`1`/`0` as text or number are converted."""
    if value is None:
        raise FieldError("{path} cannot be null")
    if isinstance(value, bool):
        return value
    folded = value.lower() if isinstance(value, str) else printed(value)
    if folded in ("true", "1"):
        return True
    if folded in ("false", "0"):
        return False
    raise wrong_type("boolean", printed(value))


def nullable(convert: Convert) -> Convert:
    """The same field, also accepting null."""
    return lambda value: None if value is None else convert(value)


def is_email(value: str) -> str | None:
    """Test for e-mail addresses; the empty text passes (contract 01, section 13.1)."""
    return None if value == "" or _EMAIL.match(value) else "{path} must be a valid email"


def is_strict_email(value: str) -> str | None:
    """Test of sign-in and sign-up: also a dotted domain with a last label of at least two characters."""
    local, _, domain = value.rpartition("@")
    labels = domain.split(".")
    is_good = bool(_EMAIL.match(value)) and "" not in local.split(".") and len(labels) > 1 and len(labels[-1]) > 1
    return None if is_good else "{path} must be a valid email"


def is_uuid(value: str) -> str | None:
    """Test for UUIDs of versions 1 to 5 or nil."""
    return None if _UUID.match(value) else "{path} must be a valid UUID"


def is_url(value: str) -> str | None:
    """Test for absolute URLs as a WHATWG parser reads them; spaces have their own message."""
    if " " in value:
        return "{path} contains spaces"
    special = _SPECIAL_URL.match(value)
    is_good = _ABSOLUTE_URL.match(value) is not None and (special is None or _is_authority(special[1]))
    return None if is_good else "{path} is not a valid URL"


def _is_authority(text: str) -> bool:
    host, _, port = re.sub(r"^.*@|\[[0-9a-fA-F:.]+\]", "", text).partition(":")
    has_host = bool(host) or "]" in text
    is_port = port == "" or (port.isdecimal() and len(port) <= _PORT_DIGITS and int(port) <= _MAX_PORT)
    return has_host and is_port and re.search(r"[\x00-\x20<>^|%\[\]]", host) is None


def not_empty(value: str) -> str | None:
    """Test against the empty text."""
    return None if value else "{path} must not be empty"


def matches(pattern: str, message: str | None = None) -> Test:
    """Test against a regular expression, with its own message where the contract has one."""
    # Unlike JavaScript's, Python's `$` also matches before a final line break.
    compiled = re.compile(re.sub(r"(?<!\\)\$$", r"\\Z", pattern))
    told = message or f'{{path}} must match the following: "/{pattern}/"'.replace("{", "{{").replace("}", "}}").replace(
        "{{path}}", "{path}"
    )
    return lambda value: None if compiled.search(value) else told


def _uuid_or_me(value: Any, info: ValidationInfo) -> uuid.UUID:  # noqa: ANN401 - any JSON value
    if value == "me":
        user_id = (info.context or {}).get("user_id")
        if user_id is None:
            raise errors.CannotGetOwnUserWithoutUser
        return uuid.UUID(str(user_id))
    return _to_uuid(value)


def _to_uuid(value: Any) -> uuid.UUID:  # noqa: ANN401 - any JSON value
    return uuid.UUID(text(is_uuid)(value))


def _as_text(value: object) -> str:
    if value is None:
        raise FieldError("{path} cannot be null")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return number_text(value)
    if not isinstance(value, str):
        raise wrong_type("string", printed(value))
    if "\x00" in value:
        # PostgreSQL cannot store it, and no legitimate text contains it.
        raise FieldError("{path} is invalid")
    return value


def _as_number(value: object) -> float:
    if value is None:
        raise FieldError("{path} cannot be null")
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise wrong_type("number", printed(value))
    if isinstance(value, str):
        try:
            final = float(re.sub(r"\s", "", value)) if value.isascii() and "_" not in value else float("nan")
        except ValueError:
            raise wrong_type("number", "NaN", value) from None
        if final - final != 0.0:
            raise wrong_type("number", "NaN", value)
        return final
    return float(value) if isinstance(value, float) else value


def _stringified(value: object) -> object:
    if isinstance(value, dict):
        return {key: _stringified(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_stringified(item) for item in value]
    return printed(value)


_UUID_SCHEMA = WithJsonSchema({"type": "string", "format": "uuid"})

Text = Annotated[str, Rule(text())]
NullableText = Annotated[str | None, Rule(nullable(text()))]
Number = Annotated[float, Rule(number())]
Boolean = Annotated[bool, Rule(boolean)]
QueryFlag = Annotated[str, Rule(one_of(("true", "false")))]
Email = Annotated[str, Rule(text(is_email))]
StrictEmail = Annotated[str, Rule(text(is_strict_email, max_length=256))]
Url = Annotated[str, Rule(text(is_url))]
Password = Annotated[str, Rule(text(max_length=MAX_PASSWORD_LENGTH))]
Uuid = Annotated[uuid.UUID, Rule(_to_uuid), PlainSerializer(str), _UUID_SCHEMA]
NullableUuid = Annotated[uuid.UUID | None, Rule(nullable(_to_uuid)), PlainSerializer(str), _UUID_SCHEMA]
UserIdOrMe = Annotated[
    uuid.UUID,
    Rule(_uuid_or_me),
    PlainSerializer(str),
    WithJsonSchema({"type": "string", "description": "A user's UUID, or `me` for the user of the access token."}),
]

# A key that may be missing but not null: the rule refuses null, and the default None is not validated.
OptionalText = Annotated[str | None, Rule(text())]
OptionalUrl = Annotated[str | None, Rule(text(is_url))]
OptionalBoolean = Annotated[bool | None, Rule(boolean)]
OptionalUuid = Annotated[uuid.UUID | None, Rule(_to_uuid), PlainSerializer(str), _UUID_SCHEMA]
OptionalUserIdOrMe = Annotated[uuid.UUID | None, Rule(_uuid_or_me), PlainSerializer(str)]
