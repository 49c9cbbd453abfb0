"""Pages of settings that a pushed configuration may own."""

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import reflex as rx

from state.base import Access, Viewer, guarded
from state.dashboard.config_saves import is_pushed


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
    async def refresh(self, viewer: Viewer) -> object:
        """Read again without hiding what is shown."""
        await self._read(viewer)
        return self._after_reading()

    def _begin_anew(self) -> None:
        """Forget what was asked or typed when the page was last open."""

    def _after_reading(self) -> object:
        """What the browser has to know afterwards."""
        return None

    async def _read(self, viewer: Viewer) -> None:
        await self._show(viewer)
        self.is_pushed = await is_pushed(viewer)
        self.is_loading, self.error = False, ""

    async def _show(self, viewer: Viewer) -> None:
        """Take what the page shows from the project."""
        raise NotImplementedError
