"""Hosted pages: a project's own users sign up, in and out on the project's host."""

import uuid

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.accessibility import WIDTHS, overflow, problems
from tests.browser.people import create_owner
from tests.support.servers import Server

pytestmark = pytest.mark.browser

PASSWORD = "correct horse battery"


@pytest.fixture(scope="module")
def project_id(server: Server) -> str:
    """A project with its hosted pages at `<id>.localhost`."""
    return create_owner(server, project="Analytical Engines").project_id


def _sign_up(page: Page, server: Server, project_id: str, *, query: str = "") -> str:
    email = f"{uuid.uuid4().hex}@example.com"
    page.goto(server.url(f"/handler/sign-up{query}", host=f"{project_id}.localhost"))
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Repeat password").fill(PASSWORD)
    page.get_by_role("button", name="Create account").click()
    return email


def test_a_visitor_signs_up_comes_in_and_signs_out(
    server: Server, page: Page, project_id: str, complaints: list[str]
) -> None:
    email = _sign_up(page, server, project_id)
    expect(page.get_by_role("heading", name=f"Welcome, {email}")).to_be_visible()
    expect(page.get_by_text("Analytical Engines")).to_be_visible()
    page.get_by_role("link", name="Sign out").click()
    expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
    page.goto(server.url("/", host=f"{project_id}.localhost"))
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password", exact=True).fill("wrong password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_have_text("Wrong e-mail or password.")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name=f"Welcome, {email}")).to_be_visible()
    page.get_by_role("link", name="Sign out").click()
    page.get_by_role("link", name="Sign in").click()
    expect(page.get_by_role("button", name="Sign in")).to_be_enabled()  # although the tab remembers the sign-in
    assert complaints == []


def test_the_login_is_out_of_reach_of_scripts_and_of_other_projects(
    server: Server, page: Page, project_id: str
) -> None:
    _sign_up(page, server, project_id)
    expect(page.get_by_role("heading", name="Welcome")).to_be_visible()
    (cookie,) = page.context.cookies()
    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "Lax"
    assert project_id in cookie["name"]
    assert page.evaluate("document.cookie") == ""
    other = create_owner(server, project="Another").project_id
    page.goto(server.url("/", host=f"{other}.localhost"))
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_what_is_wrong_is_said_at_its_field(server: Server, page: Page, project_id: str) -> None:
    page.goto(server.url("/handler/sign-up", host=f"{project_id}.localhost"))
    page.get_by_label("E-mail").fill("ada@example")
    page.get_by_label("Password", exact=True).fill("short")
    page.get_by_label("Repeat password").fill("short")
    page.get_by_role("button", name="Create account").click()
    expect(page.get_by_role("alert")).to_contain_text("complete e-mail address")
    page.get_by_label("E-mail").fill("ada@example.com")
    page.get_by_role("button", name="Create account").click()
    expect(page.get_by_role("alert")).to_contain_text("Password too short")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Create account").click()
    expect(page.get_by_role("alert")).to_have_text("The two passwords differ.")


@pytest.mark.parametrize(
    "target",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "http:evil.example"],
)
def test_a_sign_in_never_leads_to_a_foreign_place(server: Server, page: Page, project_id: str, target: str) -> None:
    _sign_up(page, server, project_id, query=f"?after_auth_return_to={target}")
    expect(page.get_by_role("heading", name="Welcome")).to_be_visible()
    assert page.url == server.url("/", host=f"{project_id}.localhost")


def test_the_form_is_readable_and_fillable_before_any_script_ran(
    server: Server, browser: Browser, project_id: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(server.url("/handler/sign-in", host=f"{project_id}.localhost"))
    page.get_by_label("E-mail").fill("ada@example.com")
    expect(page.get_by_label("E-mail")).to_have_value("ada@example.com")
    context.close()


@pytest.mark.parametrize("path", ["/handler/sign-in", "/handler/sign-up"])
def test_hosted_pages_are_accessible_and_fit(
    server: Server, page: Page, project_id: str, path: str, complaints: list[str]
) -> None:
    page.goto(server.url(path, host=f"{project_id}.localhost"))
    expect(page.get_by_text("Analytical Engines")).to_be_visible()
    assert {width: overflow(page, width) for width in WIDTHS} == dict.fromkeys(WIDTHS, 0)
    assert problems(page) == []
    assert complaints == []


def test_a_host_without_a_project_says_so(server: Server, page: Page) -> None:
    page.goto(server.url("/handler/sign-in", host=f"{uuid.uuid4()}.localhost"))
    expect(page.locator("#main").get_by_text("There is no project at this address.")).to_be_visible()
    expect(page.locator("[data-sonner-toast]")).to_have_count(0)  # said once


def test_closed_sign_ups_are_explained(server: Server, page: Page) -> None:
    owner = create_owner(server, project="Closed", config={"auth.allowSignUp": False})
    page.goto(server.url("/handler/sign-up", host=f"{owner.project_id}.localhost"))
    expect(page.get_by_role("heading", name="Sign-ups are closed")).to_be_visible()
