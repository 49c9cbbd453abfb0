"""What a page around may ask of its parts, and what their place shows meanwhile."""

import uuid
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from models.base import JsonValue
from tests.browser.embedding import App, part, running_app
from tests.browser.people import PASSWORD, create_owner
from tests.support.servers import Server

pytestmark = pytest.mark.browser

CONFIG: dict[str, JsonValue] = {
    "domains.allowLocalhost": True,
    "auth.password.allowSignIn": True,
    "auth.otp.allowSignIn": True,
}


@pytest.fixture(scope="module")
def app(server: Server) -> Iterator[App]:
    project_id = create_owner(server, project="Wishes", config=CONFIG).project_id
    with running_app(server, project_id) as running:
        yield running


def ask(page: Page, name: str, **attributes: str) -> Locator:
    """The element with other attributes, loaded anew."""
    element = page.locator(f"hexclave-{name}")
    spelled = {one.replace("_", "-"): value for one, value in attributes.items()}
    element.evaluate(
        """(one, asked) => {
          for (const [name, value] of Object.entries(asked)) one.setAttribute(name, value);
          one.load(one.page);
        }""",
        spelled,
    )
    return element


def test_a_part_on_its_way_shows_its_outline_and_what_the_page_put_inside(
    app: App, page: Page, complaints: list[str]
) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/embed/sign-in?*", hold)
    page.goto(app.url("/sign-in"), wait_until="domcontentloaded")
    element = page.locator("hexclave-sign-in")
    element.evaluate("one => one.insertAdjacentHTML('beforeend', '<p>See our <a href=/terms>terms</a>.</p>')")
    expect(element.locator(".skeleton")).to_be_visible()
    expect(page.get_by_role("link", name="terms")).to_be_visible()
    for route in held:
        route.continue_()
    expect(part(page, "sign-in").get_by_role("heading", name="Sign in")).to_be_visible()
    expect(element.locator(".skeleton")).to_be_hidden()
    frame, link = element.locator("iframe").bounding_box(), page.get_by_role("link", name="terms").bounding_box()
    assert frame is not None
    assert link is not None
    assert link["y"] >= frame["y"] + frame["height"]
    assert complaints == []


def test_the_password_comes_first_and_is_typed_once_where_the_page_wants_it(app: App, page: Page) -> None:
    page.goto(app.url("/sign-up"))
    expect(part(page, "sign-up").get_by_role("tab").first).to_be_visible()
    ask(page, "sign-up", first_tab="password", no_password_repeat="")
    form = part(page, "sign-up")
    password, code = (form.get_by_role("tab", name=name).bounding_box() for name in ("Password", "E-mail code"))
    assert password is not None
    assert code is not None
    assert password["x"] < code["x"]
    expect(form.get_by_label("Repeat password")).to_have_count(0)
    form.get_by_label("E-mail").fill(f"{uuid.uuid4().hex}@example.com")
    form.get_by_label("Password", exact=True).fill(PASSWORD)
    form.get_by_role("button", name="Create account").click()
    expect(form.get_by_role("heading", name="You are signed in")).to_be_visible()
    # Who is there already goes on only where the page says so.
    page.goto(app.url("/sign-in"))
    expect(part(page, "sign-in").get_by_role("heading", name="You are signed in")).to_be_visible()
    ask(page, "sign-in", automatic_redirect="", after_sign_in="/team-creation?arrived")
    page.wait_for_url("**/team-creation?arrived")


def test_an_entry_of_the_page_in_the_settings_only_tells_it(app: App, page: Page) -> None:
    page.goto(app.url("/sign-up"))
    ask(page, "sign-up", first_tab="password", no_password_repeat="")
    form = part(page, "sign-up")
    form.get_by_label("E-mail").fill(f"{uuid.uuid4().hex}@example.com")
    form.get_by_label("Password", exact=True).fill(PASSWORD)
    form.get_by_role("button", name="Create account").click()
    expect(form.get_by_role("heading", name="You are signed in")).to_be_visible()
    page.goto(app.url("/account-settings"))
    expect(part(page, "account-settings").get_by_role("heading", name="Profile")).to_be_visible()
    ask(page, "account-settings", extra_items='[{"id": "plan", "text": "Your plan", "icon": "credit-card"}]')
    part(page, "account-settings").get_by_role("button", name="Your plan").click()
    page.wait_for_function("told.some(one => one[0] === 'item' && one[1].id === 'plan')")
    expect(part(page, "account-settings").get_by_role("heading", name="Profile")).to_be_visible()
