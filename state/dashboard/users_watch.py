"""Notices new users while somebody looks at a page that shows them."""

import asyncio
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Final

import reflex as rx

from state.base import Access, Viewer, guarded, resolve_viewer
from state.dashboard.users import UsersState, last_user_number

POLL_S: Final = 0.5  # a new user is to be seen within a second; one round is a few keyed reads


class UsersWatch(rx.State):
    """Runs as long as the users page is open in a tab: the next navigation or a closed socket ends it."""

    if TYPE_CHECKING:
        project_id: str

    @guarded(Access.PROJECT_ADMIN, background=True, supersedes=True)
    async def watch(self, viewer: Viewer) -> AsyncIterator[object]:
        """Refresh the table whenever the number of the last user has grown."""
        watched, asked_for = viewer.tenancy, -1
        while True:
            await asyncio.sleep(POLL_S)
            now_open = await resolve_viewer(self, Access.PROJECT_ADMIN)
            if now_open.tenancy.id != watched.id:
                return
            number = await now_open.installation.db.read(last_user_number, tenancy_id=watched.id)
            if number == asked_for:
                continue
            async with self:
                table = await self.get_state(UsersState)
                is_shown = table._seen_number == number  # noqa: SLF001 - the two classes are one widget
            asked_for = number
            if not is_shown:
                yield UsersState.refresh
