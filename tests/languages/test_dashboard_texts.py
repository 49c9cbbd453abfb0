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
# Modules whose texts still stand in the code; nothing is ever added here.
NOT_YET: set[str] = {
    "components/dashboard/apps.py",
    "components/dashboard/audit_log.py",
    "components/dashboard/auth_methods.py",
    "components/dashboard/domains.py",
    "components/dashboard/email_domains.py",
    "components/dashboard/email_drafts.py",
    "components/dashboard/email_edit.py",
    "components/dashboard/email_editor.py",
    "components/dashboard/email_preview.py",
    "components/dashboard/email_settings.py",
    "components/dashboard/email_suppressions.py",
    "components/dashboard/email_templates.py",
    "components/dashboard/email_themes.py",
    "components/dashboard/emails.py",
    "components/dashboard/keys.py",
    "components/dashboard/new_project.py",
    "components/dashboard/onboarding.py",
    "components/dashboard/overview.py",
    "components/dashboard/palette.py",
    "components/dashboard/permissions.py",
    "components/dashboard/projects.py",
    "components/dashboard/reveal.py",
    "components/dashboard/rule_editor.py",
    "components/dashboard/settings.py",
    "components/dashboard/setup.py",
    "components/dashboard/shell.py",
    "components/dashboard/sign_in_preview.py",
    "components/dashboard/sign_up_rules.py",
    "components/dashboard/team_detail.py",
    "components/dashboard/team_settings.py",
    "components/dashboard/user_access.py",
    "components/dashboard/user_detail.py",
    "components/dashboard/user_dialogs.py",
    "components/dashboard/users.py",
    "components/dashboard/users_import.py",
    "state/dashboard/apps.py",
    "state/dashboard/audit_log.py",
    "state/dashboard/auth_methods.py",
    "state/dashboard/domains.py",
    "state/dashboard/email_assistance.py",
    "state/dashboard/email_domains.py",
    "state/dashboard/email_drafts.py",
    "state/dashboard/email_edit.py",
    "state/dashboard/email_settings.py",
    "state/dashboard/email_sources.py",
    "state/dashboard/email_suppressions.py",
    "state/dashboard/email_templates.py",
    "state/dashboard/email_themes.py",
    "state/dashboard/emails.py",
    "state/dashboard/forms.py",
    "state/dashboard/keys.py",
    "state/dashboard/new_project.py",
    "state/dashboard/onboarding.py",
    "state/dashboard/overview.py",
    "state/dashboard/palette.py",
    "state/dashboard/permissions.py",
    "state/dashboard/projects.py",
    "state/dashboard/reveal.py",
    "state/dashboard/rule_conditions.py",
    "state/dashboard/rule_editor.py",
    "state/dashboard/settings.py",
    "state/dashboard/setup.py",
    "state/dashboard/shell.py",
    "state/dashboard/sign_up_rules.py",
    "state/dashboard/team_changes.py",
    "state/dashboard/team_detail.py",
    "state/dashboard/team_settings.py",
    "state/dashboard/unsaved.py",
    "state/dashboard/user_access.py",
    "state/dashboard/user_changes.py",
    "state/dashboard/user_detail.py",
    "state/dashboard/user_facts.py",
    "state/dashboard/user_questions.py",
    "state/dashboard/users.py",
    "state/dashboard/users_bulk.py",
    "state/dashboard/watching.py",
    "state/dashboard/wording.py",
}
# What a person would read: a word that begins a text, or several words. Styles, paths and scripts look different.
_WORDS = re.compile(r"[A-Z][a-z]+\b|[A-Za-z]+ [a-z]{2,}")
_NO_TEXTS = re.compile(r"var\(--|^M[0-9]|=>|https?:|^[A-Z][a-zA-Z]*Error$")
# What other systems call a thing, and values of the contract.
_NAMES = {"Transactional", "Marketing", "Content-Type", "Resend", "SMTP", "JSON", "CSV"}


def _trees() -> Iterator[tuple[str, ast.Module]]:
    for room in ROOMS:
        for file in sorted((ROOT / room).rglob("*.py")):
            yield str(file.relative_to(ROOT)), ast.parse(file.read_text(encoding="utf-8"))


def _texts(tree: ast.Module) -> Iterator[ast.Constant]:
    docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node


def test_the_dashboard_says_nothing_but_messages() -> None:
    found = [
        f"{name}:{node.lineno} {node.value!r}"
        for name, tree in _trees()
        if name not in NOT_YET
        for node in _texts(tree)
        if node.value not in _NAMES and _WORDS.match(str(node.value)) and not _NO_TEXTS.search(str(node.value))
    ]
    assert found == []


def test_what_is_listed_as_not_yet_done_is_not_done() -> None:
    assert {name for name, _ in _trees()} >= NOT_YET


def test_every_message_is_used() -> None:
    said = {str(node.value) for _, tree in _trees() for node in _texts(tree)}
    assert dashboard_messages().keys() - said == set()


@pytest.mark.parametrize("key", dashboard_messages())
def test_no_message_has_markup(key: str) -> None:
    assert not re.search("[<>\ue000-\ue002\u2028\u2029]", json.dumps(dashboard_messages()[key], ensure_ascii=False))


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
