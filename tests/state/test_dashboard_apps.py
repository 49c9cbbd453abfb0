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
