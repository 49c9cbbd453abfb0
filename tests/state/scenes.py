"""A project with its owner, and tabs on its pages."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from sqlmodel import Session, col, select

from hexclave_app.config.overrides import Level
from hexclave_app.config.schema import CompleteConfig
from hexclave_app.installation import Installation
from hexclave_app.services import project_configs, tenancies
from hexclave_app.services.tenancies import TenancySnapshot
from hexclave_app.services.users import creation
from hexclave_app.services.users.creation import UserCreateData
from models import AuditEntry
from models.base import JsonValue
from tests.state.tabs import Tab
from tests.support.projects import DashboardUser, create_project, dashboard_user

TabOf = Callable[..., Tab]


@dataclass(frozen=True)
class ProjectScene:
    """Ada's project; Cleo manages another one."""

    installation: Installation
    tab_of: TabOf
    ada: DashboardUser
    cleo: DashboardUser
    project_id: str
    foreign_id: str

    def tab(self, user: DashboardUser | None = None, **arguments: str) -> Tab:
        """A tab on some page of the project."""
        path = f"/projects/{self.project_id}"
        return self.tab_of(user or self.ada, path, **{"project_id": self.project_id, **arguments})

    def add_user(self, email: str, *, project_id: str = "") -> uuid.UUID:
        """A user of the project (or of another one)."""

        def create(session: Session) -> uuid.UUID:
            tenancy = tenancies.load(session, project_id or self.project_id, "main")
            data = UserCreateData(primary_email=email, primary_email_auth_enabled=True)
            return creation.create(session, installation=self.installation, tenancy=tenancy, data=data).id

        return self.installation.db.call(create)

    def tenancy(self) -> TenancySnapshot:
        """The project as it is now."""
        return self.installation.db.call(lambda session: tenancies.load(session, self.project_id, "main"))

    def config(self) -> CompleteConfig:
        """The project's configuration as it is now."""
        return self.tenancy().config

    def push(self, config: dict[str, JsonValue] | None = None, **source: JsonValue) -> None:
        """Push a configuration, as the command line does; with a source, as a workflow of GitHub does."""
        self.installation.db.call(
            project_configs.replace,
            project_id=self.project_id,
            level=Level.BRANCH,
            config=config or {},
            source={"type": "pushed-from-github", **source} if source else {"type": "pushed-from-unknown"},
        )

    def configure(self, changes: dict[str, JsonValue]) -> None:
        """Change the project's configuration."""
        self.installation.db.call(
            project_configs.patch, project_id=self.project_id, level=Level.ENVIRONMENT, config=changes
        )

    def audit(self, action: str) -> list[AuditEntry]:
        """The entries of the project's log about one action, oldest first."""

        def read(session: Session) -> list[AuditEntry]:
            tenancy = tenancies.load(session, self.project_id, "main")
            found = select(AuditEntry).where(col(AuditEntry.tenancy_id) == tenancy.id, col(AuditEntry.action) == action)
            entries = list(session.exec(found.order_by(col(AuditEntry.seq))).all())
            session.expunge_all()
            return entries

        return self.installation.db.call(read)


def project_scene(installation: Installation, tab_of: TabOf) -> ProjectScene:
    """A fresh scene."""
    ada, cleo = dashboard_user(installation), dashboard_user(installation, "Cleo")
    mine = create_project(installation, owner_team_id=ada.team_id).id
    foreign = create_project(installation, owner_team_id=cleo.team_id).id
    return ProjectScene(installation, tab_of, ada, cleo, mine, foreign)
