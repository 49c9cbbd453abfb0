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
from state.dashboard.forms import checked, typed
from state.dashboard.paging import PagedState
from state.dashboard.wording import ago, exact

PAGE_ROWS: Final = 25
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
    opened: int = 0
    """Grows with every opening of the page, so that the search field is empty again."""

    def _error_field(self, _error: Exception) -> str:
        return "error" if self.is_loading else ""

    @guarded(Access.PROJECT_ADMIN, supersedes=True)
    async def load(self, viewer: Viewer) -> AsyncIterator[object]:
        """Show the first page."""
        self.is_loading, self.error = True, ""
        self.search, self._cursors = "", []
        self.opened += 1
        yield None
        await self._read(viewer)

    @guarded(Access.PROJECT_ADMIN, supersedes=True)
    async def change_search(self, viewer: Viewer, text: str) -> None:
        """Search as the viewer types."""
        self.search = str(text).strip()[:_MAX_SEARCH_CHARS]
        await self._restart(viewer)

    async def _read(self, viewer: Viewer) -> None:
        query = TeamQuery(
            search=self.search,
            descending=True,
            cursor=uuid.UUID(self._cursor()) if self._cursors else None,
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
