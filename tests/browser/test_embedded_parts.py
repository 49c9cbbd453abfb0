"""Parts of a project inside a page of another site, with third-party cookies blocked (docs/embedding.md)."""

import uuid
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect, sync_playwright

from hexclave_app.languages.catalog import format_message
from hexclave_app.languages.supported import find
from hexclave_app.security.totp import code_of, current_step
from models.base import JsonValue, utc_now
from tests.browser.accessibility import axe_source, overflow
from tests.browser.conftest import CHROMIUM, CHROMIUM_FLAGS
from tests.browser.embedding import App, part, running_app
from tests.browser.people import PASSWORD, add_person, create_owner, installation_of
from tests.support.mailbox import mails
from tests.support.servers import Server

pytestmark = pytest.mark.browser

SECRET = b"12345678901234567890"
CONFIG: dict[str, JsonValue] = {
    "domains.allowLocalhost": True,
    "teams.allowClientTeamCreation": True,
    "auth.oauth.providers.github": {"type": "github", "allowSignIn": True},
}
# An address that is no loopback to the project, but this machine to the browser.
EVIL = "evil.test"
FLAGS = (*CHROMIUM_FLAGS, "--test-third-party-cookie-phaseout", f"--host-resolver-rules=MAP {EVIL} 127.0.0.1")
WHO = """async (api) => {
  const token = await hexclave.getAccessToken();
  const answer = await fetch(`${api}/users/me`, { headers: {
    "X-Hexclave-Access-Type": "client", "X-Hexclave-Project-Id": hexclave.projectId, "X-Hexclave-Access-Token": token,
  } });
  return [answer.status, (await answer.json()).primary_email];
}"""
AXE = "rules => axe.run({runOnly: rules}).then(result => result.violations.map(one => one.id + one.nodes[0].html))"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium as it is without third-party cookies."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def project_id(server: Server) -> str:
    """A project that trusts localhost."""
    return create_owner(server, project="Analytical Engines", config=CONFIG).project_id


@pytest.fixture(scope="module")
def app(server: Server, project_id: str) -> Iterator[App]:
    """The customer's site."""
    with running_app(server, project_id) as running:
        yield running


def open_menu(page: Page, name: str, shown: str) -> FrameLocator:
    """Open the menu of a part that shows this text; the frame grows with it."""
    menu = part(page, name)
    menu.locator("summary").get_by_text(shown).first.click()
    page.wait_for_function(
        "name => document.querySelector(`hexclave-${name}`).shadowRoot.querySelector('iframe').offsetHeight > 100",
        arg=name,
    )
    return menu


def sign_up(page: Page) -> str:
    email = f"{uuid.uuid4().hex}@example.com"
    form = part(page, "sign-up")
    form.get_by_label("E-mail").fill(email)
    form.get_by_label("Password", exact=True).fill(PASSWORD)
    form.get_by_label("Repeat password").fill(PASSWORD)
    form.get_by_role("button", name="Create account").click()
    expect(form.get_by_role("heading", name="You are signed in")).to_be_visible()
    return email


def who(page: Page, server: Server) -> list[object]:
    found: list[object] = page.evaluate(WHO, server.url("/api/v1"))
    return found


def test_a_visitor_signs_up_stays_and_signs_out_everywhere(
    server: Server, app: App, page: Page, complaints: list[str]
) -> None:
    page.goto(app.url())
    email = sign_up(page)
    assert who(page, server) == [200, email]
    assert page.context.cookies() == []
    other = page.context.new_page()
    other.goto(app.url("/account-settings"))
    expect(part(other, "account-settings").get_by_role("heading", name="Account settings")).to_be_visible()
    page.bring_to_front()
    page.reload()
    open_menu(page, "user-button", email).get_by_role("button", name="Billing").click()
    open_menu(page, "user-button", email).get_by_role("button", name="Sign out").click()
    expect(part(page, "sign-up").get_by_role("heading", name="Create your account")).to_be_visible()
    expect(part(other, "account-settings").get_by_role("heading", name="Please sign in")).to_be_visible()
    assert page.evaluate("hexclave.getAccessToken()") is None
    told = page.evaluate("told.filter(one => one[0] !== 'ready')")
    assert told == [["item", {"id": "billing"}], ["signed-out", {}]]
    assert complaints == []


def test_the_browser_really_blocks_and_nothing_is_remembered_inside(
    server: Server, app: App, page: Page, project_id: str
) -> None:
    set_cookie = "document.cookie = 'a=1; SameSite=None; Secure'; document.cookie"
    page.goto(app.url())
    expect(part(page, "sign-up").get_by_label("E-mail")).to_be_visible()
    (frame,) = [one for one in page.frames if "/embed/sign-up" in one.url]
    assert frame.evaluate(set_cookie) == ""
    frame.evaluate("localStorage.setItem('theme', 'dark')")
    page.goto(server.url("/handler/sign-up", host=f"{project_id}.localhost"))
    assert page.evaluate(set_cookie) == "a=1"
    assert page.evaluate("localStorage.getItem('theme')") != "dark"


def test_the_team_switcher_remembers_its_choice(server: Server, app: App, page: Page) -> None:
    page.goto(app.url())
    sign_up(page)
    page.goto(app.url("/team-creation"))
    part(page, "team-creation").get_by_label("Team name").fill("Crew")
    part(page, "team-creation").get_by_role("button", name="Create").click()
    settings = part(page, "account-settings")  # in a dialog, because the page has no other place for it
    expect(settings.get_by_role("heading", name="Crew")).to_be_visible()
    page.reload()
    switcher = open_menu(page, "team-switcher", "Just me")
    switcher.get_by_role("button", name="Crew").click()
    expect(switcher.locator("summary")).to_contain_text("Crew")
    page.wait_for_function("told.some(one => one[0] === 'team-selected' && one[1].teamId)")
    team_id = page.evaluate("told.find(one => one[0] === 'team-selected')[1].teamId")
    page.reload()
    expect(switcher.locator("summary")).to_contain_text("Crew")
    page.locator("hexclave-team-switcher").evaluate("one => one.setAttribute('team-id', '')")
    expect(switcher.locator("summary")).to_contain_text("Just me")
    page.locator("hexclave-team-switcher").evaluate("(one, id) => one.setAttribute('team-id', id)", team_id)
    expect(switcher.locator("summary")).to_contain_text("Crew")
    page.wait_for_function("told.filter(one => one[0] === 'team-selected').length === 2")
    token = page.evaluate("hexclave.getAccessToken().then((one) => JSON.parse(atob(one.split('.')[1])))")
    assert token["selected_team_id"] == team_id


def test_an_untrusted_page_sees_nothing(server: Server, app: App, page: Page, project_id: str) -> None:
    own = server.url("/embed/sign-up", host=f"{project_id}.localhost")
    app.frames["/plain"] = own
    app.frames["/honest"] = f"{own}?parent={quote(app.url('', host=EVIL), safe='')}"
    app.frames["/lying"] = f"{own}?parent={quote(app.url(''), safe='')}"
    app.frames["/hosted"] = server.url("/handler/sign-up", host=f"{project_id}.localhost")
    for path in (*app.frames, "/sign-up"):
        with page.expect_event("requestfailed", lambda request: "sign-up" in request.url) as refused:
            page.goto(app.url(path, host=EVIL))
        assert refused.value.failure == "net::ERR_BLOCKED_BY_RESPONSE", path
        assert not any("localhost" in one.url for one in page.frames), path
    page.goto(app.url("/lying"))  # the page that the address declares
    expect(page.frame_locator("iframe").get_by_role("heading", name="Create your account")).to_be_visible()


def test_tokens_never_leave_a_part_and_reach_no_impostor(
    server: Server, app: App, page: Page, complaints: list[str]
) -> None:
    page.add_init_script(
        "if (self === top) { window.heard = []; addEventListener('message', e => heard.push(JSON.stringify(e.data))) }"
    )
    page.goto(app.url())
    email = sign_up(page)
    expect(part(page, "user-button").locator("summary").get_by_text(email)).to_be_visible()
    impostor = app.url("/impostor", host=EVIL)
    page.evaluate(
        "url => document.querySelector('hexclave-user-button').shadowRoot.querySelector('iframe').src = url", impostor
    )
    said = page.frame_locator("hexclave-user-button iframe").locator("output")
    expect(said).to_have_text("nothing")
    page.evaluate("document.querySelector('hexclave-team-switcher').load('team-switcher')")  # is welcomed after it
    expect(part(page, "team-switcher").locator("summary")).to_be_visible()
    page.evaluate(
        """document.querySelector('hexclave-user-button').shadowRoot.querySelector('iframe')
           .contentWindow.postMessage('probe', '*')"""
    )
    expect(said).to_have_text('["probe"]')
    assert who(page, server) == [200, email]  # what it said was heard by nobody
    heard = page.evaluate("heard")
    assert any('"signed-in"' in one for one in heard)
    assert not any("eyJ" in one or "refresh" in one for one in heard)
    (inside,) = [one for one in page.frames if "/embed/sign-up" in one.url]
    inside.evaluate("postMessage({hexclave: 1, type: 'session', accessToken: '', nonce: null}, location.origin)")
    inside.evaluate("new Promise(done => setTimeout(done))")
    expect(part(page, "sign-up").get_by_role("heading", name="You are signed in")).to_be_visible()
    assert complaints == []


def test_a_part_follows_the_pages_theme_width_and_height(app: App, page: Page, complaints: list[str]) -> None:
    page.goto(app.url())
    form = part(page, "sign-up")
    expect(form.get_by_label("E-mail")).to_be_visible()
    frame = page.locator("hexclave-sign-up iframe")
    expect(form.locator("html")).to_have_class("light")
    page.evaluate("document.documentElement.className = 'dark'")
    expect(form.locator("html")).to_have_class("dark")
    tall = frame.bounding_box()
    form.get_by_role("button", name="Create account").click()
    expect(form.get_by_role("alert").first).to_be_visible()
    page.wait_for_function(
        "before => document.querySelector('hexclave-sign-up').getBoundingClientRect().height > before",
        arg=tall["height"] if tall else 0,
    )
    assert overflow(page, 320) == 0
    (inside,) = [one for one in page.frames if "/embed/sign-up" in one.url]
    assert inside.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    page.wait_for_function(  # no scroll bar inside, whatever the width
        """() => { const box = document.querySelector('hexclave-sign-up').getBoundingClientRect();
                   return box.width <= 320 && box.height > 400; }"""
    )
    assert complaints == []


def test_a_part_follows_the_language_of_the_page(app: App, page: Page, complaints: list[str]) -> None:
    page.goto(app.url())
    expect(part(page, "sign-up").get_by_role("heading", name="Create your account")).to_be_visible()
    for code in ("de", "ar"):
        page.evaluate("code => { document.documentElement.lang = code }", code)
        language = find(code)
        assert language is not None
        title = format_message(language, "create-your-account", {})
        expect(page.frame_locator("hexclave-sign-up iframe").get_by_role("heading", name=title)).to_be_visible()
        expect(page.frame_locator("hexclave-sign-up iframe").locator("html")).to_have_attribute(
            "dir", language.direction
        )
    assert page.context.cookies() == []  # what the page speaks chooses for nobody else
    assert complaints == []


@pytest.mark.parametrize("name", ["sign-up", "account-settings"])
def test_parts_and_the_page_around_are_accessible(app: App, page: Page, name: str, complaints: list[str]) -> None:
    page.goto(app.url())
    email = sign_up(page)
    page.goto(app.url(f"/{name}"))
    expect(part(page, name).get_by_role("heading").first).to_be_visible()
    expect(open_menu(page, "user-button", email).get_by_role("button", name="Sign out")).to_be_visible()
    expect(open_menu(page, "team-switcher", "Just me").get_by_role("button", name="Create a team")).to_be_visible()
    for theme in ("dark", "light"):
        page.evaluate("theme => { document.documentElement.className = theme }", theme)
        for one in ("user-button", "team-switcher", name):
            expect(part(page, one).locator("html")).to_have_class(theme)
        for frame in page.frames:
            # The ground of a part is the page's, which axe cannot see from within.
            frame.add_style_tag(content="html:root { background: Canvas !important }")
            frame.evaluate(axe_source())
            assert frame.evaluate(AXE, RULES) == [], (theme, frame.url)
    assert complaints == []


def test_a_provider_signs_in_by_a_window(server: Server, app: App, page: Page) -> None:
    page.goto(app.url("/sign-in"))
    with page.context.expect_page() as opened:
        part(page, "sign-in").get_by_role("link", name="Continue with GitHub").click()
    window = opened.value
    expect(window.get_by_role("button", name="Continue as this person")).to_be_visible()
    email = f"{uuid.uuid4().hex}@example.com"
    window.get_by_label("E-mail").fill(email)
    window.get_by_role("button", name="Continue as this person").click()
    expect(part(page, "sign-in").get_by_role("heading", name="You are signed in")).to_be_visible()
    assert who(page, server) == [200, email]
    assert "hexclave-code" not in (window.url if not window.is_closed() else "")


def test_a_mailed_link_signs_in_on_the_page_around(server: Server, page: Page) -> None:
    config: dict[str, JsonValue] = {**CONFIG, "auth.otp.allowSignIn": True, "auth.password.allowSignIn": False}
    email = f"{uuid.uuid4().hex}@example.com"
    with running_app(server, create_owner(server, project="Codes", config=config).project_id) as app:
        page.goto(app.url("/sign-in"))
        page.locator("hexclave-sign-in").evaluate(
            "one => { one.setAttribute('magic-link-callback-url', '/magic-link-callback'); one.load('sign-in'); }"
        )
        form = part(page, "sign-in")
        form.get_by_label("E-mail").fill(email)
        form.get_by_role("button", name="E-mail me a code").click()
        expect(form.get_by_label("Six-character code")).to_be_visible()
        with installation_of(server) as installation:
            (mail,) = [one for one in mails(installation) if one.recipient == email]
        assert mail.variables["magicLink"].startswith(app.url("/magic-link-callback?code="))
        page.goto(mail.variables["magicLink"])
        part(page, "magic-link-callback").get_by_role("button", name="Sign in").click()
        page.wait_for_function("told.some(one => one[0] === 'signed-in' && one[1].newUser)")
        assert who(page, server) == [200, email]


def test_a_second_factor_is_asked_for_in_a_window(server: Server, app: App, page: Page, project_id: str) -> None:
    email, _ = add_person(server, project_id, totp_secret=SECRET)
    page.goto(app.url("/sign-in"))
    form = part(page, "sign-in")
    form.get_by_label("E-mail").fill(email)
    form.get_by_label("Password", exact=True).fill(PASSWORD)
    form.get_by_role("button", name="Sign in").click()
    expect(form.get_by_role("heading", name="One more step")).to_be_visible()
    with page.context.expect_page() as opened:
        form.get_by_role("link", name="Continue in a window").click()
    opened.value.get_by_label("Code").press_sequentially(code_of(SECRET, current_step(utc_now())))
    expect(part(page, "sign-in").get_by_role("heading", name="You are signed in")).to_be_visible()
    assert who(page, server) == [200, email]


def test_the_demo_page_signs_in_and_shows_whom_the_api_sees(
    server: Server, page: Page, project_id: str, complaints: list[str]
) -> None:
    page.goto(server.url("/embed/demo", host=f"{project_id}.localhost"))
    email = sign_up(page)
    expect(page.locator("#user")).to_contain_text(email)
    settings = part(page, "account-settings")
    expect(settings.get_by_role("heading", name="Account settings")).to_be_visible()
    with page.context.expect_page() as opened:  # what cannot be undone opens the page itself
        settings.get_by_role("button", name="E-mails & sign-in").click()
        settings.get_by_role("button", name="Change password").click()
    expect(opened.value.get_by_role("heading", name="Sign in")).to_be_visible()
    assert complaints == []
