"""What the server says on hosted pages, in the language of the tab's page."""

import ast
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from hexclave_app import errors
from hexclave_app.errors import ApiError, StatusError, TooManyAttempts
from hexclave_app.frontend import ROOT
from hexclave_app.installation import Installation
from hexclave_app.languages import dates
from hexclave_app.languages.catalog import messages
from hexclave_app.languages.negotiation import COOKIE
from hexclave_app.languages.speaking import spoken
from hexclave_app.languages.supported import ENGLISH, LANGUAGES, Language
from models import User
from state.base import language_of
from state.dashboard.home import HomeState
from state.dashboard.shell import ShellState
from state.explanations import explained
from state.hosted.account.profile import ProfileState
from state.hosted.credentials import SignInState, SignUpState
from state.hosted.problems import ErrorPageState
from state.hosted.project import HostedState
from tests.state.tabs import Tab, run, targets
from tests.support.hosted import Site, open_site

pytestmark = pytest.mark.anyio
FORM = {"method": "password", "email": "ada@example.com", "password": "wrong password"}
BY_CODE = {language.code: language for language in LANGUAGES}


@pytest.fixture
def site(installation: Installation) -> Site:
    return open_site(installation)


@pytest.fixture(autouse=True)
def _english_afterwards() -> Iterator[None]:
    token = spoken.set(ENGLISH)
    yield
    spoken.reset(token)


async def wrong_sign_in(tab: Tab) -> str:
    page = await tab.state(SignInState)
    await run(page.submit(FORM))
    return page.email_error


@pytest.mark.parametrize(
    ("accepts", "text"),
    [
        ("de-AT,de;q=0.9", "E-Mail-Adresse oder Passwort ist falsch."),
        ("es", "El correo o la contraseña no son correctos."),
        ("fr", "Adresse e-mail ou mot de passe incorrect."),
        ("ja", "メールアドレスまたはパスワードが正しくありません。"),
        ("ar", "البريد الإلكتروني أو كلمة المرور غير صحيحة."),
        ("zh", "Wrong e-mail or password."),
    ],
)
async def test_an_error_is_told_in_the_language_of_the_page(site: Site, accepts: str, text: str) -> None:
    assert await wrong_sign_in(site.tab(None, "/handler/sign-in", accepts=accepts)) == text


async def test_the_tab_speaks_what_its_page_was_delivered_in(site: Site) -> None:
    tab = Tab(f"{COOKIE}=de", "/handler/sign-in?lang=fr", host=f"{site.project_id}.localhost:8000", accepts="ja")
    assert "incorrect" in await wrong_sign_in(tab)
    tab = Tab(f"{COOKIE}=de", "/handler/sign-in", host=f"{site.project_id}.localhost:8000", accepts="ja")
    assert "ist falsch" in await wrong_sign_in(tab)


@pytest.mark.parametrize("hostile", ["%22%3E%3Cscript%3E", "../../etc/passwd", "de%0d%0aX:1", "a" * 3000])
async def test_a_hostile_wish_gets_english(site: Site, hostile: str) -> None:
    tab = site.tab(None, f"/handler/sign-in?lang={hostile}", accepts=hostile)
    assert await wrong_sign_in(tab) == "Wrong e-mail or password."


async def test_two_tabs_do_not_mix_their_languages(site: Site) -> None:
    german, arabic = (site.tab(None, "/handler/sign-in", accepts=code) for code in ("de", "ar"))
    assert "falsch" in await wrong_sign_in(german)
    assert "غير صحيحة" in await wrong_sign_in(arabic)
    assert "falsch" in await wrong_sign_in(german)


async def test_what_is_wrong_in_a_form_is_told_at_its_field(site: Site) -> None:
    page = await site.tab(None, "/handler/sign-up", accepts="de").state(SignUpState)
    await run(page.submit({"method": "password", "email": "ada@example", "password": "x" * 80, "password_repeat": ""}))
    assert page.email_error.startswith("Geben Sie eine vollständige E-Mail-Adresse ein")
    assert page.password_error == "Geben Sie ein Passwort mit höchstens 70 Zeichen ein."
    await run(
        page.submit({"method": "password", "email": "ada@example.com", "password": "ab", "password_repeat": "ab"})
    )
    assert page.password_error == "Das Passwort ist zu kurz. Es braucht mindestens 8 Zeichen."


async def test_notices_and_refusals_are_told_in_the_language_of_the_page(site: Site) -> None:
    ada = site.person("ada@example.com")
    page = await site.tab(ada, "/handler/account-settings", accepts="fr").state(ProfileState)
    assert "Nom enregistré." in targets(await run(page.save_name({"display_name": "Ada"})))
    stranger = await site.tab(None, "/handler/account-settings", accepts="fr").state(ProfileState)
    assert "Veuillez d’abord vous connecter." in targets(await run(stranger.save_name({"display_name": "Ada"})))


@pytest.mark.parametrize(
    ("host", "problem"),
    [
        ("00000000-0000-4000-8000-000000000000.localhost:8000", "No hay ningún proyecto en esta dirección."),
        ("nobody.localhost:8000", "Esta dirección no empieza por un id. de proyecto válido."),
        ("example.org", "Esta dirección no indica ningún proyecto: debe empezar por un id. de proyecto."),
    ],
)
async def test_a_host_without_a_project_says_so(installation: Installation, host: str, problem: str) -> None:
    page = await Tab("", "/handler/sign-in", host=host, accepts="es").state(HostedState)
    await run(page.load_page())
    assert page.error == problem


async def test_mails_go_out_in_the_language_that_somebody_last_signed_in_with(site: Site) -> None:
    def locale() -> str | None:
        return site.installation.db.call(lambda session: session.exec(select(User.locale)).one())

    form = {**FORM, "password": "correct horse battery", "password_repeat": "correct horse battery"}
    page = await site.tab(None, "/handler/sign-up", accepts="de").state(SignUpState)
    assert "/auth/session/claim" in targets(await run(page.submit(form)))
    assert locale() == "de"
    for accepts, code in (("fr", "fr"), ("zh", "en")):
        again = await site.tab(None, "/handler/sign-in", accepts=accepts).state(SignInState)
        assert "/auth/session/claim" in targets(await run(again.submit(form)))
        assert locale() == code
    await wrong_sign_in(site.tab(None, "/handler/sign-in", accepts="ja"))
    assert locale() == "en"


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
@pytest.mark.parametrize(
    ("code", "key"),
    [
        ("OAUTH_CONNECTION_ALREADY_CONNECTED_TO_ANOTHER_USER", "account-of-another"),
        ("USER_ALREADY_CONNECTED_TO_ANOTHER_OAUTH_CONNECTION", "connected-already"),
        ("OAUTH_PROVIDER_ACCESS_DENIED", "not-allowed"),
        ("OAUTH_PROVIDER_TEMPORARILY_UNAVAILABLE", "provider-not-available"),
    ],
)
async def test_the_error_page_explains_what_it_knows(site: Site, language: Language, code: str, key: str) -> None:
    tab = site.tab(None, f"/handler/error?errorCode={code}&message=Go%20to%20evil.example", accepts=language.code)
    page = await tab.state(ErrorPageState)
    await run(page.load())
    told = messages(language, "answers")
    assert (page.title, page.text, page.code) == (told[key], told[f"{key}-text"], code)


async def test_the_error_page_shows_the_text_of_an_unknown_error_but_not_instead_of_a_known_one(site: Site) -> None:
    page = await site.tab(None, "/handler/error?errorCode=NEW_ERROR&message=Hello", accepts="de").state(ErrorPageState)
    await run(page.load())
    assert (page.title, page.text) == ("Das hat nicht geklappt", "Hello")
    known = "/handler/error?errorCode=SIGN_UP_NOT_ENABLED&message=Call%20555"
    page = await site.tab(None, known, accepts="de").state(ErrorPageState)
    await run(page.load())
    assert page.text.startswith("Zurzeit können hier keine neuen Konten erstellt werden.")


async def test_the_dashboard_stays_english(installation: Installation) -> None:
    tab = Tab(f"{COOKIE}=de", "/projects?lang=de", accepts="de")
    assert language_of(await tab.state(ShellState)) is None


async def test_between_pages_of_different_languages_the_page_is_loaded_anew(installation: Installation) -> None:
    shell = await Tab("", "/projects", accepts="de").state(ShellState)
    leads = targets(await run(shell.enter()))
    assert "window.location.replace" in leads
    assert "/handler/sign-in?" in leads
    home = await Tab("", "/", accepts="de").state(HomeState)
    assert "window.location" not in targets(await run(home.enter()))  # from one hosted page to another


SAMPLES: list[ApiError] = [
    errors.EmailPasswordMismatch(),
    errors.PasswordTooShort(min_length=8),
    errors.PasswordTooLong(max_length=70),
    errors.PasswordRequirementsNotMet(message="x"),
    errors.SignUpRejected(),
    errors.UserEmailAlreadyExists(email="ada@example.com"),
    errors.TeamPermissionRequired(team_id="t", user_id="u", permission_id="p"),
    errors.TeamInvitationRestrictedUserNotAllowed(restricted_reason={"type": "anonymous"}),
    TooManyAttempts(retry_after=timedelta(seconds=90)),
    StatusError(404, "Session not found.", message_key="error-session-gone"),
]


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
@pytest.mark.parametrize("error", SAMPLES, ids=lambda error: type(error).__name__)
def test_errors_that_people_meet_have_words_in_every_language(language: Language, error: ApiError) -> None:
    spoken.set(language)
    told = explained(error)
    assert told
    assert "u" not in told.split()  # no ids
    assert language is ENGLISH or error.message not in told
    if isinstance(error, TooManyAttempts):
        assert "90" in told
    if isinstance(error, errors.UserEmailAlreadyExists):
        assert "ada@example.com" in told


def test_an_error_without_words_keeps_its_english_text() -> None:
    spoken.set(BY_CODE["de"])
    assert explained(StatusError(400, "Something rare.")) == "Das hat nicht geklappt: Something rare."


def test_every_message_that_a_service_names_for_an_error_exists() -> None:
    named = {
        keyword.value.value
        for file in (ROOT / "hexclave_app" / "services").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg == "message_key" and isinstance(keyword.value, ast.Constant)
    }
    assert named
    assert named <= messages(ENGLISH, "errors").keys()


def test_every_translated_error_is_one_of_ours() -> None:
    codes = {f"error-{error.code.lower().replace('_', '-')}" for error in errors.KnownError.__subclasses__()}
    source = "\n".join(file.read_text(encoding="utf-8") for file in (ROOT / "hexclave_app").rglob("*.py"))
    source += (ROOT / "state" / "explanations.py").read_text(encoding="utf-8")
    unknown = {key for key in messages(ENGLISH, "errors") if key not in codes and f'"{key}"' not in source}
    assert unknown == set()


@pytest.mark.parametrize(
    ("code", "day", "exactly", "ago"),
    [
        ("en", "8 Nov 2026", "8 Nov 2026, 14:05 UTC", "2 hours ago"),
        ("de", "08.11.2026", "08.11.2026, 14:05 UTC", "vor 2 Stunden"),
        ("fr", "8 nov. 2026", "8 nov. 2026, 14:05 UTC", "il y a 2 heures"),
        ("ja", "2026/11/08", "2026/11/08 14:05（UTC）", "2 時間前"),
    ],
)
def test_times_are_written_as_the_language_does(code: str, day: str, exactly: str, ago: str) -> None:
    spoken.set(BY_CODE[code])
    moment = datetime(2026, 11, 8, 14, 5, tzinfo=UTC)
    assert dates.day(moment) == day
    assert dates.exactly(moment) == exactly
    assert dates.ago(moment, moment + timedelta(hours=2)) == ago


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_times_have_digits_that_every_keyboard_has(language: Language) -> None:
    spoken.set(language)
    moment = datetime(2026, 11, 8, 14, 5, tzinfo=UTC)
    text = dates.exactly(moment) + dates.ago(moment, moment + timedelta(days=3))
    assert all(one.isascii() for one in text if one.isdigit())
    assert dates.ago(moment, moment + timedelta(seconds=3)) == messages(language, "answers")["just-now"]
