"""The stored configuration as text: reviewed, replaced as a whole, and never with a secret in it."""

import json
from typing import Any

import pytest

from hexclave_app.config.hiding import HIDDEN
from hexclave_app.config.overrides import Level, Override
from hexclave_app.services import project_configs
from state.dashboard.expert_mode import BranchTextState, EnvironmentTextState, ExpertModeState, OverrideEditor
from tests.state.scenes import ProjectScene
from tests.state.tabs import Tab, run, targets

SERVER = {
    "isShared": False,
    "host": "mail.example.com",
    "port": 587,
    "username": "ada",
    "password": "hunter2-of-the-mail-server",
    "senderName": "Ada",
    "senderEmail": "ada@example.com",
}


def stored(project: ProjectScene, level: Level) -> Override:
    return project.installation.db.call(project_configs.get, project_id=project.project_id, level=level)


def write(project: ProjectScene, level: Level, config: dict[str, Any]) -> None:
    """What somebody else does meanwhile."""
    project.installation.db.call(project_configs.patch, project_id=project.project_id, level=level, config=config)


async def opened(tab: Tab, kind: type[OverrideEditor]) -> Any:
    editor = await tab.state(kind)
    await run(editor.open_text())
    return editor


async def submitted(editor: Any, config: object) -> list[object]:
    text = config if isinstance(config, str) else json.dumps(config)
    return await run(editor.submit({f"{editor.LEVEL}-override": text}))


def changed(editor: Any) -> set[str]:
    return {f"{line.sign}{line.text.strip()}" for line in editor.changes if line.sign in "+-"}


@pytest.mark.anyio
async def test_nothing_is_shown_before_the_word_was_typed(project: ProjectScene) -> None:
    tab = project.tab()
    gate = await tab.state(ExpertModeState)
    await run(gate.load())
    await run(gate.refresh())
    await run(gate.enter({"gate": "please"}))
    assert (gate.is_inside, gate.merged, gate.gate_error) == (False, "", "Type the word “expert”.")
    assert await run(gate.enter({"gate": " Expert "})) == [BranchTextState.open_text, EnvironmentTextState.open_text]
    assert json.loads(gate.merged)["auth"]["password"] == {"allowSignIn": True}
    await run(gate.load())
    assert (gate.is_inside, gate.merged) == (False, "")


@pytest.mark.anyio
async def test_an_override_is_reviewed_and_then_replaced_as_a_whole(project: ProjectScene) -> None:
    write(project, Level.BRANCH, {"auth.otp.allowSignIn": True, "teams.allowClientTeamCreation": True})
    editor = await opened(project.tab(), BranchTextState)
    before = stored(project, Level.BRANCH)
    wanted = {"auth.otp.allowSignIn": False}
    await submitted(editor, wanted)
    assert (editor.is_reviewed, editor.problem) == (True, "")
    assert '-"teams.allowClientTeamCreation": true' in changed(editor)
    assert stored(project, Level.BRANCH) == before
    events = await submitted(editor, wanted)
    assert stored(project, Level.BRANCH) == wanted
    assert ExpertModeState.refresh in events
    assert "Saved" in targets(events)
    assert (json.loads(editor.text), editor.changes, editor.is_reviewed) == (wanted, [], False)
    (*_, entry) = project.audit("config.updated")
    assert (entry.target_id, entry.actor_id) == ("branch", str(project.ada.id))


@pytest.mark.anyio
async def test_only_the_reviewed_text_is_stored(project: ProjectScene) -> None:
    editor = await opened(project.tab(), BranchTextState)
    before = stored(project, Level.BRANCH)
    await submitted(editor, {"auth.otp.allowSignIn": True})
    await submitted(editor, {"auth.otp.allowSignIn": True, "auth.passkey.allowSignIn": True})
    assert stored(project, Level.BRANCH) == before
    await submitted(editor, {"auth.otp.allowSignIn": True})
    await run(editor.edit(json.dumps({"auth.otp.allowSignIn": True})))  # late news of the same text
    assert (editor.is_changed, editor.is_reviewed) == (True, True)
    await run(editor.edit("{ }"))
    assert (editor.is_changed, editor.is_reviewed, editor.changes) == (True, False, [])
    await submitted(editor, {"auth.otp.allowSignIn": True})
    assert stored(project, Level.BRANCH) == before


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('{\n  "a": 1,\n}', "Line 2, column 9: this is not JSON (trailing comma"),
        ('{"auth.allowSignUp": true, "auth.allowSignUp": false}', "The key “auth.allowSignUp” stands"),
        ("[]", "must be an object"),
        ("null", "must be an object"),
        ('{"auth.allowSignUp": "yes"}', '"auth.allowSignUp" must be'),
        ('{"auth.nothing": true}', '"auth.nothing" is not a known key'),
        ('{"domains.allowLocalhost": true}', "is not a known key"),  # not at this level
        ('{"project.requirePublishableClientKey": true}', "is not a known key"),
        ('{"auth.allowSignUp": NaN}', "Line 1"),
        ("[" * 100_000, "Line 1"),
        ('{"emails.selectedThemeId": "00000000-0000-4000-8000-000000000000"}', "incomplete or without effect"),
    ],
)
async def test_a_wrong_text_says_where_and_changes_nothing(project: ProjectScene, text: str, problem: str) -> None:
    editor = await opened(project.tab(), BranchTextState)
    before = stored(project, Level.BRANCH)
    for _ in range(2):
        await submitted(editor, text)
    assert problem in editor.problem
    assert stored(project, Level.BRANCH) == before


@pytest.mark.anyio
async def test_old_warnings_are_shown_but_do_not_stop_a_repair(project: ProjectScene) -> None:
    write(project, Level.ENVIRONMENT, {"domains.trustedDomains.a": {"baseUrl": "not a url"}, "emails.server.port": 0.5})
    editor = await opened(project.tab(), EnvironmentTextState)
    repaired = {"domains.trustedDomains.a": {"baseUrl": "not a url"}}
    await submitted(editor, repaired)
    assert (editor.problem, editor.is_reviewed) == ("", True)
    assert any("trustedDomains.a.baseUrl" in warning for warning in editor.warnings)
    await submitted(editor, repaired)
    assert stored(project, Level.ENVIRONMENT) == repaired


@pytest.mark.anyio
async def test_secrets_are_never_shown_and_stay_where_they_are(project: ProjectScene) -> None:
    write(project, Level.ENVIRONMENT, {"emails.server": SERVER})
    tab = project.tab()
    gate, editor = await tab.state(ExpertModeState), await opened(tab, EnvironmentTextState)
    await run(gate.enter({"gate": "expert"}))
    assert "hunter2" not in editor.text + gate.merged
    config = json.loads(editor.text)
    assert config["emails.server"]["password"] == HIDDEN
    config["emails.server"]["host"] = "other.example.com"
    await submitted(editor, config)
    assert changed(editor) == {'-"host": "mail.example.com",', '+"host": "other.example.com",'}
    await submitted(editor, config)
    assert stored(project, Level.ENVIRONMENT)["emails.server"] == {**SERVER, "host": "other.example.com"}
    config["emails.server"]["password"] = "a new one"
    await submitted(editor, config)
    assert '+"password": "(new secret)",' in changed(editor)
    assert "a new one" not in str(editor.changes) + editor.text
    await submitted(editor, config)
    assert stored(project, Level.ENVIRONMENT)["emails.server"] == {
        **SERVER,
        "host": "other.example.com",
        "password": "a new one",
    }


@pytest.mark.anyio
async def test_a_secret_cannot_be_moved_to_another_place(project: ProjectScene) -> None:
    write(project, Level.ENVIRONMENT, {"emails.server": SERVER})
    editor = await opened(project.tab(), EnvironmentTextState)
    before = stored(project, Level.ENVIRONMENT)
    github = {"type": "github", "isShared": False, "clientId": "1", "clientSecret": HIDDEN}
    await submitted(editor, {**json.loads(editor.text), "auth.oauth.providers.github": github})
    assert "auth.oauth.providers.github.clientSecret" in editor.problem
    shown = {**json.loads(editor.text), "emails.server": {**SERVER, "password": HIDDEN, "senderName": HIDDEN}}
    for _ in range(2):
        await submitted(editor, shown)
    assert stored(project, Level.ENVIRONMENT) == {
        **before,
        "emails.server": {**SERVER, "senderName": HIDDEN},
    }


@pytest.mark.anyio
async def test_changes_of_others_are_not_overwritten(project: ProjectScene) -> None:
    editor = await opened(project.tab(), BranchTextState)
    await run(editor.edit('{"auth.otp.allowSignIn": true}'))
    await submitted(editor, {"auth.otp.allowSignIn": True})
    write(project, Level.BRANCH, {"auth.passkey.allowSignIn": True})
    await run(editor.refresh())
    assert editor.is_stale
    await submitted(editor, {"auth.otp.allowSignIn": True})
    assert editor.problem.startswith("Somebody else has changed")
    assert stored(project, Level.BRANCH)["auth.passkey.allowSignIn"] is True
    assert "auth.otp.allowSignIn" not in stored(project, Level.BRANCH)
    await run(editor.open_text())
    assert (editor.is_stale, "auth.passkey.allowSignIn" in editor.text) == (False, True)
    write(project, Level.BRANCH, {"auth.passkey.allowSignIn": False})
    await run(editor.refresh())  # nothing is being written: it just follows
    assert '"auth.passkey.allowSignIn": false' in editor.text


@pytest.mark.anyio
async def test_a_pushed_branch_can_only_be_read(project: ProjectScene) -> None:
    project.push({"auth.otp.allowSignIn": True})
    tab = project.tab()
    editor, environment = await opened(tab, BranchTextState), await opened(tab, EnvironmentTextState)
    assert (editor.is_pushed, environment.is_pushed) == (True, False)
    for _ in range(2):
        events = await submitted(editor, {})
    assert "pushed configuration" in targets(events)
    assert stored(project, Level.BRANCH) == {"auth.otp.allowSignIn": True}
    for _ in range(2):
        await submitted(environment, {"domains.allowLocalhost": False})
    assert stored(project, Level.ENVIRONMENT) == {"domains.allowLocalhost": False}


@pytest.mark.anyio
async def test_strangers_see_and_replace_nothing(project: ProjectScene) -> None:
    before = {level: stored(project, level) for level in Level}
    tab = project.tab(project.cleo)
    gate = await tab.state(ExpertModeState)
    await run(gate.enter({"gate": "expert"}))
    for kind in (BranchTextState, EnvironmentTextState):
        editor = await opened(tab, kind)
        for _ in range(2):
            await submitted(editor, {})
        assert editor.text == ""
    assert (gate.is_inside, gate.merged) == (False, "")
    assert {level: stored(project, level) for level in Level} == before
