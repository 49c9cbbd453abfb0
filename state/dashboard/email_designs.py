"""What the pages of templates and themes share: a list, and the editor that opens in its place."""

from collections.abc import AsyncIterator, Awaitable

from hexclave_app import errors
from state.base import Access, Viewer, guarded
from state.dashboard.email_assistance import Assisted


class DesignPage(Assisted, mixin=True):
    """A page of designs, which are entries of the project's configuration."""

    is_loading: bool = True
    error: str = ""
    is_creating: bool = False
    name_error: str = ""
    is_built_in: bool = False
    """Whether the opened one has a default to return to."""
    is_saving: bool = False
    is_overtaken: bool = False
    """Whether somebody else has saved or deleted the opened one since it was opened or saved here."""

    @guarded(Access.PROJECT_ADMIN, supersedes=True)
    async def load(self, viewer: Viewer) -> AsyncIterator[object]:
        """Read everything anew and close the editor."""
        self.is_loading, self.error = True, ""
        yield self._reset()
        self.is_overtaken = False
        await self._read(viewer)
        opening = self._opening()
        if opening is not None:
            yield opening

    @guarded(Access.PROJECT_ADMIN)
    async def refresh(self, viewer: Viewer) -> None:
        """Read the list again."""
        await self._read(viewer)

    @guarded(Access.PROJECT_ADMIN)
    async def follow(self, viewer: Viewer) -> None:
        """Read the list again because something has changed, and see whether it was the opened one."""
        await self._read(viewer)
        self.is_overtaken = bool(self.opened_id) and not self.is_saving and self._stored(viewer) != self._saved

    @guarded(Access.PROJECT_ADMIN)
    async def load_theirs(self, viewer: Viewer) -> object:
        """Put the stored version into the editor; one's own comes back with `undo`."""
        stored, self.is_overtaken = self._stored(viewer), False
        if stored is None:
            return self._close()
        self._saved, self.theme = stored, stored[1]
        return await self._replace(viewer, stored[0])

    @guarded(Access.PROJECT_ADMIN)
    async def toggle_creating(self, _viewer: Viewer, is_open: bool) -> None:
        """Open the dialog for a new design, or close it."""
        self.is_creating, self.name_error = is_open is True, ""

    async def _passes(self, check: Awaitable[object]) -> bool:
        """Whether the source may be saved; otherwise the problem stands beside it."""
        try:
            await check
        except errors.EmailRenderingError as error:
            self.problem = str(error.details["error"])
            return False
        finally:
            self.is_saving = False
        return True

    def _stored(self, viewer: Viewer) -> tuple[str, str] | None:
        """Source and theme of the opened design as they are stored; None when it is gone."""
        raise NotImplementedError

    def _opening(self) -> object | None:
        """The event that opens the design that the address names."""
        raise NotImplementedError

    async def _read(self, viewer: Viewer) -> None:
        """Read the list."""
        raise NotImplementedError
