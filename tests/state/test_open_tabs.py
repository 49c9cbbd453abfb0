"""Which tabs go on after a lost connection, and which begin anew."""

from typing import Any

import pytest
import reflex as rx
from reflex.event import Event
from reflex.utils.format import format_event_handler

from hexclave_app.hexclave_app import app
from state.dashboard.live import LiveState
from state.dashboard.teams import TeamsState
from state.open_tabs import _LOAD, CONNECT, GoOn
from tests.state.tabs import Tab

pytestmark = pytest.mark.anyio
TEAMS = "/projects/p1/teams"


async def told(tab: Tab, name: str, **payload: object) -> list[str] | None:
    """The events in the place of those of the page; None when the page is loaded as always."""
    update = await GoOn().preprocess(app, await tab.state(rx.State), Event(name=name, payload=payload))
    return None if update is None else [event.name for event in update.events]


async def shown(path: str = TEAMS) -> Tab:
    """A tab whose page was loaded completely."""
    tab = Tab("", path)
    assert await told(tab, CONNECT, hashes=["x"]) is None
    assert await told(tab, _LOAD) is None
    (await tab.state(rx.State)).is_hydrated = True
    return tab


def name_of(handler: Any) -> str:
    return format_event_handler(handler)


async def test_a_tab_goes_on_with_what_runs_beside_its_page() -> None:
    tab = await shown()
    assert await told(tab, CONNECT) is None  # the browser gets the whole state as always
    events = await told(tab, _LOAD)
    assert events is not None
    assert name_of(LiveState.watch) in events
    assert name_of(TeamsState.load) not in events
    assert events[-1].endswith("set_is_hydrated")
    assert await told(tab, _LOAD) is None  # the next page of the same connection is loaded


async def test_a_reload_begins_anew() -> None:
    tab = await shown()
    await told(tab, CONNECT, hashes=["x"])
    assert await told(tab, _LOAD) is None


async def test_a_page_that_was_not_loaded_completely_is_loaded() -> None:
    tab = await shown()
    (await tab.state(rx.State)).is_hydrated = False
    await told(tab, CONNECT)
    assert await told(tab, _LOAD) is None


@pytest.mark.parametrize("path", ["/projects/p2/teams", "/projects/p1/users", "/projects/p1/teams?search=x"])
async def test_another_page_is_loaded(path: str) -> None:
    tab = await shown()
    tab.go(path)
    await told(tab, CONNECT)
    assert await told(tab, _LOAD) is None


async def test_a_tab_that_the_server_has_forgotten_is_loaded() -> None:
    tab = Tab("", TEAMS)
    await told(tab, CONNECT)
    assert await told(tab, _LOAD) is None
