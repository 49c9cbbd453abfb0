"""Pages of settings that apply at once and that a pushed configuration may own."""

from collections.abc import AsyncIterator, Mapping
from typing import TYPE_CHECKING

import reflex as rx

from hexclave_app.errors import StatusError
from hexclave_app.languages.speaking import say
from state.base import Access, Viewer, guarded
from state.dashboard.config_saves import is_pushed, save_pushable


class PushableState(rx.State, mixin=True):
    """Settings of the branch; where they are pushed, changes are only shown, to be made there."""

    if TYPE_CHECKING:
        project_id: str

    is_loading: bool = True
    error: str = ""
    is_pushed: bool = False

    def _error_field(self, _error: Exception) -> str:
        # Once the page is there, a refused change must not take its place.
        return "error" if self.is_loading else ""

    @guarded(Access.PROJECT_ADMIN, supersedes=True)
    async def load(self, viewer: Viewer) -> AsyncIterator[object]:
        """Read everything anew."""
        self.is_loading, self.error = True, ""
        self._begin_anew()
        yield None
        await self._read(viewer)

    @guarded(Access.PROJECT_ADMIN)
    async def refresh(self, viewer: Viewer) -> None:
        """Read again without hiding what is shown."""
        await self._read(viewer)

    def _begin_anew(self) -> None:
        """Forget what was asked or typed when the page was last open."""

    async def _read(self, viewer: Viewer) -> None:
        await self._show(viewer)
        self.is_pushed = await is_pushed(viewer)
        self.is_loading, self.error = False, ""

    async def _show(self, viewer: Viewer) -> None:
        """Take what the page shows from the project."""
        raise NotImplementedError


class SwitchesState(PushableState, mixin=True):
    """Settings of which some are on or off."""

    @guarded(Access.PROJECT_ADMIN)
    async def switch(self, viewer: Viewer, name: str, is_on: bool) -> object:
        """Turn something on or off; applies at once."""
        key = self._keys().get(name)
        if key is None:
            raise StatusError(400, say("common-no-setting"))
        is_saved = await save_pushable(self, viewer, {key: is_on is True})
        return type(self).refresh if is_saved else None

    def _keys(self) -> Mapping[str, str]:
        """What each switch writes, by its name in events."""
        raise NotImplementedError
