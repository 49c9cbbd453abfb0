"""Hosted pages before they are live: what is typed, pressed and sent then, counts."""

import re
import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from playwright.sync_api import Browser, Page, WebSocketRoute, expect

from hexclave_app.security.totp import code_of, current_step
from models.base import utc_now
from tests.browser.people import PASSWORD, add_person, create_owner, installation_of
from tests.support.mailbox import mails
from tests.support.servers import Server

pytestmark = pytest.mark.browser

SECRET = b"12345678901234567890"
CONFIG = {"auth.password.allowSignIn": True, "auth.otp.allowSignIn": False, "teams.allowClientTeamCreation": True}
SCRIPTS = re.compile(r"/assets/.*\.js")
SOCKET = re.compile("/_event")

Hold = Callable[[Page], AbstractContextManager[None]]


@contextmanager
def late_scripts(page: Page) -> Iterator[None]:
    """Within, no script of the next page arrives."""
    page.route(SCRIPTS, lambda _route: None)
    yield
    page.unroute(SCRIPTS)  # lets them go on


@contextmanager
def late_socket(page: Page) -> Iterator[None]:
    """Within, the scripts of the next page run, but the server does not hear them."""
    held: list[WebSocketRoute] = []
    is_held = True

    def meet(socket: WebSocketRoute) -> None:
        if is_held:
            held.append(socket)
        else:
            socket.connect_to_server()

    page.route_web_socket(SOCKET, meet)
    yield
    page.wait_for_function("window.__reflex")  # the scripts have run
    is_held = False
    for socket in held:
        socket.connect_to_server()


@pytest.fixture(params=[late_scripts, late_socket])
def late(request: pytest.FixtureRequest) -> Hold:
    """What keeps the page from being live."""
    hold: Hold = request.param
    return hold


@pytest.fixture(scope="module")
def host(server: Server) -> str:
    """A project whose people sign in with passwords."""
    return f"{create_owner(server, project='Difference Engines', config=CONFIG).project_id}.localhost"


def sign_in(page: Page, email: str) -> None:
    page.get_by_label("E-mail", exact=True).fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_a_sign_in_that_was_sent_early_signs_in(server: Server, visitor: Page, host: str, late: Hold) -> None:
    email, _ = add_person(server, host.partition(".")[0])
    with late(visitor):
        visitor.goto(server.url("/handler/sign-in", host=host), wait_until="commit")
        sign_in(visitor, email)
        expect(visitor.locator("form[aria-busy=true]")).to_have_count(1)
        assert "?" not in visitor.url  # the browser has sent nothing by itself
    expect(visitor.get_by_role("heading", name="Welcome")).to_be_visible()


def test_a_sign_up_is_sent_early_by_the_keyboard(server: Server, visitor: Page, host: str, late: Hold) -> None:
    email = f"{uuid.uuid4().hex}@example.com"
    with late(visitor):
        visitor.goto(server.url("/handler/sign-up", host=host), wait_until="commit")
        visitor.get_by_label("E-mail", exact=True).fill(email)
        visitor.get_by_label("Password", exact=True).fill(PASSWORD)
        visitor.get_by_label("Repeat password").fill(PASSWORD)
        visitor.get_by_label("Repeat password").press("Enter")
    expect(visitor.get_by_role("heading", name=f"Welcome, {email}")).to_be_visible()


def test_what_is_wrong_with_an_early_form_is_said(server: Server, visitor: Page, host: str, late: Hold) -> None:
    with late(visitor):
        visitor.goto(server.url("/handler/sign-in", host=host), wait_until="commit")
        sign_in(visitor, "nobody@example.com")
    expect(visitor.get_by_role("alert")).to_contain_text("Wrong e-mail or password")
    expect(visitor.get_by_label("E-mail", exact=True)).to_have_value("nobody@example.com")


def test_a_reset_link_is_asked_for_early(server: Server, visitor: Page, host: str, late: Hold) -> None:
    email, _ = add_person(server, host.partition(".")[0])
    with late(visitor):
        visitor.goto(server.url("/handler/forgot-password", host=host), wait_until="commit")
        visitor.get_by_label("E-mail").fill(email)
        visitor.get_by_role("button", name="Send the link").click()
    expect(visitor.get_by_role("heading", name="Check your e-mail")).to_be_visible()
    with installation_of(server) as installation:
        assert [mail.recipient for mail in mails(installation) if mail.recipient == email] == [email]


def test_a_code_that_was_typed_early_finishes_the_sign_in(server: Server, visitor: Page, host: str, late: Hold) -> None:
    email, _ = add_person(server, host.partition(".")[0], totp_secret=SECRET)
    visitor.goto(server.url("/handler/sign-in", host=host))
    sign_in(visitor, email)
    expect(visitor.get_by_role("heading", name="Two-step sign-in")).to_be_visible()
    with late(visitor):
        visitor.goto(server.url("/handler/mfa", host=host), wait_until="commit")
        visitor.get_by_label("Code").press_sequentially(code_of(SECRET, current_step(utc_now())))
    expect(visitor.get_by_role("heading", name="Welcome")).to_be_visible()


def test_a_button_that_was_pressed_early_is_pressed(server: Server, visitor: Page, host: str) -> None:
    with late_scripts(visitor):
        visitor.goto(server.url("/handler/mfa", host=host), wait_until="commit")
        visitor.get_by_role("button", name="Use a recovery code").click()
        visitor.get_by_label("Code").fill("12")  # not enough for anything
    expect(visitor.get_by_role("heading", name="Nothing to confirm")).to_be_visible()


def test_a_team_is_created_early(server: Server, visitor: Page, host: str, late: Hold) -> None:
    email, _ = add_person(server, host.partition(".")[0])
    visitor.goto(server.url("/handler/sign-in?after_auth_return_to=/handler/team-creation", host=host))
    sign_in(visitor, email)
    expect(visitor.get_by_role("heading", name="Create a team")).to_be_visible()
    with late(visitor):
        visitor.goto(server.url("/handler/team-creation", host=host), wait_until="commit")
        visitor.get_by_label("Team name").fill("Crew")
        visitor.get_by_role("button", name="Create").click()
    expect(visitor.get_by_role("heading", name="Crew")).to_be_visible()


def test_without_scripts_a_form_goes_nowhere(server: Server, browser: Browser, host: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(server.url("/handler/sign-in", host=host))
    before = page.url
    sign_in(page, "ada@example.com")
    assert page.url == before
    expect(page.get_by_label("Password", exact=True)).to_have_value(PASSWORD)
    context.close()


def test_a_menu_of_the_dashboard_that_was_pressed_early_opens(server: Server, visitor: Page) -> None:
    create_owner(server, project="Analytical Engines").sign_in(visitor.context, server)
    with late_scripts(visitor):
        visitor.goto(server.url("/projects"), wait_until="commit")
        visitor.get_by_role("button", name="Account").click()
    expect(visitor.get_by_role("menuitem", name="Sign out")).to_be_visible()


def test_a_page_may_come_to_life_under_a_finger(server: Server, visitor: Page) -> None:
    create_owner(server, project="Analytical Engines").sign_in(visitor.context, server)
    with late_scripts(visitor):
        visitor.goto(server.url("/projects"), wait_until="commit")
        visitor.get_by_role("button", name="Account").hover()
        visitor.mouse.down()
    visitor.wait_for_function("window.__reflex")
    expect(visitor.get_by_role("heading", name="Analytical Engines")).to_be_visible()  # the page listens
    visitor.mouse.up()
    expect(visitor.get_by_role("menuitem", name="Sign out")).to_be_visible()
