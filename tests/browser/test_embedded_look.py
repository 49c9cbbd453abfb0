"""Embedded parts take on colours and radius of the page around, and nothing else."""

import json
import uuid
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from models.base import JsonValue
from tests.browser.embedding import App, part, running_app
from tests.browser.people import PASSWORD, create_owner
from tests.support.servers import Server

pytestmark = pytest.mark.browser

CONFIG: dict[str, JsonValue] = {
    "domains.allowLocalhost": True,
    "auth.password.allowSignIn": True,
    "auth.otp.allowSignIn": False,
    "auth.oauth.providers.github": {"type": "github", "allowSignIn": True},
    "users.allowClientUserDeletion": True,
}
THEME = {
    "light": {"primary": "#0f766e", "primaryForeground": "rgb(255 255 255)", "background": "oklch(0.98 0.01 180)"},
    "dark": {"primary": "#2dd4bf", "primaryForeground": "#042f2e"},
    "radius": "1rem",
}


@pytest.fixture(scope="module")
def project_id(server: Server) -> str:
    return create_owner(server, project="Analytical Engines", config=CONFIG).project_id


@pytest.fixture(scope="module")
def app(server: Server, project_id: str) -> Iterator[App]:
    with running_app(server, project_id) as running:
        yield running


def set_theme(page: Page, theme: object, name: str = "sign-up") -> None:
    text = theme if isinstance(theme, str) else json.dumps(theme)
    page.locator(f"hexclave-{name}").evaluate("(one, theme) => one.setAttribute('theme', theme)", text)


def main_button(page: Page) -> Locator:
    return part(page, "sign-up").get_by_role("button", name="Create account")


def sign_up(page: Page) -> None:
    form = part(page, "sign-up")
    form.get_by_label("E-mail").fill(f"{uuid.uuid4().hex}@example.com")
    form.get_by_label("Password", exact=True).fill(PASSWORD)
    form.get_by_label("Repeat password").fill(PASSWORD)
    main_button(page).click()
    expect(form.get_by_role("heading", name="You are signed in")).to_be_visible()


def refused(page: Page) -> str:
    """What the element has said about its theme."""
    page.wait_for_function("told.some(one => one[0] === 'error')")
    message: str = page.evaluate("told.filter(one => one[0] === 'error').pop()[1].message")
    return message


def test_a_part_wears_the_colours_of_each_mode_and_takes_them_off(app: App, page: Page, complaints: list[str]) -> None:
    page.goto(app.url())
    expect(main_button(page)).to_have_css("background-color", "rgb(62, 99, 221)")
    set_theme(page, THEME)
    expect(main_button(page)).to_have_css("background-color", "rgb(15, 118, 110)")
    expect(main_button(page)).to_have_css("color", "rgb(255, 255, 255)")
    expect(part(page, "sign-up").locator("main")).to_have_css("background-color", "oklch(0.98 0.01 180)")
    expect(part(page, "sign-up").locator("main")).to_have_css("border-radius", "16px")
    page.evaluate("document.documentElement.className = 'dark'")
    expect(main_button(page)).to_have_css("background-color", "rgb(45, 212, 191)")
    expect(main_button(page)).to_have_css("color", "rgb(4, 47, 46)")
    expect(part(page, "sign-up").locator("main")).to_have_css("background-color", "rgba(0, 0, 0, 0)")
    set_theme(page, {**THEME, "mode": "light"})
    expect(part(page, "sign-up").locator("html")).to_have_class("light")
    set_theme(page, "light")
    expect(main_button(page)).to_have_css("background-color", "rgb(62, 99, 221)")
    assert complaints == []


EVERY_KEY = {
    "background": "rgb(1, 0, 0)",
    "foreground": "rgb(2, 0, 0)",
    "card": "rgb(3, 0, 0)",
    "cardForeground": "rgb(4, 0, 0)",
    "popover": "rgb(5, 0, 0)",
    "popoverForeground": "rgb(6, 0, 0)",
    "primary": "rgb(7, 0, 0)",
    "primaryForeground": "rgb(8, 0, 0)",
    "secondary": "rgb(9, 0, 0)",
    "secondaryForeground": "rgb(10, 0, 0)",
    "muted": "rgb(11, 0, 0)",
    "mutedForeground": "rgb(12, 0, 0)",
    "accent": "rgb(13, 0, 0)",
    "accentForeground": "rgb(14, 0, 0)",
    "destructive": "rgb(15, 0, 0)",
    "destructiveForeground": "rgb(16, 0, 0)",
    "border": "rgb(17, 0, 0)",
    "input": "rgb(18, 0, 0)",
    "ring": "rgb(19, 0, 0)",
}


def test_every_key_of_a_theme_colours_what_it_is_for(app: App, page: Page, complaints: list[str]) -> None:
    page.goto(app.url())
    set_theme(page, {"light": EVERY_KEY})
    form = part(page, "sign-up")
    expect(form.locator("main")).to_have_css("background-color", EVERY_KEY["background"])
    expect(form.get_by_role("heading")).to_have_css("color", EVERY_KEY["foreground"])
    expect(main_button(page)).to_have_css("background-color", EVERY_KEY["primary"])
    expect(main_button(page)).to_have_css("color", EVERY_KEY["primaryForeground"])
    provider = form.get_by_role("link", name="Continue with GitHub")
    expect(provider).to_have_css("background-color", EVERY_KEY["secondary"])
    expect(provider).to_have_css("color", EVERY_KEY["secondaryForeground"])
    expect(form.get_by_text("Already have one?")).to_have_css("color", EVERY_KEY["mutedForeground"])
    set_theme(page, {"light": EVERY_KEY}, "user-button")
    menu = part(page, "user-button")
    menu.locator("summary").click()
    expect(menu.locator(".hx-items")).to_have_css("background-color", EVERY_KEY["popover"])
    entry = menu.get_by_role("button", name="Sign up")
    expect(entry).to_have_css("color", EVERY_KEY["popoverForeground"])
    entry.hover()
    expect(entry).to_have_css("background-color", EVERY_KEY["accent"])
    expect(entry).to_have_css("color", EVERY_KEY["accentForeground"])
    assert page.evaluate("told.filter(one => one[0] === 'error')") == []
    assert complaints == []


def test_cards_and_what_cannot_be_undone_have_colours_of_their_own(app: App, page: Page) -> None:
    page.goto(app.url())
    sign_up(page)
    page.goto(app.url("/account-settings"))
    set_theme(page, {"light": EVERY_KEY}, "account-settings")
    settings = part(page, "account-settings")
    title = settings.get_by_role("heading", name="Profile")
    expect(title).to_have_css("color", EVERY_KEY["cardForeground"])
    expect(settings.locator(".hx-card").first).to_have_css("background-color", EVERY_KEY["card"])
    expect(settings.get_by_role("heading", name="Account settings")).to_have_css("color", EVERY_KEY["foreground"])
    settings.get_by_role("button", name="Settings", exact=True).click()
    settings.get_by_text("Danger zone").click()
    delete = settings.get_by_role("button", name="Delete account")
    expect(delete).to_have_css("background-color", EVERY_KEY["destructive"])
    expect(delete).to_have_css("color", EVERY_KEY["destructiveForeground"])


def test_a_strict_policy_of_the_page_needs_no_exception(app: App, page: Page, complaints: list[str]) -> None:
    page.goto(app.url("/sign-up?strict"))
    expect(main_button(page)).to_be_visible()
    page.evaluate("hexclave.open('sign-in')")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Close")).to_be_visible()
    expect(dialog).to_have_css("border-radius", "12px")
    # The page's own style and script are refused, as they should be; nothing of ours is.
    assert len([one for one in complaints if "Content Security Policy" in one]) == 2


def test_the_theme_of_the_script_is_that_of_all_parts(app: App, page: Page) -> None:
    page.add_init_script(
        f"""new MutationObserver(() => {{
          const script = document.querySelector('script[data-project-id]');
          if (script) script.dataset.theme = {json.dumps(json.dumps(THEME))};
        }}).observe(document, {{ childList: true, subtree: true }});"""
    )
    page.goto(app.url())
    expect(main_button(page)).to_have_css("background-color", "rgb(15, 118, 110)")
    set_theme(page, "dark")  # chooses the mode; the colours stay those of the script
    expect(main_button(page)).to_have_css("background-color", "rgb(45, 212, 191)")


ATTACKS = [
    "url(http://evil.test/x)",
    "red; background: url(http://evil.test/x)",
    "red } * { background: url(http://evil.test/x) }",
    "var(--color-panel-solid)",
    "image-set('http://evil.test/x' 1x)",
    "color-mix(in srgb, red, url(http://evil.test/x))",
    "color(url(http://evil.test/x) 1 0 0)",
    "color(--mine 1 0 0)",
    "rgb(1 2 3) url(http://evil.test/x)",
    "rgb(calc(1) 2 3)",
    "env(x)",
    "attr(title color)",
    "expression(alert(1))",
    "/**/red",
    "red\\",
    "inherit ",
    "notacolour",
    "#12",
    ["red"],
    {"toString": "red"},
    None,
    7,
]


def test_no_value_becomes_anything_but_a_colour_or_a_length(app: App, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(app.url())
    expect(main_button(page)).to_have_css("background-color", "rgb(62, 99, 221)")
    for attack in ATTACKS:
        page.evaluate("told.length = 0")
        set_theme(page, {"light": {"primary": attack, "background": attack}, "radius": attack})
        assert "primary" in refused(page), attack
    keys = {
        "light": {"__proto__": "red", "--accent-9": "red", "background-image": "red"},
        "constructor": {},
        "css": "x",
    }
    page.evaluate("told.length = 0")
    set_theme(page, keys)
    assert refused(page).endswith("light.__proto__, light.--accent-9, light.background-image, constructor, css")
    expect(main_button(page)).to_have_css("background-color", "rgb(62, 99, 221)")
    (inside,) = [one for one in page.frames if "/embed/sign-up" in one.url]
    css = "[...document.adoptedStyleSheets].flatMap(one => [...one.cssRules]).map(one => one.cssText).join()"
    assert "evil" not in inside.evaluate(css)
    assert inside.evaluate("document.documentElement.outerHTML.includes('evil.test/x')") is False
    assert not any("evil" in one for one in asked)


@pytest.mark.parametrize("radius", ["100px", "-1px", "1rem 2rem", "calc(1px)", "1vw", "5", "1e3px"])
def test_a_radius_is_one_short_length(app: App, page: Page, radius: str) -> None:
    page.goto(app.url())
    expect(main_button(page)).to_be_visible()
    set_theme(page, {"radius": radius})
    assert refused(page).endswith("radius")


def test_what_is_no_json_is_told_once(app: App, page: Page) -> None:
    page.goto(app.url())
    expect(main_button(page)).to_be_visible()
    set_theme(page, "{light: red}")
    assert "no JSON" in refused(page)
    page.evaluate("document.documentElement.className = 'dark'")
    expect(part(page, "sign-up").locator("html")).to_have_class("dark")
    assert page.evaluate("told.filter(one => one[0] === 'error').length") == 1
