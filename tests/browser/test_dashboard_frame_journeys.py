"""Journeys through the frame of the dashboard, its overview, the page of a user and the table of teams."""

import re

import pytest
from playwright.sync_api import Dialog, Page, expect
from sqlmodel import Session

from hexclave_app.installation import Installation
from hexclave_app.services import tenancies
from hexclave_app.services.users import creation
from hexclave_app.services.users.creation import UserCreateData
from state.dashboard import paths
from tests.browser.accessibility import WIDTHS, overflow, problems
from tests.browser.people import Owner, add_users, create_owner, installation_of
from tests.support.servers import Server

pytestmark = pytest.mark.browser


@pytest.fixture
def owner(server: Server, page: Page) -> Owner:
    """Ada, signed in, with project Engine and a user."""
    created = create_owner(server, project="Engine")
    add_users(server, created.project_id, ["Grace"])
    created.sign_in(page.context, server)
    return created


def german(session: Session, *, installation: Installation, project_id: str) -> None:
    """Emmy, who signed up in Germany."""
    tenancy = tenancies.load(session, project_id, "main")
    data = UserCreateData(display_name="Emmy", primary_email="emmy@example.com", country_code="DE")
    creation.create(session, installation=installation, tenancy=tenancy, data=data)


def complains(page: Page) -> list[object]:
    """What is wrong with the page as it is now."""
    return [*problems(page), *(f"{width}: {found}" for width in WIDTHS if (found := overflow(page, width)))]


def test_the_sidebar_stays_folded_after_a_reload(server: Server, page: Page, owner: Owner) -> None:
    page.goto(server.url(paths.teams(owner.project_id)))
    places = page.get_by_role("navigation", name="Project")
    expect(places.get_by_role("link", name="Team settings")).to_be_visible()  # the page's own group is open
    expect(places.get_by_role("link", name="Auth methods")).to_be_hidden()
    places.get_by_text("Authentication").click()
    expect(places.get_by_role("link", name="Auth methods")).to_be_visible()
    page.get_by_role("button", name="Fold up").press("Enter")
    expect(places.get_by_text("Authentication")).to_have_count(0)
    page.reload()
    expect(places.get_by_text("Authentication")).to_have_count(0)
    assert complains(page) == []
    places.get_by_role("link", name="Overview").click()
    expect(page.get_by_role("heading", level=1, name="Overview")).to_be_visible()
    page.get_by_role("button", name="Unfold the sidebar").click()
    expect(places.get_by_role("link", name="Auth methods")).to_be_visible()


def test_news_lose_their_dot_once_seen(server: Server, page: Page, owner: Owner) -> None:
    page.goto(server.url(paths.overview(owner.project_id)))
    page.get_by_role("button", name="What is new, unread").click()
    news = page.get_by_role("region", name="What is new")
    expect(news.get_by_role("listitem").first).to_be_visible()
    expect(news.get_by_role("heading", name="What is new")).to_be_focused()
    assert complains(page) == []
    page.set_viewport_size({"width": 1440, "height": 900})
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="What is new", exact=True)).to_be_visible()


def test_the_overview_leads_from_a_number_to_its_users(
    server: Server, page: Page, owner: Owner, complaints: list[str]
) -> None:
    page.goto(server.url(paths.overview(owner.project_id)))
    expect(page.get_by_role("link", name="Grace grace@example.com")).to_be_visible()
    page.get_by_role("radio", name="7 days").click()
    expect(page).to_have_url(re.compile("range=7"))
    page.get_by_role("tab", name="Sign-ups").press("ArrowRight")
    expect(page.get_by_role("tabpanel", name="Users")).to_be_visible()
    page.get_by_text("Show the numbers").click()
    assert complains(page) == []
    page.set_viewport_size({"width": 1440, "height": 900})
    page.get_by_role("table", name="Numbers of the charts").get_by_role("link").last.click()
    expect(page.get_by_role("row", name="grace@example.com")).to_be_visible()
    expect(page.get_by_role("button", name="remove this filter")).to_have_count(2)
    assert complaints == []


def test_the_map_leads_from_a_country_to_its_users(
    server: Server, page: Page, owner: Owner, complaints: list[str]
) -> None:
    with installation_of(server) as installation:
        installation.db.call(german, installation=installation, project_id=owner.project_id)
    page.goto(server.url(paths.overview(owner.project_id)))
    country = page.get_by_role("listitem").get_by_role("link", name="Germany")
    country.focus()
    world = page.get_by_role("img", name=re.compile("^Map of the countries"))
    expect(world.get_by_text("1 user, ")).to_be_visible()
    assert complains(page) == []
    page.set_viewport_size({"width": 1440, "height": 900})
    world.locator("path[data-country=DE]").click()
    expect(page.get_by_role("row", name="emmy@example.com")).to_be_visible()
    expect(page).to_have_url(re.compile("country=DE"))
    expect(page.get_by_role("row", name="grace@example.com")).to_have_count(0)
    assert complaints == []


def test_other_days_are_asked_for_by_a_dialog(server: Server, page: Page, owner: Owner) -> None:
    page.goto(server.url(paths.overview(owner.project_id)))
    page.get_by_role("button", name="Other days").click()
    page.get_by_label("First day").fill("2025-02-01")
    page.get_by_label("Last day").fill("2025-01-01")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.get_by_text("Choose a first day")).to_be_visible()
    assert complains(page) == []
    page.get_by_label("Last day").fill("2025-02-03")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.get_by_text("1 Feb 2025 – 3 Feb 2025", exact=True).first).to_be_visible()
    expect(page).to_have_url(re.compile("from=2025-02-01&to=2025-02-03"))  # is written after the figures are shown
    page.reload()
    expect(page.get_by_text("1 Feb 2025 – 3 Feb 2025", exact=True).first).to_be_visible()


def test_leaving_asks_about_what_was_not_saved(server: Server, page: Page, owner: Owner, complaints: list[str]) -> None:
    page.goto(server.url(paths.users(owner.project_id)))
    page.get_by_role("link", name="Grace").click()
    page.get_by_label("Name", exact=True).fill("Grace Hopper")
    page.get_by_role("tab", name="Activity").click()
    page.get_by_role("tab", name="Profile").click()
    expect(page.get_by_label("Name", exact=True)).to_have_value("Grace Hopper")
    page.once("dialog", Dialog.dismiss)
    with page.expect_event("dialog") as asked:
        page.get_by_role("navigation", name="Project").get_by_role("link", name="Overview").click()
    assert asked.value.message == "Leave without saving? Your changes will be lost."
    expect(page.get_by_label("Name", exact=True)).to_have_value("Grace Hopper")
    page.get_by_role("button", name="Discard").first.click()
    expect(page.get_by_label("Name", exact=True)).to_have_value("Grace")
    page.get_by_role("navigation", name="Project").get_by_role("link", name="Overview").click()
    expect(page.get_by_role("heading", level=1, name="Overview")).to_be_visible()
    assert complaints == []


def test_every_part_of_a_user_is_accessible_and_fits(server: Server, page: Page, owner: Owner) -> None:
    page.goto(server.url(paths.users(owner.project_id)))
    page.get_by_role("link", name="Grace").click()
    found = {}
    for part in ("Profile", "Sign-in", "Teams and permissions", "Sessions", "E-mails", "Activity", "Metadata"):
        page.get_by_role("tab", name=part).click()
        expect(page.get_by_role("tabpanel", name=part)).to_be_visible()
        found[part] = complains(page)
    assert {part: wrong for part, wrong in found.items() if wrong} == {}
    expect(page).to_have_url(re.compile("tab=metadata"))


def test_a_team_is_made_renamed_and_deleted(server: Server, page: Page, owner: Owner) -> None:
    page.goto(server.url(f"{paths.teams(owner.project_id)}?create=true"))
    page.get_by_label("Name", exact=True).fill("Engine room")
    page.get_by_role("dialog").get_by_role("button", name="Create team").click()
    page.get_by_role("button", name="Add member").click()
    page.get_by_role("searchbox", name="Search users").fill("grace")
    page.get_by_role("button", name="Add Grace").click()
    expect(page.get_by_role("row", name="Grace")).to_be_visible()
    assert complains(page) == []
    page.set_viewport_size({"width": 1440, "height": 900})
    page.get_by_role("link", name="Teams").last.click()
    page.get_by_role("button", name="Actions for Engine room").click()
    page.get_by_role("menuitem", name="Rename").click()
    page.get_by_label("Name", exact=True).fill("Mill")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Actions for Mill").click()
    page.get_by_role("menuitem", name="Delete").click()
    question = page.get_by_role("alertdialog")
    question.get_by_role("checkbox").check()
    question.get_by_role("button", name="Delete team").click()
    expect(page.get_by_text("No teams yet")).to_be_visible()
