"""The list of projects, grouped by the team that owns them."""

import uuid
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

import reflex as rx
from sqlmodel import Session

from hexclave_app.installation import Installation
from hexclave_app.languages.speaking import say
from hexclave_app.services.projects import View
from hexclave_app.services.users import listing
from hexclave_app.services.users.listing import UserQuery
from models.base import from_millis, utc_now
from models.projects import DEFAULT_BRANCH_ID, INTERNAL_PROJECT_ID, OnboardingStatus
from state.base import Access, Viewer, guarded
from state.dashboard import paths
from state.dashboard.owner_team import OwnerTeamState
from state.dashboard.shell import TeamChoice, owned_projects, teams_of
from state.dashboard.wording import ago, initials, users_counted

NEWEST: Final = "newest"
BY_NAME: Final = "name"
TEAM_SETTINGS: Final = "team_settings"  # of links: the team whose people are shown at once


@dataclass(frozen=True)
class ProjectCard:
    """A project as the list shows it; `users` is empty until it has been counted."""

    id: str
    name: str
    description: str
    initials: str
    age: str
    users: str
    href: str
    team_id: str
    is_set_up: bool = True


@dataclass(frozen=True)
class ProjectGroup:
    """The projects of one team."""

    id: str
    team: str
    cards: list[ProjectCard]


class ProjectsState(rx.State):
    """The cards, and what the viewer looks for among them."""

    is_loading: bool = True
    error: str = ""
    cards: list[ProjectCard] = []
    teams: list[TeamChoice] = []
    search: str = ""
    order: str = NEWEST

    @rx.var
    def groups(self) -> list[ProjectGroup]:
        """What the search leaves, team by team."""
        words = self.search.strip().lower()
        shown = [card for card in self.cards if words in card.name.lower()]
        if self.order == BY_NAME:
            shown.sort(key=lambda card: card.name.lower())
        found = [
            ProjectGroup(team.id, team.name, [card for card in shown if card.team_id == team.id]) for team in self.teams
        ]
        return [group for group in found if group.cards or not words]

    @guarded(Access.DASHBOARD, supersedes=True)
    async def load(self, viewer: Viewer) -> AsyncIterator[object]:
        """Show the projects at once, and how many users they have as soon as that is counted."""
        self.is_loading, self.error = True, ""
        yield None
        db, internal_id = viewer.installation.db, viewer.host_tenancy.id
        user_id = viewer.signed_in.id
        self.teams = await db.scan(teams_of, tenancy_id=internal_id, user_id=user_id)
        views = await db.scan(
            owned_projects, installation=viewer.installation, internal_tenancy_id=internal_id, user_id=user_id
        )
        parameters = self.router.url.query_parameters
        asked = parameters.get(TEAM_SETTINGS, "")
        if not any_of_ones_own(views) and not asked and paths.SHOW_TEAMS not in parameters:
            yield rx.redirect(
                paths.NEW_PROJECT, replace=True
            )  # the skeleton stays until then, and "back" leads past here
            return
        self.cards = [_card(view, utc_now()) for view in views]
        self.is_loading = False
        yield OwnerTeamState.open_for(asked) if asked else None
        counts = await db.scan(_count_users, installation=viewer.installation, views=views)
        self.cards = [replace(card, users=counts.get(card.id, "")) for card in self.cards]

    @guarded(Access.DASHBOARD, supersedes=True)
    async def change_search(self, _viewer: Viewer, text: str) -> None:
        """Show only projects whose name contains the text."""
        self.search = str(text)

    @guarded(Access.DASHBOARD)
    async def change_order(self, _viewer: Viewer, order: str) -> None:
        """Sort by age or by name."""
        self.order = BY_NAME if order == BY_NAME else NEWEST


def any_of_ones_own(views: Sequence[View]) -> bool:
    """Whether there is a project besides the dashboard's own one, which the first administrator did not make."""
    return any(view["id"] != INTERNAL_PROJECT_ID for view in views)


def _card(view: View, now: datetime) -> ProjectCard:
    is_set_up = view["onboarding_status"] == OnboardingStatus.COMPLETED
    address = paths.overview if is_set_up else paths.setup
    name, created_at = str(view["display_name"]), from_millis(float(str(view["created_at_millis"])))
    return ProjectCard(
        id=str(view["id"]),
        name=name,
        description=str(view["description"] or ""),
        initials=initials(name),
        age=say("projects-created", age=ago(created_at, now)),
        users="",
        href=address(str(view["id"])),
        team_id=str(view["owner_team_id"]),
        is_set_up=is_set_up,
    )


def _count_users(session: Session, *, installation: Installation, views: Sequence[View]) -> dict[str, str]:
    counts = {}
    for view in views:
        tenancy = installation.tenancies.find(session, str(view["id"]), DEFAULT_BRANCH_ID)
        if tenancy is not None:
            number = listing.count(session, tenancy=tenancy, query=UserQuery(includes_restricted=True))
            counts[tenancy.project_id] = users_counted(number.number, is_exact=number.is_exact)
    return counts


def parse_team(text: str) -> uuid.UUID | None:
    """A team id as the browser sent it; None when it is none."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
