"""Ways into a project's hosted pages besides the password, each as a person goes it."""

import urllib.request
import uuid
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from hexclave_app.security.totp import code_of, current_step
from models.base import utc_now
from tests.browser.accessibility import overflow, problems
from tests.browser.people import PASSWORD, add_person, create_owner, installation_of
from tests.support.mailbox import Mail, mails
from tests.support.servers import Server

pytestmark = pytest.mark.browser

SECRET = b"12345678901234567890"
CONFIG = {
    "auth.password.allowSignIn": True,
    "auth.otp.allowSignIn": True,
    "auth.oauth.providers.github": {"type": "github", "allowSignIn": True},
}


@pytest.fixture(scope="module")
def host(server: Server) -> str:
    """A project with every way in but passkeys."""
    return f"{create_owner(server, project='Difference Engines', config=CONFIG).project_id}.localhost"


def mail_to(server: Server, email: str) -> Mail:
    with installation_of(server) as installation:
        return [mail for mail in mails(installation) if mail.recipient == email][-1]


def address() -> str:
    return f"{uuid.uuid4().hex}@example.com"


def ask_for_code(page: Page, server: Server, host: str, query: str = "") -> tuple[str, Mail]:
    email = address()
    page.goto(server.url(f"/handler/sign-in{query}", host=host))
    page.get_by_label("E-mail", exact=True).fill(email)
    page.get_by_role("button", name="E-mail me a code").click()
    expect(page.get_by_role("heading", name="Check your e-mail")).to_be_visible()
    return email, mail_to(server, email)


def test_mail_scanners_leave_link_and_code_usable_and_a_click_signs_in(
    server: Server, browser: Browser, visitor: Page, host: str
) -> None:
    email, mail = ask_for_code(visitor, server, host)
    link = mail.variables["magicLink"]
    for method in ("HEAD", "GET"):
        # By address: not every resolver knows names below localhost.
        numeric = link.replace(host, "127.0.0.1")
        with urllib.request.urlopen(
            urllib.request.Request(numeric, method=method, headers={"Host": urlsplit(link).netloc})
        ) as answer:
            assert answer.status == 200
    scanner = browser.new_context().new_page()
    scanner.goto(link)  # a scanner that runs scripts, but clicks nothing
    expect(scanner.get_by_role("heading", name="Sign in here?")).to_be_visible()
    scanner.wait_for_load_state("networkidle")
    assert scanner.context.cookies() == []
    scanner.context.close()
    visitor.get_by_label("Six-character code").fill("ABCDEF" if mail.variables["otp"] != "ABCDEF" else "GHJKLM")
    expect(visitor.get_by_role("alert")).to_contain_text("That code is not right")
    visitor.goto(link)
    visitor.get_by_role("button", name="Sign in").click()
    expect(visitor.get_by_role("heading", name=f"Welcome, {email}")).to_be_visible()
    visitor.context.clear_cookies()
    visitor.goto(link)
    visitor.get_by_role("button", name="Sign in").click()
    expect(visitor.get_by_role("heading", name="This link was used already")).to_be_visible()


def test_the_mailed_code_signs_in_by_being_typed_and_keeps_the_way_back(
    server: Server, visitor: Page, host: str
) -> None:
    _, mail = ask_for_code(visitor, server, host, "?after_auth_return_to=/handler/error")
    assert "after_auth_return_to" in mail.variables["magicLink"]
    visitor.get_by_label("Six-character code").press_sequentially(mail.variables["otp"].lower())
    visitor.wait_for_url("**/handler/error")


def test_a_code_is_pasted_with_what_stands_between_and_taken_back(server: Server, visitor: Page, host: str) -> None:
    visitor.set_viewport_size({"width": 320, "height": 700})
    _, mail = ask_for_code(visitor, server, host, "")
    code = mail.variables["otp"]
    visitor.context.grant_permissions(["clipboard-read", "clipboard-write"])
    field = visitor.get_by_label("Six-character code")
    expect(field).to_be_focused()

    def paste(text: str) -> None:
        visitor.evaluate("text => navigator.clipboard.writeText(text)", text)
        visitor.keyboard.press("Control+v")

    paste(f" {code[:2]}-{code[2]} ")
    expect(field).to_have_value(code[:3])
    visitor.keyboard.press("Control+z")
    expect(field).to_have_value("")
    visitor.keyboard.type("1 -2")
    expect(field).to_have_value("12")
    assert problems(visitor) == []
    assert overflow(visitor, 320) == 0
    paste(f"{code[:3]} {code[3:]}")  # a whole code takes the place of what was there
    expect(visitor.get_by_role("heading", name="Welcome")).to_be_visible()


def test_a_provider_signs_in_and_a_refusal_is_explained(server: Server, visitor: Page, host: str) -> None:
    visitor.goto(server.url("/handler/sign-in", host=host))
    visitor.get_by_role("link", name="Continue with GitHub").click()
    visitor.get_by_role("button", name="Cancel").click()
    expect(visitor.get_by_role("heading", name="You did not allow the sign-in")).to_be_visible()
    visitor.get_by_role("link", name="Sign in again").click()
    visitor.get_by_role("link", name="Continue with GitHub").click()
    visitor.get_by_label("Name (optional)").fill("Ada Lovelace")
    visitor.get_by_role("button", name="Continue as this person").click()
    expect(visitor.get_by_role("heading", name="Welcome, Ada Lovelace")).to_be_visible()


def test_the_provider_that_was_used_last_is_marked(server: Server, visitor: Page, host: str) -> None:
    visitor.route("**/auth/session/oauth/start?*", lambda route: route.fulfill(status=204))
    visitor.goto(server.url("/handler/sign-in", host=host))
    github = visitor.get_by_role("link", name="Continue with GitHub")
    expect(github).to_have_attribute("data-last", "false")
    before = github.bounding_box()
    github.click()
    visitor.reload()
    expect(github).to_have_attribute("data-last", "true")
    expect(github.get_by_text("Last used")).to_be_visible()
    assert github.bounding_box() == before
    expect(visitor.locator("[data-last=true]")).to_have_count(1)


def test_a_forgotten_password_is_replaced_from_the_mailed_link(server: Server, visitor: Page, host: str) -> None:
    email = add_person(server, host.partition(".")[0])[0]
    visitor.goto(server.url("/handler/ForgotPassword", host=host))
    visitor.get_by_label("E-mail").fill(email)
    visitor.get_by_role("button", name="Send the link").click()
    expect(visitor.get_by_role("heading", name="Check your e-mail")).to_be_visible()
    visitor.goto(mail_to(server, email).variables["passwordResetLink"])
    visitor.get_by_label("New password").fill("a brand new passphrase")
    visitor.get_by_label("Repeat password").fill("a brand new passphrase")
    visitor.get_by_role("button", name="Change password").click()
    expect(visitor.get_by_role("heading", name="Your password is changed")).to_be_visible()
    visitor.goto(mail_to(server, email).variables["passwordResetLink"])
    expect(visitor.get_by_role("heading", name="This link was used already")).to_be_visible()


def test_a_second_factor_is_asked_for_and_a_recovery_code_stands_in(server: Server, visitor: Page, host: str) -> None:
    email, codes = add_person(server, host.partition(".")[0], totp_secret=SECRET)

    def begin() -> None:
        visitor.goto(server.url("/handler/sign-in", host=host))
        visitor.get_by_role("tab", name="Password").click()
        visitor.get_by_label("E-mail", exact=True).fill(email)
        visitor.get_by_label("Password", exact=True).fill(PASSWORD)
        visitor.get_by_role("button", name="Sign in", exact=True).click()
        expect(visitor.get_by_role("heading", name="Two-step sign-in")).to_be_visible()

    begin()
    assert problems(visitor) == []
    assert overflow(visitor, 320) == 0
    step = current_step(utc_now())
    near = {code_of(SECRET, step + offset) for offset in range(-2, 4)}
    visitor.get_by_label("Code").fill(next(one for one in ("000000", "111111", "222222") if one not in near))
    expect(visitor.get_by_role("alert")).to_contain_text("That code is not right")
    visitor.get_by_label("Code").press_sequentially(code_of(SECRET, current_step(utc_now())))
    expect(visitor.get_by_role("heading", name="Welcome")).to_be_visible()
    visitor.context.clear_cookies()
    begin()
    visitor.get_by_role("button", name="Use a recovery code").click()
    visitor.get_by_label("Recovery code").fill(codes[0].upper())
    visitor.get_by_role("button", name="Sign in", exact=True).click()
    expect(visitor.get_by_role("heading", name="Welcome")).to_be_visible()


def test_an_address_is_verified_on_a_click(server: Server, visitor: Page, host: str) -> None:
    email = address()
    visitor.goto(server.url("/handler/register", host=host))  # another spelling of sign-up
    visitor.get_by_role("tab", name="Password").click()
    visitor.get_by_label("E-mail", exact=True).fill(email)
    visitor.get_by_label("Password", exact=True).fill(PASSWORD)
    visitor.get_by_label("Repeat password").fill(PASSWORD)
    visitor.get_by_role("button", name="Create account").click()
    expect(visitor.get_by_role("heading", name="Welcome")).to_be_visible()
    visitor.goto(mail_to(server, email).variables["emailVerificationLink"])
    visitor.get_by_role("button", name="Verify").click()
    expect(visitor.get_by_role("heading", name="Your e-mail address is verified")).to_be_visible()


def test_an_address_of_the_error_page_is_only_text(server: Server, visitor: Page, host: str) -> None:
    visitor.goto(server.url("/handler/error?errorCode=ODD&message=<img src=x onerror=alert(1)>", host=host))
    expect(visitor.get_by_text("<img src=x onerror=alert(1)>")).to_be_visible()
    visitor.goto(server.url("/handler/no-such-page", host=host))
    expect(visitor.get_by_role("heading", name="This page does not exist")).to_be_visible()


def test_what_was_typed_before_the_page_is_live_stays(server: Server, browser: Browser, host: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.route("**/assets/**/*.js", lambda _route: None)  # the scripts take their time
    page.goto(server.url("/handler/sign-in", host=host), wait_until="commit")
    expect(page.get_by_text("Difference Engines")).to_have_count(0)  # only the style sheet says the name yet
    expect(page.get_by_role("link", name="Continue with GitHub")).to_be_visible()
    expect(page.get_by_role("link", name="Continue with Google")).to_be_hidden()
    before = page.get_by_label("E-mail", exact=True).bounding_box()
    page.get_by_label("E-mail", exact=True).fill("ada@example.com")
    page.unroute("**/assets/**/*.js")  # lets them go on
    expect(page.get_by_text("Difference Engines")).to_be_visible()
    expect(page.get_by_role("button", name="E-mail me a code")).to_be_enabled()
    expect(page.get_by_label("E-mail", exact=True)).to_have_value("ada@example.com")
    assert page.get_by_label("E-mail", exact=True).bounding_box() == before
    context.close()


def test_who_has_to_prove_an_address_goes_on_by_itself_once_it_is_done(server: Server, visitor: Page) -> None:
    config = {**CONFIG, "auth.otp.allowSignIn": False, "onboarding.requireEmailVerification": True}
    host = f"{create_owner(server, project='Proofs', config=config).project_id}.localhost"
    email = address()
    visitor.goto(server.url("/handler/sign-up", host=host))
    visitor.get_by_label("E-mail", exact=True).fill(email)
    visitor.get_by_label("Password", exact=True).fill(PASSWORD)
    visitor.get_by_label("Repeat password").fill(PASSWORD)
    visitor.get_by_role("button", name="Create account").click()
    expect(visitor.get_by_role("heading", name="Check your inbox")).to_be_visible()
    assert [problems(visitor), overflow(visitor, 320)] == [[], 0]
    mailbox = visitor.context.new_page()
    mailbox.goto(mail_to(server, email).variables["emailVerificationLink"])
    mailbox.get_by_role("button", name="Verify").click()
    expect(mailbox.get_by_role("heading", name="verified")).to_be_visible()
    mailbox.close()
    visitor.evaluate("window.dispatchEvent(new Event('focus'))")  # a browser without windows does not tell of it
    expect(visitor.get_by_role("heading", name=f"Welcome, {email}")).to_be_visible()
