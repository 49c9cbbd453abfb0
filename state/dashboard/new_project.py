"""Creating a project together with its first key set."""

import uuid
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final
from urllib.parse import quote

import reflex as rx
from sqlmodel import Session

from hexclave_app.errors import StatusError
from hexclave_app.languages.speaking import say
from hexclave_app.services import project_keys, project_setup, projects, teams
from hexclave_app.services.project_keys import NewKeySet
from hexclave_app.services.project_setup import LINK_EXISTING
from hexclave_app.services.tenancies import KeyKind, TenancySnapshot
from models.base import utc_now
from models.projects import OnboardingStatus
from state.base import Access, Viewer, guarded
from state.dashboard import paths, reveal
from state.dashboard.projects import any_of_ones_own, parse_team
from state.dashboard.shell import TeamChoice, owned_projects, teams_of

NEW_TEAM: Final = "new"
_LINK: Final = "link-existing"
MAX_NAME_CHARS: Final = 200
NEVER: Final = timedelta(days=200 * 365)  # how the contract writes "does not expire"


class NewProjectState(rx.State):
    """The form, and afterwards the address of what it made."""

    is_loading: bool = True
    is_saving: bool = False
    error: str = ""
    name_error: str = ""
    team_error: str = ""
    teams: list[TeamChoice] = []
    team: str = ""
    name: str = ""
    """What the address suggests."""
    links_existing: bool = False
    """Whether the configuration of the project is kept in a repository already."""
    is_first: bool = False
    """Whether the viewer has no project yet, and so has come here without asking."""
    created_name: str = ""
    setup_path: str = ""
    hosted_sign_up_url: str = ""

    def _error_field(self, _error: Exception) -> str:
        self.is_saving = False
        return "error"

    @guarded(Access.DASHBOARD, supersedes=True)
    async def load(self, viewer: Viewer) -> object:
        """Start an empty form; the viewer's selected team is the suggested owner.

        With a `project_id`, as links of the reference have it, go on with that project's set-up.
        """
        begun = self.router.url.query_parameters.get("project_id", "")
        if begun:
            return rx.redirect(paths.setup(quote(begun, safe="")), replace=True)
        asked = self.router.url.query_parameters
        self.name, self.links_existing = asked.get("display_name", "")[:MAX_NAME_CHARS], asked.get("mode") == _LINK
        self.error = self.name_error = self.team_error = self.created_name = ""
        self.is_saving = False
        user = viewer.signed_in
        self.teams = await viewer.installation.db.scan(teams_of, tenancy_id=viewer.host_tenancy.id, user_id=user.id)
        views = await viewer.installation.db.scan(
            owned_projects,
            installation=viewer.installation,
            internal_tenancy_id=viewer.host_tenancy.id,
            user_id=user.id,
        )
        self.is_first = not any_of_ones_own(views)
        ids = [team.id for team in self.teams]
        selected = str(user.selected_team.id) if user.selected_team else ""
        self.team = selected if selected in ids else next(iter(ids), NEW_TEAM)
        self.is_loading = False
        return None

    @guarded(Access.DASHBOARD)
    async def choose_team(self, _viewer: Viewer, team: str) -> None:
        """Choose the owner, or to create one."""
        self.team, self.team_error = str(team), ""

    @guarded(Access.DASHBOARD)
    async def submit(self, viewer: Viewer, form: dict[str, Any]) -> AsyncIterator[object]:
        """Create project and keys, and show the keys this once."""
        self.error = self.name_error = self.team_error = ""
        name, team_name = _text(form, "name"), _text(form, "team_name")
        self.name_error = _name_problem(name)
        self.team_error = _name_problem(team_name) if self.team == NEW_TEAM else ""
        if self.name_error or self.team_error:
            yield rx.set_focus("name" if self.name_error else "team_name")
            return
        self.is_saving = True
        yield None
        created = await viewer.installation.db.run(
            create_with_keys,
            internal=viewer.host_tenancy,
            user_id=viewer.signed_in.id,
            owner=self.team,
            new_team_name=team_name,
            name=name,
            links_existing=self.links_existing,
        )
        settings, project_id = viewer.installation.settings, created.row.project_id
        reveal.show(await self.get_state(reveal.RevealState), created, settings=settings)
        self.created_name, self.is_saving = name, False
        self.setup_path = paths.setup(project_id)
        self.hosted_sign_up_url = settings.hosted_origin(project_id) + paths.SIGN_UP


def create_with_keys(
    session: Session,
    *,
    internal: TenancySnapshot,
    user_id: uuid.UUID,
    owner: str,
    new_team_name: str,
    name: str,
    links_existing: bool = False,
) -> NewKeySet:
    """A project of one of the viewer's teams (or of a new one) with client and server keys that do not expire."""
    if owner == NEW_TEAM:
        team_id = teams.create(session, tenancy=internal, display_name=new_team_name, creator_id=user_id).id
    else:
        chosen = parse_team(owner)
        if chosen is None:
            raise StatusError(400, say("new-project-team-missing"))
        team_id = chosen
    view = projects.create_for_user(
        session,
        internal=internal,
        user_id=user_id,
        owner_team_id=team_id,
        fields={"display_name": name, "onboarding_status": OnboardingStatus.CONFIG_CHOICE},
    )
    if links_existing:
        project_setup.change_choices(
            session, project_id=str(view["id"]), change=lambda choices: replace(choices, config=LINK_EXISTING)
        )
    return project_keys.create(
        session,
        project_id=str(view["id"]),
        description=say("new-project-keys-description"),
        expires_at=utc_now() + NEVER,
        kinds=(KeyKind.CLIENT, KeyKind.SERVER),
    )


def _text(form: dict[str, Any], name: str) -> str:
    value = form.get(name, "")
    return value.strip() if isinstance(value, str) else ""


def _name_problem(name: str) -> str:
    if not name:
        return say("new-project-name-missing")
    return say("new-project-name-long", most=MAX_NAME_CHARS) if len(name) > MAX_NAME_CHARS else ""
