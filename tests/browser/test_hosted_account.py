"""The account settings as a person uses them, with an authenticator and a second device."""

import base64
import re
import uuid
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from hexclave_app.security.passwords import hash_password
from hexclave_app.security.totp import code_of, current_step
from hexclave_app.services import teams
from models.base import utc_now
from tests.browser.accessibility import WIDTHS, overflow, problems
from tests.browser.people import create_owner, installation_of
from tests.support.hosted import Person, Site
from tests.support.servers import Server

pytestmark = pytest.mark.browser

CONFIG = {
    "auth.password.allowSignIn": True,
    "auth.otp.allowSignIn": True,
    "auth.passkey.allowSignIn": True,
    "auth.oauth.providers.github": {"type": "github", "allowSignIn": True},
    "apiKeys.enabled.user": True,
    "teams.allowClientTeamCreation": True,
    "users.allowClientUserDeletion": True,
}
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(scope="module")
def project_id(server: Server) -> str:
    return create_owner(server, project="Settings", config=CONFIG).project_id


@pytest.fixture
def ada(server: Server, project_id: str) -> Person:
    with installation_of(server) as installation:
        email = f"{uuid.uuid4().hex}@example.com"
        hashed = hash_password("correct horse battery")
        return Site(installation, project_id).person(email, display_name="Ada", password_hash=hashed)


@pytest.fixture
def settings(browser: Browser, server: Server, project_id: str, ada: Person, complaints: list[str]) -> Iterator[Page]:
    """Ada's account settings in a browser that keeps passkeys."""
    context = browser.new_context(reduced_motion="reduce")
    name, _, token = ada.cookie.partition("=")
    host = f"{project_id}.localhost"
    context.add_cookies([{"name": name, "value": token, "url": server.url(host=host), "httpOnly": True}])
    page = context.new_page()
    devices = context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(server.url("/handler/account-settings", host=host))
    expect(page.get_by_label("Display name")).to_have_value("Ada")
    yield page
    context.close()
    assert complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_tab_is_accessible_and_fits(settings: Page, scheme: str) -> None:
    settings.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    for tab, heading in (
        ("Profile", "Profile"),
        ("E-mails & sign-in", "Connected accounts"),
        ("Notifications", "Notifications"),
        ("Active sessions", "Active sessions"),
        ("API keys", "API keys"),
        ("Settings", "Sign out"),
        ("Create a team", "Create a team"),
    ):
        settings.set_viewport_size({"width": 1440, "height": 900})
        settings.get_by_role("button", name=tab, exact=True).click()
        expect(settings.get_by_role("heading", name=heading, exact=True)).to_be_visible()
        assert problems(settings) == [], tab
        assert {width: overflow(settings, width) for width in WIDTHS} == dict.fromkeys(WIDTHS, 0), tab


def test_a_passkey_is_added_signs_in_and_two_steps_are_set_up(
    settings: Page, server: Server, project_id: str, ada: Person
) -> None:
    settings.get_by_role("button", name="E-mails & sign-in").click()
    settings.get_by_role("button", name="Add a passkey").click()
    expect(settings.get_by_role("button", name="Delete the passkey")).to_be_visible()
    settings.get_by_role("button", name="Set up").click()
    settings.get_by_role("img", name="QR code with the secret").wait_for()
    secret = settings.get_by_text("1. Scan this").locator("xpath=following::*[contains(@class, 'rt-Text')][1]")
    seen = bytes_of(secret.inner_text())
    settings.get_by_label("Code of the app").press_sequentially(code_of(seen, current_step(utc_now())))
    expect(settings.get_by_text("Write these recovery codes down now")).to_be_visible()
    codes = settings.get_by_text(re.compile(r"^\w{4}-\w{4}-\w{4}-\w{4}$")).all_inner_texts()
    settings.get_by_role("button", name="I have written them down").click()
    expect(settings.get_by_text("Recovery codes left: 10")).to_be_visible()
    settings.get_by_role("button", name="Switch off two-step sign-in").click()
    dialog = settings.get_by_role("dialog", name="Switch off two-step sign-in")
    dialog.get_by_label("Code").fill("000000")
    dialog.get_by_role("button", name="Confirm").click()
    expect(dialog.get_by_role("alert")).to_contain_text("That code is not right")
    dialog.get_by_role("button", name="Use a recovery code").click()
    dialog.get_by_label("Recovery code").fill(codes[0])
    dialog.get_by_role("button", name="Confirm").click()
    expect(settings.get_by_role("button", name="Set up")).to_be_visible()
    settings.context.clear_cookies()
    settings.goto(server.url("/handler/sign-in", host=f"{project_id}.localhost"))
    settings.get_by_role("button", name="Sign in with a passkey").click()
    expect(settings.get_by_role("heading", name="Welcome, Ada")).to_be_visible()


def test_a_picture_is_cut_moved_by_the_keyboard_and_kept(settings: Page, tmp_path: Path) -> None:
    picture = tmp_path / "wide.png"
    image = Image.new("RGB", (600, 300), "red")
    image.paste("blue", (300, 0, 600, 300))
    image.save(picture)
    with settings.expect_file_chooser() as chosen:
        settings.get_by_role("button", name="Choose a picture").click()
    chosen.value.set_files(picture)
    dialog = settings.get_by_role("dialog", name="Choose what is seen")
    seen = dialog.get_by_role("application")
    assert corners(seen) == ["red", "blue"]
    assert problems(settings) == []
    assert {width: overflow(settings, width) for width in WIDTHS} == dict.fromkeys(WIDTHS, 0)
    seen.focus()
    for _ in range(20):
        settings.keyboard.press("ArrowLeft")
    assert corners(seen) == ["blue", "blue"]
    dialog.get_by_role("slider", name="Zoom").press("End")
    settings.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(settings.get_by_role("button", name="Remove the picture")).to_have_count(0)
    with settings.expect_file_chooser() as chosen:
        settings.get_by_role("button", name="Choose a picture").click()
    chosen.value.set_files(picture)
    dialog.get_by_role("button", name="Save").click()
    expect(settings.get_by_role("button", name="Remove the picture")).to_be_visible()
    with settings.expect_file_chooser() as chosen:
        settings.get_by_role("button", name="Choose a picture").click()
    chosen.value.set_files(Path(__file__))
    expect(settings.get_by_text("That is not a picture")).to_be_visible()


def corners(canvas: Locator) -> list[str]:
    """The colours at the left and right edge of what is seen."""
    found: list[str] = canvas.evaluate(
        """(one) => [8, 248].map((x) => {
          const [red, , blue] = one.getContext("2d").getImageData(x, 128, 1, 1).data;
          return red > blue ? "red" : "blue";
        })"""
    )
    return found


def test_a_member_is_given_permissions_and_removed_on_purpose(
    settings: Page, server: Server, project_id: str, ada: Person
) -> None:
    with installation_of(server) as installation:
        site = Site(installation, project_id)
        ben, tenancy = site.person(f"{uuid.uuid4().hex}@example.com", display_name="Ben"), site.tenancy
        create = partial(teams.create, tenancy=tenancy, display_name="Crew", creator_id=ada.id)
        team = installation.db.call(create)
        installation.db.call(teams.add_member, tenancy=tenancy, team_id=team.id, user_id=ben.id)
    settings.reload()
    settings.get_by_role("button", name="Crew").click()
    settings.get_by_role("button", name="Permissions of Ben").click()
    dialog = settings.get_by_role("dialog", name="Permissions of Ben")
    dialog.get_by_label("Invite people").check()
    assert problems(settings) == []
    assert {width: overflow(settings, width) for width in WIDTHS} == dict.fromkeys(WIDTHS, 0)
    dialog.get_by_role("button", name="Save").click()
    expect(settings.get_by_text("Permissions saved.")).to_be_visible()
    settings.get_by_role("button", name="Permissions of Ben").click()
    expect(dialog.get_by_label("Invite people")).to_be_checked()
    settings.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    assert {width: overflow(settings, width) for width in WIDTHS} == dict.fromkeys(WIDTHS, 0)
    settings.get_by_role("button", name="Remove Ben").click()
    question = settings.get_by_role("alertdialog", name="Remove Ben from Crew?")
    question.get_by_role("button", name="Remove").click()
    expect(settings.get_by_role("button", name="Remove Ben")).to_have_count(0)


def test_a_key_is_made_shown_once_found_and_revoked_on_purpose(settings: Page) -> None:
    settings.get_by_role("button", name="API keys", exact=True).click()
    settings.get_by_role("button", name="Create key").click()
    form = settings.get_by_role("dialog", name="Create key")
    form.get_by_role("button", name="Create key").click()
    expect(form.get_by_role("alert")).to_contain_text("Say what the key is for")
    form.get_by_label("What is the new key for?").fill("Laptop")
    assert problems(settings) == []
    assert {width: overflow(settings, width) for width in WIDTHS} == dict.fromkeys(WIDTHS, 0)
    form.get_by_role("button", name="Create key").click()
    shown = settings.get_by_role("alertdialog", name="Your new key")
    expect(shown.get_by_role("button", name="Close")).to_be_disabled()
    settings.keyboard.press("Escape")
    settings.mouse.click(5, 5)
    expect(shown).to_be_visible()
    assert problems(settings) == []
    shown.get_by_label("I have stored it").click()
    shown.get_by_role("button", name="Close").click()
    expect(shown).to_be_hidden()
    settings.get_by_label("Search keys").fill("phone")
    expect(settings.get_by_text("No key fits.")).to_be_visible()
    settings.get_by_label("Search keys").fill("lap")
    settings.get_by_role("row", name="Laptop").get_by_role("button", name="Revoke").click()
    question = settings.get_by_role("alertdialog", name="Revoke “Laptop”?")
    expect(question.get_by_role("button", name="Revoke")).to_be_disabled()
    question.get_by_label("I understand that it stops working").click()
    assert problems(settings) == []
    question.get_by_role("button", name="Revoke").click()
    expect(settings.get_by_role("row", name="Laptop").get_by_text("Revoked")).to_be_visible()


def test_an_account_of_a_provider_is_connected_and_disconnected(settings: Page) -> None:
    settings.get_by_role("button", name="E-mails & sign-in").click()
    settings.get_by_role("link", name="Connect GitHub").click()
    settings.get_by_role("button", name="Continue as this person").click()
    expect(settings.get_by_text("demo@example.com")).to_be_visible()
    settings.get_by_role("button", name="Disconnect").click()
    question = settings.get_by_role("alertdialog", name="Disconnect GitHub?")
    question.get_by_role("button", name="Disconnect").click()
    expect(settings.get_by_role("link", name="Connect GitHub")).to_be_visible()


def test_a_small_screen_shows_the_list_first_and_the_account_is_deleted_in_two_steps(settings: Page) -> None:
    settings.set_viewport_size({"width": 320, "height": 700})
    expect(settings.get_by_label("Display name")).to_be_hidden()
    settings.get_by_role("button", name="Settings", exact=True).click()
    settings.get_by_text("Danger zone").click()
    settings.get_by_role("button", name="Delete account").click()
    settings.get_by_role("button", name="Delete my account").click()
    expect(settings.get_by_role("heading", name="Sign in")).to_be_visible()


def bytes_of(typed_secret: str) -> bytes:
    return base64.b32decode(typed_secret.replace(" ", ""))
