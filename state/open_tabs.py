"""What a tab was showing when its connection broke: it goes on from there instead of beginning anew.

Reflex loads a page again whenever its socket is back. Loading closes dialogs and empties searches, so a tab that was
shown completely keeps its state, and only what runs beside the page (`watch`) is started again, which brings what has
changed meanwhile.
"""

import reflex as rx
from reflex.event import Event, EventHandler
from reflex.middleware.middleware import Middleware
from reflex.state import BaseState, OnLoadInternalState, StateUpdate
from reflex.utils.format import format_event_handler

CONNECT = format_event_handler(rx.State.event_handlers["hydrate_and_load"])
_LOAD = format_event_handler(OnLoadInternalState.event_handlers["on_load_internal"])


class OpenTabState(rx.State):
    """Which page was loaded last; nothing of it travels."""

    _loaded: str = ""
    _goes_on: bool = False

    def _is_known(self) -> bool:
        return bool(self._loaded)

    def _connect(self, page: str, *, is_first: bool) -> None:
        self._goes_on = not is_first and self.is_hydrated and self._loaded == page

    def _load(self, page: str) -> bool:
        goes_on, self._goes_on, self._loaded = self._goes_on, False, page
        return goes_on


class GoOn(Middleware):
    """Has a tab whose connection is back go on with the page that it shows."""

    async def preprocess(self, app: rx.App, state: BaseState, event: Event) -> StateUpdate | None:
        """Look at the first two events of every connection and page."""
        if event.name not in (CONNECT, _LOAD):
            return None
        tab, page = await state.get_state(OpenTabState), f"{state.router.url.path}?{state.router.url.query}"
        if event.name == CONNECT:
            # Only a page that was just loaded says what it was built with.
            tab._connect(page, is_first=bool(event.payload.get("hashes")))  # noqa: SLF001 - public methods are events
        elif tab._load(page):  # noqa: SLF001 - public methods of a state are events
            return StateUpdate(events=_beside_the_page(app, state))
        return None


def _beside_the_page(app: rx.App, state: BaseState) -> list[Event]:
    loading = app.get_load_events(state.router.url.path)
    kept = [one for one in loading if isinstance(one, EventHandler) and one.is_background]
    return Event.from_event_type([*kept, OnLoadInternalState.set_is_hydrated(True)])
