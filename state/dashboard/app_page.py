"""The page of one app: what it is for, which pages it brings, and its switch."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import reflex as rx

from hexclave_app.config.apps import APP_TAGS, APPS, APPS_BY_ID, App, AppStage
from hexclave_app.errors import StatusError
from hexclave_app.languages.speaking import say
from state.base import Viewer
from state.dashboard import paths
from state.dashboard.app_pages import ABOUT, PAGES, first_page, is_offered, page_of
from state.dashboard.app_switches import AppSwitchState
from state.dashboard.pushable import PushableState


@dataclass(frozen=True)
class AppLink:
    """A page of the app, or another app."""

    name: str
    address: str


@dataclass(frozen=True)
class AppView:
    """An app of the catalogue in full."""

    id: str = ""
    name: str = ""
    subtitle: str = ""
    about: str = ""
    tags: tuple[str, ...] = ()
    is_beta: bool = False
    is_built: bool = False


class AppPageState(AppSwitchState, PushableState, rx.State):
    """The app that the address names."""

    if TYPE_CHECKING:
        opened_app: str

    app: AppView = AppView()
    is_on: bool = False
    pages: list[AppLink] = []
    parent: AppLink = AppLink("", "")
    """The app whose switch decides about this one, if it has none of its own."""
    parts: list[AppLink] = []
    """Apps that come and go with this one."""
    first_page: str = ""
    wanted: str = ""
    """The page that somebody wanted to open and that waits for this app."""

    def _begin_anew(self) -> None:
        self.asked_id = ""

    def _switched(self, viewer: Viewer, app: App, *, is_on: bool) -> list[object]:
        wanted = self.router.url.query_parameters.get(paths.WANTED_PAGE, "")
        address = page_of(app, viewer.tenancy.project_id, wanted) if is_on else ""
        return [rx.redirect(address, replace=True)] if address else [type(self).refresh]

    async def _show(self, viewer: Viewer) -> None:
        app, project_id = APPS_BY_ID.get(self.opened_app), viewer.tenancy.project_id
        if app is None or not is_offered(app):
            raise StatusError(404, say("apps-unknown"))
        self.app = _view(app)
        self.is_on = viewer.tenancy.config.apps.installed[app.switch_id].enabled
        self.pages = [AppLink(name, address(project_id)) for name, address in PAGES.get(app.id, ())]
        self.parent = _link(APPS_BY_ID[app.parent], project_id) if app.parent else AppLink("", "")
        self.parts = [_link(one, project_id) for one in APPS if one.parent == app.id]
        self.first_page = first_page(app.id, project_id)
        wanted = page_of(app, project_id, self.router.url.query_parameters.get(paths.WANTED_PAGE, ""))
        self.wanted = wanted if not self.is_on else ""


def _link(app: App, project_id: str) -> AppLink:
    return AppLink(app.display_name, paths.app(project_id, app.id))


def _view(app: App) -> AppView:
    return AppView(
        id=app.id,
        name=app.display_name,
        subtitle=app.subtitle,
        about=ABOUT[app.id],
        tags=tuple(APP_TAGS[tag] for tag in app.tags),
        is_beta=app.stage is AppStage.BETA,
        is_built=app.id in PAGES,
    )
