"""What every dashboard page needs first: who is here, which projects are theirs, which one is open."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import reflex as rx
from sqlmodel import Session

from hexclave_app.config.apps import APPS, app_of_page
from hexclave_app.config.schema import CompleteConfig
from hexclave_app.installation import Installation
from hexclave_app.languages.speaking import say
from hexclave_app.services import projects, teams
from hexclave_app.services.projects import View
from models import Team
from models.projects import DEFAULT_BRANCH_ID, INTERNAL_PROJECT_ID
from state.base import Access, Viewer, guarded
from state.dashboard import paths, reveal
from state.dashboard.wording import initials
from state.hosted.returns import lead_on, sign_out_script

_NOT_FOR_YOU = say("shell-incomplete")
_NO_PROJECT = say("shell-no-project")


@dataclass(frozen=True)
class ProjectLink:
    """A project as menus show it."""

    id: str = ""
    name: str = ""
    initials: str = ""
    is_open: bool = False


@dataclass(frozen=True)
class TeamChoice:
    """A team of the viewer."""

    id: str
    name: str


@dataclass(frozen=True)
class Account:
    """The signed-in administrator."""

    name: str = ""
    email: str = ""
    initials: str = ""
    image: str = ""


class ShellState(rx.State):
    """The frame around every dashboard page."""

    if TYPE_CHECKING:
        project_id: str

    is_loaded: bool = False
    error: str = ""
    account: Account = Account()
    project: ProjectLink = ProjectLink()
    projects: list[ProjectLink] = []
    hosted_sign_up_url: str = ""
    closed_apps: list[str] = []
    """Apps that the open project has not installed: nothing leads to their pages."""

    @guarded(Access.VISITOR)
    async def enter(self, viewer: Viewer) -> object:
        """First on every page: send strangers away, and load what the frame shows."""
        reveal.forget(await self.get_state(reveal.RevealState))
        await self._close_dialogs()
        if viewer.host_tenancy.project_id != INTERNAL_PROJECT_ID:
            return lead_on(self, "/")
        user = viewer.user
        if user is None:
            url = self.router.url
            self.is_loaded = False
            return lead_on(self, paths.sign_in(url.path + (f"?{url.query}" if url.query else "")))
        if self.project_id == paths.ANY_PROJECT:
            return rx.redirect(paths.choice(self.router.url.path, self.router.url.query), replace=True)
        if user.restricted_reason(viewer.host_tenancy.config) is not None:
            self.error, self.is_loaded = _NOT_FOR_YOU, True
            return None
        name = user.display_name or user.primary_email or say("shell-you")
        self.account = Account(name, user.primary_email or "", initials(name), user.profile_image_url or "")
        views = await viewer.installation.db.scan(
            owned_projects,
            installation=viewer.installation,
            internal_tenancy_id=viewer.host_tenancy.id,
            user_id=user.id,
        )
        self._show_projects(views)
        self.hosted_sign_up_url = viewer.installation.settings.hosted_origin(self.project.id) + paths.SIGN_UP
        if not self.project.id:
            return None
        tenancy = viewer.installation.tenancies.peek(self.project.id, DEFAULT_BRANCH_ID)  # was read with the projects
        self.closed_apps = closed_apps(tenancy.config) if tenancy is not None else []
        url, home = self.router.url, f"{paths.overview(self.project.id)}/"
        app = app_of_page(url.path.removeprefix(home))
        if app is not None and app.id in self.closed_apps:
            wanted = url.path.removeprefix(home) + (f"?{url.query}" if url.query else "")
            return rx.redirect(paths.app(self.project.id, app.id, wanted=wanted), replace=True)
        return None

    @guarded(Access.PROJECT_ADMIN)
    async def show_apps(self, viewer: Viewer) -> None:
        """Show which apps are installed now."""
        self.closed_apps = closed_apps(viewer.tenancy.config)

    @guarded(Access.DASHBOARD)
    async def open_account(self, _viewer: Viewer) -> object:
        """Open the viewer's own account, a page in the viewer's language."""
        return lead_on(self, paths.ACCOUNT)

    @guarded(Access.VISITOR)
    async def sign_out(self, _viewer: Viewer) -> object:
        """End the session and open the sign-in page with a full load."""
        return rx.call_script(sign_out_script(paths.SIGN_IN), callback=ShellState.sign_out_failed)

    @guarded(Access.VISITOR)
    async def sign_out_failed(self, _viewer: Viewer, problem: str) -> object:
        """Say why the session did not end; no text means that the page is already on its way."""
        return rx.toast.error(str(problem)) if problem else None

    async def _close_dialogs(self) -> None:
        # State outlives a reload of the tab: what was open there must not be open on the page that comes now.
        for kind in rx.State.get_substates():
            if not kind.__module__.startswith("state.dashboard."):
                continue
            forget = getattr(kind, "_forget", None)
            if forget is None and "is_open" not in kind.vars:
                continue
            dialog = await self.get_state(kind)
            if forget is not None:
                forget(dialog)
            else:
                dialog.is_open = False

    def _show_projects(self, views: Sequence[View]) -> None:
        wanted = self.project_id
        links = [_link(view, wanted) for view in views]
        self.projects = sorted(links, key=lambda link: not link.is_open)  # the open one first
        found = [link for link in self.projects if link.is_open]
        self.project = found[0] if found else ProjectLink()
        self.error = _NO_PROJECT if wanted and not found else ""
        self.is_loaded = True


def app_id_of(address: Callable[[str], str]) -> str:
    """The app that a page belongs to; no text for pages that every project has."""
    app = app_of_page(address("").removeprefix(f"{paths.overview('')}/"))
    return app.id if app is not None else ""


def closed_apps(config: CompleteConfig) -> list[str]:
    """Apps whose pages the dashboard does not show."""
    return [app.id for app in APPS if not config.apps.installed[app.switch_id].enabled]


def owned_projects(
    session: Session, *, installation: Installation, internal_tenancy_id: uuid.UUID, user_id: uuid.UUID
) -> list[View]:
    """The projects of the viewer's teams, newest first."""
    views = projects.list_for_user(
        session, cache=installation.tenancies, internal_tenancy_id=internal_tenancy_id, user_id=user_id
    )
    return views[::-1]


def teams_of(session: Session, *, tenancy_id: uuid.UUID, user_id: uuid.UUID) -> list[TeamChoice]:
    """The viewer's teams, oldest first."""
    ids = teams.team_ids_of(session, tenancy_id=tenancy_id, user_id=user_id)
    found = [session.get(Team, {"tenancy_id": tenancy_id, "id": team_id}) for team_id in ids]
    return [TeamChoice(str(team.id), team.display_name) for team in found if team is not None]


def _link(view: View, wanted: str) -> ProjectLink:
    name = str(view["display_name"])
    return ProjectLink(str(view["id"]), name, initials(name), view["id"] == wanted)
