"""A browser tab as state handlers see it."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Self, TypeVar

import reflex as rx
from reflex.istate.data import HeaderData, PageData, ReflexURL, URLData, _FrozenDictStrStr

from hexclave_app.dispatch import FRAME_HEADER

S = TypeVar("S", bound=rx.State)

HOST = "localhost:8000"


class Tab:
    """A state tree with a cookie, an address and the arguments of its route."""

    def __init__(self, cookie: str, path: str, *, host: str = HOST, accepts: str = "", **arguments: str) -> None:
        self._root = rx.State(_reflex_internal_init=True)  # type: ignore[call-arg]  # as Reflex itself makes it
        self._root.rx_router_headers = HeaderData(host=host, cookie=cookie, accept_language=accepts)
        self._root.rx_router_url = URLData.from_url(ReflexURL(f"http://{host}{path}"))
        self._root.rx_router_page = PageData(params=arguments)

    def sign_in(self, cookie: str) -> None:
        """Load the page anew with a login cookie."""
        self._root.rx_router_headers = HeaderData(host=self._root.rx_router_headers.host, cookie=cookie)

    @property
    def cookie(self) -> str:
        """What the browser sends along."""
        return self._root.rx_router_headers.cookie

    def framed(self) -> Self:
        """The tab as it is inside another page."""
        mark = _FrozenDictStrStr(**{FRAME_HEADER: "1"})  # type: ignore[no-untyped-call]  # the library has no types here
        self._root.rx_router_headers = replace(self._root.rx_router_headers, raw_headers=mark)
        return self

    def go(self, path: str) -> None:
        """Be on another page of the same host, as the router leads there."""
        self._root.rx_router_url = URLData.from_url(ReflexURL(f"http://{self._root.rx_router_headers.host}{path}"))

    async def state(self, kind: type[S]) -> S:
        """The state of that class in this tab."""
        return await self._root.get_state(kind)


async def run(updates: AsyncIterator[object]) -> list[object]:
    """Run a handler to its end; returns the events that it asked for."""
    events: list[object] = []
    async for update in updates:
        if update is not None:
            assert not (isinstance(update, list) and any(isinstance(one, list) for one in update))  # Reflex refuses it
            events += update if isinstance(update, list) else [update]
    return events


async def run_in_background(state: rx.State, handler: str, *args: object) -> list[object]:
    """Run a background handler to its end, which Reflex does not let anybody call directly."""
    return await run(type(state).event_handlers[handler].fn(state, *args))


def targets(events: list[object]) -> str:
    """The events as text, to look for addresses and messages in."""
    return " ".join(str(getattr(event, "args", event)) for event in events)
