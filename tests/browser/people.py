"""Dashboard users, projects and users of projects on the server under test, made in its own database."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import BrowserContext
from sqlmodel import Session

from hexclave_app.config.apps import APPS
from hexclave_app.installation import Installation
from hexclave_app.security.passwords import hash_password
from hexclave_app.services import recovery_codes, sessions, tenancies
from hexclave_app.services.browser_sessions import cookie_name
from hexclave_app.services.sessions import SignInContext
from hexclave_app.services.users import creation
from hexclave_app.services.users.creation import UserCreateData
from hexclave_app.settings import load_settings
from models.base import JsonValue, utc_now
from tests.support.projects import create_project, dashboard_user, internal
from tests.support.servers import Server

PASSWORD = "correct horse battery"
EVERY_APP: dict[str, JsonValue] = {f"apps.installed.{app.id}.enabled": True for app in APPS if app.parent is None}


@dataclass(frozen=True)
class Owner:
    """A signed-in dashboard user with a project."""

    project_id: str
    token: str
    team_id: uuid.UUID

    def sign_in(self, context: BrowserContext, server: Server) -> None:
        """Give the browser the login cookie."""
        name = cookie_name("internal", is_secure=False)
        context.add_cookies([{"name": name, "value": self.token, "url": server.url(), "httpOnly": True}])


@contextmanager
def installation_of(server: Server) -> Iterator[Installation]:
    """The server's database and secrets, from beside it."""
    opened = Installation(load_settings({"HEXCLAVE_DATA_DIR": str(server.data_dir), "HEXCLAVE_PORT": str(server.port)}))
    try:
        yield opened
    finally:
        opened.close()


def create_owner(
    server: Server, *, project: str, config: dict[str, JsonValue] | None = None, team_id: uuid.UUID | None = None
) -> Owner:
    """A new dashboard user who owns a new project with every app, unless another team shall own it."""
    config = {**EVERY_APP, **(config or {})}
    with installation_of(server) as installation:
        user = dashboard_user(installation)
        created = create_project(installation, owner_team_id=team_id or user.team_id, name=project, config=config)

        def sign_in(session: Session) -> str:
            context = SignInContext(installation, internal(session), None, utc_now())
            return sessions.create(session, context, user_id=user.id).refresh_token

        return Owner(created.id, installation.db.call(sign_in), user.team_id)


def add_users(server: Server, project_id: str, names: list[str]) -> None:
    """Users of a project, in this order, each with an e-mail address made of the name."""
    with installation_of(server) as installation:

        def create(session: Session) -> list[uuid.UUID]:
            tenancy = tenancies.load(session, project_id, "main")
            data = [UserCreateData(display_name=name, primary_email=f"{name.lower()}@example.com") for name in names]
            return [creation.create(session, installation=installation, tenancy=tenancy, data=one).id for one in data]

        installation.db.call(create)


def add_person(server: Server, project_id: str, *, totp_secret: bytes | None = None) -> tuple[str, list[str]]:
    """Somebody with a password and, with a secret, recovery codes."""
    email = f"{uuid.uuid4().hex}@example.com"
    with installation_of(server) as installation:

        def create(session: Session) -> list[str]:
            tenancy = tenancies.load(session, project_id, "main")
            data = UserCreateData(
                primary_email=email,
                primary_email_verified=True,
                primary_email_auth_enabled=True,
                password_hash=hash_password(PASSWORD),
                totp_secret=totp_secret,
            )
            user = creation.create(session, installation=installation, tenancy=tenancy, data=data)
            if totp_secret is None:
                return []
            return recovery_codes.regenerate(session, tenancy_id=tenancy.id, user_id=user.id, now=utc_now())

        return email, installation.db.call(create)
