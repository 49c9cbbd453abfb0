"""The bot challenge of our own forms in Chromium; script and service of the widget are stand-ins."""

import uuid
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route, expect

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
  render(box, options) { this.options = options; this.fill(box, options); return 'widget'; },
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
