"""Where the windows of embedded parts end, without a browser."""

import re

import pytest

from hexclave_app.installation import Installation
from hexclave_app.pages import routes
from hexclave_app.services.embedding import tickets
from models.base import utc_now
from state.embed.returning import LOST, EmbedReturnState
from tests.state.embedding import APP, CONFIG, NONCE
from tests.state.tabs import Tab, run, targets
from tests.support.hosted import Person, Site, open_site


@pytest.fixture
def site(installation: Installation) -> Site:
    return open_site(installation, CONFIG)


def _window(site: Site, person: Person | None, **changes: str) -> Tab:
    ticket = tickets.Ticket(**{"origin": APP, "nonce": NONCE, "return_url": f"{APP}/notes#old", **changes})
    cookie = tickets.cookie_header(site.installation, site.project_id, ticket, now=utc_now()).partition(";")[0]
    login = f"{person.cookie}; " if person else ""
    return Tab(login + cookie, routes.EMBED_RETURN, host=f"{site.project_id}.localhost:8000")


async def test_a_window_goes_back_to_its_page_with_a_code(site: Site) -> None:
    ada = site.person("ada@example.com")
    said = targets(await run((await _window(site, ada).state(EmbedReturnState)).load()))
    assert re.search(rf"{APP}/notes#hexclave-code=[0-9a-z]{{45}}&hexclave-nonce={NONCE}", said)
    assert ada.refresh_token not in said


async def test_a_window_signs_in_first(site: Site) -> None:
    said = targets(await run((await _window(site, None).state(EmbedReturnState)).load()))
    assert routes.SIGN_IN in said
    assert "hexclave-code" not in said


async def test_a_window_hands_nothing_to_a_page_that_is_not_trusted(site: Site) -> None:
    ada = site.person("ada@example.com")
    tab = _window(site, ada, origin="https://evil.example", return_url="https://evil.example/")
    state = await tab.state(EmbedReturnState)
    assert "hexclave-code" not in targets(await run(state.load()))
    assert "trusted domain" in state.error


async def test_a_page_that_no_part_has_opened_hands_nothing_to_anybody(site: Site) -> None:
    ada = site.person("ada@example.com")
    state = await site.tab(ada, routes.EMBED_RETURN).state(EmbedReturnState)
    assert await run(state.load()) == []
    assert state.stage == LOST
