"""The frame of the dashboard: who gets in, and what they see of projects."""

from collections.abc import Callable

import pytest

from hexclave_app.installation import Installation
from state.dashboard import paths
from state.dashboard.home import HomeState
from state.dashboard.new_project import NEW_TEAM, NewProjectState
from state.dashboard.projects import BY_NAME, ProjectsState, any_of_ones_own
from state.dashboard.reveal import RevealState
from state.dashboard.shell import ShellState
from tests.state.tabs import Tab, run, targets
from tests.support.projects import create_project, dashboard_user, join

TabOf = Callable[..., Tab]


@pytest.mark.anyio
async def test_strangers_are_sent_to_sign_in_and_come_back(tab_of: TabOf) -> None:
    shell = await tab_of(None, "/projects?x=1").state(ShellState)
    events = await run(shell.enter())
    assert "/handler/sign-in?after_auth_return_to=%2Fprojects%3Fx%3D1" in targets(events)
    assert shell.projects == []


@pytest.mark.anyio
async def test_members_see_their_projects_and_nobody_elses(installation: Installation, tab_of: TabOf) -> None:
    ada, cleo = dashboard_user(installation), dashboard_user(installation, "Cleo")
    project = create_project(installation, owner_team_id=ada.team_id, name="Engine")
    own, foreign = tab_of(ada, project_id=project.id), tab_of(cleo, project_id=project.id)
    for tab in (own, foreign):
        await run((await tab.state(ShellState)).enter())
    assert (await own.state(ShellState)).project.name == "Engine"
    assert ((await foreign.state(ShellState)).projects, (await foreign.state(ShellState)).project.id) == ([], "")
    assert "does not exist" in (await foreign.state(ShellState)).error


@pytest.mark.anyio
async def test_the_first_visitor_of_the_root_signs_up(tab_of: TabOf) -> None:
    home = await tab_of(None, "/").state(HomeState)
    assert "/handler/sign-up" in targets(await run(home.enter()))


@pytest.mark.anyio
async def test_signed_in_people_go_from_the_root_to_their_projects(installation: Installation, tab_of: TabOf) -> None:
    home = await tab_of(dashboard_user(installation), "/").state(HomeState)
    assert "/projects" in targets(await run(home.enter()))


@pytest.mark.anyio
@pytest.mark.parametrize(("query", "leads_on"), [("", True), ("?teams=true", False), ("?team_settings={team}", False)])
async def test_without_projects_the_list_leads_to_a_new_one(
    installation: Installation, tab_of: TabOf, query: str, leads_on: bool
) -> None:
    ada = dashboard_user(installation)
    page = await tab_of(ada, f"/projects{query.replace('{team}', str(ada.team_id))}").state(ProjectsState)
    events = await run(page.load())
    assert (paths.NEW_PROJECT in targets(events), page.is_loading) == (leads_on, leads_on)
    create_project(installation, owner_team_id=ada.team_id)
    await run(page.load())
    assert (len(page.cards), page.is_loading) == (1, False)


def test_the_dashboards_own_project_is_nobodys_first() -> None:
    assert [any_of_ones_own([{"id": one} for one in ids]) for ids in ((), ("internal",), ("internal", "a"))] == [
        False,
        False,
        True,
    ]


@pytest.mark.anyio
async def test_projects_are_grouped_by_team_searched_and_counted(installation: Installation, tab_of: TabOf) -> None:
    ada, ben = dashboard_user(installation), dashboard_user(installation, "Ben")
    join(installation, ada, ben.team_id)
    for name, team in (("Alpha", ada.team_id), ("Beta", ada.team_id), ("Gamma", ben.team_id)):
        create_project(installation, owner_team_id=team, name=name)
    projects = await tab_of(ada).state(ProjectsState)
    await run(projects.load())
    shown = [(group.team, [(card.name, card.users) for card in group.cards]) for group in projects.groups]
    assert shown == [
        ("Ada's Team", [("Beta", "0 users"), ("Alpha", "0 users")]),
        ("Ben's Team", [("Gamma", "0 users")]),
    ]
    await run(projects.change_order(BY_NAME))
    await run(projects.change_search("a"))
    assert [card.name for group in projects.groups for card in group.cards] == ["Alpha", "Beta", "Gamma"]
    await run(projects.change_search(" GAM"))
    assert [group.team for group in projects.groups] == ["Ben's Team"]


@pytest.mark.anyio
async def test_a_new_project_shows_its_keys_once(installation: Installation, tab_of: TabOf) -> None:
    tab = tab_of(dashboard_user(installation), "/new-project")
    form, reveal = await tab.state(NewProjectState), await tab.state(RevealState)
    await run(form.load())
    await run(form.submit({"name": "  Engine "}))
    assert (form.created_name, form.error) == ("Engine", "")
    assert [key.value[:4] for key in reveal.keys] == ["pck_", "ssk_"]
    assert reveal.keys[1].value in reveal.snippets.curl
    await run((await tab.state(ShellState)).enter())
    assert (reveal.keys, reveal.snippets.environment) == ([], "")


@pytest.mark.anyio
async def test_a_project_needs_a_name(installation: Installation, tab_of: TabOf) -> None:
    form = await tab_of(dashboard_user(installation), "/new-project").state(NewProjectState)
    await run(form.load())
    await run(form.submit({"name": "   "}))
    assert (form.name_error, form.created_name) == ("Enter a name.", "")


@pytest.mark.anyio
async def test_a_project_can_come_with_a_new_team(installation: Installation, tab_of: TabOf) -> None:
    tab = tab_of(dashboard_user(installation), "/new-project")
    form, projects = await tab.state(NewProjectState), await tab.state(ProjectsState)
    await run(form.choose_team(NEW_TEAM))
    await run(form.submit({"name": "Engine", "team_name": "Analysts"}))
    await run(projects.load())
    assert [(group.team, group.cards[0].name) for group in projects.groups if group.cards] == [("Analysts", "Engine")]


@pytest.mark.anyio
@pytest.mark.parametrize("team", ["no-uuid", "foreign"])
async def test_a_forged_owner_team_creates_nothing(installation: Installation, tab_of: TabOf, team: str) -> None:
    ada, cleo = dashboard_user(installation), dashboard_user(installation, "Cleo")
    tab = tab_of(cleo, "/new-project")
    form = await tab.state(NewProjectState)
    await run(form.choose_team(str(ada.team_id) if team == "foreign" else team))
    await run(form.submit({"name": "Engine"}))
    assert form.error != ""
    assert (form.created_name, (await tab.state(RevealState)).keys) == ("", [])
