"""People of a project on its hosted pages, as state handlers meet them."""

import uuid
from dataclasses import dataclass

from sqlmodel import Session

from hexclave_app.installation import Installation
from hexclave_app.services import sessions, tenancies
from hexclave_app.services.browser_sessions import cookie_name
from hexclave_app.services.sessions import SignInContext
from hexclave_app.services.tenancies import TenancySnapshot
from hexclave_app.services.users import creation, records
from hexclave_app.services.users.creation import UserCreateData
from hexclave_app.services.users.records import UserRecord
from models.base import JsonValue, utc_now
from tests.state.tabs import Tab
from tests.support.projects import create_project


@dataclass(frozen=True)
class Person:
    """A user with the login cookie of a browser."""

    id: uuid.UUID
    email: str
    cookie: str
    refresh_token: str


@dataclass(frozen=True)
class Site:
    """A project's hosted pages."""

    installation: Installation
    project_id: str

    @property
    def tenancy(self) -> TenancySnapshot:
        """The project as it is now."""
        return self.installation.db.call(lambda session: tenancies.load(session, self.project_id, "main"))

    def person(self, email: str, *, is_verified: bool = True, **details: object) -> Person:
        """A new user who is signed in."""

        def create(session: Session) -> Person:
            tenancy = tenancies.load(session, self.project_id, "main")
            data = UserCreateData(
                primary_email=email,
                primary_email_verified=is_verified,
                primary_email_auth_enabled=True,
                **details,  # type: ignore[arg-type]  # fields of several types
            )
            user = creation.create(session, installation=self.installation, tenancy=tenancy, data=data)
            context = SignInContext(self.installation, tenancy, None, utc_now())
            token = sessions.create(session, context, user_id=user.id).refresh_token
            return Person(user.id, email, f"{cookie_name(self.project_id, is_secure=False)}={token}", token)

        return self.installation.db.call(create)

    def tab(self, person: Person | None, path: str, *, accepts: str = "") -> Tab:
        """A tab of a person, or of nobody."""
        return Tab(person.cookie if person else "", path, host=f"{self.project_id}.localhost:8000", accepts=accepts)

    def frame(self, path: str) -> Tab:
        """An embedded page as the socket shows it: without cookies, whatever the browser has."""
        return Tab("", path, host=f"{self.project_id}.localhost:8000").framed()

    def access_token(self, person: Person) -> str:
        """What the page around lends to its frames."""

        def refresh(session: Session) -> str:
            tenancy = tenancies.load(session, self.project_id, "main")
            context = SignInContext(self.installation, tenancy, None, utc_now())
            return sessions.refresh(session, context, refresh_token=person.refresh_token)

        return self.installation.db.call(refresh)

    def user(self, person: Person) -> UserRecord:
        """The user as stored."""
        found = self.installation.db.call(records.find, tenancy_id=self.tenancy.id, user_id=person.id)
        if found is None:
            raise LookupError(person.email)
        return found


def open_site(installation: Installation, config: dict[str, JsonValue] | None = None) -> Site:
    """A new project's hosted pages."""
    return Site(installation, create_project(installation, config=config).id)
