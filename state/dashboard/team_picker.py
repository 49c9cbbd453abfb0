"""Choosing a team by a part of its name, for whatever is to be done with it."""

from typing import TYPE_CHECKING, Final

import reflex as rx
from sqlmodel import Session

from hexclave_app.languages.speaking import say
from hexclave_app.services import team_listing, teams
from hexclave_app.services.team_listing import TeamQuery
from state.base import Access, Viewer, guarded
from state.dashboard.forms import known_id
from state.dashboard.user_detail import UserDetailState, opened_user
from state.dashboard.user_facts import NamedRow
from state.dashboard.users import UsersState
from state.dashboard.users_bulk import UserSelectionState

FILTER: Final = "filter"
ADD_CHOSEN: Final = "add-chosen"
ADD_USER: Final = "add-user"
_SHOWN: Final = 8
_MAX_SEARCH_CHARS: Final = 200


class TeamPickerState(rx.State):
    """The dialog that finds a team."""

    if TYPE_CHECKING:
        project_id: str
        opened_user: str

    purpose: str = ""
    found: list[NamedRow] = []

    def _forget(self) -> None:
        self.purpose, self.found = "", []

    @guarded(Access.PROJECT_ADMIN)
    async def ask(self, viewer: Viewer, purpose: str) -> None:
        """Open the dialog with the newest teams; no purpose closes it."""
        self._forget()
        if purpose in (FILTER, ADD_CHOSEN, ADD_USER):
            self.purpose = str(purpose)
            self.found = await viewer.installation.db.scan(_find, viewer, text="")

    @guarded(Access.PROJECT_ADMIN, supersedes=True)
    async def search(self, viewer: Viewer, text: str) -> None:
        """Show teams whose name contains the text, or whose id it is."""
        text = str(text).strip()[:_MAX_SEARCH_CHARS]
        self.found = await viewer.installation.db.scan(_find, viewer, text=text)

    @guarded(Access.PROJECT_ADMIN)
    async def pick(self, viewer: Viewer, team_id: str) -> object:
        """Do what the dialog was opened for."""
        purpose = self.purpose
        self._forget()
        if purpose == FILTER:
            return UsersState.narrow("team", str(team_id))
        if purpose == ADD_CHOSEN:
            return UserSelectionState.add_to_team(str(team_id))
        if purpose != ADD_USER:
            return None
        await viewer.installation.db.run(
            teams.add_member,
            tenancy=viewer.tenancy,
            team_id=known_id(team_id, say("users-no-such-team")),
            user_id=opened_user(self),
        )
        return [rx.toast.success(say("user-added-to-team")), UserDetailState.refresh]


def _find(session: Session, viewer: Viewer, *, text: str) -> list[NamedRow]:
    query = TeamQuery(search=text, descending=True, limit=_SHOWN)
    page = team_listing.list_page(session, tenancy_id=viewer.tenancy.id, query=query)
    return [NamedRow(str(team.id), team.display_name) for team in page.items]
