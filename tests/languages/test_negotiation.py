"""Which language a visitor gets; whatever is sent, the answer is one of ours."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexclave_app.languages.negotiation import COOKIE, best_accepted, choose, cookie, is_translated
from hexclave_app.languages.supported import ENGLISH, LANGUAGES, find

HOSTILE = [
    '"><script>alert(1)</script>',
    "../../etc/passwd",
    "de\r\nSet-Cookie: a=b",
    "d" * 10_000,
    "",
    "\x00",
    "ﬀ",
    "de;q",
]


@pytest.mark.parametrize(
    ("tag", "code"),
    [("de", "de"), ("DE-AT", "de"), ("es-419", "es"), ("ja_JP", "ja"), ("fr-CA", "fr"), ("ar-EG-u-nu-latn", "ar")],
)
def test_a_tag_means_its_language(tag: str, code: str) -> None:
    language = find(tag)
    assert language is not None
    assert language.code == code


@pytest.mark.parametrize("tag", [*HOSTILE, "zh-CN", "deu", "*"])
def test_any_other_tag_means_nothing(tag: str) -> None:
    assert find(tag) is None


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("de-CH, fr;q=0.9", "de"),
        ("zh-CN,zh;q=0.9,ja;q=0.8,en;q=0.7", "ja"),
        ("en;q=0.5, ar;q=0.9", "ar"),
        ("de;q=0, fr;q=0.1", "fr"),
        ("de;q=nan, es;q=2, fr;q=-1, ja;q=0.1", "ja"),
        (" es ; q=1", "es"),
    ],
)
def test_the_best_liked_of_our_languages_is_spoken(header: str, code: str) -> None:
    language = best_accepted(header)
    assert language is not None
    assert language.code == code


@pytest.mark.parametrize("header", ["", "*", "zh", "de;q=0", ",;,=;q", *HOSTILE])
def test_without_a_wish_that_we_can_fulfil_it_is_english(header: str) -> None:
    assert choose(parameter=None, cookie_header="", accept_language=header) is ENGLISH


def test_the_address_goes_before_the_choice_and_the_choice_before_the_browser() -> None:
    def chosen(parameter: str | None, kept: str, accepted: str) -> str:
        return choose(parameter=parameter, cookie_header=kept, accept_language=accepted).code

    assert chosen("fr", f"{COOKIE}=de", "ja") == "fr"
    assert chosen("xx", f"a=b; {COOKIE}=de", "ja") == "de"
    assert chosen(None, f"{COOKIE}=xx", "ja") == "ja"
    assert chosen(None, "", "xx") == "en"


@given(st.text(), st.text(), st.text())
def test_whatever_is_sent_one_of_our_languages_comes_out(parameter: str, kept: str, accepted: str) -> None:
    assert choose(parameter=parameter, cookie_header=kept, accept_language=accepted) in LANGUAGES


def test_the_cookie_is_kept_from_scripts_and_from_plain_connections() -> None:
    assert cookie(ENGLISH, is_secure=True) == (
        "hexclave-language=en; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax; Secure"
    )


@pytest.mark.parametrize(
    ("path", "expected"),
    [("/", True), ("/handler/sign-in", True), ("/nowhere", True), ("/projects", False), ("/projects/x/users", False)],
)
def test_the_dashboard_speaks_english(path: str, expected: bool) -> None:
    assert is_translated(path) is expected
