"""The command palette: what fits comes first, what was opened last is remembered, strangers find nothing."""

import json
from typing import Any

import pytest
from reflex.utils.format import format_event_handler
from sqlmodel import Session

from hexclave_app.services import teams, tenancies
from models.base import JsonValue
from state.dashboard.palette import PaletteState
from state.dashboard.palette_places import COMMANDS
from state.dashboard.shell import ShellState
from state.dashboard.teams import CreateTeamState
from state.dashboard.user_changes import CreateUserState
from tests.state.scenes import ProjectScene
from tests.state.tabs import Tab, run, targets
from tests.support.outbox import add_mail
from tests.support.projects import create_project

INSTALLED: dict[str, JsonValue] = {f"apps.installed.{app}.enabled": True for app in ("teams", "api-keys")}


def add_team(project: ProjectScene, name: str) -> str:
    def create(session: Session) -> str:
        tenancy = tenancies.load(session, project.project_id, "main")
        return str(teams.create(session, tenancy=tenancy, display_name=name).id)

    return project.installation.db.call(create)


def found(palette: PaletteState) -> list[tuple[str, str]]:
    return [(hit.kind, hit.label) for hit in palette.hits]


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("users", ("page", "Users")),
        ("team s", ("page", "Team settings")),
        ("project k", ("page", "Project keys")),
        ("athm", ("page", "Auth methods")),
        ("new user", None),
        ("create a u", ("action", "Create a user")),
        ("webh", ("app", "Webhooks")),
        ("qqqq", None),
    ],
)
async def test_the_best_fit_comes_first(project: ProjectScene, query: str, first: tuple[str, str] | None) -> None:
    project.configure(INSTALLED)
    palette = await project.tab().state(PaletteState)
    await run(palette.change_query(query))
    assert (found(palette)[0] if palette.hits else None) == first


@pytest.mark.anyio
async def test_records_are_found_by_name_address_and_id(project: ProjectScene) -> None:
    project.configure(INSTALLED)
    user, team = project.add_user("grace@example.com"), add_team(project, "Gracious")
    project.add_user("gracie@example.com", project_id=project.foreign_id)
    palette = await project.tab().state(PaletteState)
    await run(palette.change_query("grac"))
    assert set(found(palette)) == {("team", "Gracious"), ("user", "grace@example.com")}
    for query, kind in ((str(user), "user"), (team, "team"), ("grace@example.com", "user")):
        await run(palette.change_query(query))
        assert palette.hits[0].kind == kind


@pytest.mark.anyio
async def test_mails_are_found_by_their_recipient_where_the_app_is_installed(project: ProjectScene) -> None:
    add_mail(project.installation, project.tenancy().id, "grace@example.com")
    palette = await project.tab().state(PaletteState)
    for is_installed in (True, False):
        project.configure({"apps.installed.emails.enabled": is_installed})
        await run(palette.change_query("grace@"))
        assert [hit.kind for hit in palette.hits] == ["mail"] * is_installed


@pytest.mark.anyio
async def test_what_was_opened_last_stands_first(project: ProjectScene) -> None:
    palette = await project.tab().state(PaletteState)
    for query in ("domains", "audit"):
        await run(palette.change_query(query))
        await run(palette.choose(palette.hits[0].key))
    await run(palette.choose("forged"))
    await run(palette.toggle(True))
    assert [(hit.label, hit.hint) for hit in palette.hits[:2]] == [
        ("Audit log", "Recent"),
        ("Trusted domains", "Recent"),
    ]
    palette.recent_hits = '[{"key": "x", "address": "https://evil.example"}, 7]'
    await run(palette.toggle(True))
    assert all(hit.hint != "Recent" for hit in palette.hits)


async def palette_of_projects(project: ProjectScene, *names: str) -> tuple[Tab, PaletteState]:
    """Ada's palette on the page of all projects, of which she has these beside the first."""
    for name in names:
        create_project(project.installation, owner_team_id=project.ada.team_id, name=name)
    tab = project.tab_of(project.ada, "/projects")
    await run((await tab.state(ShellState)).enter())
    return tab, await tab.state(PaletteState)


@pytest.mark.anyio
async def test_without_a_project_projects_and_commands_are_offered(project: ProjectScene) -> None:
    project.add_user("grace@example.com")
    _, palette = await palette_of_projects(project, "Engine")
    await run(palette.toggle(True))
    assert {hit.kind for hit in palette.hits} == {
        "project",
        "action",
        *(kind for kind, _, _ in COMMANDS if kind != "tour"),
    }
    assert project.foreign_id not in str(palette.hits)
    await run(palette.change_query("grace"))
    assert palette.hits == []


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("engine", ("project", "Engine")),
        ("users of eng", ("page", "Users of Engine")),
        ("engine audit", ("page", "Audit log of Engine")),
        ("sign out", ("sign-out", "Sign out")),
        ("dark", ("dark", "Dark theme")),
        ("new p", ("action", "New project")),
        ("engine webhooks", None),
        ("engine api keys", None),  # of an app that the project has not installed
    ],
)
async def test_without_a_project_the_best_fit_comes_first(
    project: ProjectScene, query: str, first: tuple[str, str] | None
) -> None:
    _, palette = await palette_of_projects(project, "Engine", "Loom")
    await run(palette.change_query(query))
    assert (found(palette)[0] if palette.hits else None) == first


@pytest.mark.anyio
async def test_projects_are_found_by_their_id(project: ProjectScene) -> None:
    _, palette = await palette_of_projects(project, "Engine")
    for query in (project.project_id, project.project_id[:8]):
        await run(palette.change_query(query))
        assert palette.hits[0].address == f"/projects/{project.project_id}"
    await run(palette.change_query(project.foreign_id))
    assert palette.hits == []


@pytest.mark.anyio
async def test_without_a_project_the_project_opened_last_stands_first(project: ProjectScene) -> None:
    _, palette = await palette_of_projects(project, "Engine", "Loom")
    palette.recent_hits = json.dumps(
        [
            {"key": "page-Users", "kind": "page", "label": "Users", "address": f"/projects/{project.project_id}/users"},
            {"key": "x", "kind": "project", "label": "Foreign", "address": f"/projects/{project.foreign_id}"},
        ]
    )
    await run(palette.change_query("engine"))
    await run(palette.choose(palette.hits[0].key))
    await run(palette.toggle(True))
    assert [(hit.kind, hit.label) for hit in palette.hits if hit.hint == "Recent"] == [("project", "Engine")]


@pytest.mark.anyio
@pytest.mark.parametrize("has_project", [True, False])
async def test_commands_are_done_and_not_remembered(project: ProjectScene, has_project: bool) -> None:
    tab = project.tab() if has_project else project.tab_of(project.ada, "/projects")
    palette = await tab.state(PaletteState)
    for query, done in (("account", "open_account"), ("sign out", "sign_out"), ("dark", "")):
        await run(palette.change_query(query))
        (command,) = [hit for hit in palette.hits if not hit.address]
        events: list[Any] = await run(palette.choose(command.key))
        assert [format_event_handler(one).rpartition(".")[2] for one in events] == ([done] if done else [])
    assert (palette.is_open, palette.recent_hits) == (False, "[]")


@pytest.mark.anyio
async def test_nobody_has_a_palette_without_signing_in(project: ProjectScene) -> None:
    for tab in (project.tab_of(None, "/projects"), project.tab_of(None, "/projects/x", project_id=project.project_id)):
        palette = await tab.state(PaletteState)
        await run(palette.toggle(True))
        await run(palette.change_query("new"))
        assert palette.hits == []


@pytest.mark.anyio
async def test_strangers_find_nothing(project: ProjectScene) -> None:
    project.add_user("grace@example.com")
    palette = await project.tab(project.cleo).state(PaletteState)
    await run(palette.change_query("grace"))
    await run(palette.toggle(True))
    assert palette.hits == []


@pytest.mark.anyio
async def test_actions_open_the_dialog_of_their_page(project: ProjectScene) -> None:
    path = f"/projects/{project.project_id}/teams?create=true"
    tab = project.tab_of(project.ada, path, project_id=project.project_id)
    team, user = await tab.state(CreateTeamState), await tab.state(CreateUserState)
    await run(team.load())
    assert team.is_open
    assert "toggle" in str(await run(user.load()))
    tab.go(f"/projects/{project.project_id}/teams")
    await run(team.load())
    assert (team.is_open, targets(await run(user.load()))) == (False, "")
