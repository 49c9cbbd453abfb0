"""The apps of a project and the switches of its API keys."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import reflex as rx

from hexclave_app.config.apps import APP_TAGS, APPS, APPS_BY_ID, App, AppStage
from hexclave_app.config.schema import CompleteConfig
from hexclave_app.errors import StatusError
from hexclave_app.languages.speaking import say
from state.base import Access, Viewer, guarded
from state.dashboard import paths
from state.dashboard.config_saves import is_pushed, save_pushable
from state.dashboard.shell import ShellState
from state.dashboard.switches import SwitchesState

_OPENS: Final = {
    "authentication": paths.auth_methods,
    "fraud-protection": paths.sign_up_rules,
    "teams": paths.teams,
    "rbac": paths.project_permissions,
    "api-keys": paths.api_keys,
    "emails": paths.emails,
}
"""Where apps begin whose pages exist."""
_KEY_SWITCHES: Final = {"user": "apiKeys.enabled.user", "team": "apiKeys.enabled.team"}


@dataclass(frozen=True)
class AppCard:
    """An app of the catalogue."""

    id: str
    name: str
    text: str
    tags: str
    is_beta: bool
    is_on: bool
    address: str
    part_of: str


class AppsState(rx.State):
    """The catalogue."""

    if TYPE_CHECKING:
        project_id: str

    is_loading: bool = True
    error: str = ""
    search: str = ""
    cards: list[AppCard] = []
    installed: int = 0
    is_pushed: bool = False
    opened: int = 0
    """Grows with every opening of the page, so that the search field is empty again."""
    closed: str = ""
    """The app whose page somebody wanted to open, as long as it is not installed."""
    _wanted: str = ""

    def _error_field(self, _error: Exception) -> str:
        return "error" if self.is_loading else ""

    @guarded(Access.PROJECT_ADMIN, supersedes=True)
    async def load(self, viewer: Viewer) -> AsyncIterator[object]:
        """Show the whole catalogue."""
        self.is_loading, self.error, self.search = True, "", ""
        self.opened += 1
        self._wanted = self.router.url.query_parameters.get(paths.CLOSED_APP, "")
        yield None
        await self._read(viewer)

    @guarded(Access.PROJECT_ADMIN)
    async def refresh(self, viewer: Viewer) -> None:
        """Read again without hiding what is shown."""
        await self._read(viewer)

    @guarded(Access.PROJECT_ADMIN, supersedes=True)
    async def change_search(self, viewer: Viewer, text: str) -> None:
        """Look for apps by name, purpose or tag."""
        self.search = str(text).strip().lower()
        await self._read(viewer)

    @guarded(Access.PROJECT_ADMIN)
    async def switch(self, viewer: Viewer, app_id: str, is_on: bool) -> object:
        """Install an app, or hide it; its data stays."""
        app = APPS_BY_ID.get(app_id)
        if app is None or app.parent is not None or not _is_shown(app):
            raise StatusError(404, say("apps-unknown"))
        await save_pushable(viewer, {f"apps.installed.{app_id}.enabled": is_on is True})
        return [AppsState.refresh, ShellState.show_apps]

    async def _read(self, viewer: Viewer) -> None:
        config = viewer.tenancy.config
        cards = [_card(app, config, viewer.tenancy.project_id) for app in APPS if _is_shown(app)]
        self.installed = sum(card.is_on for card in cards)
        found = [card for card in cards if self.search in f"{card.name} {card.text} {card.tags}".lower()]
        self.cards = sorted(found, key=lambda card: (not card.is_on, card.name))
        self.closed = next((card.name for card in cards if card.id == self._wanted and not card.is_on), "")
        self.is_pushed = await is_pushed(viewer)
        self.is_loading, self.error = False, ""


class ApiKeysAppState(SwitchesState, rx.State):
    """Who may have API keys: while a switch is off, existing keys of that kind do not work."""

    for_users: bool = False
    for_teams: bool = False

    def _keys(self) -> Mapping[str, str]:
        return _KEY_SWITCHES

    async def _show(self, viewer: Viewer) -> None:
        enabled = viewer.tenancy.config.api_keys.enabled
        self.for_users, self.for_teams = enabled.user, enabled.team


def _is_shown(app: App) -> bool:
    return app.stage is not AppStage.ALPHA


def _card(app: App, config: CompleteConfig, project_id: str) -> AppCard:
    address = _OPENS.get(app.id)
    return AppCard(
        id=app.id,
        name=app.display_name,
        text=app.subtitle,
        tags=", ".join(APP_TAGS[tag] for tag in app.tags),
        is_beta=app.stage is AppStage.BETA,
        is_on=config.apps.installed[app.switch_id].enabled,
        address=address(project_id) if address is not None else "",
        part_of=APPS_BY_ID[app.parent].display_name if app.parent else "",
    )
