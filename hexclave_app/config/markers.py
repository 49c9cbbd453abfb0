"""What the schema says about a field beyond its type: level, id pattern, and rules of the full check.

Markers stand in `Annotated[...]` next to the type, so a leaf of the configuration is described in one place.
A `Check` and `Required` are rules of the full schema (warnings); types, enums and `Ids(is_strict=True)` block a write.
"""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, JsonValue
from pydantic.alias_generators import to_camel

from hexclave_app.config.overrides import Level

Number: TypeAlias = int | float
IntervalUnit: TypeAlias = Literal["day", "week", "month", "year"]
CustomerType: TypeAlias = Literal["user", "team", "custom"]


class Section(BaseModel):
    """Base of every part of the rendered configuration: frozen, snake_case here, camelCase on the wire."""

    model_config = ConfigDict(frozen=True, extra="forbid", alias_generator=to_camel, populate_by_name=True)


@dataclass(frozen=True)
class At:
    """Lowest level that may write the field; `is_final` forbids every later level."""

    level: Level
    is_final: bool = False


@dataclass(frozen=True)
class Ids:
    """Which ids a record takes; a lenient rule blocks only ids written in a dotted key."""

    pattern: str
    is_strict: bool = False

    def accepts(self, record_id: str) -> bool:
        """Say whether the id fits."""
        return re.fullmatch(self.pattern, record_id) is not None


@dataclass(frozen=True)
class Check:
    """A rule on a present value of the right type; answers what is wrong with it."""

    problem: Callable[[JsonValue], str | None]


@dataclass(frozen=True)
class Required:
    """The field must be given by somebody; its rendered default is only a stopgap."""


@dataclass(frozen=True)
class DefaultsToId:
    """The default is the id of the record entry."""


ENVIRONMENT: Final = At(Level.ENVIRONMENT)
PROJECT_ONLY: Final = At(Level.PROJECT, is_final=True)

UUID_PATTERN: Final = r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
USER_IDS: Final = Ids(r"[A-Za-z0-9_][A-Za-z0-9_-]{0,62}")
PERMISSION_IDS: Final = Ids(r"[a-z0-9_:]+")
ANY_PERMISSION_IDS: Final = Ids(r"\$?[a-z0-9_:]+")
UUID_IDS: Final = Ids(UUID_PATTERN, is_strict=True)

_EMAIL = re.compile(r"[^\s@\"(),:;<>\[\\\]]+@[^\s@.]+(\.[^\s@.]+)+")


def at_most(length: int) -> Check:
    """Text of at most so many UTF-16 code units."""
    return Check(lambda value: f"is longer than {length} characters" if _utf16_length(value) > length else None)


def whole_number(low: int, high: float = math.inf) -> Check:
    """A number without fraction inside the bounds."""

    def problem(value: JsonValue) -> str | None:
        if isinstance(value, int | float) and float(value).is_integer() and low <= value <= high:
            return None
        return f"is not a whole number of at least {low}" + ("" if high == math.inf else f" and at most {high}")

    return Check(problem)


def money(decimals: int) -> Check:
    """A decimal amount as text: digits, no leading zeros, at most so many decimals."""
    fraction = rf"(\.[0-9]{{1,{decimals}}})?" if decimals else ""
    pattern = re.compile(rf"(0|[1-9][0-9]*){fraction}")
    return Check(lambda value: None if pattern.fullmatch(str(value)) else "is not an amount of money")


def _utf16_length(value: JsonValue) -> int:
    return len(str(value).encode("utf-16-le", "surrogatepass")) // 2


NON_EMPTY: Final = Check(lambda value: "is empty" if value == "" else None)
MUST_BE_TRUE: Final = Check(lambda value: None if value is True else "is not true")
EMAIL: Final = Check(lambda value: None if _EMAIL.fullmatch(str(value)) else "is not an e-mail address")
STARTS_WITH_SLASH: Final = Check(lambda value: None if str(value).startswith("/") else 'does not start with "/"')
UUID_TEXT: Final = Check(
    lambda value: None if value is False or re.fullmatch(UUID_PATTERN, str(value)) else "is not a UUID"
)
