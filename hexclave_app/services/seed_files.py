"""Seed files: what they may contain, and how they are read (applied by `seeding`)."""

import json
import tomllib
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Self, cast

from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError, model_validator

from hexclave_app.config.overrides import Level, Override
from hexclave_app.config.validation import check_override
from hexclave_app.errors import ApiError
from hexclave_app.security.passwords import check_imported_hash, check_new_password
from hexclave_app.services.contact_channels import normalise_email
from hexclave_app.services.projects import ProjectFields
from hexclave_app.services.tenancies import KeyKind
from models import OnboardingStatus
from models.projects import INTERNAL_PROJECT_ID

_UUID4 = r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
_NEVER = datetime(2099, 12, 31, tzinfo=UTC)

Key = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{16,}$")]


class SeedError(ValueError):
    """The seed cannot be read or applied; the message says where and why."""


class _Part(BaseModel):
    """A part of a seed file: a misspelled key is an error, never ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class KeySetSeed(_Part):
    """Given keys; only their hashes are stored."""

    description: str
    expires_at: datetime = _NEVER
    publishable_client_key: Key | None = None
    secret_server_key: Key | None = None
    super_secret_admin_key: Key | None = None

    def keys(self) -> dict[KeyKind, str]:
        """The keys by their kind."""
        given = {kind: getattr(self, kind.value) for kind in KeyKind}
        return {kind: key for kind, key in given.items() if key is not None}

    @model_validator(mode="after")
    def _check(self) -> Self:
        if not self.keys():
            raise ValueError("a key set needs at least one key")
        if self.expires_at.tzinfo is None:
            raise ValueError("expires_at needs a time zone, such as 2030-01-01T00:00:00Z")
        return self


class UserSeed(_Part):
    """A user, known by the primary e-mail."""

    primary_email: Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+$")]
    primary_email_verified: bool = False
    primary_email_auth_enabled: bool = True
    password: str | None = None
    password_hash: str | None = None
    otp_auth_enabled: bool = False
    display_name: str | None = None
    client_metadata: JsonValue = None
    client_read_only_metadata: JsonValue = None
    server_metadata: JsonValue = None
    permissions: Sequence[str] = ()
    is_administrator: bool = False
    """Only in project `internal`: administers the platform itself."""

    @property
    def email(self) -> str:
        """The e-mail as it is stored."""
        return normalise_email(self.primary_email)

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.password is not None and self.password_hash is not None:
            raise ValueError("give either password or password_hash")
        try:
            if self.password is not None:
                check_new_password(self.password)
            if self.password_hash is not None:
                check_imported_hash(self.password_hash)
        except ApiError as error:
            raise ValueError(error.message) from None
        return self


class MemberSeed(_Part):
    """A user of the project in a team, with permissions beyond the defaults of members."""

    email: str
    permissions: Sequence[str] = ()


class TeamSeed(_Part):
    """A team, known by its name."""

    display_name: str
    members: Sequence[MemberSeed] = ()


class ConfigSeed(_Part):
    """Config keys per level; write dotted keys in quotes, because an object replaces everything below its key."""

    project: dict[str, JsonValue] = Field(default_factory=dict)
    branch: dict[str, JsonValue] = Field(default_factory=dict)
    environment: dict[str, JsonValue] = Field(default_factory=dict)

    def levels(self) -> dict[Level, Override]:
        """The given levels."""
        given = {level: cast("Override", getattr(self, level.value)) for level in Level}
        return {level: config for level, config in given.items() if config}

    @model_validator(mode="after")
    def _check(self) -> Self:
        for level, config in self.levels().items():
            check_override(config, level)
        return self


class ProjectSeed(_Part):
    """A project, known by its id."""

    id: Annotated[str, Field(pattern=rf"^(internal|{_UUID4})$")]
    display_name: str | None = None
    description: str | None = None
    is_production_mode: bool | None = None
    is_development_environment: bool | None = None
    onboarding_status: OnboardingStatus | None = None
    owner_team: str | None = None
    """Name of a team of project `internal`."""
    config: ConfigSeed = ConfigSeed()
    keys: Sequence[KeySetSeed] = ()
    users: Sequence[UserSeed] = ()
    teams: Sequence[TeamSeed] = ()

    def fields(self) -> ProjectFields:
        """What the file says about the project itself."""
        names = ProjectFields.__annotations__.keys() & self.model_fields_set
        return cast("ProjectFields", {name: getattr(self, name) for name in names if getattr(self, name) is not None})

    @model_validator(mode="after")
    def _check(self) -> Self:
        is_internal = self.id == INTERNAL_PROJECT_ID
        if not is_internal and not self.display_name:
            raise ValueError("a project needs a display_name")
        if not is_internal and any(user.is_administrator for user in self.users):
            raise ValueError("is_administrator is only for users of project internal")
        _refuse_doubles("user", [user.email for user in self.users])
        _refuse_doubles("team", [team.display_name for team in self.teams])
        return self


class Seed(_Part):
    """A whole seed file."""

    projects: Sequence[ProjectSeed] = ()

    @model_validator(mode="after")
    def _check(self) -> Self:
        _refuse_doubles("project", [project.id for project in self.projects])
        return self


def load_seed(path: Path) -> Seed:
    """Read a seed file, JSON or TOML by its extension; raises SeedError."""
    readers = {".json": json.loads, ".toml": tomllib.loads}
    if path.suffix not in readers:
        raise SeedError(f"{path}: a seed file ends in .json or .toml")
    try:
        return Seed.model_validate(readers[path.suffix](path.read_text(encoding="utf-8")))
    except ValidationError as error:
        lines = [f"  {_place(item['loc'])}: {item['msg']}" for item in error.errors(include_url=False)]
        raise SeedError("\n".join([f"{path} is not a seed file:", *lines])) from None
    except (ValueError, OSError) as error:
        raise SeedError(f"{path} cannot be read: {error}") from None


def _refuse_doubles(noun: str, names: Sequence[str]) -> None:
    doubles = sorted({name for name in names if names.count(name) > 1})
    if doubles:
        raise ValueError(f"the same {noun} twice: {', '.join(doubles)}")


def _place(location: Sequence[int | str]) -> str:
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in location)
    return text.lstrip(".") or "the file"
