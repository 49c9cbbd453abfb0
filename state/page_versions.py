"""Tabs that were opened before an upgrade: what they are told, and when the server leaves them as they are.

A tab says with the first event of each connection which build it comes from (`hexclave_app/page_versions.py`). One
that goes on (`state/open_tabs.py`) is told the newest build with everything else. One whose state is gone, because the
states of another version did not fit or the old server was killed, would lose what is typed in it if it were filled
anew. It stays as it is: its events are still answered, and a reload is up to the person.
"""

import reflex as rx
from reflex.event import Event
from reflex.middleware.middleware import Middleware
from reflex.state import BaseState, StateUpdate

from hexclave_app.page_versions import PAYLOAD_KEY
from state.open_tabs import CONNECT, OpenTabState


class PageVersionState(rx.State):
    """What the tab knows about the server."""

    newest: str = ""
    """The build that the server delivers."""
    is_left_behind: bool = False
    """Whether the server knows nothing any more of what the tab shows."""


class TellVersion(Middleware):
    """Tells every tab which build is the newest."""

    def __init__(self, version: str) -> None:
        """Take the version that this server delivers."""
        self._version = version

    async def preprocess(self, app: rx.App, state: BaseState, event: Event) -> StateUpdate | None:  # noqa: ARG002 - the interface
        """Look at the first event of every connection."""
        if event.name != CONNECT:
            return None
        theirs = str(event.payload.pop(PAYLOAD_KEY, ""))
        told, tab = await state.get_state(PageVersionState), await state.get_state(OpenTabState)
        # Only a page that was just loaded brings hashes, and has nothing to lose.
        is_reconnecting = not event.payload.get("hashes")
        told.newest = self._version
        is_outdated = theirs != self._version and "" not in (theirs, self._version)
        told.is_left_behind = is_reconnecting and is_outdated and not tab._is_known()  # noqa: SLF001 - public methods are events
        return StateUpdate(delta=await _changed(state)) if told.is_left_behind else None


async def _changed(state: BaseState) -> dict[str, dict[str, object]]:
    delta = state.get_delta()
    state._clean()  # type: ignore[no-untyped-call]  # noqa: SLF001 - as Reflex does once a delta has left
    return delta
