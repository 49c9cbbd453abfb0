"""The settings of a project: name, addresses, production mode, owner, deletion."""

from typing import TYPE_CHECKING, Any, Final

import reflex as rx

from hexclave_app.config.production import production_mode_errors
from hexclave_app.languages.speaking import say
from hexclave_app.security.rate_limits import Rate, RateLimits
from hexclave_app.services import projects
from hexclave_app.services.tenancies import TenancySnapshot
from models.projects import INTERNAL_PROJECT_ID
from state.base import Access, Viewer, guarded
from state.dashboard import paths, unsaved
from state.dashboard.new_project import MAX_NAME_CHARS
from state.dashboard.shell import ShellState, TeamChoice, teams_of
from state.dashboard.staged import StagedState
from state.dashboard.staged_settings import Present, ProductionMode, ProjectText, Settings

_MAX_DESCRIPTION_CHARS: Final = 2_000
_SETTINGS: Final[Settings] = {
    "project_name": ProjectText(
        "display_name",
        say("settings-name"),
        say("settings-name-length", most=MAX_NAME_CHARS),
        most=MAX_NAME_CHARS,
        least=1,
    ),
    "description": ProjectText(
        "description",
        say("settings-description"),
        say("settings-description-length", most=_MAX_DESCRIPTION_CHARS),
        most=_MAX_DESCRIPTION_CHARS,
    ),
    "production": ProductionMode(say("settings-production")),
}


class SettingsState(StagedState, rx.State):
    """The settings of the open project."""

    id: str = ""
    name: str = ""
    """What the project is called now, whatever is typed."""
    key_urls: list[tuple[str, str]] = []
    hosted_url: str = ""
    limits: list[tuple[str, str]] = []
    production_problems: list[tuple[str, str]] = []
    owner: str = ""
    teams: list[TeamChoice] = []
    can_be_deleted: bool = False

    def _settings(self, _present: Present) -> Settings:
        return _SETTINGS

    def _saved(self) -> list[object]:
        return [ShellState.enter]

    async def _show_page(self, viewer: Viewer) -> None:
        tenancy, installation = viewer.tenancy, viewer.installation
        project = await installation.db.read(projects.get, project_id=tenancy.project_id)
        self.teams = await installation.db.scan(
            teams_of, tenancy_id=viewer.host_tenancy.id, user_id=viewer.signed_in.id
        )
        self.name = project.display_name
        self.owner = next((team.name for team in self.teams if team.id == str(project.owner_team_id)), "")
        self.hosted_url = installation.settings.hosted_origin(tenancy.project_id)
        self.limits = _limit_texts(installation.settings.attempt_limits)
        self.key_urls = _key_urls(f"{installation.settings.origin}/api/v1/projects/{tenancy.project_id}")
        self._show_config(tenancy)

    def _show_config(self, tenancy: TenancySnapshot) -> None:
        self.id = tenancy.project_id
        problems = production_mode_errors(tenancy.config, tenancy.project_id)
        self.production_problems = [(problem.message, problem.relative_fix_url) for problem in problems]
        self.can_be_deleted = tenancy.project_id != INTERNAL_PROJECT_ID


class TransferState(rx.State):
    """Giving the project to another team."""

    if TYPE_CHECKING:
        project_id: str

    team: str = ""
    is_asking: bool = False

    @guarded(Access.PROJECT_ADMIN)
    async def choose(self, _viewer: Viewer, team: str) -> None:
        """Choose the new owner."""
        self.team = str(team)

    @guarded(Access.PROJECT_ADMIN)
    async def toggle(self, _viewer: Viewer, is_asking: bool) -> None:
        """Open the question, or close it."""
        self.is_asking = is_asking is True and self.team != ""

    @guarded(Access.PROJECT_ADMIN)
    async def transfer(self, viewer: Viewer) -> object:
        """Change the owner; the service checks that the viewer administers the one and belongs to the other."""
        team, self.is_asking, self.team = self.team, False, ""
        await viewer.installation.db.run(
            projects.transfer,
            internal=viewer.host_tenancy,
            user_id=viewer.signed_in.id,
            project_id=viewer.tenancy.project_id,
            new_team_id=team,
        )
        return [rx.toast.success(say("settings-transferred")), SettingsState.refresh]


class DeleteProjectState(rx.State):
    """Deleting the project: only after its name was typed."""

    if TYPE_CHECKING:
        project_id: str

    is_open: bool = False
    error: str = ""

    @guarded(Access.PROJECT_ADMIN)
    async def toggle(self, _viewer: Viewer, is_open: bool) -> None:
        """Open the question, or close it."""
        self.is_open, self.error = is_open is True, ""

    @guarded(Access.PROJECT_ADMIN)
    async def delete(self, viewer: Viewer, form: dict[str, Any]) -> object:
        """Delete the project with everything in it."""
        tenancy = viewer.tenancy
        if str(form.get("confirmation", "")).strip() != tenancy.display_name.strip():
            self.error = say("settings-deletion-wrong-name")
            return rx.set_focus("confirmation")
        await viewer.installation.db.run(projects.delete, project_id=tenancy.project_id)
        self.is_open = False
        leave = rx.redirect(paths.PROJECTS, replace=True)
        return [rx.toast.success(say("settings-deleted")), unsaved.guard(False), leave]


def _limit_texts(limits: RateLimits | None) -> list[tuple[str, str]]:
    """What is limited and how; nothing when the operator has switched limits off."""
    if limits is None:
        return []

    return [
        (
            say("settings-limit-account"),
            say(
                "settings-rate-locked", rate=_rate(limits.account), count=limits.lock.count, time=_duration(limits.lock)
            ),
        ),
        (say("settings-limit-address"), _rate(limits.ip)),
        (say("settings-limit-project"), _rate(limits.project)),
        (say("settings-limit-mail"), _rate(limits.mail)),
        (say("settings-limit-mail-address"), _rate(limits.mail_ip)),
        (say("settings-limit-mail-project"), _rate(limits.mail_project)),
        (say("settings-limit-accounts"), _rate(limits.sign_up_ip)),
    ]


def _rate(rate: Rate) -> str:
    return say("settings-rate", count=rate.count, time=_duration(rate))


def _duration(rate: Rate) -> str:
    seconds = int(rate.per.total_seconds())
    if seconds > 60 and seconds % 60 == 0:
        return say("settings-minutes", count=seconds // 60)
    return say("settings-seconds", count=seconds)


def _key_urls(base: str) -> list[tuple[str, str]]:
    url = f"{base}/.well-known/jwks.json"
    return [
        (say("settings-keys-verified"), url),
        (say("settings-keys-restricted"), f"{url}?include_restricted=true"),
        (say("settings-keys-anonymous"), f"{url}?include_anonymous=true"),
    ]
