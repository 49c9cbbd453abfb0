"""Notices new users while somebody looks at a page that shows them."""

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import reflex as rx

from state.base import Access, Viewer, guarded
from state.dashboard.users import UsersState, last_user_number
from state.dashboard.watching import watching


class UsersWatch(rx.State):
    """Runs as long as the users page is open in a tab: the next navigation or a closed socket ends it."""

    if TYPE_CHECKING:
        project_id: str

    error: str = ""
    """Why nothing is watched; the page says it itself."""

    @guarded(Access.PROJECT_ADMIN, background=True, supersedes=True)
    async def watch(self, viewer: Viewer) -> AsyncIterator[object]:
        """Refresh the table whenever the number of the last user has grown."""
        path, number = self.router.url.path, None
        async with watching(viewer.installation, last_user_number, viewer.tenancy.id) as numbers:
            while self.router.url.path == path:
                newest = await numbers.other_than(number)
                if newest == number:
                    continue
                number = newest
                async with self:
                    table = await self.get_state(UsersState)
                    is_shown = table._seen_number == number  # noqa: SLF001 - the two classes are one widget
                if not is_shown:
                    yield UsersState.refresh
