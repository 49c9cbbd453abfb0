"""The dashboard's texts stand in message files, too; it speaks English to everybody."""

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import reflex as rx

from components.ui import words, words_around
from hexclave_app.frontend import ROOT
from hexclave_app.languages.catalog import dashboard_messages, dashboard_pattern
from hexclave_app.languages.patterns import arguments_of, text_of
from hexclave_app.languages.supported import ENGLISH

ROOMS = ("components/dashboard", "state/dashboard")
# What a person would read: a word that begins a text, several words, or the part of a text beside a value.
_WORDS = re.compile(r"^[A-Z][a-z]+\b|\bE-mail|[A-Za-z]{2,} [a-z]{2,}|^ [a-z]{2,}|[a-z]{2,}:? $")
# Styles, paths, names of errors and scripts look different.
_NO_TEXTS = re.compile(r"var\(--|px solid|^M[0-9]|=>|;\n|https?:|^[A-Z][a-zA-Z]*Error$")
# What other systems call a thing, and values of the contract.
_NAMES = {"Transactional", "Marketing", "Content-Type", "Resend", "SMTP", "JSON", "CSV"}
# A command, an expression and its operator, and what a state says to its page.
_CODE = {
    "npm install @stackframe/js",
    'emailDomain in ["example.com"] && riskScores.bot < 50',
    " in [",
    "does not match",
}
_WRITES_CODE = {"snippets_of", "_javascript", "_curl", "_python", "console_snippet"}
"""Functions whose texts are programs to copy."""
# What components show or read out: their children and these properties. There, a single small word is a text, too.
_SHOW = {"badge", "button", "callout", "checkbox", "description", "empty_state", "fact", "heading", "item", "label"}
_SHOW |= {"legend", "link", "link_button", "option", "question", "section", "strong", "summary", "text", "title"}
_SHOWN = {"aria_label", "caption", "confirm_label", "empty", "hint", "label", "placeholder", "submit_label", "text"}
_SHOWN |= {"title"}


def _trees() -> Iterator[tuple[str, ast.Module]]:
    files = [file for room in ROOMS for file in sorted((ROOT / room).rglob("*.py"))]
    # The titles of tabs, and who may not do what.
    for file in (*files, ROOT / "hexclave_app" / "pages" / "dashboard.py", ROOT / "state" / "base.py"):
        yield str(file.relative_to(ROOT)), ast.parse(file.read_text(encoding="utf-8"))


def _texts(tree: ast.Module) -> Iterator[ast.Constant]:
    without = set(_no_texts(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in without:
            yield node


def _no_texts(tree: ast.Module) -> Iterator[int]:
    """Docstrings, types, programs to copy, and what is said to programmers."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            yield id(node.value)
        elif isinstance(node, ast.AnnAssign | ast.arg) and node.annotation is not None:
            yield from map(id, ast.walk(node.annotation))
        elif _is_for_programmers(node):
            yield from map(id, ast.walk(node))


def _is_for_programmers(node: ast.AST) -> bool:
    if isinstance(node, ast.FunctionDef):
        return node.name in _WRITES_CODE
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("RuntimeError", "TypeError")


def _is_text(text: str) -> bool:
    return text not in _NAMES | _CODE and bool(_WORDS.search(text)) and not _NO_TEXTS.search(text)


def _plain(node: ast.expr) -> Iterator[str]:
    """The texts of an expression that is a text, or a choice between texts."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield from (str(part.value) for part in node.values if isinstance(part, ast.Constant))
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("cond", "match"):
        for one in node.args[1:]:
            yield from _plain(one)


def _shown(tree: ast.Module) -> Iterator[ast.expr]:
    """What the calls of a module put on the page themselves."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _SHOW:
            yield from node.args
        if isinstance(node, ast.Call):
            yield from (one.value for one in node.keywords if one.arg in _SHOWN)


def test_the_dashboard_says_nothing_but_messages() -> None:
    found = [
        f"{name}:{node.lineno} {node.value!r}"
        for name, tree in _trees()
        for node in _texts(tree)
        if _is_text(str(node.value))
    ]
    assert found == []


def test_components_show_nothing_but_messages() -> None:
    found = [
        f"{name}:{node.lineno} {text!r}"
        for name, tree in _trees()
        if name.startswith("components/")
        for node in _shown(tree)
        for text in _plain(node)
        if re.search("[A-Za-z]{2,}", text) and text not in _NAMES | _CODE and not _NO_TEXTS.search(text)
    ]
    assert found == []


def test_every_message_is_used() -> None:
    said = {str(node.value) for _, tree in _trees() for node in _texts(tree)}
    assert dashboard_messages().keys() - said == set()


def test_no_message_has_markup() -> None:
    marked = {
        key
        for key, pattern in dashboard_messages().items()
        if re.search("[<>\ue000-\ue002\u2028\u2029]", json.dumps(pattern, ensure_ascii=False))
    }
    assert marked == set()


def test_a_text_is_in_the_page_as_built() -> None:
    assert words("teams-title") == "Teams"
    assert words("teams-name-length", most=256) == "Enter a name of 1 to 256 characters."


@pytest.mark.parametrize(
    ("key", "names"), [("no-such-key", set()), ("teams-title", {"name"}), ("teams-name-length", set())]
)
def test_a_component_cannot_say_what_there_is_not(key: str, names: set[str]) -> None:
    with pytest.raises(ValueError, match=key):
        dashboard_pattern(key, names)


def test_values_of_the_browser_are_put_in_there() -> None:
    text = words("teams-name-length", most=rx.Var("most", _var_type=int))
    assert isinstance(text, rx.Var)
    module = (ROOT / "components" / "ui" / "language.js").read_text(encoding="utf-8")
    without_imports = re.sub(r"^import .*$", "", module, flags=re.MULTILINE).replace("export const", "const")
    script = f"{without_imports}\nconst most = 7;\nconsole.log({text!s});"
    node = Path(sys.executable).parent / "node"
    ended = subprocess.run([node, "--input-type=module", "-e", script], capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == text_of(dashboard_messages()["teams-name-length"], {"most": 7}, ENGLISH)


def test_a_piece_of_the_page_stands_in_its_place() -> None:
    shown = str(words_around("teams-name-length", most=rx.text.strong("256")))
    assert shown.index("Enter a name of 1 to ") < shown.index("256") < shown.index(" characters.")
    assert arguments_of(dashboard_messages()["teams-name-length"]) == {"most"}


def test_values_may_stand_beside_a_piece_of_the_page() -> None:
    bold = rx.text.strong("No spam")
    says: rx.Var[str] = rx.Var("verdict", _var_type=str)
    shown = str(words_around("sign-up-rules-verdict-error", rule=bold, says=says, error="no such field"))
    assert shown.index("No spam") < shown.index("verdict") < shown.index("no such field")
    assert "matches" in str(words_around("sign-up-rules-verdict", rule=bold, says="matches"))


@pytest.mark.parametrize(
    "pieces", [{"rule": "No spam", "says": "matches"}, {"rule": rx.text("No spam"), "says": rx.text("matches")}]
)
def test_exactly_one_piece_of_the_page_stands_in_a_message(pieces: dict[str, str | rx.Component]) -> None:
    with pytest.raises(ValueError, match="Exactly one"):
        words_around("sign-up-rules-verdict", **pieces)
