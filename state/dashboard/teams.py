"""The teams of a project."""

import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import reflex as rx
from sqlalchemy import func
from sqlmodel import Session, col, select

from hexclave_app.api.team_schemas import ServerTeamCreate
from hexclave_app.errors import StatusError
from hexclave_app.languages.speaking import say
from hexclave_app.services import team_listing, teams
from hexclave_app.services.team_listing import TeamPage, TeamQuery
from models import TeamMembership
from models.base import utc_now
from state.base import Access, Viewer, guarded
from state.dashboard import paths
from state.dashboard.forms import checked, known_id, typed
from state.dashboard.paging import PagedState
from state.dashboard.wording import ago, exact

PAGE_ROWS: Final = 25
NEWEST: Final = "newest"
OLDEST: Final = "oldest"
MAX_NAME_CHARS: Final = 256
_MAX_SEARCH_CHARS: Final = 200


@dataclass(frozen=True)
class TeamRow:
    """A team as the table shows it."""

    id: str
    name: str
    members: int
    created: str
    created_exactly: str


class TeamsState(PagedState, rx.State):
    """One page of teams, newest first."""

    rows: list[TeamRow] = []
    search: str = ""
    sort: str = NEWEST
    opened: int = 0
    """Grows with every opening of the page, so that the search field takes the value of the URL."""

    def _error_field(self, _error: Exception) -> str:
        return "error" if self.is_loading else ""

    @guarded(Access.PROJECT_ADMIN, supersedes=True)
    async def load(self, viewer: Viewer) -> AsyncIterator[object]:
        """Show what the URL asks for."""
        asked = self.router.url.query_parameters
        self.is_loading, self.error = True, ""
        self.search = asked.get("search", "")[:_MAX_SEARCH_CHARS]
        self.sort = OLDEST if asked.get("createdOrder") == "asc" else NEWEST
        self._cursors = [asked["cursor"]] if asked.get("cursor") else []
        self.opened += 1
        yield None
        await self._read(viewer)

    @guarded(Access.PROJECT_ADMIN, supersedes=True)
    async def change_search(self, viewer: Viewer, text: str) -> object:
        """Search as the viewer types."""
        self.search = str(text).strip()[:_MAX_SEARCH_CHARS]
        return await self._restart(viewer)

    @guarded(Access.PROJECT_ADMIN, supersedes=True)
    async def change_sort(self, viewer: Viewer, sort: str) -> object:
        """Order the teams differently."""
        self.sort = OLDEST if sort == OLDEST else NEWEST
        return await self._restart(viewer)

    async def _turn(self, viewer: Viewer) -> object:
        await self._read(viewer)
        order = "asc" if self.sort == OLDEST else ""
        return paths.show_in_address(self, {"search": self.search, "createdOrder": order, "cursor": self._cursor()})

    async def _read(self, viewer: Viewer) -> None:
        query = TeamQuery(
            search=self.search,
            descending=self.sort != OLDEST,
            cursor=_parse_cursor(self._cursor()),
            limit=PAGE_ROWS,
        )
        page, members = await viewer.installation.db.scan(_read_page, tenancy_id=viewer.tenancy.id, query=query)
        now = utc_now()
        self.rows = [
            TeamRow(
                str(one.id), one.display_name, members.get(one.id, 0), ago(one.created_at, now), exact(one.created_at)
            )
            for one in page.items
        ]
        self._has_read(page.next_cursor)


class RenameTeamState(rx.State):
    """The dialog that renames one of the shown teams."""

    if TYPE_CHECKING:
        project_id: str

    is_open: bool = False
    error: str = ""
    team_id: str = ""
    name: str = ""

    @guarded(Access.PROJECT_ADMIN)
    async def ask(self, _viewer: Viewer, team_id: str) -> None:
        """Open the dialog with the name as it is."""
        self.team_id, self.name = _shown(await self.get_state(TeamsState), team_id)
        self.is_open, self.error = self.team_id != "", ""

    @guarded(Access.PROJECT_ADMIN)
    async def toggle(self, _viewer: Viewer, _is_open: bool) -> None:
        """Close the dialog."""
        self.is_open = False

    @guarded(Access.PROJECT_ADMIN)
    async def submit(self, viewer: Viewer, form: dict[str, Any]) -> object:
        """Rename the team."""
        team_id = known_id(self.team_id, say("teams-gone"))
        name = team_name(form, "team_new_name")
        await viewer.installation.db.run(_rename, tenancy_id=viewer.tenancy.id, team_id=team_id, name=name)
        self.is_open = False
        return [rx.toast.success(say("common-saved")), TeamsState.refresh]


class DeleteTeamState(rx.State):
    """The question before one of the shown teams is deleted."""

    if TYPE_CHECKING:
        project_id: str

    is_open: bool = False
    team_id: str = ""
    name: str = ""

    @guarded(Access.PROJECT_ADMIN)
    async def ask(self, _viewer: Viewer, team_id: str) -> None:
        """Open the question."""
        self.team_id, self.name = _shown(await self.get_state(TeamsState), team_id)
        self.is_open = self.team_id != ""

    @guarded(Access.PROJECT_ADMIN)
    async def stop_asking(self, _viewer: Viewer) -> None:
        """Close the question."""
        self.is_open = False

    @guarded(Access.PROJECT_ADMIN)
    async def delete(self, viewer: Viewer) -> object:
        """Delete the team that was asked about."""
        self.is_open = False
        team_id = known_id(self.team_id, say("teams-gone"))
        await viewer.installation.db.run(teams.delete, tenancy_id=viewer.tenancy.id, team_id=team_id)
        return [rx.toast.success(say("teams-deleted")), TeamsState.refresh]


class CreateTeamState(rx.State):
    """The dialog that creates a team."""

    if TYPE_CHECKING:
        project_id: str

    is_open: bool = False
    error: str = ""

    @guarded(Access.PROJECT_ADMIN)
    async def toggle(self, _viewer: Viewer, is_open: bool) -> None:
        """Open an empty dialog, or close it."""
        self.is_open, self.error = is_open is True, ""

    @guarded(Access.PROJECT_ADMIN)
    async def load(self, _viewer: Viewer) -> None:
        """Open the dialog where the address asks for it."""
        self.is_open, self.error = paths.CREATE in self.router.url.query_parameters, ""

    @guarded(Access.PROJECT_ADMIN)
    async def submit(self, viewer: Viewer, form: dict[str, Any]) -> object:
        """Create the team, without members, and open its page."""
        name = team_name(form, "new_team_name")
        team = await viewer.installation.db.run(_create, viewer, name=name)
        self.is_open = False
        return rx.redirect(paths.team(viewer.tenancy.project_id, team))


def team_name(form: dict[str, Any], field: str) -> str:
    """The name of a team in a form; a plain 400 for none."""
    name = checked(ServerTeamCreate, {"display_name": typed(form, field)}).display_name
    if not 0 < len(name) <= MAX_NAME_CHARS:
        raise StatusError(400, say("teams-name-length", most=MAX_NAME_CHARS))
    return name


def _shown(table: TeamsState, team_id: object) -> tuple[str, str]:
    """A shown team's id and name; nothing for others."""
    found = [row for row in table.rows if row.id == team_id]
    return (found[0].id, found[0].name) if found else ("", "")


def _parse_cursor(text: str) -> uuid.UUID | None:
    if not text:
        return None
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.UUID(int=0)  # no team's id: the page is empty, as with a cursor of a deleted team


def _rename(session: Session, *, tenancy_id: uuid.UUID, team_id: uuid.UUID, name: str) -> None:
    teams.update(session, tenancy_id=tenancy_id, team_id=team_id, changes={"display_name": name})


def _create(session: Session, viewer: Viewer, *, name: str) -> str:
    return str(teams.create(session, tenancy=viewer.tenancy, display_name=name).id)


def _read_page(session: Session, *, tenancy_id: uuid.UUID, query: TeamQuery) -> tuple[TeamPage, dict[uuid.UUID, int]]:
    page = team_listing.list_page(session, tenancy_id=tenancy_id, query=query)
    counted = session.exec(
        select(TeamMembership.team_id, func.count())
        .where(
            col(TeamMembership.tenancy_id) == tenancy_id,
            col(TeamMembership.team_id).in_([team.id for team in page.items]),
        )
        .group_by(col(TeamMembership.team_id))
    ).all()
    return page, dict(counted)
