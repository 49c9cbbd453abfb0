"""The catalogue of apps, API keys, and the command palette."""

from urllib.parse import urlencode

import pytest

from hexclave_app.config.apps import APPS, APPS_BY_ID
from hexclave_app.pages import routes
from state.dashboard import paths
from state.dashboard.app_page import AppPageState
from state.dashboard.app_pages import ABOUT, PAGES, is_offered, page_of
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
    assert names[: page.installed] == sorted(card.name for card in page.cards if card.is_on)
    await run(page.switch("webhooks", True))
    assert project.config().apps.installed["webhooks"].enabled
    for unknown in ("catalyst", "fraud-protection", "no-such-app"):
        assert "no such app" in targets(await run(page.switch(unknown, True)))
    await run(page.change_search("hooks"))
    assert [card.name for card in page.cards] == ["Webhooks"]


@pytest.mark.anyio
async def test_the_catalogue_has_parts_with_counts(project: ProjectScene) -> None:
    page = await project.tab().state(AppsState)
    await run(page.load())
    counts = {tab.id: tab.count for tab in page.categories}
    assert counts["all"] == len(page.cards)
    assert counts["installed"] == page.installed
    await run(page.choose_category("integrations"))
    assert [card.id for card in page.cards] == ["vercel"]
    await run(page.change_search("mail"))
    assert page.cards == []
    assert {tab.id: tab.count for tab in page.categories} == {
        "all": 1,
        "installed": 1,
        "authentication": 0,
        "developer": 0,
        "integrations": 0,
        "advanced": 0,
    }
    assert "no such choice" in targets(await run(page.choose_category("everything")))
    assert page.category == "integrations"


@pytest.mark.anyio
async def test_hiding_an_app_and_beta_apps_are_asked_about(project: ProjectScene) -> None:
    page = await project.tab().state(AppsState)
    await run(page.load())
    await run(page.switch("emails", False))
    assert (page.asked_name, page.asked_kind) == ("Emails", "hide")
    assert project.config().apps.installed["emails"].enabled
    await run(page.stop_asking())
    assert "no such app" in targets(await run(page.confirm()))  # nothing is asked any more
    assert project.config().apps.installed["emails"].enabled
    await run(page.switch("emails", False))
    assert await run(page.confirm()) == [ShellState.show_apps, AppsState.refresh]
    assert not project.config().apps.installed["emails"].enabled
    await run(page.switch("payments", True))
    assert page.asked_kind == "beta"
    assert not project.config().apps.installed["payments"].enabled
    await run(page.confirm())
    assert project.config().apps.installed["payments"].enabled


@pytest.mark.anyio
async def test_pages_of_apps_that_are_not_installed_lead_to_their_app(project: ProjectScene) -> None:
    tab = project.tab()
    shell, palette = await tab.state(ShellState), await tab.state(PaletteState)
    tab.go(f"/projects/{project.project_id}/team-settings?tab=1")
    led = targets(await run(shell.enter()))
    assert f"/projects/{project.project_id}/apps/teams?page=team-settings%3Ftab%3D1" in led
    assert {"teams", "rbac", "api-keys"} < set(shell.closed_apps)
    assert not {"authentication", "fraud-protection", "emails"} & set(shell.closed_apps)
    await run(palette.toggle(True))
    pages = {hit.label for hit in palette.hits if hit.kind == "page"}
    assert not {"Teams", "Team permissions", "Create a team"} & pages
    assert paths.app(project.project_id, "teams") in {hit.address for hit in palette.hits if hit.kind == "app"}
    for page in ("", "/users", "/project-keys", "/email-sent", "/audit-log", "/apps/teams", "/teams-of-mine"):
        tab.go(f"/projects/{project.project_id}{page}")
        assert await run(shell.enter()) == []


@pytest.mark.anyio
async def test_the_page_of_an_app_leads_on_to_what_was_wanted(project: ProjectScene) -> None:
    home = f"/projects/{project.project_id}"
    tab = project.tab(opened_app="teams")
    shell, page = await tab.state(ShellState), await tab.state(AppPageState)
    await run(shell.enter())
    tab.go(f"{home}/apps/teams?page=teams/7f518f51%3Ftab%3D1")
    await run(page.load())
    assert (page.app.name, page.is_on, page.wanted) == ("Teams", False, f"{home}/teams/7f518f51?tab=1")
    assert [one.address for one in page.pages] == [f"{home}/teams", f"{home}/team-settings"]
    events = await run(page.switch("teams", True))
    assert events[0] == ShellState.show_apps
    assert f"{home}/teams/7f518f51?tab=1" in targets(events)
    for event in (page.refresh, shell.show_apps):
        await run(event())
    assert (page.is_on, page.wanted, "teams" in shell.closed_apps) == (True, "", False)


@pytest.mark.anyio
@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example/teams",
        "//evil.example",
        "teams/../../other/users",
        "teams//evil.example",
        "teams/\\evil.example",
        "users",
        "apps/teams",
        "",
    ],
)
async def test_the_page_of_an_app_leads_nowhere_else(project: ProjectScene, wanted: str) -> None:
    tab = project.tab(opened_app="teams")
    tab.go(f"/projects/{project.project_id}/apps/teams?{urlencode({'page': wanted})}")
    page = await tab.state(AppPageState)
    await run(page.load())
    assert page.wanted == ""
    assert await run(page.switch("teams", True)) == [ShellState.show_apps, AppPageState.refresh]


@pytest.mark.anyio
async def test_parts_of_apps_and_unbuilt_apps_say_so(project: ProjectScene) -> None:
    part = await project.tab(opened_app="fraud-protection").state(AppPageState)
    await run(part.load())
    assert (part.is_on, part.parent.name) == (True, "Authentication")
    assert "no such app" in targets(await run(part.switch("fraud-protection", False)))
    unbuilt = await project.tab(opened_app="webhooks").state(AppPageState)
    await run(unbuilt.load())
    assert (unbuilt.app.is_built, unbuilt.pages, unbuilt.first_page) == (False, [], "")
    for hidden in ("catalyst", "nothing"):
        page = await project.tab(opened_app=hidden).state(AppPageState)
        await run(page.load())
        assert (page.error, page.app.name) == ("There is no such app.", "")


@pytest.mark.anyio
async def test_strangers_neither_see_nor_switch_apps(project: ProjectScene) -> None:
    page = await project.tab(project.cleo, opened_app="teams").state(AppPageState)
    await run(page.load())
    assert (page.app.name, page.pages) == ("", [])
    await run(page.switch("teams", True))
    assert not project.config().apps.installed["teams"].enabled


def test_every_offered_app_is_explained_and_its_pages_exist() -> None:
    registered = {value for name, value in vars(routes).items() if name.isupper()}
    assert set(ABOUT) == {app.id for app in APPS if is_offered(app)}
    for app_id, pages in PAGES.items():
        for _, address in pages:
            assert address("[project_id]") in registered
            assert page_of(APPS_BY_ID[app_id], "1", address("1").removeprefix("/projects/1/"))


@pytest.mark.anyio
async def test_api_keys_are_switched_by_administrators_only(project: ProjectScene) -> None:
    page = await project.tab(project.cleo).state(ApiKeysAppState)
    for updates in (page.load(), page.switch("user", True), page.save()):
        await run(updates)
    assert not project.config().api_keys.enabled.user
    mine = await project.tab().state(ApiKeysAppState)
    await run(mine.load())
    await run(mine.switch("user", True))
    await run(mine.switch("everybody", True))
    await run(mine.save())
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
