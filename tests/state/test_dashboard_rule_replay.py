"""Conditions of sign-up rules, tried on those who signed up already."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from hexclave_app.services import sign_up_replay
from hexclave_app.services.users import records
from hexclave_app.services.users.records import LinkedAccountSummary
from models import SignUpRuleCount, User
from state.dashboard.rule_editor import RuleEditorState
from tests.state.scenes import ProjectScene
from tests.state.tabs import run

GITHUB = LinkedAccountSummary("github", "1", None)


def let_users_age(project: ProjectScene) -> None:
    """Make every user a second older, so that the next one is newer whatever the clock's resolution."""

    def age(session: Session) -> None:
        for user in session.exec(select(User)):
            user.signed_up_at -= timedelta(seconds=1)

    project.installation.db.call(age)


async def tried(project: ProjectScene, condition: str) -> RuleEditorState:
    editor = await project.tab().state(RuleEditorState)
    await run(editor.open_for(""))
    await run(editor.change_text(condition))
    await run(editor.replay())
    return editor


@pytest.mark.anyio
async def test_a_condition_names_whom_it_would_have_met(project: ProjectScene) -> None:
    for email in ("ada@example.com", "eve@spam.example", "mallory@spam.example"):
        project.add_user(email)
        let_users_age(project)
    project.add_user("trudy@spam.example", project_id=project.foreign_id)
    editor = await tried(project, 'emailDomain == "spam.example"')
    assert editor.replayed == "It matches 2 of the last 3 users:"
    assert list(editor.replayed_users) == ["mallory@spam.example", "eve@spam.example"]
    await run(editor.change_text('emailDomain == "nobody.example"'))
    assert (editor.replayed, editor.replayed_users) == ("", [])  # it was about another condition
    await run(editor.replay())
    assert editor.replayed == "It matches none of the last 3 users."


@pytest.mark.anyio
async def test_trying_writes_and_counts_nothing(project: ProjectScene) -> None:
    project.add_user("eve@spam.example")
    editor = await tried(project, 'emailDomain == "spam.example"')
    assert editor.replayed == "It matches the only user."
    assert project.installation.db.call(lambda session: list(session.exec(select(SignUpRuleCount)).all())) == []
    assert dict(project.config().auth.sign_up_rules) == {}


@pytest.mark.anyio
async def test_nobody_has_signed_up_yet(project: ProjectScene) -> None:
    assert (await tried(project, 'email == "a@b.example"')).replayed == "Nobody has signed up yet."


@pytest.mark.anyio
@pytest.mark.parametrize("condition", ["", "email ==", 'size(email) == "x"', "1 + 1"])
async def test_what_cannot_be_evaluated_is_not_tried(project: ProjectScene, condition: str) -> None:
    project.add_user("eve@spam.example")
    editor = await tried(project, condition)
    assert editor.error != ""
    assert (editor.replayed, editor.replayed_users) == ("", [])


@pytest.mark.anyio
async def test_strangers_learn_nothing_about_users(project: ProjectScene) -> None:
    project.add_user("eve@spam.example")
    editor = await project.tab(project.cleo).state(RuleEditorState)
    editor.text = 'emailDomain == "spam.example"'
    await run(editor.replay())
    assert (editor.replayed, editor.replayed_users) == ("", [])


@pytest.mark.parametrize(
    ("ways", "method", "provider"),
    [
        ({"has_password": True, "has_otp": True}, "password", None),
        ({"has_otp": True}, "otp", None),
        ({"has_otp": True, "oauth_accounts": (GITHUB,)}, "oauth", "github"),
        ({"has_passkey": True}, "passkey", None),
    ],
)
def test_how_somebody_came_in_is_guessed_from_what_they_have(
    project: ProjectScene, ways: dict[str, Any], method: str, provider: str | None
) -> None:
    user_id = project.add_user("ada@example.com")
    tenancy = project.tenancy()
    user = project.installation.db.call(records.find, tenancy_id=tenancy.id, user_id=user_id)
    assert user is not None
    nothing = {"has_password": False, "has_otp": False, "has_passkey": False}
    facts = sign_up_replay.facts_of(replace(user, **{**nothing, **ways}))
    assert (facts.email, facts.auth_method, facts.oauth_provider) == ("ada@example.com", method, provider)
