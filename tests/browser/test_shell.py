"""The shell of the product: pages, socket and files from one origin, under every host name."""

import pytest
from playwright.sync_api import Page, expect

from tests.support.servers import Server

pytestmark = pytest.mark.browser

HOSTS = ("127.0.0.1", "localhost", "internal.localhost")


@pytest.mark.parametrize("host", HOSTS)
def test_the_start_page_opens_without_complaints(server: Server, page: Page, complaints: list[str], host: str) -> None:
    answer = page.goto(server.url("/", host=host))
    assert answer is not None
    assert answer.status == 200
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert complaints == []


@pytest.mark.parametrize("host", HOSTS)
def test_the_socket_connects_back_to_the_origin_of_the_page(server: Server, page: Page, host: str) -> None:
    with page.expect_websocket() as opened:
        page.goto(server.url("/", host=host))
    assert opened.value.url.startswith(f"ws://{host}:{server.port}/_event/")
    opened.value.wait_for_event("framereceived", lambda frame: "event" in str(frame))


def test_an_unknown_path_is_a_404_page_with_a_way_out(server: Server, page: Page) -> None:
    answer = page.goto(server.url("/no/such/page"))
    assert answer is not None
    assert answer.status == 404
    page.get_by_role("link", name="Go to the start page").click()
    page.wait_for_url(server.url("/"))


def test_answers_carry_security_headers_and_no_server_name(server: Server, page: Page) -> None:
    answer = page.goto(server.url("/"))
    assert answer is not None
    headers = answer.headers
    assert headers["x-frame-options"] == "SAMEORIGIN"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cache-control"] == "no-cache"
    assert "server" not in headers


def test_the_chosen_theme_survives_a_reload(server: Server, page: Page) -> None:
    page.goto(server.url("/handler/sign-in"), wait_until="networkidle")  # a menu opens by script only
    page.get_by_role("button", name="Colour theme").click()
    page.get_by_role("menuitem", name="Dark").click()
    page.reload()
    expect(page.locator("html")).to_have_class("dark")


def test_other_accounts_of_the_machine_can_read_nothing(server: Server) -> None:
    entries = [server.data_dir, *server.data_dir.rglob("*")]
    assert len(entries) > 2
    assert [entry.name for entry in entries if entry.stat().st_mode & 0o077] == []
