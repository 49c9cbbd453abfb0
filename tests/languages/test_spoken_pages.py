"""Pages as they are delivered: marks of the build become texts, escaped; every language has its own copy in caches."""

import gzip
import json
import re
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from hexclave_app import spoken_pages
from hexclave_app.languages.catalog import PAGES, format_message, messages
from hexclave_app.languages.supported import LANGUAGES, Language
from hexclave_app.spoken_pages import SpokenPages, translate

BY_CODE = {language.code: language for language in LANGUAGES}


def mark(*told: object) -> str:
    """What the build leaves in HTML where a text belongs."""
    escaped = json.dumps(told).replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")
    return f"\ue000{escaped}\ue001"


PAGE = (
    f'<!DOCTYPE html><html lang="en"><head><title>{mark("sign-in", {})}</title>'
    f"<script>\ue000{json.dumps(['@messages', {}], separators=(',', ':'))}\ue001</script></head>"
    f'<body><nav aria-label="{mark("language", {})}">'
    f'<a aria-current="{mark("@spoken", {"code": "de"})}">Deutsch</a></nav><h1>{mark("sign-in", {})}</h1></body></html>'
)


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    (tmp_path / "index.html").write_text(PAGE, encoding="utf-8")

    async def page(_request: object) -> Response:
        return FileResponse(tmp_path / "index.html")

    async def missing(_request: object) -> Response:
        return HTMLResponse(PAGE, status_code=404)

    async def other(_request: object) -> Response:
        return Response("\ue000[]\ue001", media_type="text/css")

    routes = [Route("/handler/sign-in", page), Route("/projects", page), Route("/style.css", other)]
    pages = Starlette(routes=[*routes, Route("/{path:path}", missing)])
    return TestClient(SpokenPages(pages), headers={"accept-language": "", "accept-encoding": ""})


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_a_page_is_delivered_in_the_language_that_is_asked_for(client: TestClient, language: Language) -> None:
    answer = client.get("/handler/sign-in", headers={"accept-language": language.code})
    sign_in = format_message(language, "sign-in", {})
    assert f'<html lang="{language.code}" dir="{language.direction}">' in answer.text
    assert f"<title>{sign_in}</title>" in answer.text
    assert f"<h1>{sign_in}</h1>" in answer.text
    assert f'aria-label="{format_message(language, "language", {})}"' in answer.text
    assert f'aria-current="{"true" if language.code == "de" else "false"}"' in answer.text
    assert "\ue000" not in answer.text
    assert answer.headers["content-language"] == language.code
    assert answer.headers["vary"] == "Accept-Encoding, Accept-Language, Cookie"
    assert "set-cookie" not in answer.headers


def test_a_choice_in_the_address_is_kept_for_the_next_page(client: TestClient) -> None:
    chosen = client.get("/handler/sign-in?lang=ja-JP")
    assert chosen.headers["set-cookie"].startswith("hexclave-language=ja;")
    assert client.get("/handler/sign-in", headers={"accept-language": "de"}).headers["content-language"] == "ja"


def test_the_dashboard_is_english_for_everybody(client: TestClient) -> None:
    answer = client.get("/projects?lang=de", headers={"accept-language": "de", "cookie": "hexclave-language=de"})
    assert answer.headers["content-language"] == "en"
    assert answer.headers["vary"] == "Accept-Encoding"
    assert "set-cookie" not in answer.headers
    assert "<h1>Sign in</h1>" in answer.text


@pytest.mark.parametrize(
    "hostile", ['"><script>alert(1)</script>', "de\r\nX-Evil: 1", "..%2f..%2fen", "\ue000", "a" * 5000]
)
def test_a_hostile_wish_gets_english_and_leaves_no_trace(client: TestClient, hostile: str) -> None:
    asked = client.get("/handler/sign-in", params={"lang": hostile})
    header = hostile.encode("ascii", "replace").replace(b"\r\n", b" ")
    accepted = client.get(
        "/handler/sign-in", headers={b"accept-language": header, b"cookie": b"hexclave-language=" + header}
    )
    plain = client.get("/handler/sign-in")
    for answer in (asked, accepted):
        assert answer.text == plain.text
        assert answer.headers["content-language"] == "en"
        assert "set-cookie" not in answer.headers
        assert "x-evil" not in answer.headers


def test_what_a_cache_has_in_one_language_is_not_taken_for_another(client: TestClient) -> None:
    german = client.get("/handler/sign-in", headers={"accept-language": "de"})
    again = client.get("/handler/sign-in", headers={"accept-language": "de", "if-none-match": german.headers["etag"]})
    french = client.get("/handler/sign-in", headers={"accept-language": "fr", "if-none-match": german.headers["etag"]})
    assert (again.status_code, again.content, again.headers["vary"]) == (304, b"", german.headers["vary"])
    assert french.status_code == 200
    assert "Se connecter" in french.text


def test_pages_are_compressed_for_who_takes_it(client: TestClient) -> None:
    plain = client.get("/handler/sign-in", headers={"accept-language": "de"})
    with client.stream(
        "GET", "/handler/sign-in", headers={"accept-language": "de", "accept-encoding": "gzip"}
    ) as answer:
        packed = b"".join(answer.iter_raw())
        assert (answer.headers["content-encoding"], int(answer.headers["content-length"])) == ("gzip", len(packed))
    assert gzip.decompress(packed) == plain.content


def test_a_question_for_the_head_has_no_body_but_its_length(client: TestClient) -> None:
    head, page = client.head("/handler/sign-in"), client.get("/handler/sign-in")
    assert (head.content, head.headers["content-length"]) == (b"", str(len(page.content)))


def test_a_page_that_does_not_exist_stays_missing(client: TestClient) -> None:
    answer = client.get("/nowhere", headers={"accept-language": "ar", "if-none-match": "*"})
    assert (answer.status_code, answer.headers["content-language"]) == (404, "ar")


def test_other_files_pass_through(client: TestClient) -> None:
    assert client.get("/style.css").text == "\ue000[]\ue001"
    assert client.head("/style.css").content == b""


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_a_page_brings_the_messages_of_its_language(client: TestClient, language: Language) -> None:
    page = client.get("/handler/sign-in", headers={"accept-language": language.code})
    (script,) = re.findall("<script>(.*?)</script>", page.text)
    told = json.loads(script.removeprefix("globalThis.hexclaveLanguage=").removesuffix(";"))
    assert (told["code"], told["direction"]) == (language.code, language.direction)
    assert told["messages"] == dict(messages(language, PAGES))


def test_no_message_can_end_the_script(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spoken_pages, "messages", lambda *_: {"evil": "</script><script>alert(1)//"})
    script = spoken_pages.messages_script.__wrapped__(BY_CODE["en"])
    assert "<" not in script
    assert json.loads(script.partition("=")[2].rstrip(";"))["messages"]["evil"].startswith("</script>")


def test_values_of_a_text_are_escaped_in_texts_and_attributes() -> None:
    evil = '"><img src=x onerror=alert(1)>&'
    page = translate(
        f'<p title="{mark("welcome-name", {"name": evil})}">{mark("welcome-name", {"name": evil})}</p>', BY_CODE["en"]
    )
    assert page.count("<") == 2
    assert page.count("Welcome, &quot;&gt;&lt;img src=x onerror=alert(1)&gt;&amp;") == 2


def test_a_text_within_a_text_is_said_too() -> None:
    inner = '\ue000["the-key",{}]\ue001'
    assert translate(mark("copy", {"what": inner}), BY_CODE["de"]) == "Schlüssel kopieren"


@pytest.mark.parametrize(("side", "text"), [(0, "نسخ \u2068"), (1, "\u2069")])
def test_a_piece_of_the_page_within_a_text_is_isolated(side: int, text: str) -> None:
    assert translate(mark("copy", {}, "what", side), BY_CODE["ar"]) == text
