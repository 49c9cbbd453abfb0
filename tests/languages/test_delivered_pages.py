"""Every hosted page of the running product, as it arrives before any script ran."""

import re

import httpx
import pytest

from hexclave_app.languages.catalog import format_message
from hexclave_app.languages.supported import LANGUAGES, Language
from hexclave_app.pages import routes
from tests.support.servers import Server

pytestmark = pytest.mark.xdist_group("server")
TITLES = {
    routes.SIGN_IN: "sign-in",
    routes.SIGN_UP: "sign-up",
    routes.SIGN_OUT: "sign-out",
    routes.FORGOT_PASSWORD: "forgot-password-title",
    routes.PASSWORD_RESET: "new-password",
    routes.MAGIC_LINK: "sign-in",
    routes.EMAIL_VERIFICATION: "verify-email-title",
    routes.MFA: "two-step-sign-in",
    routes.ERROR: "error",
    routes.ONBOARDING: "finish-account-title",
    routes.TEAM_INVITATION: "team-invitation",
    routes.TEAM_CREATION: "create-a-team",
    routes.CLI_AUTH: "cli-title",
    routes.ACCOUNT_SETTINGS: "account-settings",
}


@pytest.fixture(scope="module")
def pages(server: Server) -> httpx.Client:
    return httpx.Client(base_url=server.url(""))


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_every_hosted_page_arrives_in_every_language(pages: httpx.Client, language: Language) -> None:
    for path, title in TITLES.items():
        answer = pages.get(path, headers={"accept-language": language.code})
        assert answer.status_code == 200
        assert answer.text.startswith(f'<!DOCTYPE html><html lang="{language.code}" dir="{language.direction}"'), path
        assert f"<title>{format_message(language, title, {})}</title>" in answer.text, path
        assert not re.search("[\ue000-\ue002]", answer.text), path
        assert f'aria-label="{format_message(language, "language", {})}"' in answer.text, path


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_the_form_is_there_in_every_language(pages: httpx.Client, language: Language) -> None:
    text = pages.get(routes.SIGN_UP, headers={"accept-language": language.code}).text
    for key in ("create-your-account", "already-have-one", "method-code", "repeat-password", "or"):
        assert f">{format_message(language, key, {})}<" in text
    assert f">{format_message(language, 'password-hint', {'length': 8})}<" in text
    github = format_message(language, "continue-with", {"provider": "GitHub"})
    assert f'aria-label="{github}"' in text


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_the_messages_come_before_anything_that_needs_them(pages: httpx.Client, language: Language) -> None:
    head = pages.get(routes.SIGN_IN, headers={"accept-language": language.code}).text.partition("</head>")[0]
    assert f'<script>globalThis.hexclaveLanguage={{"code":"{language.code}"' in head
    assert not re.search(r"<script[^>]* src=", head)  # nothing that the first paint would wait for


@pytest.mark.parametrize("path", ["/projects", "/new-project", "/projects/x/users"])
def test_the_dashboard_arrives_in_english(pages: httpx.Client, path: str) -> None:
    answer = pages.get(path, headers={"accept-language": "ar", "cookie": "hexclave-language=ar"})
    assert '<html lang="en" dir="ltr"' in answer.text
    assert not re.search("[\ue000-\ue002]", answer.text)


def test_an_unknown_page_below_the_handler_and_elsewhere_says_so_in_the_visitors_language(pages: httpx.Client) -> None:
    for path in ("/handler/no-such-page", "/no-such-page"):
        answer = pages.get(path, headers={"accept-language": "de"})
        assert '<html lang="de" dir="ltr"' in answer.text
        assert not re.search("[\ue000-\ue002]", answer.text)
        assert answer.headers["content-language"] == "de"
