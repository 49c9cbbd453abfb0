"""The team switcher: the choice is stored with the user, so that it is there after a reload and on other devices."""

from dataclasses import dataclass
from typing import Final

import reflex as rx

from hexclave_app.languages.speaking import say
from hexclave_app.services import team_listing
from hexclave_app.services.team_listing import TeamQuery
from hexclave_app.services.users import updates
from models.base import utc_now
from state import frames
from state.base import Access, Updates, Viewer, guarded
from state.dashboard.wording import initials
from state.hosted.typed import known_id

_MAX_CHARS: Final = 60
_FEW: Final = 5  # other teams that are seen at a glance


@dataclass(frozen=True)
class TeamChoice:
    """A team in the menu."""

    id: str
    name: str
    initials: str
    image: str


_NOBODY: Final = TeamChoice("", "", "", "")


class TeamSwitcherState(rx.State):
    """The teams of the user, the chosen one apart."""

    is_somebody: bool = False
    can_create: bool = False
    allows_null: bool = False
    null_label: str = ""
    shown_name: str = ""
    chosen_id: str = ""
    chosen_name: str = ""
    chosen_initials: str = ""
    chosen_image: str = ""
    others: list[TeamChoice] = []
    has_many: bool = False
    """Whether there are so many teams that one looks for a name rather than down a list."""
    is_found: bool = True
    _search: str = ""

    @guarded(Access.VISITOR)
    async def load(self, viewer: Viewer) -> None:
        """Show the stored choice."""
        self._search = ""
        await self._look(viewer)

    @guarded(Access.SIGNED_IN)
    async def find(self, viewer: Viewer, text: str) -> None:
        """Show the teams whose names fit."""
        self._search = str(text)[:_MAX_CHARS]
        await self._look(viewer)

    @guarded(Access.SIGNED_IN)
    async def choose(self, viewer: Viewer, team_id: str) -> Updates:
        """Store the choice (an empty one means no team) and tell the page around."""
        selected = known_id(team_id) if team_id else None
        await viewer.installation.db.run(
            updates.update,
            installation=viewer.installation,
            tenancy=viewer.host_tenancy,
            user_id=viewer.signed_in.id,
            changes={"selected_team_id": selected},
            now=utc_now(),
        )
        self._search = ""
        await self._look(viewer, selected=str(selected) if selected else "")
        yield frames.tell_page("team-selected", teamId=str(selected) if selected else None)

    async def _look(self, viewer: Viewer, selected: str | None = None) -> None:
        user = viewer.user if viewer.user is not None and not viewer.user.is_anonymous else None
        wishes = self.router.url.query_parameters
        self.is_somebody = user is not None
        self.can_create = viewer.host_tenancy.config.teams.allow_client_team_creation
        self.allows_null = "allow-null" in wishes
        self.null_label = wishes.get("null-label", "")[:_MAX_CHARS] or say("no-team")
        if user is None:
            self._choose(_NOBODY, [])
            self.has_many, self.is_found = False, True
            return
        if selected is None:
            selected = str(user.selected_team.id) if user.selected_team else ""
        page = await viewer.installation.db.scan(
            team_listing.list_page, tenancy_id=viewer.host_tenancy.id, query=TeamQuery(member_id=user.id)
        )
        choices = [
            TeamChoice(str(team.id), team.display_name, initials(team.display_name), team.profile_image_url or "")
            for team in page.items
        ]
        chosen = next((one for one in choices if one.id == selected), _NOBODY)
        others, wanted = [one for one in choices if one.id != chosen.id], self._search.strip().casefold()
        fitting = [one for one in others if wanted in one.name.casefold()]
        self._choose(chosen, fitting)
        self.has_many, self.is_found = len(others) > _FEW, bool(fitting) or not others

    def _choose(self, chosen: TeamChoice, others: list[TeamChoice]) -> None:
        self.chosen_id, self.chosen_name = chosen.id, chosen.name
        self.chosen_initials, self.chosen_image = chosen.initials, chosen.image
        self.shown_name = chosen.name or self.null_label
        self.others = others
