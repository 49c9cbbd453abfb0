"""Links that name no project: the viewer chooses one of theirs, and gets to the same page in it."""

from urllib.parse import quote

import pytest

from state.dashboard.selector import SelectorState
from state.dashboard.shell import ShellState
from tests.state.scenes import ProjectScene
from tests.state.tabs import Tab, run, targets
from tests.support.projects import create_project, dashboard_user

pytestmark = pytest.mark.anyio


async def follow(tab: Tab) -> tuple[SelectorState, str]:
    state = await tab.state(SelectorState)
    return state, targets(await run(SelectorState.event_handlers["load"].fn(state)))


def address(page: str) -> str:
    return f"/projects/-selector-?page={quote(page, safe='')}"


async def test_a_link_leads_to_the_choice(project: ProjectScene) -> None:
    path = "/projects/-selector-/project-keys?create=true&description=CI"
    state = await project.tab_of(project.ada, path, project_id="-selector-").state(ShellState)
    events = targets(await run(ShellState.event_handlers["enter"].fn(state)))
    assert "/projects/-selector-?page=%2Fproject-keys%3Fcreate%3Dtrue%26description%3DCI" in events


async def test_one_project_leads_on_at_once(project: ProjectScene) -> None:
    state, events = await follow(project.tab_of(project.ada, address("/project-keys?create=true&description=CI")))
    assert f"/projects/{project.project_id}/project-keys?create=true&description=CI" in events
    assert state.choices == []


async def test_several_projects_are_offered_and_foreign_ones_are_not(project: ProjectScene) -> None:
    other = create_project(project.installation, owner_team_id=project.ada.team_id, name="Other").id
    state, events = await follow(project.tab_of(project.ada, address("/users")))
    assert events == ""
    assert {one.href for one in state.choices} == {f"/projects/{project.project_id}/users", f"/projects/{other}/users"}
    assert not state.is_loading


async def test_who_has_no_project_creates_one(project: ProjectScene) -> None:
    newcomer = dashboard_user(project.installation, "Newcomer")
    state, events = await follow(project.tab_of(newcomer, address("/users")))
    assert "/new-project" in events
    assert state.choices == []


@pytest.mark.parametrize(
    ("page", "wanted"),
    [
        ("", "'"),
        ("../../evil", "/evil"),
        ("//evil.example/x", "/evil.example/x"),
        ("/%2fevil.example", "/%2Fevil.example"),
        ("https://evil.example", "/https%3A/evil.example"),
        ("/\\evil", "/%5Cevil"),
    ],
)
async def test_a_link_never_leaves_the_project(project: ProjectScene, page: str, wanted: str) -> None:
    _, events = await follow(project.tab_of(project.ada, address(page)))
    assert f"/projects/{project.project_id}{wanted}" in events
