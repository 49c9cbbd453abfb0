"""Request schemas of permission definitions and grants (contract 04, section 5)."""

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import Field

from hexclave_app.api.protocol.fields import (
    FieldError,
    OptionalText,
    OptionalUserIdOrMe,
    OptionalUuid,
    QueryFlag,
    Rule,
    Schema,
    Text,
    UserIdOrMe,
    Uuid,
    matches,
    text,
)
from hexclave_app.api.user_schemas import OptionalPage
from hexclave_app.services.permissions import SYSTEM_TEAM_PERMISSIONS

_CUSTOM = matches(
    r"^[a-z0-9_:]+$", '{path} must contain only lowercase letters, numbers, ":", "_" and optional "$" at the beginning'
)
_ANY = matches(
    r"^\$?[a-z0-9_:]+$",
    '{path} must contain only lowercase letters, numbers, ":", "_" and optional "$" at the beginning',
)


def _known_system(value: str) -> str | None:
    if value.startswith("$") and value not in SYSTEM_TEAM_PERMISSIONS:
        return "{path} starts with $ and is not a system permission"
    return None


CustomId = Annotated[str, Rule(text(_CUSTOM))]
OptionalCustomId = Annotated[str | None, Rule(text(_CUSTOM))]
PermissionId = Annotated[str, Rule(text(_ANY, _known_system))]
OptionalPermissionId = Annotated[str | None, Rule(text(_ANY, _known_system))]


def _ids(value: Any) -> Sequence[str]:  # noqa: ANN401 - any JSON value
    if not isinstance(value, list):
        raise FieldError("{path} must be an array")
    return value


ContainedIds = Annotated[list[PermissionId], Rule(_ids)]


class DefinitionCreate(Schema):
    """A new permission."""

    id: CustomId
    description: OptionalText = None
    contained_permission_ids: ContainedIds = Field(default_factory=list)


class DefinitionUpdate(Schema):
    """What a permission becomes; whatever is left out is cleared, but the id."""

    id: OptionalCustomId = None
    description: OptionalText = None
    contained_permission_ids: ContainedIds = Field(default_factory=list)


class DefinitionPath(Schema):
    """Which permission."""

    permission_id: PermissionId


class DefinitionQuery(Schema):
    """The one query of all operations on team definitions: page and search of the list."""

    limit: OptionalPage = None
    cursor: OptionalPermissionId = None
    query: Text = ""


class ProjectGrantQuery(Schema):
    """Whose permissions in the project; `recursive` adds what they contain."""

    user_id: OptionalUserIdOrMe = None
    permission_id: OptionalPermissionId = None
    recursive: QueryFlag = "false"


class TeamGrantQuery(ProjectGrantQuery):
    """Whose permissions in which team."""

    team_id: OptionalUuid = None


class ProjectGrantPath(Schema):
    """Which permission of which user."""

    user_id: UserIdOrMe
    permission_id: PermissionId


class TeamGrantPath(ProjectGrantPath):
    """Which permission of which member."""

    team_id: Uuid
