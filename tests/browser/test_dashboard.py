"""Journeys through the dashboard, in both colour schemes."""

import re
import uuid
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from state.dashboard import paths
from tests.browser.accessibility import WIDTHS, overflow, problems
from tests.browser.people import Owner, add_users, create_owner
from tests.support.servers import Server

pytestmark = pytest.mark.browser

PASSWORD = "correct horse battery"


@pytest.fixture
def owner(server: Server, page: Page) -> Owner:
    """Ada, signed in, with project Engine."""
    created = create_owner(server, project="Engine")
    created.sign_in(page.context, server)
    return created


def sign_up(page: Page, email: str) -> None:
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Repeat password").fill(PASSWORD)
    page.get_by_role("button", name="Create account").click()


def set_up(page: Page) -> None:
    """Walk through the wizard, looking at each step."""
    steps = ("Where does the configuration", "Which apps", "How do people", "What do your mails", "Ready")
    for step in steps:
        expect(page.get_by_role("heading", level=2, name=step)).to_be_visible()
        button = page.get_by_role("button", name="Open the project" if step == steps[-1] else "Continue")
        expect(button).to_be_enabled()
        assert [problems(page), [overflow(page, width) for width in WIDTHS]] == [[], [0] * len(WIDTHS)]
        button.click()
    expect(page.get_by_role("heading", level=1, name="Overview")).to_be_visible()


def test_from_the_first_visit_to_the_first_user(
    server: Server, browser: Browser, page: Page, complaints: list[str]
) -> None:
    page.goto(server.url("/handler/sign-up"))
    sign_up(page, f"{uuid.uuid4().hex}@example.com")
    expect(page.get_by_role("heading", level=1, name="New project")).to_be_visible()  # there is no list to show yet
    page.get_by_role("link", name="See your teams").click()
    expect(page.get_by_role("button", name="People in").first).to_be_visible()
    page.go_back()
    page.get_by_label("Name", exact=True).fill("Analytical Engine")
    page.get_by_role("button", name="Create project").click()
    expect(page.get_by_text(re.compile("^pck_"))).to_be_visible()
    expect(page.get_by_text(re.compile("^ssk_"))).to_be_visible()
    expect(page.get_by_role("region", name="JavaScript (browser) code")).to_contain_text(f'baseUrl: "{server.url("")}"')
    hosted = page.get_by_role("link", name="Open the hosted sign-up page").get_attribute("href")
    page.get_by_role("link", name="Set the project up").click()
    set_up(page)
    page.get_by_role("navigation", name="Project").get_by_role("link", name="Users").click()
    expect(page.get_by_text("No users yet")).to_be_visible()
    assert hosted is not None
    other_profile = browser.new_context()
    visitor = other_profile.new_page()
    visitor.goto(hosted)
    visitor.get_by_role("tab", name="Password").click()
    sign_up(visitor, "grace@example.com")
    expect(page.get_by_role("row", name="grace@example.com")).to_be_visible()
    other_profile.close()
    assert complaints == []


def test_fresh_keys_are_gone_after_a_reload(server: Server, page: Page, owner: Owner) -> None:
    page.goto(server.url(paths.NEW_PROJECT))
    page.get_by_label("Name", exact=True).fill("Difference Engine")
    page.get_by_role("button", name="Create project").click()
    expect(page.get_by_text(re.compile("^ssk_"))).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", level=1, name="New project")).to_be_visible()
    expect(page.get_by_text(re.compile("^ssk_"))).to_have_count(0)


def test_signed_out_visitors_come_back_after_signing_in(server: Server, page: Page) -> None:
    page.goto(server.url("/projects"))
    page.wait_for_url(server.url("/handler/sign-in?after_auth_return_to=%2Fprojects"))


def test_strangers_see_nothing_of_a_project(server: Server, page: Page, owner: Owner) -> None:
    foreign = create_owner(server, project="Secret plans")
    page.goto(server.url(paths.users(foreign.project_id)))
    expect(page.get_by_role("heading", level=1, name="This page is not available")).to_be_visible()
    expect(page.get_by_text("Secret plans")).to_have_count(0)
    expect(page.get_by_text("This project does not exist")).to_have_count(1)  # nothing else of the page complains


def test_users_are_searched_sorted_and_paged(server: Server, page: Page, owner: Owner, complaints: list[str]) -> None:
    add_users(server, owner.project_id, [f"Person{number:02}" for number in range(30)])
    page.goto(server.url(paths.users(owner.project_id)))
    rows = page.get_by_role("table", name="Users").get_by_role("row")
    expect(rows.nth(1)).to_contain_text("Person29")
    page.get_by_role("combobox", name="Order").click()
    page.get_by_role("option", name="Oldest first").click()
    expect(rows.nth(1)).to_contain_text("Person00")
    page.get_by_role("button", name="Next").click()
    expect(rows.nth(1)).to_contain_text("Person25")
    page.get_by_role("button", name="Previous").click()
    expect(rows.nth(1)).to_contain_text("Person00")
    page.get_by_label("Search users").fill("person17")
    expect(rows).to_have_count(2)
    expect(page).to_have_url(re.compile("search=person17"))
    page.reload()
    expect(page.get_by_label("Search users")).to_have_value("person17")
    expect(rows.nth(1)).to_contain_text("Person17")
    assert complaints == []


def test_a_user_is_created_and_deleted(server: Server, page: Page, owner: Owner) -> None:
    page.goto(server.url(paths.users(owner.project_id)))
    page.get_by_role("button", name="Create user").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Create user").click()
    expect(dialog.get_by_text("Enter a complete e-mail address")).to_be_visible()
    dialog.get_by_label("E-mail").fill("grace@example.com")
    dialog.get_by_label("The address is verified").check()
    dialog.get_by_role("button", name="Create user").click()
    row = page.get_by_role("row", name="grace@example.com")
    expect(row).to_contain_text("Verified")
    row.get_by_role("button", name="Actions for grace@example.com").click()
    page.get_by_role("menuitem", name="Delete").click()
    question = page.get_by_role("alertdialog")
    expect(question.get_by_role("button", name="Cancel")).to_be_focused()
    page.keyboard.press("Escape")
    expect(row.get_by_role("button", name="Actions for grace@example.com")).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_role("menuitem", name="Delete").click()
    expect(question.get_by_role("button", name="Delete user")).to_be_disabled()  # until the box is ticked
    question.get_by_role("checkbox").check()
    question.get_by_role("button", name="Delete user").click()
    expect(page.get_by_text("No users yet")).to_be_visible()


def test_keys_are_created_and_revoked(server: Server, page: Page, owner: Owner) -> None:
    page.goto(server.url(paths.keys(owner.project_id)))
    page.get_by_role("button", name="Create keys").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Description").fill("Staging")
    dialog.get_by_role("combobox", name="Expires after").click()
    page.get_by_role("option", name="90 days").click()
    dialog.get_by_role("button", name="Create keys").click()
    expect(page.get_by_text(re.compile("^ssk_.{20}"))).to_be_visible()
    page.keyboard.press("Escape")
    fresh = page.get_by_role("alertdialog", name="New keys")
    expect(fresh.get_by_role("button", name="Close")).to_be_disabled()
    assert [problems(page), [overflow(page, width) for width in WIDTHS]] == [[], [0] * len(WIDTHS)]
    fresh.get_by_label("I have stored these keys").click()
    fresh.get_by_role("button", name="Close").click()
    expect(page.get_by_text(re.compile("^ssk_.{20}"))).to_have_count(0)
    page.get_by_role("button", name="Actions for Staging").click()
    page.get_by_role("menuitem", name="Revoke").click()
    question = page.get_by_role("alertdialog")
    expect(question.get_by_role("button", name="Revoke")).to_be_disabled()
    question.get_by_role("checkbox").check()
    question.get_by_role("button", name="Revoke").click()
    expect(page.get_by_role("row", name="Staging")).to_have_count(0)
    page.get_by_role("combobox", name="Which keys").click()
    page.get_by_role("option", name="Revoked").click()
    expect(page.get_by_role("row", name="Staging")).to_contain_text("Revoked")


def test_a_project_goes_live_and_is_deleted(server: Server, page: Page, owner: Owner) -> None:
    page.goto(server.url(paths.domains(owner.project_id)))
    page.get_by_role("button", name="Add domain").first.click()
    page.get_by_role("dialog").get_by_role("textbox", name="Domain").fill("*.example.com")
    page.get_by_role("dialog").get_by_role("button", name="Add domain").click()
    expect(page.get_by_role("row", name="https://*.example.com")).to_be_visible()
    page.get_by_role("switch", name="Trust localhost").click()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("region", name="Unsaved changes")).to_have_count(0)
    page.get_by_role("navigation", name="Project").get_by_role("link", name="General").click()
    page.get_by_role("switch", name="Production mode").click()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("region", name="Unsaved changes")).to_have_count(0)
    expect(page.get_by_role("switch", name="Production mode")).to_be_checked()
    page.get_by_role("button", name="Delete project").click()
    question = page.get_by_role("alertdialog")
    question.get_by_label("Name of the project").fill("Engin")
    question.get_by_role("button", name="Delete for ever").click()
    expect(question.get_by_text("This is not the name of the project.")).to_be_visible()
    question.get_by_label("Name of the project").fill("Engine")
    question.get_by_role("button", name="Delete for ever").click()
    expect(page.get_by_text("No project yet")).to_be_visible()


def test_signing_out_ends_the_session(server: Server, page: Page, owner: Owner) -> None:
    page.goto(server.url(paths.PROJECTS))
    page.get_by_role("button", name="Account").click()
    page.get_by_role("menuitem", name="Sign out").click()
    page.wait_for_url(server.url("/handler/sign-in"))
    page.goto(server.url(paths.PROJECTS))
    page.wait_for_url(re.compile("/handler/sign-in"))


def test_the_menu_of_a_phone_leads_to_the_pages(server: Server, page: Page, owner: Owner) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(server.url(paths.overview(owner.project_id)))
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("dialog").get_by_text("Project settings").click()
    page.get_by_role("dialog").get_by_role("link", name="Project keys").click()
    expect(page.get_by_role("heading", level=1, name="Project keys")).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_the_keyboard_jumps_over_the_navigation(server: Server, page: Page, owner: Owner) -> None:
    page.goto(server.url(paths.users(owner.project_id)))
    expect(page.get_by_text("No users yet")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


# Path builder, and a text that is there only when everything is loaded.
PAGES: dict[str, tuple[Callable[[str], str], str]] = {
    "projects": (lambda _: paths.PROJECTS, "1 user"),
    "new project": (lambda _: paths.NEW_PROJECT, "Owner team"),
    "overview": (paths.overview, "Show the numbers"),
    "users": (paths.users, "grace@example.com"),
    "keys": (paths.keys, "Require publishable client keys"),
    "domains": (paths.domains, "No trusted domains yet"),
    "settings": (paths.settings, "Solve these first"),
}


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_accessible_and_fits(
    server: Server, page: Page, owner: Owner, complaints: list[str], name: str
) -> None:
    add_users(server, owner.project_id, ["Grace"])
    build, text = PAGES[name]
    page.goto(server.url(build(owner.project_id)))
    expect(page.get_by_text(text).first).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    assert {width: overflow(page, width) for width in WIDTHS} == dict.fromkeys(WIDTHS, 0)
    assert problems(page) == []
    assert complaints == []


def test_a_user_is_changed_on_a_page_of_its_own(
    server: Server, page: Page, owner: Owner, complaints: list[str]
) -> None:
    add_users(server, owner.project_id, ["Grace"])
    page.goto(server.url(paths.users(owner.project_id)))
    page.get_by_role("link", name="Grace").click()
    page.get_by_label("Name", exact=True).fill("Grace Hopper")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=2, name="Grace Hopper")).to_be_visible()
    page.get_by_role("button", name="Impersonate").click()
    page.get_by_label("Reason").fill("Ticket 7")
    page.get_by_role("button", name="Start").click()
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Open").click()
    app = opened.value
    app.get_by_role("button", name="Sign in").click()
    expect(app.get_by_role("heading", name="Welcome, Grace Hopper")).to_be_visible()
    app.goto(server.url("/handler/account-settings", host=f"{owner.project_id}.localhost"))
    expect(app.get_by_text("This session ends within 15 minutes")).to_be_visible()
    app.close()
    page.get_by_role("button", name="Done").click()
    page.reload()
    page.get_by_role("tab", name="Sessions").click()
    expect(page.get_by_text("Impersonation", exact=True)).to_be_visible()
    assert [problems(page), [overflow(page, width) for width in WIDTHS], complaints] == [[], [0] * len(WIDTHS), []]
