"""Sign-up rules: their order and switches wait for Save, whatever others do to the rules meanwhile."""

import pytest

from models.base import JsonValue
from state.dashboard.rule_editor import RuleEditorState
from state.dashboard.sign_up_rules import BARS_HEIGHT, RuleTesterState, SignUpRulesState, bars
from tests.state.scenes import ProjectScene
from tests.state.tabs import Tab, run, targets

IMAGINED = {"test_email": "eve@spam.example", "test_method": "password", "test_bot": "0", "test_abuse": "0"}


def rule(name: str, priority: int) -> dict[str, JsonValue]:
    condition = 'emailDomain == "spam.example"'
    return {
        "enabled": True,
        "displayName": name,
        "priority": priority,
        "condition": condition,
        "action": {"type": "reject"},
    }


def stored(project: ProjectScene) -> list[tuple[str, bool]]:
    return [(rule_id, one.enabled) for rule_id, one in project.config().auth.sign_up_rules.items()]


@pytest.fixture
def three(project: ProjectScene) -> ProjectScene:
    project.configure({f"auth.signUpRules.{name}": rule(name, 9 - number) for number, name in enumerate("abc")})
    return project


async def opened(tab: Tab) -> SignUpRulesState:
    page = await tab.state(SignUpRulesState)
    await run(page.load())
    return page


@pytest.mark.anyio
async def test_a_rule_is_put_anywhere_and_the_place_is_read_out(three: ProjectScene) -> None:
    page = await opened(three.tab())
    await run(page.put("c", 0))
    assert ([row.id for row in page.rows], page.moved) == (["c", "a", "b"], "c is now rule 1 of 3. Not saved yet.")
    await run(page.put("c", 99))
    assert (page.moved, page.staged_count) == ("c is now rule 3 of 3. Not saved yet.", 0)
    await run(page.put("a", -5))
    await run(page.put("a", 1))
    await run(page.discard())
    assert [row.id for row in page.rows] == ["a", "b", "c"]
    assert "gone" in targets(await run(page.put("z", 0)))


@pytest.mark.anyio
async def test_order_and_switches_are_written_together(three: ProjectScene) -> None:
    page = await opened(three.tab())
    await run(page.put("c", 0))
    await run(page.switch("rule:a", False))
    await run(page.choose("default_action", "reject"))
    assert [(row.id, row.is_on) for row in page.rows] == [("c", True), ("a", False), ("b", True)]
    assert (page.staged_count, stored(three)) == (3, [("a", True), ("b", True), ("c", True)])
    await run(page.save())
    assert stored(three) == [("c", True), ("a", False), ("b", True)]
    auth = three.config().auth
    assert [one.priority for one in auth.sign_up_rules.values()] == [3, 2, 1]
    assert auth.sign_up_rules_default_action == "reject"


@pytest.mark.anyio
async def test_rules_that_come_and_go_do_not_disturb_the_order(three: ProjectScene) -> None:
    page = await opened(three.tab())
    await run(page.put("c", 0))
    await run(page.switch("rule:b", False))
    three.configure({"auth.signUpRules.new": rule("new", 99), "auth.signUpRules.b": None})
    await run(page.refresh())
    assert ([row.id for row in page.rows], page.staged_count, page.conflicts) == (["new", "c", "a"], 1, [])
    await run(page.save())
    assert [rule_id for rule_id, _ in stored(three)] == ["new", "c", "a"]


@pytest.mark.anyio
async def test_another_order_by_somebody_else_is_said_first(three: ProjectScene) -> None:
    page = await opened(three.tab())
    await run(page.put("c", 0))
    three.configure({"auth.signUpRules.b": rule("b", 100)})
    await run(page.save())
    assert ["Order of the rules" in one.text for one in page.consequences] == [True]
    assert [rule_id for rule_id, _ in stored(three)] == ["b", "a", "c"]
    await run(page.save_anyway())
    assert [rule_id for rule_id, _ in stored(three)] == ["c", "a", "b"]


@pytest.mark.anyio
async def test_a_rule_that_is_edited_meanwhile_keeps_the_edit(three: ProjectScene) -> None:
    tab = three.tab()
    page, editor = await opened(tab), await tab.state(RuleEditorState)
    await run(page.put("c", 0))
    await run(editor.open_for("c"))
    await run(editor.submit({"rule_name": "renamed", "rule_enabled": "on"}))
    await run(page.refresh())
    await run(page.save())
    assert three.config().auth.sign_up_rules["c"].display_name == "renamed"
    assert [rule_id for rule_id, _ in stored(three)] == ["c", "a", "b"]


@pytest.mark.anyio
async def test_the_trial_counts_what_is_not_saved_yet(three: ProjectScene) -> None:
    tab = three.tab()
    page, tester = await opened(tab), await tab.state(RuleTesterState)
    await run(tester.submit(IMAGINED))
    assert (tester.is_allowed, [one.name for one in tester.verdicts]) == (False, ["a"])
    await run(page.put("c", 0))
    for name in "ab":
        await run(page.switch(f"rule:{name}", False))
    await run(tester.submit(IMAGINED))
    assert [one.name for one in tester.verdicts] == ["c"]
    await run(page.switch("rule:c", False))
    await run(page.choose("default_action", "reject"))
    await run(tester.submit(IMAGINED))
    assert (tester.decision, len(tester.verdicts)) == ("Rejected: no rule decides", 3)
    await run(page.discard())
    await run(tester.submit(IMAGINED))
    assert (tester.decision, [one.name for one in tester.verdicts]) == ("Rejected by a rule", ["a"])


def test_the_highest_hour_reaches_the_top_and_the_lowest_is_seen() -> None:
    assert bars([0] * 48) == ""
    assert bars([100, 0, 1]) == f"M1 {BARS_HEIGHT}v-{BARS_HEIGHT}M5 {BARS_HEIGHT}v-2"
