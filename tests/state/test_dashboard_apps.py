"""The catalogue of apps, API keys, and the command palette."""

import pytest

from state.dashboard.apps import ApiKeysAppState, AppsState
from state.dashboard.palette import PaletteState
from state.dashboard.shell import ShellState
from tests.state.scenes import ProjectScene
from tests.state.tabs import run, targets


@pytest.mark.anyio
async def test_apps_are_found_and_switched(project: ProjectScene) -> None:
    page = await project.tab().state(AppsState)
    await run(page.load())
    names = [card.name for card in page.cards]
    assert "Webhooks" in names
    assert "Catalyst" not in names  # alpha
    before = project.config().apps.installed["webhooks"].enabled
    await run(page.switch("webhooks", not before))
    assert project.config().apps.installed["webhooks"].enabled is not before
    assert "no such app" in targets(await run(page.switch("catalyst", True)))
    await run(page.change_search("hooks"))
    assert [card.name for card in page.cards] == ["Webhooks"]


@pytest.mark.anyio
async def test_pages_of_apps_that_are_not_installed_lead_to_the_catalogue(project: ProjectScene) -> None:
    tab = project.tab()
    shell, palette = await tab.state(ShellState), await tab.state(PaletteState)
    tab.go(f"/projects/{project.project_id}/team-settings")
    assert f"/projects/{project.project_id}/apps?closed=teams" in targets(await run(shell.enter()))
    assert {"teams", "rbac", "api-keys"} < set(shell.closed_apps)
    assert not {"authentication", "fraud-protection", "emails"} & set(shell.closed_apps)
    await run(palette.toggle(True))
    assert not {"Teams", "Team permissions"} & {hit.label for hit in palette.hits}
    for page in ("", "/users", "/project-keys", "/email-sent", "/audit-log", "/apps?closed=teams", "/teams-of-mine"):
        tab.go(f"/projects/{project.project_id}{page}")
        assert await run(shell.enter()) == []


@pytest.mark.anyio
async def test_the_catalogue_installs_what_somebody_wanted_to_open(project: ProjectScene) -> None:
    tab = project.tab()
    shell, catalogue = await tab.state(ShellState), await tab.state(AppsState)
    await run(shell.enter())
    tab.go(f"/projects/{project.project_id}/apps?closed=teams")
    await run(catalogue.load())
    assert catalogue.closed == "Teams"
    assert await run(catalogue.switch("teams", True)) == [AppsState.refresh, ShellState.show_apps]
    for event in (catalogue.refresh, shell.show_apps):
        await run(event())
    assert (catalogue.closed, "teams" in shell.closed_apps) == ("", False)
    tab.go(f"/projects/{project.project_id}/teams/7f518f51-9038-47ee-91bb-faf565ae3831")
    assert await run(shell.enter()) == []
    tab.go(f"/projects/{project.project_id}/apps?closed=%3Cscript%3E")
    await run(catalogue.load())
    assert catalogue.closed == ""


@pytest.mark.anyio
async def test_api_keys_are_switched_by_administrators_only(project: ProjectScene) -> None:
    page = await project.tab(project.cleo).state(ApiKeysAppState)
    await run(page.switch("user", True))
    assert not project.config().api_keys.enabled.user
    mine = await project.tab().state(ApiKeysAppState)
    await run(mine.load())
    await run(mine.switch("user", True))
    await run(mine.switch("everybody", True))
    enabled = project.config().api_keys.enabled
    assert (enabled.user, enabled.team) == (True, False)


@pytest.mark.anyio
async def test_the_palette_finds_pages_people_and_own_projects(project: ProjectScene) -> None:
    project.add_user("grace@example.com")
    project.add_user("grace@example.net", project_id=project.foreign_id)
    tab = project.tab()
    await run((await tab.state(ShellState)).enter())
    palette = await tab.state(PaletteState)
    await run(palette.toggle(True))
    assert {"Users", "Audit log"} <= {hit.label for hit in palette.hits}
    await run(palette.change_query("SMTP"))
    assert [hit.label for hit in palette.hits] == ["E-mail settings"]
    await run(palette.change_query("grace"))
    assert [hit.hint for hit in palette.hits] == ["grace@example.com"]
    await run(palette.toggle(False))
    assert palette.hits == []


@pytest.mark.anyio
async def test_the_palette_of_a_stranger_is_empty(project: ProjectScene) -> None:
    project.add_user("grace@example.com")
    palette = await project.tab(project.cleo).state(PaletteState)
    await run(palette.change_query("grace"))
    assert palette.hits == []
