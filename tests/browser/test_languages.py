"""Hosted pages in German and in Arabic, from the first paint to the account settings."""

import uuid
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.accessibility import WIDTHS, overflow, problems
from tests.browser.people import create_owner
from tests.support.servers import Server

pytestmark = pytest.mark.browser

PASSWORD = "correct horse battery"
SHIFTS = """() => new Promise((done) => new PerformanceObserver((list) => done(
    list.getEntries().reduce((sum, entry) => sum + entry.value, 0)
)).observe({ type: 'layout-shift', buffered: true }) || setTimeout(() => done(0), 200))"""


_NO_SERVER = "window.WebSocket = class extends WebSocket { constructor() { super('ws://127.0.0.1:9/'); } };"


@pytest.fixture(scope="module")
def project_id(server: Server) -> str:
    return create_owner(server, project="Analytical Engines").project_id


@pytest.fixture
def page_in(browser: Browser, complaints: list[str]) -> Iterator[Callable[[str], Page]]:
    """Pages of browsers that are set to a language."""
    contexts = []

    def open_page(locale: str) -> Page:
        context = browser.new_context(locale=locale, color_scheme="light")
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield open_page
    for context in contexts:
        context.close()


def test_a_german_visitor_signs_up_and_finds_the_settings(
    server: Server, page_in: Callable[[str], Page], project_id: str, complaints: list[str]
) -> None:
    page, email = page_in("de-DE"), f"{uuid.uuid4().hex}@example.com"
    page.goto(server.url("/handler/sign-up", host=f"{project_id}.localhost"))
    expect(page).to_have_title("Registrieren")
    page.get_by_label("E-Mail-Adresse").fill(email)
    page.get_by_label("Passwort", exact=True).fill(PASSWORD)
    page.get_by_label("Passwort wiederholen").fill("etwas anderes")
    page.get_by_role("button", name="Konto erstellen").click()
    expect(page.get_by_role("alert")).to_have_text("Die beiden Passwörter stimmen nicht überein.")
    page.get_by_label("Passwort wiederholen").fill(PASSWORD)
    page.get_by_role("button", name="Konto erstellen").click()
    expect(page.get_by_role("heading", name=f"Willkommen, {email}")).to_be_visible()
    page.get_by_role("link", name="Kontoeinstellungen").click()
    page.get_by_role("button", name="Aktive Sitzungen").click()
    expect(page.get_by_text("Diese Sitzung")).to_be_visible()
    expect(page.get_by_text("gerade eben").or_(page.get_by_text("vor "))).to_be_visible()
    assert problems(page) == []
    assert complaints == []


def test_a_choice_keeps_the_rest_of_the_address_and_stays(
    server: Server, page_in: Callable[[str], Page], project_id: str, complaints: list[str]
) -> None:
    page = page_in("en-US")
    page.goto(
        server.url(
            "/handler/sign-in?after_auth_return_to=%2Fhandler%2Faccount-settings", host=f"{project_id}.localhost"
        )
    )
    expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_enabled()
    page.get_by_role("navigation", name="Language").get_by_role("link", name="Français").click()
    expect(page.get_by_role("button", name="Se connecter", exact=True)).to_be_enabled()
    assert "after_auth_return_to=%2Fhandler%2Faccount-settings" in page.url
    page.goto(server.url("/handler/forgot-password", host=f"{project_id}.localhost"))
    expect(page.get_by_role("heading", name="Mot de passe oublié ?")).to_be_visible()
    expect(page.get_by_role("link", name="Français")).to_have_attribute("aria-current", "true")
    assert page.evaluate("document.cookie") == ""
    assert complaints == []


def test_the_links_to_other_languages_work_without_any_script(
    server: Server, browser: Browser, project_id: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(server.url("/handler/sign-in", host=f"{project_id}.localhost"))
    page.get_by_role("link", name="العربية").click()
    expect(page.get_by_role("heading", name="تسجيل الدخول")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    context.close()


def test_an_arabic_visitor_reads_from_the_right(
    server: Server, page_in: Callable[[str], Page], project_id: str, complaints: list[str]
) -> None:
    page, email = page_in("ar"), f"{uuid.uuid4().hex}@example.com"
    page.goto(server.url("/handler/sign-up", host=f"{project_id}.localhost"))
    expect(page.get_by_text("Analytical Engines")).to_be_visible()
    assert page.evaluate(SHIFTS) < 0.01
    assert {width: overflow(page, width) for width in WIDTHS} == dict.fromkeys(WIDTHS, 0)
    assert problems(page) == []
    page.get_by_role("button", name="نمط الألوان").click()
    expect(page.get_by_role("menu")).to_have_attribute("dir", "rtl")
    page.keyboard.press("Escape")
    page.get_by_label("البريد الإلكتروني").fill(email)
    page.get_by_label("كلمة المرور", exact=True).fill(PASSWORD)
    page.get_by_label("تأكيد كلمة المرور").fill(PASSWORD)
    page.get_by_role("button", name="إنشاء الحساب").click()
    expect(page.get_by_role("heading", name="مرحبًا")).to_be_visible()
    page.get_by_role("link", name="إعدادات الحساب").click()
    page.get_by_role("button", name="البريد والدخول").click()
    expect(page.get_by_role("heading", name="عناوين البريد الإلكتروني")).to_be_visible()
    assert {width: overflow(page, width) for width in WIDTHS} == dict.fromkeys(WIDTHS, 0)
    assert problems(page) == []
    assert complaints == []


def test_a_lost_connection_is_told_in_the_language_of_the_page(
    server: Server, page_in: Callable[[str], Page], project_id: str
) -> None:
    page = page_in("de-DE")
    page.add_init_script(_NO_SERVER)
    page.goto(server.url("/handler/sign-in", host=f"{project_id}.localhost"))
    expect(page.get_by_role("alert")).to_have_text("Die Verbindung zum Server ist unterbrochen. Neuer Versuch …")
    assert overflow(page, 320) == 0
    assert problems(page) == []
