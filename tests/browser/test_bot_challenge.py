"""The bot challenge of our own forms in Chromium; script and service of the widget are stand-ins."""

import uuid
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.accessibility import WIDTHS, overflow, problems
from tests.browser.people import create_owner
from tests.support.servers import Server, running_server
from tests.support.turnstile import Turnstile, running_turnstile

pytestmark = pytest.mark.browser
SCRIPT_URL = "http://127.0.0.1:1/widget.js"  # nothing is there; the browser is given the script below
SCRIPT = """let made = 0;
window.turnstile = {
  fill(box, options) {
    box.replaceChildren(Object.assign(document.createElement('input'), {
      type: 'hidden', name: options['response-field-name'], value: `${options.action}-${++made}`,
    }));
  },
  render(box, options) {
    this.options = options;
    if (options.callback) options.callback(`${options.action}-${++made}`);
    else this.fill(box, options);
    return 'widget';
  },
  reset(place) { this.fill(document.querySelector(place), this.options); },
  remove() { },
};"""


@pytest.fixture(scope="module")
def turnstile() -> Iterator[Turnstile]:
    with running_turnstile() as service:
        yield service


@pytest.fixture(scope="module")
def guarded_server(turnstile: Turnstile, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose operator has set the keys of a bot challenge."""
    settings = {
        "HEXCLAVE_TURNSTILE_SITE_KEY": "0xSITE",
        "HEXCLAVE_TURNSTILE_SECRET_KEY": "s3cret",
        "HEXCLAVE_TURNSTILE_VERIFY_URL": turnstile.url,
        "HEXCLAVE_TURNSTILE_SCRIPT_URL": SCRIPT_URL,
    }
    with running_server(tmp_path_factory.mktemp("guarded"), **settings) as running:
        yield running


def test_a_token_of_the_chosen_method_goes_with_the_form(
    guarded_server: Server, turnstile: Turnstile, page: Page
) -> None:
    def answer(route: Route) -> None:
        route.fulfill(content_type="text/javascript", body=SCRIPT)

    page.route(SCRIPT_URL, answer)
    owner = create_owner(guarded_server, project="Engine", config={"auth.otp.allowSignIn": True})
    email = f"{uuid.uuid4().hex}@example.com"
    passed = {"success": True, "action": "sign_up_with_credential"}
    page.goto(guarded_server.url("/handler/sign-up", host=f"{owner.project_id}.localhost"))
    token = page.locator("input[name=bot_challenge_token]")
    expect(token).to_have_value("send_magic_link_email-1")
    page.get_by_role("tab", name="Password").click()
    expect(token).to_have_value("sign_up_with_credential-2")
    page.get_by_label("E-mail", exact=True).fill(email)
    page.get_by_label("Password", exact=True).fill("correct horse battery")
    page.get_by_label("Repeat password").fill("correct horse battery")
    page.get_by_role("button", name="Create account").click()
    expect(page.get_by_role("alert")).to_contain_text("no robot")
    expect(token).to_have_value("sign_up_with_credential-3")
    turnstile.tokens["sign_up_with_credential-3"] = passed
    page.get_by_role("button", name="Create account").click()
    expect(page.get_by_role("heading", name=f"Welcome, {email}")).to_be_visible()
    assert [asked["response"] for asked in turnstile.asked] == [
        "sign_up_with_credential-2",
        "sign_up_with_credential-3",
    ]


def sign_in_at_provider(server: Server, page: Page) -> str:
    """Click through to the provider, if the challenge lets the visitor; the address to be welcomed as."""
    config = {"auth.oauth.providers.github": {"type": "github", "allowSignIn": True}}
    owner = create_owner(server, project="Engine", config=config)
    page.goto(server.url("/handler/sign-in", host=f"{owner.project_id}.localhost"))
    page.get_by_role("link", name="Continue with GitHub").click()
    return f"{uuid.uuid4().hex}@example.com"


def test_a_provider_is_reached_with_a_token_of_its_own(
    guarded_server: Server, turnstile: Turnstile, page: Page
) -> None:
    page.route(SCRIPT_URL, lambda route: route.fulfill(content_type="text/javascript", body=SCRIPT))
    turnstile.tokens["oauth_authenticate-1"] = {"success": True, "action": "oauth_authenticate"}
    email = sign_in_at_provider(guarded_server, page)
    page.get_by_label("E-mail").fill(email)
    page.get_by_role("button", name="Continue as this person").click()
    expect(page.get_by_text(email)).to_be_visible()
    assert turnstile.asked[-1]["response"] == "oauth_authenticate-1"


def test_a_widget_that_does_not_load_is_no_way_past_it(guarded_server: Server, page: Page) -> None:
    page.route(SCRIPT_URL, lambda route: route.abort())
    sign_in_at_provider(guarded_server, page)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_text("We could not make sure that you are no robot")).to_be_visible()


def test_the_page_of_the_challenge_is_accessible_and_leads_back(guarded_server: Server, page: Page) -> None:
    page.route(SCRIPT_URL, lambda _route: None)  # it never arrives
    sign_in_at_provider(guarded_server, page)
    expect(page.get_by_role("heading", name="One moment")).to_be_visible()
    assert {width: overflow(page, width) for width in WIDTHS} == dict.fromkeys(WIDTHS, 0)
    assert problems(page) == []
    page.get_by_role("link", name="Cancel").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
