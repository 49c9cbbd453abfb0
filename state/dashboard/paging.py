"""Lists that are shown page by page."""

from typing import TYPE_CHECKING

import reflex as rx

from state.base import Access, Viewer, guarded


class PagedState(rx.State, mixin=True):
    """The open page of a list, and the way to it; the class of the list reads it."""

    if TYPE_CHECKING:
        project_id: str

    is_loading: bool = True
    error: str = ""
    next_cursor: str = ""
    has_previous: bool = False
    _cursors: list[str] = []
    """Where the pages begin that were turned to, up to the open one; the first page is none of them."""

    @guarded(Access.PROJECT_ADMIN, supersedes=True)
    async def refresh(self, viewer: Viewer) -> None:
        """Read the page again without hiding what is shown."""
        await self._read(viewer)

    @guarded(Access.PROJECT_ADMIN, supersedes=True)
    async def show_next(self, viewer: Viewer) -> object:
        """Turn to the next page."""
        if self.next_cursor:
            self._cursors = [*self._cursors, self.next_cursor]
        return await self._turn(viewer)

    @guarded(Access.PROJECT_ADMIN, supersedes=True)
    async def show_previous(self, viewer: Viewer) -> object:
        """Turn back; a page that was opened by its address has the first one before it."""
        self._cursors = self._cursors[:-1]
        return await self._turn(viewer)

    async def _restart(self, viewer: Viewer) -> object:
        """Show the first page of another list."""
        self._cursors = []
        return await self._turn(viewer)

    async def _turn(self, viewer: Viewer) -> object:
        await self._read(viewer)
        return None

    async def _read(self, viewer: Viewer) -> None:
        """Read the page that begins after `_cursor()`, and say with `_has_read` what follows it."""
        raise NotImplementedError

    def _cursor(self) -> str:
        return self._cursors[-1] if self._cursors else ""

    def _has_read(self, next_cursor: object) -> None:
        self.next_cursor = str(next_cursor) if next_cursor else ""
        self.has_previous = bool(self._cursors)
        self.is_loading, self.error = False, ""
