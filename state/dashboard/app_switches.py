"""Switching apps on and off: what hides pages or is not finished is asked about first."""

from typing import Final

import reflex as rx

from hexclave_app.config.apps import APPS_BY_ID, App, AppStage
from hexclave_app.errors import StatusError
from hexclave_app.languages.speaking import say
from state.base import Access, Viewer, guarded
from state.dashboard.app_pages import is_offered
from state.dashboard.config_saves import save_pushable
from state.dashboard.shell import ShellState

_DANGER: Final = "hide"
_BETA: Final = "beta"


class AppSwitchState(rx.State, mixin=True):
    """The switches of apps, on whichever page."""

    asked_id: str = ""
    """The app that is asked about; empty while nothing is asked."""
    asked_name: str = ""
    asked_kind: str = ""

    @guarded(Access.PROJECT_ADMIN)
    async def switch(self, viewer: Viewer, app_id: str, is_on: bool) -> object:
        """Install an app or hide it, after a question where there is something to consider."""
        app = offered(app_id)
        kind = _DANGER if is_on is not True else _BETA if app.stage is AppStage.BETA else ""
        if kind:
            self.asked_id, self.asked_name, self.asked_kind = app.id, app.display_name, kind
            return None
        return await self._store(viewer, app, is_on=True)

    @guarded(Access.PROJECT_ADMIN)
    async def confirm(self, viewer: Viewer) -> object:
        """Do what was asked about."""
        app_id, kind, self.asked_id = self.asked_id, self.asked_kind, ""
        return await self._store(viewer, offered(app_id), is_on=kind == _BETA)

    @guarded(Access.PROJECT_ADMIN)
    async def stop_asking(self, _viewer: Viewer) -> None:
        """Close the question."""
        self.asked_id = ""

    async def _store(self, viewer: Viewer, app: App, *, is_on: bool) -> list[object]:
        if not await save_pushable(self, viewer, {f"apps.installed.{app.id}.enabled": is_on}):
            return []
        return [ShellState.show_apps, *self._switched(viewer, app, is_on=is_on)]

    def _switched(self, viewer: Viewer, app: App, *, is_on: bool) -> list[object]:
        """What the page does after a change."""
        raise NotImplementedError


def offered(app_id: object) -> App:
    """An app of the catalogue that has a switch; a plain 404 for anything else."""
    app = APPS_BY_ID.get(str(app_id))
    if app is None or app.parent is not None or not is_offered(app):
        raise StatusError(404, say("apps-unknown"))
    return app
