"""Settings that a pushed configuration owns: shown to be made there, and never saved here."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import Session

from hexclave_app.config.overrides import Level
from hexclave_app.services import project_configs
from models.base import JsonValue
from state.dashboard.app_page import AppPageState
from state.dashboard.auth_methods import AuthMethodsState, ProviderDialogState
from state.dashboard.config_saves import PushedChangeState
from state.dashboard.config_source import ConfigSourceState
from state.dashboard.onboarding import OnboardingState
from state.dashboard.permissions import PermissionsState
from state.dashboard.rule_editor import RuleEditorState
from state.dashboard.sign_up_rules import SignUpRulesState
from state.dashboard.staged import StagedState
from state.dashboard.team_settings import TeamSettingsState
from tests.state.scenes import ProjectScene
from tests.state.tabs import Tab, run, targets

RULE: dict[str, JsonValue] = {
    "enabled": True,
    "displayName": "No spam",
    "priority": 1,
    "condition": 'emailDomain == "spam.example"',
    "action": {"type": "reject"},
}
PUSHED: dict[str, JsonValue] = {
    "auth.otp.allowSignIn": False,
    "auth.signUpRules.spam": RULE,
    "auth.oauth.providers.github": {"type": "github", "allowSignIn": True, "allowConnectedAccounts": False},
}


def stored(project: ProjectScene) -> dict[Level, JsonValue]:
    def read(session: Session) -> dict[Level, JsonValue]:
        return {level: project_configs.get(session, project_id=project.project_id, level=level) for level in Level}

    return project.installation.db.call(read)


async def page_of(tab: Tab, kind: Any, load: bool = True) -> Any:
    page = await tab.state(kind)
    if load:
        await run(page.load())
    return page


CHANGES: dict[str, tuple[Any, Callable[[Any], Any], dict[str, JsonValue]]] = {
    "a switch": (AuthMethodsState, lambda page: page.switch("otp", True), {"auth.otp.allowSignIn": True}),
    "a choice": (
        AuthMethodsState,
        lambda page: page.choose("strategy", "raise_error"),
        {"auth.oauth.accountMergeStrategy": "raise_error"},
    ),
    "teams": (
        TeamSettingsState,
        lambda page: page.switch("creation", True),
        {"teams.allowClientTeamCreation": True},
    ),
    "onboarding": (
        OnboardingState,
        lambda page: page.switch("verification", True),
        {"onboarding.requireEmailVerification": True},
    ),
    "an app": (AppPageState, lambda page: page.switch("teams", True), {"apps.installed.teams.enabled": True}),
    "a default": (
        PermissionsState,
        lambda page: page.switch("member:team_admin", True),
        {"rbac.defaultPermissions.teamMember": {"team_admin": True, "team_member": True}},
    ),
    "a rule off": (
        SignUpRulesState,
        lambda page: page.switch("rule:spam", False),
        {"auth.signUpRules.spam": {**RULE, "enabled": False}},
    ),
    "the default action": (
        SignUpRulesState,
        lambda page: page.choose("default_action", "reject"),
        {"auth.signUpRulesDefaultAction": "reject"},
    ),
}


@pytest.mark.anyio
@pytest.mark.parametrize("change", CHANGES)
async def test_a_change_is_shown_to_be_made_elsewhere(project: ProjectScene, change: str) -> None:
    project.push(PUSHED)
    before = stored(project)
    kind, make, config = CHANGES[change]
    tab = project.tab(opened_app="teams")
    tab.go(f"/projects/{project.project_id}/team-permissions")
    page, dialog = await page_of(tab, kind), await page_of(tab, PushedChangeState, load=False)
    assert page.is_pushed
    await run(make(page))
    if isinstance(page, StagedState):
        assert not dialog.is_open
        assert "Saved" not in targets(await run(page.save()))
        assert (page.staged_count, page.is_saving) == (1, False)
    assert dialog.is_open
    assert json.loads(dialog.text) == config
    assert any(line.sign == "+" for line in dialog.changes)
    assert stored(project) == before
    await run(dialog.toggle(False))
    assert not dialog.is_open


@pytest.mark.anyio
async def test_all_changes_are_shown_together_to_be_made_elsewhere(project: ProjectScene) -> None:
    project.push({**PUSHED, "auth.allowSignUp": True})
    before = stored(project)
    tab = project.tab()
    page, dialog = await page_of(tab, AuthMethodsState), await page_of(tab, PushedChangeState, load=False)
    await run(page.switch("sign_up", False))
    await run(page.switch("otp", True))
    await run(page.save())
    assert not page.is_asking_to_save  # nothing happens here, so there is nothing to consider
    assert json.loads(dialog.text) == {"auth.allowSignUp": False, "auth.otp.allowSignIn": True}
    assert stored(project) == before


@pytest.mark.anyio
async def test_a_configuration_that_is_pushed_meanwhile_is_not_overwritten(project: ProjectScene) -> None:
    tab = project.tab()
    page, dialog = await page_of(tab, AuthMethodsState), await page_of(tab, PushedChangeState, load=False)
    await run(page.switch("sign_up", False))
    await run(page.save())
    assert page.is_asking_to_save
    project.push(PUSHED)
    before = stored(project)
    await run(page.save_anyway())
    assert json.loads(dialog.text) == {"auth.allowSignUp": False}
    assert stored(project) == before


@pytest.mark.anyio
async def test_rules_are_shown_to_be_deleted_and_written_elsewhere(project: ProjectScene) -> None:
    project.push(PUSHED)
    before = stored(project)
    tab = project.tab()
    page, editor = await page_of(tab, SignUpRulesState), await page_of(tab, RuleEditorState, load=False)
    dialog = await page_of(tab, PushedChangeState, load=False)
    await run(page.ask_to_delete("spam"))
    await run(page.delete())
    assert json.loads(dialog.text) == {"auth.signUpRules.spam": None}
    await run(editor.open_for("spam"))
    await run(editor.choose_action("log"))
    await run(editor.submit({"rule_name": "No spam", "rule_enabled": "on"}))
    assert json.loads(dialog.text)["auth.signUpRules.spam"]["action"] == {"type": "log"}
    assert not editor.is_open
    assert stored(project) == before


@pytest.mark.anyio
async def test_keys_of_providers_are_saved_but_their_use_is_not(project: ProjectScene) -> None:
    project.push(PUSHED)
    tab = project.tab()
    dialog, pushed = await page_of(tab, ProviderDialogState, load=False), await page_of(tab, PushedChangeState, False)
    form = {"provider_sign_in": "on", "provider_client_id": "id", "provider_client_secret": "kept to itself"}
    await run(dialog.open_for("github"))
    await run(dialog.share(False))
    assert "Saved" in targets(await run(dialog.submit(form)))
    github = project.config().auth.oauth.providers["github"]
    assert (github.client_id, github.client_secret, github.is_shared) == ("id", "kept to itself", False)
    before = stored(project)
    assert before[Level.BRANCH] == PUSHED
    await run(dialog.open_for("github"))
    await run(dialog.share(False))
    await run(dialog.submit({**form, "provider_connected": "on"}))
    assert json.loads(pushed.text)["auth.oauth.providers.github"]["allowConnectedAccounts"] is True
    assert "kept to itself" not in str(pushed.changes) + pushed.text
    page = await page_of(tab, AuthMethodsState)
    await run(page.ask_to_remove("github"))
    await run(page.remove())
    assert json.loads(pushed.text) == {"auth.oauth.providers.github": None}
    assert "kept to itself" not in str(pushed.changes)
    assert stored(project) == before


@pytest.mark.anyio
async def test_the_source_is_shown_and_unlinked(project: ProjectScene) -> None:
    page = await page_of(project.tab(), ConfigSourceState)
    assert (page.kind, page.facts, page.is_pushed) == ("unlinked", [], False)
    await run(page.ask(True))
    assert not page.is_asking  # there is nothing to unlink
    project.push(
        PUSHED, owner="ada", repo="engine", branch="main", commit_hash="c0ffee", config_file_path="stack.config.ts"
    )
    await run(page.refresh())
    assert page.facts == [
        ("Repository", "ada/engine"),
        ("Branch", "main"),
        ("File", "stack.config.ts"),
        ("Commit", "c0ffee"),
    ]
    before = stored(project)
    await run(page.ask(True))
    assert page.is_asking
    await run(page.unlink())
    await run(page.refresh())
    assert (page.kind, page.is_pushed, page.is_asking) == ("unlinked", False, False)
    assert stored(project) == before


@pytest.mark.anyio
async def test_strangers_neither_unlink_nor_see_the_source(project: ProjectScene) -> None:
    project.push(PUSHED, owner="ada", repo="engine", branch="main", commit_hash="1", config_file_path="a.ts")
    page = await page_of(project.tab(project.cleo), ConfigSourceState)
    await run(page.unlink())
    assert page.facts == []
    assert (await page_of(project.tab(), ConfigSourceState)).is_pushed
