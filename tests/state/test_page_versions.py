"""Tabs that were opened before an upgrade: who is told, and who is left as it is."""

from typing import Any

import pytest
import reflex as rx
from reflex.event import Event

from hexclave_app.hexclave_app import app
from state.open_tabs import CONNECT, OpenTabState
from state.page_versions import PageVersionState, TellVersion
from tests.state.tabs import Tab

pytestmark = pytest.mark.anyio
TEAMS = "/projects/p1/teams"


async def connect(tab: Tab, **payload: object) -> tuple[bool, dict[str, Any], Event]:
    """Whether the tab is left as it is, what it is told then, and the event as its handler gets it."""
    event = Event(name=CONNECT, payload=payload)
    update = await TellVersion("new").preprocess(app, await tab.state(rx.State), event)
    told = {} if update is None else dict(update.delta.get(PageVersionState.get_full_name(), {}))
    return update is not None, told, event


async def known() -> Tab:
    """A tab that the server has kept."""
    tab = Tab("", TEAMS)
    (await tab.state(OpenTabState))._load(TEAMS)
    return tab


@pytest.mark.parametrize("theirs", ["old", "new", ""])
async def test_a_tab_that_the_server_knows_is_told_and_goes_on(theirs: str) -> None:
    tab = await known()
    is_left, _, event = await connect(tab, build=theirs, vars={})
    told = await tab.state(PageVersionState)
    assert (is_left, told.newest, told.is_left_behind) == (False, "new", False)
    assert event.payload == {"vars": {}}  # Reflex's own handler knows nothing of builds


async def test_an_outdated_tab_that_the_server_does_not_know_stays_as_it_is() -> None:
    is_left, told, _ = await connect(Tab("", TEAMS), build="old", vars={})
    assert is_left
    assert {str(value) for value in told.values()} == {"new", "True"}


@pytest.mark.parametrize(
    "payload",
    [
        {"build": "new"},  # of this build: it is loaded anew, as after any server that was killed
        {},  # of a build that did not say so yet
        {"build": "old", "hashes": ["x"]},  # just loaded: there is nothing to lose
        {"build": 7, "hashes": ["x"]},
    ],
)
async def test_other_tabs_are_filled(payload: dict[str, object]) -> None:
    tab = Tab("", TEAMS)
    is_left, _, _ = await connect(tab, **payload)
    assert (is_left, (await tab.state(PageVersionState)).is_left_behind) == (False, False)


async def test_a_server_that_does_not_know_its_pages_leaves_nobody_behind() -> None:
    event, tab = Event(name=CONNECT, payload={"build": "old"}), Tab("", TEAMS)
    assert await TellVersion("").preprocess(app, await tab.state(rx.State), event) is None


async def test_a_reload_ends_it() -> None:
    tab = Tab("", TEAMS)
    await connect(tab, build="old")
    await connect(tab, build="new", hashes=["x"])
    assert not (await tab.state(PageVersionState)).is_left_behind


async def test_other_events_pass() -> None:
    tab = await known()
    event = Event(name="state.x", payload={"build": "a field of a form"})
    assert await TellVersion("new").preprocess(app, await tab.state(rx.State), event) is None
    assert (event.payload, (await tab.state(PageVersionState)).newest) == ({"build": "a field of a form"}, "")
