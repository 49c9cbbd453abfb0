"""The history of a sign-up rule: whom it matched, page by page, for administrators of the project only."""

import uuid
from datetime import timedelta

import pytest
from sqlmodel import Session

from hexclave_app.services import sign_up_rule_statistics
from models import SignUpRuleTrigger
from models.base import JsonValue, utc_now
from state.dashboard import rule_history
from state.dashboard.rule_history import PAGE_SIZE, RuleHistoryState
from state.dashboard.sign_up_rules import SignUpRulesState
from tests.state.scenes import ProjectScene
from tests.state.tabs import run, targets

RULE: dict[str, JsonValue] = {"enabled": True, "displayName": "No spam", "condition": "true", "action": {"type": "log"}}


def matched(project: ProjectScene, tenancy_id: uuid.UUID, count: int, *, rule_id: str = "spam") -> None:
    """So many matches, each a minute older than the one before."""
    now = utc_now()

    def add(session: Session) -> None:
        for number in range(count):
            at = now - timedelta(minutes=number)
            sign_up_rule_statistics.count(session, tenancy_id=tenancy_id, rule_id=rule_id, action="reject", now=at)
            trigger = SignUpRuleTrigger(
                tenancy_id=tenancy_id,
                created_at=at,
                rule_id=rule_id,
                action="reject",
                email=f"user{number}@example.com",
                auth_method="oauth" if number == 1 else "password",
                oauth_provider="github" if number == 1 else None,
            )
            session.add(trigger)

    project.installation.db.call(add)


@pytest.fixture
def scene(project: ProjectScene) -> ProjectScene:
    project.configure({"auth.signUpRules.spam": RULE})
    foreign = project.installation.tenancies
    matched(project, project.tenancy().id, PAGE_SIZE + 3)
    matched(project, project.tenancy().id, 1, rule_id="other")
    other = project.installation.db.call(lambda session: foreign.find(session, project.foreign_id, "main"))
    assert other is not None
    matched(project, other.id, 1)
    return project


@pytest.mark.anyio
async def test_matches_are_listed_newest_first_and_page_by_page(scene: ProjectScene) -> None:
    dialog = await scene.tab().state(RuleHistoryState)
    await run(dialog.open_for("spam"))
    assert (dialog.is_open, dialog.is_loading, dialog.name, dialog.has_more) == (True, False, "No spam", True)
    assert [(row.email, row.method, row.action) for row in dialog.rows[:2]] == [
        ("user0@example.com", "Password", "reject"),
        ("user1@example.com", "GitHub", "reject"),
    ]
    for _ in range(2):
        await run(dialog.show_more())
    emails = [row.email for row in dialog.rows]
    assert emails == [f"user{number}@example.com" for number in range(PAGE_SIZE + 3)]
    assert not dialog.has_more
    await run(dialog.toggle(False))
    await run(dialog.open_for("spam"))
    assert len(dialog.rows) == PAGE_SIZE
    await run(dialog.reload())
    assert len(dialog.rows) == PAGE_SIZE


@pytest.mark.anyio
async def test_the_list_ends_after_the_newest_ones(scene: ProjectScene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rule_history, "MOST", PAGE_SIZE)
    dialog = await scene.tab().state(RuleHistoryState)
    await run(dialog.open_for("spam"))
    assert (len(dialog.rows), dialog.has_more) == (PAGE_SIZE, False)
    await run(dialog.show_more())
    assert len(dialog.rows) == PAGE_SIZE


@pytest.mark.anyio
async def test_only_rules_of_the_project_have_a_history(scene: ProjectScene) -> None:
    dialog = await scene.tab().state(RuleHistoryState)
    assert "This rule is gone." in targets(await run(dialog.open_for("other")))
    assert (dialog.error, dialog.is_open, dialog.rows) == ("", False, [])
    stranger = await scene.tab(scene.cleo).state(RuleHistoryState)
    stranger._rule_id, stranger.has_more = "spam", True
    for updates in (stranger.open_for("spam"), stranger.show_more(), stranger.reload()):
        await run(updates)
    assert stranger.rows == []


@pytest.mark.anyio
async def test_the_list_draws_and_counts_the_last_days(scene: ProjectScene) -> None:
    page = await scene.tab().state(SignUpRulesState)
    assert targets(await run(page.load())) == ""
    [row] = page.rows
    assert (row.recent, row.all_time, row.bars != "") == (PAGE_SIZE + 3, PAGE_SIZE + 3, True)
