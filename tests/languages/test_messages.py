"""The message files: every language says everything with the same arguments, and the code says only what is there."""

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hexclave_app.frontend import ROOT
from hexclave_app.languages.catalog import (
    PAGES,
    TEXTS,
    all_messages,
    check_use,
    dashboard_messages,
    format_message,
    messages,
)
from hexclave_app.languages.patterns import MessageError, Pattern, Value, arguments_of, read, text_of
from hexclave_app.languages.supported import ENGLISH, LANGUAGES, Language

OTHERS = [language for language in LANGUAGES if language is not ENGLISH]
BY_CODE = {language.code: language for language in LANGUAGES}
SPEAKING = {"say", "sentence"}
FOR_PAGES = ("components", "hexclave_app/pages")
FOR_THE_SERVER = ("state", "hexclave_app")


def _sources(*rooms: str) -> Iterator[tuple[Path, ast.Module]]:
    for room in rooms:
        for file in sorted((ROOT / room).rglob("*.py")):
            yield file, ast.parse(file.read_text(encoding="utf-8"))


def _uses(*rooms: str) -> Iterator[tuple[str, str, set[str]]]:
    """Where, key and arguments of everything that is said."""
    for file, tree in _sources(*rooms):
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name not in SPEAKING or not node.args:
                continue
            key = node.args[0]
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                yield f"{file.relative_to(ROOT)}:{node.lineno}", key.value, {str(one.arg) for one in node.keywords}


def test_english_says_everything_that_components_ask_for() -> None:
    for where, key, names in _uses(*FOR_PAGES):
        assert key in messages(ENGLISH, PAGES), where
        assert arguments_of(messages(ENGLISH, PAGES)[key]) == names, where


def test_english_says_everything_that_the_server_asks_for() -> None:
    for where, key, names in _uses(*FOR_THE_SERVER):
        assert key in all_messages(ENGLISH), where
        assert arguments_of(all_messages(ENGLISH)[key]) == names, where


@pytest.mark.parametrize("language", OTHERS, ids=lambda language: language.code)
def test_every_language_has_the_messages_of_english_with_the_same_arguments(language: Language) -> None:
    files = {file.name for file in (TEXTS / "en").glob("*.ftl")}
    assert {file.name for file in (TEXTS / language.code).iterdir()} == files
    own = all_messages(language)
    english = {key: one for key, one in all_messages(ENGLISH).items() if key not in dashboard_messages()}
    assert own.keys() == english.keys()
    different = {key for key in english if arguments_of(own[key]) != arguments_of(english[key])}
    assert different == set()


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_a_key_stands_in_one_file_only(language: Language) -> None:
    files = sorted((TEXTS / language.code).rglob("*.ftl"))
    assert sum(len(read(file.read_text(), where=file.name)) for file in files) == len(all_messages(language))


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_no_message_is_empty_or_has_markup(language: Language) -> None:
    for key, pattern in all_messages(language).items():
        text = json.dumps(pattern, ensure_ascii=False)
        assert text.strip('" '), key
        assert not re.search("[<>\ue000-\ue002\u2028\u2029]", text), key


def test_every_message_of_a_page_is_used() -> None:
    source = "\n".join(
        file.read_text(encoding="utf-8") for room in (*FOR_PAGES, "state") for file in (ROOT / room).rglob("*.py")
    )
    assert {key for key in messages(ENGLISH, PAGES) if f'"{key}"' not in source} == set()


# What a person would read: a word that begins a text, or several words. Styles, paths and scripts look different.
_WORDS = re.compile(r"[A-Z][a-z]+\b|[A-Za-z]+ [a-z]{2,}")
_NO_TEXTS = re.compile(r"var\(--|^M[0-9]|=>")
_NAMES_OF_MAIL_KINDS = {"Transactional", "Marketing"}


def test_hosted_components_say_nothing_but_messages() -> None:
    found = []
    for file, tree in _sources("components/hosted"):
        documented = (ast.Module, ast.FunctionDef, ast.ClassDef)
        docs = {ast.get_docstring(node, clean=False) for node in ast.walk(tree) if isinstance(node, documented)}
        found += [
            (file.name, node.value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and node.value not in docs | _NAMES_OF_MAIL_KINDS
            and _WORDS.match(node.value)
            and not _NO_TEXTS.search(node.value)
        ]
    assert found == []


_SENTENCE = re.compile(r"[A-Z].*[.?!]")


def test_hosted_states_say_nothing_but_messages() -> None:
    found = []
    for file, tree in _sources("state/hosted"):
        docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        found += [
            (file.name, node.value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in docs
            and _SENTENCE.fullmatch(node.value)
        ]
    assert found == []


def test_every_answer_of_the_server_is_used() -> None:
    source = "\n".join(
        file.read_text(encoding="utf-8") for room in FOR_THE_SERVER for file in (ROOT / room).rglob("*.py")
    )
    named = {key for key in messages(ENGLISH, "answers") if f'"{key.removesuffix("-text")}"' in source}
    assert messages(ENGLISH, "answers").keys() - named == set()


@pytest.mark.parametrize(("key", "names"), [("no-such-key", set()), ("welcome-name", set()), ("welcome", {"name"})])
def test_a_component_cannot_say_what_there_is_not(key: str, names: set[str]) -> None:
    with pytest.raises(ValueError, match=key):
        check_use(key, names)


@pytest.mark.parametrize(
    ("code", "days", "text"),
    [
        ("en", 1, "1 day"),
        ("en", 30, "30 days"),
        ("en", 365, "1 year"),
        ("ja", 7, "7日"),
        ("ar", 2, "يومين"),
        ("ar", 7, "\u20687\u2069 أيام"),
        ("ar", 30, "\u206830\u2069 يومًا"),
        ("ar", 100, "\u2068100\u2069 يوم"),
    ],
)
def test_numbers_choose_the_form_of_their_language(code: str, days: int, text: str) -> None:
    assert format_message(BY_CODE[code], "lifetime-days", {"days": days}) == text


def test_a_missing_argument_is_an_error_and_no_gap() -> None:
    with pytest.raises(KeyError):
        format_message(ENGLISH, "welcome-name", {})


@pytest.mark.parametrize(
    "source",
    [
        "-term = x\n",
        "key = x\n    .title = y\n",
        "key = { NUMBER($n) }\n",
        "key = { other }\n",
        "key = one\nkey = two\n",
        "no message at all\n",
    ],
)
def test_a_file_with_anything_else_is_refused(source: str) -> None:
    with pytest.raises(MessageError, match="en/x"):
        read(source, where="en/x")


_COUNTED = """n = { $n ->
    [0] none
    [one] one { $n }
    [two] two
    [few] few
    [many] many
   *[other] other { $n }
}
"""
# Every way that a message can look, with values that decide between its variants.
_NUMBERS: list[Value] = [0, 1, 2, 5, 11, 100]
_SAMPLES: list[tuple[str, dict[str, Value]]] = [
    ("plain = Plain\n", {}),
    ('named = A { $a }, { $b } { " " }end\n', {"a": "<b>", "b": 5}),
    ("word = { $w ->\n    [yes] Yes { $n }\n   *[no] No\n}\n", {"w": "yes", "n": 1}),
    ("word = { $w ->\n    [yes] Yes\n   *[no] No\n}\n", {"w": "constructor"}),
    *[(_COUNTED, {"n": number}) for number in _NUMBERS],
]


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_the_browser_formats_as_the_server_does(language: Language) -> None:
    patterns = [(next(iter(read(source, where="sample").values())), values) for source, values in _SAMPLES]
    assert _in_node(language, patterns) == [text_of(pattern, values, language) for pattern, values in patterns]


def _in_node(language: Language, patterns: list[tuple[Pattern, dict[str, Value]]]) -> list[str]:
    module = (ROOT / "components" / "ui" / "language.js").read_text(encoding="utf-8")
    without_imports = re.sub(r"^import .*$", "", module, flags=re.MULTILINE).replace("export const", "const")
    known = {str(place): pattern for place, (pattern, _) in enumerate(patterns)}
    told = {"code": language.code, "direction": language.direction, "messages": known}
    values = [values for _, values in patterns]
    script = (
        f"globalThis.window = globalThis; globalThis.hexclaveLanguage = {json.dumps(told)};\n{without_imports}\n"
        f"console.log(JSON.stringify({json.dumps(values)}.map((one, place) => say(String(place), one))));"
    )
    node = Path(sys.executable).parent / "node"
    ended = subprocess.run([node, "--input-type=module", "-e", script], capture_output=True, text=True, check=True)
    texts: list[str] = json.loads(ended.stdout)
    return texts
