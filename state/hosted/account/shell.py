"""The account settings: which tabs there are, and which one is open."""

import re
from dataclasses import dataclass

import reflex as rx

from hexclave_app.pages import routes
from hexclave_app.services import impersonation, team_listing
from hexclave_app.services.team_listing import TeamQuery
from models.base import utc_now
from state.base import Access, Updates, Viewer, guarded
from state.dashboard.wording import initials
from state.embed.items import ExtraItem, read_items
from state.hosted.account.factors import FactorsState
from state.hosted.account.keys import AccountKeysState
from state.hosted.account.mailboxes import MailboxesState
from state.hosted.account.profile import ProfileState
from state.hosted.account.sessions import AccountSessionsState, NotificationsState
from state.hosted.account.team import TeamState
from state.hosted.project import require_user

PROFILE, AUTH, NOTIFICATIONS, SESSIONS, API_KEYS, SETTINGS, TEAM, NEW_TEAM = (
    "profile",
    "auth",
    "notifications",
    "sessions",
    "api-keys",
    "settings",
    "team",
    "team-creation",
)
_TABS = (PROFILE, AUTH, NOTIFICATIONS, SESSIONS, API_KEYS, SETTINGS, NEW_TEAM)
_TEAM_TAB = re.compile(r"team-([0-9a-f-]{36})")


@dataclass(frozen=True)
class TeamTab:
    """A team of the user in the list of tabs."""

    id: str
    name: str
    initials: str
    image: str


class AccountState(rx.State):
    """The frame of the account settings."""

    error: str = ""
    is_ready: bool = False
    tab: str = PROFILE
    team_id: str = ""
    is_open: bool = False
    """On small screens: whether a tab is open instead of the list."""
    teams: list[TeamTab] = []
    has_user_keys: bool = False
    can_create_teams: bool = False
    can_delete_account: bool = False
    acting_minutes: int = 0
    """How long an administrator still acts as the user here; 0 for the user."""
    extra_items: list[ExtraItem] = []
    """Entries of a page that has the settings inside, which it shows itself."""

    @guarded(Access.VISITOR)
    async def load(self, viewer: Viewer) -> Updates:
        """Only for people who are signed in and may use the project."""
        self.error = ""
        wanted = self.router.url.fragment
        leads_away = require_user(
            self, viewer, here=f"{routes.ACCOUNT_SETTINGS}#{wanted}" if wanted else routes.ACCOUNT_SETTINGS
        )
        if leads_away is not None:
            yield leads_away
            return
        config = viewer.host_tenancy.config
        page = await viewer.installation.db.scan(
            team_listing.list_page, tenancy_id=viewer.host_tenancy.id, query=TeamQuery(member_id=viewer.signed_in.id)
        )
        self.teams = [
            TeamTab(str(team.id), team.display_name, initials(team.display_name), team.profile_image_url or "")
            for team in page.items
        ]
        self.extra_items = (
            read_items(self.router.url.query_parameters.get("extra-items", "")) if viewer.is_framed else []
        )
        if viewer.session_id is not None:
            self.acting_minutes = await viewer.installation.db.read(
                impersonation.minutes_left,
                tenancy_id=viewer.host_tenancy.id,
                session_id=viewer.session_id,
                now=utc_now(),
            )
        self.has_user_keys = config.api_keys.enabled.user
        self.can_create_teams = config.teams.allow_client_team_creation
        self.can_delete_account = config.users.allow_client_user_deletion
        self._choose(wanted)
        self.is_open, self.is_ready = bool(wanted), True
        yield self._loader()

    @guarded(Access.SIGNED_IN)
    async def open_tab(self, _viewer: Viewer, tab: str) -> Updates:
        """Show a tab, and name it in the address."""
        self._choose(tab)
        self.is_open = True
        here = f"team-{self.team_id}" if self.tab == TEAM else self.tab
        yield rx.call_script(f"history.replaceState(history.state, '', '#{here}')")
        yield self._loader()

    @guarded(Access.SIGNED_IN)
    async def close_tab(self, _viewer: Viewer) -> None:
        """Go back to the list of a small screen."""
        self.is_open = False

    def _choose(self, tab: str) -> None:
        team = _TEAM_TAB.fullmatch(tab)
        if team is not None and any(one.id == team[1] for one in self.teams):
            self.tab, self.team_id = TEAM, team[1]
        else:
            self.tab, self.team_id = tab if tab in _TABS else PROFILE, ""

    def _loader(self) -> object:
        """The event that fills the open tab."""
        if self.tab == TEAM:
            return [TeamState.load(self.team_id), AccountKeysState.load(self.team_id)]
        loaders = {
            PROFILE: ProfileState.load,
            AUTH: [MailboxesState.load, FactorsState.load],
            NOTIFICATIONS: NotificationsState.load,
            SESSIONS: AccountSessionsState.load,
            API_KEYS: AccountKeysState.load(""),
        }
        return loaders.get(self.tab)
