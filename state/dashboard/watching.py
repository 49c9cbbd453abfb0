"""Noticing what others change: one look at the database for all open pages of a project, not one for each tab."""

import asyncio
import contextlib
import uuid
from collections.abc import AsyncIterator, Callable, Hashable
from contextlib import asynccontextmanager
from typing import Any, Final, Generic, TypeVar

from hexclave_app.installation import Installation

M = TypeVar("M", bound=Hashable)

POLL_S: Final = 0.7  # what somebody else changes is to be seen within a second; one look is a few keyed reads
IDLE_S: Final = 5.0
"""How long a tab waits before it looks whether it still shows the page."""

_watched: dict[tuple[Installation, Callable[..., Hashable], uuid.UUID], "Marks[Any]"] = {}


class Marks(Generic[M]):
    """What a function reads about a tenancy, again and again; it returns something that moves with every change."""

    def __init__(self, installation: Installation, read: Callable[..., M], tenancy_id: uuid.UUID) -> None:
        self._installation, self._read, self._tenancy_id = installation, read, tenancy_id
        self._newest: M | None = None
        self._moved = asyncio.Event()
        self.watchers = 0
        self._polling = asyncio.ensure_future(self._poll())
        self._polling.add_done_callback(lambda _: self._moved.set())  # a failure wakes those who wait

    async def other_than(self, seen: M | None) -> M | None:
        """The newest mark as soon as it is not the seen one; the seen one after IDLE_S without a change."""
        if self._newest == seen:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._moved.wait(), IDLE_S)
        if self._polling.done():
            self._polling.result()
        return self._newest

    def stop(self) -> None:
        """Look no more."""
        self._polling.cancel()

    async def _poll(self) -> None:
        while True:
            newest = await self._installation.db.read(self._read, tenancy_id=self._tenancy_id)
            if newest != self._newest:
                self._newest, moved, self._moved = newest, self._moved, asyncio.Event()
                moved.set()
            await asyncio.sleep(POLL_S)


@asynccontextmanager
async def watching(
    installation: Installation, read: Callable[..., M], tenancy_id: uuid.UUID
) -> AsyncIterator[Marks[M]]:
    """Share the look at a tenancy with everybody else who watches the same; the last one to leave ends it."""
    key = (installation, read, tenancy_id)
    marks = _watched.get(key)
    if marks is None:
        marks = _watched[key] = Marks(installation, read, tenancy_id)
    marks.watchers += 1
    try:
        yield marks
    finally:
        marks.watchers -= 1
        if not marks.watchers:
            marks.stop()
            del _watched[key]
