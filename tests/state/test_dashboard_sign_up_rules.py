"""Sign-up rules: list, editor and tester."""

import json

import pytest

from hexclave_app.config.schema_auth import SignUpRule
from state.dashboard.rule_editor import RuleEditorState
from state.dashboard.sign_up_rules import RuleTesterState, SignUpRulesState
from tests.state.scenes import ProjectScene
from tests.state.tabs import Tab, run, targets

IMAGINED = {"test_email": "eve@spam.example", "test_method": "password", "test_bot": "0", "test_abuse": "0"}


async def add_rule(tab: Tab, name: str, condition: str, action: str = "reject") -> RuleEditorState:
    editor = await tab.state(RuleEditorState)
    await run(editor.open_for(""))
    await run(editor.show("text"))
    await run(editor.change_text(condition))
    await run(editor.choose_action(action))
    await run(editor.submit({"rule_name": name, "rule_enabled": "on"}))
    return editor


def rules(project: ProjectScene) -> list[SignUpRule]:
    return list(project.config().auth.sign_up_rules.values())


@pytest.mark.anyio
async def test_new_rules_go_on_top_and_move(project: ProjectScene) -> None:
    tab = project.tab()
    for name in ("first", "second", "third"):
        await add_rule(tab, name, 'emailDomain == "spam.example"')
    page = await tab.state(SignUpRulesState)
    await run(page.load())
    assert [row.name for row in page.rows] == ["third", "second", "first"]
    await run(page.move(page.rows[2].id, True))
    await run(page.move(page.rows[0].id, True))
    assert [(row.name, row.place, row.is_first, row.is_last) for row in page.rows] == [
        ("third", 0, True, False),
        ("first", 1, False, False),
        ("second", 2, False, True),
    ]
    assert [rule.display_name for rule in rules(project)] == ["third", "second", "first"]
    await run(page.save())
    await run(page.refresh())
    assert [row.name for row in page.rows] == ["third", "first", "second"]
    assert [(rule.display_name, rule.priority) for rule in rules(project)] == [
        ("third", 3),
        ("first", 2),
        ("second", 1),
    ]


@pytest.mark.anyio
async def test_an_expression_without_a_picture_is_kept_to_the_letter(project: ProjectScene) -> None:
    text = '!(email.endsWith("@example.com"))   ||  riskScores.bot>99'
    tab = project.tab()
    await add_rule(tab, "odd", text)
    [rule_id] = project.config().auth.sign_up_rules
    editor = await tab.state(RuleEditorState)
    await run(editor.open_for(rule_id))
    assert (editor.is_drawn, editor.has_picture, editor.text) == (False, False, text)
    await run(editor.show("picture"))
    assert not editor.is_drawn
    await run(editor.submit({"rule_name": "renamed", "rule_enabled": ""}))
    [rule] = rules(project)
    assert (rule.condition, rule.display_name, rule.enabled) == (text, "renamed", False)


@pytest.mark.anyio
async def test_opening_and_saving_a_drawn_rule_does_not_rewrite_it(project: ProjectScene) -> None:
    text = 'email=="a@b.c"||countryCode in ["GB"]'
    tab = project.tab()
    await add_rule(tab, "tight", text)
    [rule_id] = project.config().auth.sign_up_rules
    editor = await tab.state(RuleEditorState)
    await run(editor.open_for(rule_id))
    assert editor.is_drawn
    await run(editor.submit({"rule_name": "tight", "rule_enabled": "on"}))
    assert rules(project)[0].condition == text


@pytest.mark.anyio
async def test_the_builder_writes_and_judges_as_one_types(project: ProjectScene) -> None:
    editor = await project.tab().state(RuleEditorState)
    await run(editor.open_for(""))
    await run(editor.submit({"rule_name": "empty"}))
    assert editor.error
    [clause] = editor.groups[0].clauses
    await run(editor.change_clause(clause.key, "field", "riskScores.bot"))
    await run(editor.change_clause(clause.key, "operator", "startsWith"))
    await run(editor.change_clause(clause.key, "value", "101"))
    assert "0 to 100" in editor.groups[0].clauses[0].problem
    await run(editor.change_clause(clause.key, "value", "50"))
    await run(editor.add_group())
    added = editor.groups[1].clauses[0]
    await run(editor.change_clause(added.key, "operator", "endsWith"))
    await run(editor.change_clause(added.key, "value", "@spam.example"))
    await run(editor.choose_joint("any"))
    assert editor.text == 'riskScores.bot == 50 || email.endsWith("@spam.example")'
    await run(editor.change_sample("eve@spam.example"))
    assert editor.verdict == "matches"
    await run(editor.remove_clause(added.key))
    assert (editor.text, editor.verdict) == ("riskScores.bot == 50", "does not match")


@pytest.mark.anyio
@pytest.mark.parametrize("text", ["email ==", "email.size() > 3", "[1].all(x, true)", "", "x" * 6_000])
async def test_what_sign_ups_could_not_read_is_not_stored(project: ProjectScene, text: str) -> None:
    editor = await add_rule(project.tab(), "broken", text)
    assert (editor.error != "", rules(project)) == (True, [])


@pytest.mark.anyio
async def test_strangers_change_no_rules(project: ProjectScene) -> None:
    await add_rule(project.tab(), "mine", 'email == "a@b.c"')
    [rule_id] = project.config().auth.sign_up_rules
    tab = project.tab(project.cleo)
    page = await tab.state(SignUpRulesState)
    page.deleting_id = rule_id
    await run(page.delete())
    for updates in (page.switch(f"rule:{rule_id}", False), page.put(rule_id, 0), page.save()):
        await run(updates)
    await add_rule(tab, "theirs", 'email == "a@b.c"')
    assert [(rule.display_name, rule.enabled) for rule in rules(project)] == [("mine", True)]


@pytest.mark.anyio
async def test_deleted_rules_are_not_brought_back(project: ProjectScene) -> None:
    tab = project.tab()
    await add_rule(tab, "gone", 'email == "a@b.c"')
    [rule_id] = project.config().auth.sign_up_rules
    page = await tab.state(SignUpRulesState)
    await run(page.load())
    await run(page.ask_to_delete(rule_id))
    await run(page.delete())
    assert rules(project) == []
    assert "no such setting" in targets(await run(page.switch(f"rule:{rule_id}", True)))
    await run(page.refresh())
    assert "gone" in targets(await run(page.put(rule_id, 0)))
    assert rules(project) == []


@pytest.mark.anyio
async def test_the_tester_names_the_deciding_rule(project: ProjectScene) -> None:
    tab = project.tab()
    await add_rule(tab, "No spam", 'emailDomain == "spam.example"')
    await add_rule(tab, "Watch", "riskScores.bot >= 0", action="restrict")
    tester = await tab.state(RuleTesterState)
    await run(tester.submit(IMAGINED))
    assert (tester.is_allowed, tester.decision, tester.restricted_by) == (False, "Rejected by a rule", "Watch")
    assert [(one.name, one.status) for one in tester.verdicts] == [("Watch", "matches"), ("No spam", "matches")]
    assert json.loads(tester.context) == {
        "email": "eve@spam.example",
        "emailDomain": "spam.example",
        "countryCode": "",
        "authMethod": "password",
        "oauthProvider": "",
        "riskScores": {"bot": 0, "free_trial_abuse": 0},
    }
    await run(tester.submit({**IMAGINED, "test_country": "Mars"}))
    assert (tester.error != "", tester.context) == (True, "")
