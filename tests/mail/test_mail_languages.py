"""Built-in mails in the language of whoever gets them."""

import html
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from hexclave_app.config.builtins import DEFAULT_THEME_ID, TEMPLATE_IDS, TEMPLATES, THEMES, source_in, spoken_source
from hexclave_app.installation import Installation
from hexclave_app.languages.catalog import format_message
from hexclave_app.languages.speaking import spoken
from hexclave_app.languages.supported import LANGUAGES, Language
from hexclave_app.mail_templates.engine import Rendered, RenderJob
from hexclave_app.mail_templates.language import direction_of, parse
from models import EmailOutbox, User
from tests.support.clients import ApiClient
from tests.support.projects import TestProject, as_client, as_server, create_project

GOLDEN = Path(__file__).parent / "golden" / "languages"
THEME = next(theme.source for theme in THEMES if theme.id == DEFAULT_THEME_ID)
BY_CODE = {language.code: language for language in LANGUAGES}
ADA = {"email": "ada@example.org", "password": "correct horse"}
VERIFY = {**ADA, "verification_callback_url": "http://localhost/verify"}


@pytest.fixture
def database_url(sqlite_only: str) -> str:
    return sqlite_only


@pytest.fixture(autouse=True)
def _nobody_speaks() -> Iterator[None]:
    token = spoken.set(None)
    yield
    spoken.reset(token)


def sources(installation: Installation) -> list[str]:
    """The sources of all queued mails, oldest first."""

    def read(session: Session) -> list[str]:
        return list(session.exec(select(EmailOutbox.source).order_by(col(EmailOutbox.created_at))).all())

    return installation.db.call(read)


def spoken_in(installation: Installation) -> list[str | None]:
    return [parse(source).language for source in sources(installation)]


def locale_of(installation: Installation) -> str | None:
    def read(session: Session) -> str | None:
        return session.exec(select(User.locale)).one()

    return installation.db.call(read)


def rendered(installation: Installation, source: str, **fields: object) -> Rendered:
    job = {"theme": THEME, "is_preview": True, "user_name": "Ada", "project_name": "Acme", **fields}
    (mail,) = installation.renderer.render_now([RenderJob(source, **job)])  # type: ignore[arg-type]  # fields of several types
    assert isinstance(mail, Rendered), mail
    return mail


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_every_mail_says_what_was_approved_in_every_language(installation: Installation, language: Language) -> None:
    """After a wanted change: `UPDATE=1 pytest tests/mail/test_mail_languages.py`, and look at the difference."""
    texts = []
    for template in TEMPLATES:
        source = source_in(template.id, language)
        assert source is not None
        for name in ("Ada", None):
            mail = rendered(installation, source, user_name=name)
            texts.append(f"Subject: {mail.subject}\n\n{mail.text}\n")
            assert f'<html lang="{language.code}" dir="{language.direction}"' in mail.html
            assert "\u2068" not in (mail.subject or "")  # not every list of mails knows what to do with it
    file = GOLDEN / f"{language.code}.txt"
    content = ("-" * 60 + "\n").join(texts)
    if os.environ.get("UPDATE"):
        file.write_text(content, encoding="utf-8")
    assert file.read_text(encoding="utf-8") == content


def test_an_arabic_mail_is_laid_out_from_the_right(installation: Installation) -> None:
    source = source_in(TEMPLATE_IDS["magic_link"], BY_CODE["ar"])
    mail = rendered(
        installation,
        source or "",
        logos={"logoUrl": "https://example.com/logo.png"},
        is_preview=False,
        variables={"otp": "ABC123", "magicLink": "https://example.com"},
    )
    assert 'align="right" class="heading"' in mail.html
    assert "direction:rtl" in mail.html
    assert 'align="left"' not in mail.html


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_names_are_escaped_in_every_language(installation: Installation, language: Language) -> None:
    for template in TEMPLATES:
        mail = rendered(
            installation, source_in(template.id, language) or "", user_name="<b>Ada", project_name="<script>x"
        )
        assert "<b>Ada" not in mail.html
        assert "<script>" not in mail.html


async def test_a_sign_up_is_answered_in_the_language_of_its_request(
    client: ApiClient, installation: Installation, project: TestProject
) -> None:
    visitor = as_client(client, project)
    made = await visitor.post("/auth/password/sign-up", VERIFY, headers={"accept-language": "de-AT, en;q=0.5"})
    assert made.status_code == 200, made.text
    assert (spoken_in(installation), locale_of(installation)) == (["de"], "de")


async def test_later_mails_keep_the_language_of_the_user(
    client: ApiClient, installation: Installation, project: TestProject
) -> None:
    visitor = as_client(client, project)
    await visitor.post("/auth/password/sign-up", VERIFY, headers={"accept-language": "ja"})
    reset = {"email": ADA["email"], "callback_url": "http://localhost/reset"}
    sent = await visitor.post("/auth/password/send-reset-code", reset, headers={"accept-language": "fr"})
    assert sent.status_code == 200, sent.text
    assert spoken_in(installation) == ["ja", "ja"]


async def test_an_address_without_a_user_is_written_to_in_the_language_of_the_request(
    client: ApiClient, installation: Installation
) -> None:
    project = create_project(installation, config={"auth.otp.allowSignIn": True})
    body = {"email": "cleo@example.org", "callback_url": "http://localhost/magic"}
    for accepted, code in (("es-419", "es"), ("zh-CN", "en"), ("*", "en"), ('"><script>', "en")):
        sent = await as_client(client, project).post(
            "/auth/otp/send-sign-in-code", body, headers={"accept-language": accepted}
        )
        assert sent.status_code == 200, sent.text
        assert spoken_in(installation)[-1] == code


async def test_a_server_that_says_nothing_leaves_the_language_open(
    client: ApiClient, installation: Installation, project: TestProject
) -> None:
    made = await as_server(client, project).post("/users", {"primary_email": ADA["email"]})
    assert made.status_code == 201
    assert locale_of(installation) is None
    assert "locale" not in made.json()


async def test_the_language_is_never_on_the_wire(
    client: ApiClient, installation: Installation, project: TestProject
) -> None:
    signed_up = await as_client(client, project).post(
        "/auth/password/sign-up", VERIFY, headers={"accept-language": "ar"}
    )
    server = as_server(client, project)
    user = f"/users/{signed_up.json()['user_id']}"
    assert "locale" not in (await server.get(user)).json()
    assert (await server.patch(user, {"locale": "de"})).status_code == 400
    assert locale_of(installation) == "ar"


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_what_a_project_has_rewritten_keeps_its_words(language: Language) -> None:
    own = "---\nsubject: Moin\n---\n<mj-section></mj-section>"
    assert spoken_source(TEMPLATE_IDS["magic_link"], own, language) == own
    assert spoken_source("not-built-in", own, language) == own


def test_a_language_in_a_header_is_a_tag_and_nothing_else(installation: Installation) -> None:
    for tag, direction in (("de", "ltr"), ("pt-BR", "ltr"), ("ar-EG", "rtl"), ("he", "rtl")):
        mail = rendered(
            installation, f"---\nlanguage: {tag}\n---\nHi", theme="<mjml><mj-body>{{ body }}</mj-body></mjml>"
        )
        assert f'<html lang="{tag}" dir="{direction}"' in mail.html
        assert direction_of(tag) == direction
    source = '---\nlanguage: de" onload="alert(1)\n---\nHi'
    (failed,) = installation.renderer.render_now([RenderJob(source)])
    assert isinstance(failed, str)
    assert "language" in failed


def test_a_theme_that_names_its_language_keeps_it(installation: Installation) -> None:
    theme = '<mjml lang="nl" dir="ltr"><mj-body>{{ children }}</mj-body></mjml>'
    mail = rendered(installation, source_in(TEMPLATE_IDS["magic_link"], BY_CODE["ar"]) or "", theme=theme)
    assert '<html lang="nl" dir="ltr"' in mail.html


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
async def test_the_page_of_an_unsubscribe_link_speaks_the_language_of_the_browser(
    client: ApiClient, language: Language
) -> None:
    path = f"/emails/unsubscribe-link?code={'a' * 45}"
    page = await client.get(path, headers={"accept-language": f"zh, {language.code};q=0.5"})
    assert page.status_code == 404
    assert f'<html lang="{language.code}" dir="{language.direction}">' in page.text
    assert html.escape(format_message(language, "unsubscribe-unknown", {})) in page.text
    assert page.headers["content-language"] == language.code
    assert "Accept-Language" in page.headers["vary"]
