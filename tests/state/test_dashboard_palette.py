"""The command palette: what fits comes first, what was opened last is remembered, strangers find nothing."""

import pytest
from sqlmodel import Session

from hexclave_app.services import teams, tenancies
from models.base import JsonValue
from state.dashboard.palette import PaletteState
from state.dashboard.teams import CreateTeamState
from state.dashboard.user_changes import CreateUserState
from tests.state.scenes import ProjectScene
from tests.state.tabs import run, targets
from tests.support.outbox import add_mail

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
