"""Request schemas of teams, memberships and member profiles (contract 04, section 3)."""

from typing import Annotated, Any

from hexclave_app.api.protocol.fields import (
    OptionalUserIdOrMe,
    OptionalUuid,
    QueryFlag,
    Rule,
    Schema,
    Text,
    UserIdOrMe,
    Uuid,
    one_of,
)
from hexclave_app.api.user_schemas import NullableUrl, OptionalPage


class ClientTeamUpdate(Schema):
    """What members may change."""

    display_name: Text = ""
    profile_image_url: NullableUrl = None
    client_metadata: Any = None


class ServerTeamUpdate(ClientTeamUpdate):
    """What servers may change."""

    client_read_only_metadata: Any = None
    server_metadata: Any = None


class ClientTeamCreate(Schema):
    """A new team of a user."""

    display_name: Text
    profile_image_url: NullableUrl = None
    client_metadata: Any = None
    creator_user_id: OptionalUserIdOrMe = None


class ServerTeamCreate(ClientTeamCreate):
    """A new team, made by a server."""

    client_read_only_metadata: Any = None
    server_metadata: Any = None


class TeamPath(Schema):
    """Which team."""

    team_id: Uuid


class MemberPath(TeamPath):
    """Which member of which team."""

    user_id: UserIdOrMe


class TeamQueryParameters(Schema):
    """The one query of all operations on teams: filter, order and page of the list; the creator of older clients."""

    user_id: OptionalUserIdOrMe = None
    order_by: Annotated[str, Rule(one_of(("created_at",)))] = "created_at"
    desc: QueryFlag = "false"
    limit: OptionalPage = None
    cursor: OptionalUuid = None
    query: Text = ""
    add_current_user: QueryFlag = "false"


class ProfileQuery(Schema):
    """Whose profiles, in which team."""

    team_id: OptionalUuid = None
    user_id: OptionalUserIdOrMe = None


class ProfileUpdate(Schema):
    """What members may change about their appearance; a name cannot be taken back through the API."""

    display_name: Text = ""
    profile_image_url: NullableUrl = None


class NoFields(Schema):
    """A JSON object without any field."""
