"""Users in files: one line each, as JSON or as a row of CSV with JSON in the cells of structured columns."""

import base64
import csv
import json
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Final, Self

from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError, model_validator

from hexclave_app.errors import ApiError
from hexclave_app.security.passwords import check_imported_hash, check_new_password

_EMAIL: Final = r"^[^@\s]+@[^@\s]+$"
_HTTP_URL: Final = r"^https?://"
_COUNTRY: Final = r"^[A-Z]{2}$"
_PATTERNS: Final = {
    _EMAIL: "not an e-mail address",
    _HTTP_URL: "not an address that begins with http:// or https://",
    _COUNTRY: "not a country code of two capital letters",
}
"""What is wrong with a text that does not fit, in words."""
Email = Annotated[str, Field(pattern=_EMAIL, max_length=320)]
Millis = Annotated[int, Field(ge=0, le=4_102_444_800_000)]
_MAX_CELL_CHARS: Final = 10_000_000


class FileError(ValueError):
    """The file as a whole cannot be read; the message says why and what to do."""


class ImportedAccount(BaseModel):
    """An account at an OAuth provider of the project."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    id: str
    account_id: str
    email: str | None = None


class ImportedChannel(BaseModel):
    """An e-mail address beside the primary one."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    value: Email
    is_verified: bool = False
    used_for_auth: bool = False


class UserRow(BaseModel):
    """A user as files carry it; the columns are the names of the REST API."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    id: uuid.UUID | None = None
    display_name: str | None = None
    primary_email: Email | None = None
    primary_email_verified: bool = False
    primary_email_auth_enabled: bool = False
    password: str | None = None
    password_hash: str | None = None
    otp_auth_enabled: bool = False
    totp_secret_base64: str | None = None
    profile_image_url: Annotated[str, Field(pattern=_HTTP_URL, max_length=2_000)] | None = None
    client_metadata: JsonValue = None
    client_read_only_metadata: JsonValue = None
    server_metadata: JsonValue = None
    country_code: Annotated[str, Field(pattern=_COUNTRY)] | None = None
    is_anonymous: bool = False
    restricted_by_admin: bool = False
    restricted_by_admin_reason: str | None = None
    restricted_by_admin_private_details: str | None = None
    signed_up_at_millis: Millis | None = None
    last_active_at_millis: Millis | None = None
    oauth_providers: Sequence[ImportedAccount] = ()
    contact_channels: Sequence[ImportedChannel] = ()

    @property
    def totp_secret(self) -> bytes | None:
        """The decoded TOTP secret."""
        return base64.b64decode(self.totp_secret_base64) if self.totp_secret_base64 else None

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.id is not None and self.id.version != 4:
            raise ValueError("id must be a version 4 UUID")
        if self.password is not None and self.password_hash is not None:
            raise ValueError("give either password or password_hash")
        if _has_nul(self.model_dump()):
            raise ValueError("a text contains a NUL character")
        try:
            if self.password is not None:
                check_new_password(self.password)
            if self.password_hash is not None:
                check_imported_hash(self.password_hash)
        except ApiError as error:
            raise ValueError(error.message) from None
        if self.totp_secret_base64 is not None:
            base64.b64decode(self.totp_secret_base64, validate=True)
        return self


COLUMNS: Final = tuple(UserRow.model_fields)
JSON_COLUMNS: Final = frozenset(
    {"client_metadata", "client_read_only_metadata", "server_metadata", "oauth_providers", "contact_channels"}
)


@dataclass(frozen=True, slots=True)
class ReadLine:
    """One user of a file, or why the line is none."""

    number: int
    row: UserRow | None
    problem: str = ""


def read_file(path: Path) -> Iterator[ReadLine]:
    """The users of a `.csv`, `.jsonl` or `.ndjson` file, in order; numbered from 1 without the header."""
    kind = path.suffix.lower()
    if kind == ".csv":
        return _read_csv(path)
    if kind in (".jsonl", ".ndjson"):
        return _read_json_lines(path)
    raise FileError(f"{path.name}: the name must end in .csv or .jsonl.")


def to_cells(row: dict[str, Any]) -> dict[str, str]:
    """A user as cells of CSV; what is empty stays empty."""
    cells = {}
    for name in COLUMNS:
        value = row.get(name)
        if value is None or value == []:
            cells[name] = ""
        elif name in JSON_COLUMNS:
            cells[name] = json.dumps(value, ensure_ascii=False)
        else:
            cells[name] = str(value).lower() if isinstance(value, bool) else str(value)
    return cells


def _read_csv(path: Path) -> Iterator[ReadLine]:
    csv.field_size_limit(_MAX_CELL_CHARS)
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        unknown = [name for name in reader.fieldnames or () if name not in COLUMNS]
        if unknown or not reader.fieldnames:
            raise FileError(
                f"{path.name}: unknown columns: {', '.join(unknown) or '(no header)'}. Known are: {', '.join(COLUMNS)}."
            )
        try:
            for number, cells in enumerate(reader, start=1):
                yield _from_cells(number, cells)
        except (csv.Error, UnicodeDecodeError) as error:
            raise FileError(f"{path.name}, line {reader.line_num}: {error}.") from None


def _from_cells(number: int, cells: dict[str | None, Any]) -> ReadLine:
    if None in cells or any(value is None for value in cells.values()):
        return ReadLine(number, None, "the line has more or fewer cells than the header")
    given: dict[str, Any] = {}
    for name, text in cells.items():
        if text == "" or name is None:
            continue
        if name in JSON_COLUMNS:
            try:
                given[name] = json.loads(text)
            except json.JSONDecodeError:
                return ReadLine(number, None, f"{name} is not JSON")
        else:
            given[name] = text
    return _parse(number, given)


def _read_json_lines(path: Path) -> Iterator[ReadLine]:
    with path.open("rb") as file:
        number = 0
        for line in file:
            if not line.strip():
                continue
            number += 1
            try:
                given = json.loads(line)
            except (ValueError, RecursionError):
                yield ReadLine(number, None, "the line is not JSON")
                continue
            yield _parse(number, given)


def _has_nul(value: object) -> bool:
    """Whether a text anywhere inside has the one character that PostgreSQL cannot store."""
    if isinstance(value, dict):
        return any(_has_nul(part) for pair in value.items() for part in pair)
    if isinstance(value, list | tuple):
        return any(_has_nul(part) for part in value)
    return isinstance(value, str) and "\x00" in value


def _parse(number: int, given: object) -> ReadLine:
    try:
        return ReadLine(number, UserRow.model_validate(given))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        message = _PATTERNS.get(first.get("ctx", {}).get("pattern", ""), first["msg"].removeprefix("Value error, "))
        return ReadLine(number, None, f"{place}: {message}" if place else message)
