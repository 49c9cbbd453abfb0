"""Projects, keys and dashboard users for tests, made through the services."""

import time
import uuid
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session

from hexclave_app.installation import Installation
from hexclave_app.security.tokens import UserKind
from hexclave_app.services import permissions, project_keys, projects, teams, tenancies
from hexclave_app.services.tenancies import KeyKind, TenancySnapshot
from hexclave_app.services.users.creation import next_seq
from models import ConfigOverride, User
from models.base import JsonValue, utc_now
from tests.support.clients import ApiClient


@dataclass(frozen=True)
class DashboardUser:
    """A user of project `internal` with one team and an access token."""

    id: uuid.UUID
    team_id: uuid.UUID
    access_token: str


@dataclass(frozen=True)
class TestProject:
    """A project with one valid key of each kind."""

    __test__ = False

    id: str
    tenancy_id: uuid.UUID
    keys: dict[str, str]


def internal(session: Session) -> TenancySnapshot:
    """The dashboard's tenancy."""
    return tenancies.load(session, "internal", "main")


def dashboard_user(installation: Installation, name: str = "Ada") -> DashboardUser:
    """A new dashboard user, `team_admin` of a team of their own."""

    def create(session: Session) -> tuple[uuid.UUID, uuid.UUID]:
        tenancy = internal(session)
        user = User(tenancy_id=tenancy.id, seq=next_seq(session, tenancy.id), display_name=name)
        session.add(user)
        session.flush()
        team = teams.create(session, tenancy=tenancy, display_name=f"{name}'s Team", creator_id=user.id)
        return user.id, team.id

    user_id, team_id = installation.db.call(create)
    claims = {
        "sub": str(user_id),
        "project_id": "internal",
        "branch_id": "main",
        "refresh_token_id": str(uuid.uuid4()),
        "is_anonymous": False,
        "is_restricted": False,
    }
    token = installation.tokens.sign("internal", UserKind.NORMAL, claims, now_s=int(time.time()))
    return DashboardUser(user_id, team_id, token)


def join(installation: Installation, user: DashboardUser, team_id: uuid.UUID, *, as_admin: bool = False) -> None:
    """Make a dashboard user member of another team, without further rights unless asked."""

    def add(session: Session) -> None:
        tenancy = internal(session)
        teams.add_member(session, tenancy=tenancy, team_id=team_id, user_id=user.id)
        if as_admin:
            permissions.grant_in_team(
                session, tenancy_id=tenancy.id, team_id=team_id, user_id=user.id, permission_ids=["team_admin"]
            )

    installation.db.call(add)


def create_project(
    installation: Installation,
    *,
    owner_team_id: uuid.UUID | None = None,
    name: str = "Demo",
    config: dict[str, JsonValue] | None = None,
) -> TestProject:
    """A project with a key set that lives for an hour."""

    def create(session: Session) -> TestProject:
        project = projects.create(session, owner_team_id=owner_team_id, fields={"display_name": name}, config=config)
        created = project_keys.create(
            session,
            project_id=project.id,
            description="test",
            expires_at=utc_now() + timedelta(hours=1),
            kinds=list(KeyKind),
        )
        keys = {kind.value: key for kind, key in created.keys.items()}
        return TestProject(project.id, tenancies.load(session, project.id, "main").id, keys)

    return installation.db.call(create)


def as_client(client: ApiClient, project: TestProject) -> ApiClient:
    """A caller with client access."""
    key = project.keys["publishable_client_key"]
    return client.as_(access_type="client", project_id=project.id, publishable_client_key=key)


def as_server(client: ApiClient, project: TestProject) -> ApiClient:
    """A caller with server access."""
    return client.as_(access_type="server", project_id=project.id, secret_server_key=project.keys["secret_server_key"])


def as_admin(client: ApiClient, project: TestProject) -> ApiClient:
    """A caller with admin access."""
    key = project.keys["super_secret_admin_key"]
    return client.as_(access_type="admin", project_id=project.id, super_secret_admin_key=key)


def as_dashboard(client: ApiClient, user: DashboardUser) -> ApiClient:
    """The dashboard user as a signed-in client of project `internal`."""
    return client.as_(access_type="client", project_id="internal", access_token=user.access_token)


def as_owner(client: ApiClient, user: DashboardUser, project_id: str) -> ApiClient:
    """Admin access to a project through the token of a dashboard user."""
    return client.as_(access_type="admin", project_id=project_id, admin_access_token=user.access_token)


def environment(installation: Installation, project_id: str) -> dict[str, JsonValue]:
    """The stored environment override."""

    def read(session: Session) -> dict[str, JsonValue]:
        row = session.get(ConfigOverride, (project_id, "main", "environment"))
        return dict(row.config) if row else {}

    return installation.db.call(read)
