"""Journeys through what stands around every page: palette, opening of pages, tour, companion."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from state.dashboard import paths
from tests.browser.accessibility import WIDTHS, overflow, problems
from tests.browser.people import Owner, create_owner
from tests.support.servers import Server

pytestmark = pytest.mark.browser


@pytest.fixture
def owner(server: Server, page: Page) -> Owner:
    """Ada, signed in, with project Engine."""
    created = create_owner(server, project="Engine")
    created.sign_in(page.context, server)
    return created


def complains(page: Page) -> list[object]:
    """What is wrong with the page as it is now."""
    return [*problems(page), *(f"{width}: {found}" for width in WIDTHS if (found := overflow(page, width)))]


def test_a_page_is_opened_from_the_palette_and_announced(
    server: Server, page: Page, owner: Owner, complaints: list[str]
) -> None:
    page.goto(server.url(paths.PROJECTS))
    expect(page.get_by_role("link", name="Engine")).to_be_visible()
    page.keyboard.press("Control+k")
    palette = page.get_by_role("dialog", name="Search or go to")
    palette.get_by_label("Search or go to").fill("dark")
    palette.get_by_role("button", name="Dark theme").press("Enter")
    expect(page.locator("html")).to_have_class("dark")
    held: list[Route] = []

    def hold(script: Route) -> None:
        held.append(script)

    page.route(re.compile(r"/assets/[^/]*teams[^/]*\.js"), hold)
    page.keyboard.press("Control+k")
    palette.get_by_label("Search or go to").fill("engine teams")
    expect(palette.get_by_role("link").first).to_have_accessible_name("Teams of Engine")
    assert complains(page) == []
    page.keyboard.press("Enter")
    bar = page.locator(".hx-opening")
    expect(bar).to_be_visible()
    for route in held:
        route.continue_()
    expect(page.get_by_role("heading", level=1, name="Teams")).to_be_visible()
    expect(bar).to_have_count(0)
    expect(page.get_by_role("status").filter(has_text="Teams · Hexclave")).to_have_count(1)
    expect(page.get_by_role("main")).to_be_focused()
    assert complaints == []


def test_the_tour_is_taken_by_keyboard_and_never_comes_back(
    server: Server, page: Page, owner: Owner, complaints: list[str]
) -> None:
    page.goto(server.url(paths.overview(owner.project_id)))
    page.get_by_role("button", name="Take the tour").press("Enter")
    step = page.get_by_role("dialog", name="The overview")
    expect(step).to_be_focused()
    assert complains(page) == []
    page.keyboard.press("ArrowRight")
    step = page.get_by_role("dialog", name="Users")
    expect(step).to_be_focused()
    page.reload()
    expect(step).to_be_focused()
    expect(step).to_contain_text("Step 2 of 4")
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("dialog", name="The overview")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.reload()
    expect(page.get_by_role("heading", level=1, name="Overview")).to_be_visible()
    expect(page.get_by_role("link", name="Overview", exact=True).first).to_be_visible()
    expect(page.get_by_role("button", name="Take the tour")).to_have_count(0)
    assert complaints == []


def test_a_document_is_found_made_wider_and_stays_from_page_to_page(
    server: Server, page: Page, owner: Owner, complaints: list[str]
) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(server.url(paths.users(owner.project_id)))
    page.get_by_role("button", name="Documents").click()
    drawer = page.get_by_role("region", name="Documents")
    expect(drawer.get_by_role("heading", name="Documents")).to_be_focused()
    expect(drawer.get_by_role("listitem").first).to_contain_text("For this page")
    drawer.get_by_label("Search the documents").fill("guessers")
    drawer.get_by_role("button", name="Passwords that guessers try first").click()
    heading = page.get_by_role("heading", name="Passwords that guessers try first")
    expect(heading).to_be_focused()
    expect(heading).to_be_in_viewport()
    separator = page.get_by_role("separator", name="Width of the drawer")
    separator.press("ArrowLeft")
    expect(separator).to_have_attribute("aria-valuenow", "500")
    assert problems(page) == []
    page.get_by_role("link", name="Overview", exact=True).first.click()
    expect(page.get_by_role("heading", level=1, name="Overview")).to_be_visible()
    expect(heading).to_be_visible()
    expect(separator).to_have_attribute("aria-valuenow", "500")
    page.reload()
    expect(heading).to_be_visible()
    expect(heading).not_to_be_focused()
    assert [overflow(page, width) for width in WIDTHS] == [0, 0, 0]
    page.set_viewport_size({"width": 320, "height": 900})
    heading.press("Escape")
    expect(heading).to_have_count(0)
    page.get_by_role("button", name="Account").press("Enter")
    page.get_by_role("menuitem", name="What is new, unread").press("Enter")
    expect(page.get_by_role("heading", name="What is new")).to_be_focused()
    assert complains(page) == []
    page.set_viewport_size({"width": 320, "height": 900})
    page.reload()
    expect(page.get_by_role("heading", level=1, name="Overview")).to_be_visible()
    expect(page.get_by_role("button", name="Engine")).to_be_visible()
    expect(page.get_by_role("heading", name="What is new")).to_have_count(0)
    assert complaints == []
