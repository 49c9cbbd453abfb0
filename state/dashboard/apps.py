"""The apps of a project and the switches of its API keys."""

from dataclasses import dataclass
from typing import Final

import reflex as rx

from hexclave_app.config.apps import APP_TAGS, APPS, APPS_BY_ID, App, AppStage
from hexclave_app.config.schema import CompleteConfig
from hexclave_app.errors import StatusError
from hexclave_app.languages.speaking import say
from state.base import Access, Viewer, guarded
from state.dashboard import paths
from state.dashboard.app_pages import CATEGORIES, first_page, is_offered
from state.dashboard.app_switches import AppSwitchState
from state.dashboard.pushable import PushableState
from state.dashboard.staged import StagedState
from state.dashboard.staged_settings import Present, Settings, Switch

_KEY_SETTINGS: Final[Settings] = {
    "user": Switch("apiKeys.enabled.user", say("api-keys-users")),
    "team": Switch("apiKeys.enabled.team", say("api-keys-teams")),
}


@dataclass(frozen=True)
class AppCard:
    """An app of the catalogue."""

    id: str
    name: str
    text: str
    tags: str
    is_beta: bool
    is_on: bool
    is_built: bool
    address: str
    """The page about the app."""
    opens: str
    """Where the app begins; empty for apps without pages."""
    part_of: str


@dataclass(frozen=True)
class CategoryTab:
    """A part of the catalogue, and how many of its apps the search has found."""

    id: str
    name: str
    count: int


class AppsState(AppSwitchState, PushableState, rx.State):
    """The catalogue."""

    search: str = ""
    category: str = "all"
    categories: list[CategoryTab] = []
    cards: list[AppCard] = []
    installed: int = 0
    opened: int = 0
    """Grows with every opening of the page, so that the search field is empty again."""

    def _begin_anew(self) -> None:
        self.search, self.category, self.asked_id = "", "all", ""
        self.opened += 1

    @guarded(Access.PROJECT_ADMIN, supersedes=True)
    async def change_search(self, viewer: Viewer, text: str) -> None:
        """Look for apps by name, purpose or tag."""
        self.search = str(text).strip().lower()
        await self._read(viewer)

    @guarded(Access.PROJECT_ADMIN)
    async def choose_category(self, viewer: Viewer, category: str) -> None:
        """Show one part of the catalogue."""
        if category not in CATEGORIES:
            raise StatusError(400, say("common-no-choice"))
        self.category = category
        await self._read(viewer)

    def _switched(self, _viewer: Viewer, _app: App, *, is_on: bool) -> list[object]:  # noqa: ARG002 - both ways alike
        return [type(self).refresh]

    async def _show(self, viewer: Viewer) -> None:
        config, project_id = viewer.tenancy.config, viewer.tenancy.project_id
        apps = [app for app in APPS if is_offered(app)]
        self.installed = sum(_is_on(app, config) for app in apps)
        found = [app for app in apps if self.search in _words(app)]
        self.categories = [
            CategoryTab(one, name, sum(_is_in(app, one, config) for app in found))
            for one, (name, _) in CATEGORIES.items()
        ]
        cards = [_card(app, config, project_id) for app in found if _is_in(app, self.category, config)]
        self.cards = sorted(cards, key=lambda card: (not card.is_on, card.name))


class ApiKeysAppState(StagedState, rx.State):
    """Who may have API keys: while a switch is off, existing keys of that kind do not work."""

    def _settings(self, _present: Present) -> Settings:
        return _KEY_SETTINGS


def _is_on(app: App, config: CompleteConfig) -> bool:
    return config.apps.installed[app.switch_id].enabled


def _is_in(app: App, category: str, config: CompleteConfig) -> bool:
    if category == "installed":
        return _is_on(app, config)
    _, tags = CATEGORIES[category]
    return not tags or not tags.isdisjoint(app.tags)


def _words(app: App) -> str:
    """What the search looks through."""
    return " ".join([app.display_name, app.subtitle, *(APP_TAGS[tag] for tag in app.tags)]).lower()


def _card(app: App, config: CompleteConfig, project_id: str) -> AppCard:
    opens = first_page(app.id, project_id)
    return AppCard(
        id=app.id,
        name=app.display_name,
        text=app.subtitle,
        tags=", ".join(APP_TAGS[tag] for tag in app.tags),
        is_beta=app.stage is AppStage.BETA,
        is_on=_is_on(app, config),
        is_built=opens != "",
        address=paths.app(project_id, app.id),
        opens=opens,
        part_of=APPS_BY_ID[app.parent].display_name if app.parent else "",
    )
