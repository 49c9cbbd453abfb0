"""Settings wait for Save: nothing is stored before, everything at once then, and what others change is not lost."""

from collections.abc import Callable

import pytest

from hexclave_app.errors import StatusError
from hexclave_app.services import projects
from state.dashboard.auth_methods import AuthMethodsState
from state.dashboard.permissions import PermissionsState
from state.dashboard.settings import SettingsState
from state.dashboard.staged import StagedState
from state.dashboard.staged_settings import Switch, store
from state.dashboard.team_settings import TeamSettingsState
from tests.state.scenes import ProjectScene
from tests.state.tabs import run, targets

ASKING, NOT_ASKING = "changed = true", "changed = false"


async def opened(project: ProjectScene, kind: type[StagedState] = AuthMethodsState) -> AuthMethodsState:
    """The page in a tab of its own; the type checker takes every page for this one."""
    page = await project.tab().state(kind)
    await run(page.load())
    return page  # type: ignore[return-value]  # see above


@pytest.mark.anyio
async def test_changes_are_counted_shown_and_stored_together(project: ProjectScene) -> None:
    page, before = await opened(project), project.config()
    logged = len(project.audit("config.updated")) + len(project.audit("config.created"))
    events = [targets(await run(page.switch(name, True))) for name in ("otp", "passkey")]
    assert [ASKING in text for text in events] == [True, False]  # the browser knows already
    assert (page.staged_count, project.config()) == (2, before)
    added = [line.text.strip(" ,") for line in page.staged_lines if line.sign == "+"]
    assert added == ['"auth.otp.allowSignIn": true', '"auth.passkey.allowSignIn": true']
    saved = targets(await run(page.save()))
    assert ("Saved." in saved, NOT_ASKING in saved) == (True, True)
    auth = project.config().auth
    assert (auth.otp.allow_sign_in, auth.passkey.allow_sign_in, page.staged_count) == (True, True, 0)
    assert len(project.audit("config.updated")) + len(project.audit("config.created")) == logged + 1


@pytest.mark.anyio
async def test_a_change_that_is_taken_back_is_none(project: ProjectScene) -> None:
    page = await opened(project)
    await run(page.switch("otp", True))
    assert NOT_ASKING in targets(await run(page.switch("otp", False)))
    assert (page.staged_count, page.staged_lines) == (0, [])
    assert "Saved" not in targets(await run(page.save()))


@pytest.mark.anyio
async def test_discarding_shows_what_is_stored(project: ProjectScene) -> None:
    page, before = await opened(project), project.config()
    shown = dict(page.switches)
    await run(page.switch("otp", True))
    await run(page.choose("strategy", "raise_error"))
    await run(page.compare(True))
    assert NOT_ASKING in targets(await run(page.discard()))
    assert (page.switches, page.texts["strategy"], page.staged_count) == (shown, "link_method", 0)
    assert (page.is_comparing, project.config()) == (False, before)


@pytest.mark.anyio
async def test_typed_texts_come_back_into_their_fields(project: ProjectScene) -> None:
    page = await opened(project, SettingsState)
    version = page.texts_version
    await run(page.write("project_name", "Other"))
    assert page.texts_version == version  # whoever types is not interrupted
    await run(page.discard())
    assert (page.texts["project_name"] != "Other", page.texts_version > version) == (True, True)
    await run(page.write("project_name", "a\x00b\ud800c"))
    assert page.texts["project_name"] == "abc"
    await run(page.write("project_name", "x" * 100_000))
    assert len(page.texts["project_name"]) <= 10_000
    await run(page.save())
    assert len(project.tenancy().display_name) < 1_000


@pytest.mark.anyio
async def test_what_others_change_is_shown_and_keeps_what_is_staged(project: ProjectScene) -> None:
    page = await opened(project)
    await run(page.switch("otp", True))
    project.configure({"auth.passkey.allowSignIn": True})
    await run(page.refresh())
    assert (page.switches["otp"], page.switches["passkey"], page.conflicts) == (True, True, [])
    await run(page.save())
    auth = project.config().auth
    assert (auth.otp.allow_sign_in, auth.passkey.allow_sign_in) == (True, True)


@pytest.mark.anyio
async def test_the_same_change_by_somebody_else_leaves_nothing_to_save(project: ProjectScene) -> None:
    page = await opened(project)
    await run(page.switch("otp", True))
    project.configure({"auth.otp.allowSignIn": True})
    assert NOT_ASKING in targets(await run(page.refresh()))
    assert page.staged_count == 0


@pytest.mark.anyio
@pytest.mark.parametrize("is_seen", [True, False])
async def test_another_change_of_the_same_setting_is_said_before_it_is_replaced(
    project: ProjectScene, is_seen: bool
) -> None:
    page = await opened(project)
    await run(page.choose("strategy", "raise_error"))
    project.configure({"auth.oauth.accountMergeStrategy": "allow_duplicates"})
    if is_seen:
        await run(page.refresh())
        assert [page.texts["strategy"], len(page.conflicts)] == ["raise_error", 1]
    await run(page.save())
    assert ["Somebody else" in one.text for one in page.consequences] == [True]
    assert project.config().auth.oauth.account_merge_strategy == "allow_duplicates"
    project.configure({"auth.oauth.accountMergeStrategy": "link_method"})  # and once more, while the question is open
    await run(page.save_anyway())
    assert page.staged_count == 1
    assert project.config().auth.oauth.account_merge_strategy == "link_method"
    await run(page.save())
    await run(page.save_anyway())
    assert (project.config().auth.oauth.account_merge_strategy, page.staged_count) == ("raise_error", 0)


@pytest.mark.parametrize("is_pushed", [True, False])
def test_nothing_is_stored_when_one_of_several_has_moved_in_the_last_moment(
    project: ProjectScene, is_pushed: bool
) -> None:
    settings = {name: Switch(f"auth.{name}.allowSignIn", name) for name in ("otp", "passkey")}
    project.configure({"auth.otp.allowSignIn": True})

    def write(was: bool) -> list[str]:
        seen, new = {"otp": was, "passkey": False}, {"otp": not was, "passkey": True}
        return project.installation.db.call(
            store, project_id=project.project_id, settings=settings, staged=new, seen=seen
        )

    before = project.config()
    assert write(was=False) == ["otp"]
    if is_pushed:
        project.push({})
        with pytest.raises(StatusError, match="pushed configuration"):
            write(was=True)
    assert project.config() == before


@pytest.mark.anyio
async def test_a_project_that_is_opened_next_gets_nothing_of_the_last_one(project: ProjectScene) -> None:
    tab = project.tab_of(project.ada, f"/projects/{project.project_id}", project_id=project.project_id)
    page = await tab.state(AuthMethodsState)
    await run(page.load())
    await run(page.switch("otp", True))
    await run(page.load())
    assert page.staged_count == 0
    page._of = project.foreign_id
    assert "no such setting" in targets(await run(page.switch("otp", True)))
    await run(page.save())
    assert not project.config().auth.otp.allow_sign_in


@pytest.mark.anyio
async def test_staged_values_are_checked_once_more_when_they_are_saved(project: ProjectScene) -> None:
    page, before = await opened(project), project.config()
    for name, value in (("otp", "yes"), ("strategy", "steal")):
        page._staged, page._seen = {name: value}, {name: page._stored[name]}
        assert "no such choice" in targets(await run(page.save()))
        assert (project.config(), page.is_saving) == (before, False)


@pytest.mark.anyio
async def test_production_mode_is_refused_when_a_problem_came_meanwhile(project: ProjectScene) -> None:
    project.configure({"domains.allowLocalhost": False})
    page = await opened(project, SettingsState)
    await run(page.switch("production", True))
    project.configure({"domains.allowLocalhost": True})
    assert "Solve the listed problems" in targets(await run(page.save()))
    stored = project.installation.db.call(projects.get, project_id=project.project_id)
    assert (stored.is_production_mode, page.staged_count) == (False, 1)


PAGES: dict[str, tuple[type[StagedState], str]] = {
    "auth methods": (AuthMethodsState, "otp"),
    "teams": (TeamSettingsState, "creation"),
    "permissions": (PermissionsState, "sign_up:read"),
}


@pytest.mark.anyio
@pytest.mark.parametrize("page_name", PAGES)
async def test_values_of_another_kind_are_refused(project: ProjectScene, page_name: str) -> None:
    kind, name = PAGES[page_name]
    page, before = await opened(project, kind), project.config()
    calls: tuple[Callable[[], object], ...] = (
        lambda: page.switch(name, "true"),
        lambda: page.switch(name, 1),
        lambda: page.choose(name, "on"),
        lambda: page.write(name, "on"),
        lambda: page.switch("project.isProductionMode", True),
        lambda: page.switch("__class__", True),
    )
    for call in calls:
        await run(call())  # type: ignore[arg-type]  # what events return
    assert (page.staged_count, project.config()) == (0, before)
