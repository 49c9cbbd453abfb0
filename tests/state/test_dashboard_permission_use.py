"""Who has a permission, how often it was granted, and the drawing of what contains what."""

import uuid
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session

from hexclave_app.config.overrides import Level
from hexclave_app.services import permission_grants, project_configs, teams
from hexclave_app.services.permission_grants import Holder
from state.dashboard.permission_graph import EMPTY, NODE_HEIGHT, NODE_WIDTH, drawn
from state.dashboard.permission_holders import HoldersState
from state.dashboard.permissions import PermissionsState
from tests.state.scenes import ProjectScene
from tests.state.tabs import Tab, run, targets

ROLES = {
    "rbac.permissions.reader": {"scope": "project", "containedPermissionIds": {}},
    "rbac.permissions.editor": {"scope": "project", "containedPermissionIds": {"reader": True}},
    "rbac.permissions.owner": {"scope": "project", "containedPermissionIds": {"editor": True}},
}


@pytest.fixture
def roles(project: ProjectScene) -> ProjectScene:
    project.installation.db.call(
        project_configs.patch, project_id=project.project_id, level=Level.ENVIRONMENT, config=ROLES
    )
    return project


def tab_on(project: ProjectScene, page: str = "project-permissions", *, is_stranger: bool = False) -> Tab:
    user = project.cleo if is_stranger else project.ada
    return project.tab_of(user, f"/projects/{project.project_id}/{page}", project_id=project.project_id)


def grant(project: ProjectScene, user_id: uuid.UUID, permission_id: str, team_id: uuid.UUID | None = None) -> None:
    project.installation.db.call(
        permission_grants.grant,
        tenancy=project.tenancy(),
        holder=Holder(user_id, team_id),
        permission_id=permission_id,
    )


@pytest.mark.anyio
async def test_holders_have_it_themselves_or_through_another_one(roles: ProjectScene) -> None:
    ada, grace, kay = (roles.add_user(f"{name}@example.com") for name in ("ada", "grace", "kay"))
    grant(roles, ada, "reader")
    grant(roles, grace, "owner")
    tab = tab_on(roles)
    page, dialog = await tab.state(PermissionsState), await tab.state(HoldersState)
    await run(page.load())
    assert {row.id: row.granted for row in page.rows} == {"editor": 0, "owner": 1, "reader": 1}
    await run(dialog.open_for("reader"))
    assert dialog.is_open
    assert {(row.name, row.through) for row in dialog.rows} == {("ada@example.com", ""), ("grace@example.com", "owner")}
    assert dialog.counted.startswith("Granted 2 times")
    await run(dialog.open_for("owner"))
    assert [row.address for row in dialog.rows] == [f"/projects/{roles.project_id}/users/{grace}"]
    assert str(kay) not in str(dialog.rows)


@pytest.mark.anyio
async def test_members_have_it_in_their_team(project: ProjectScene) -> None:
    user_id, tenancy = project.add_user("ada@example.com"), project.tenancy()

    def found(session: Session) -> None:
        team = teams.create(session, tenancy=tenancy, display_name="Engine")
        teams.add_member(session, tenancy=tenancy, team_id=team.id, user_id=user_id)

    project.installation.db.call(found)
    dialog = await tab_on(project, "team-permissions").state(HoldersState)
    await run(dialog.open_for("$read_members"))
    assert [(row.name, row.team, row.through) for row in dialog.rows] == [("ada@example.com", "Engine", "team_member")]
    await run(dialog.open_for("$delete_team"))
    assert (dialog.rows, dialog.counted) == ([], "Nobody has it.")


@pytest.mark.anyio
async def test_permissions_are_found_by_their_id(roles: ProjectScene) -> None:
    page = await tab_on(roles).state(PermissionsState)
    await run(page.load())
    await run(page.change_search(" EDI"))
    assert [row.id for row in page.rows] == ["editor"]
    await run(page.change_search("nothing"))
    assert (page.rows, page.has_any) == ([], True)
    assert len(page.drawing.nodes) == 3  # the drawing stays whole


@pytest.mark.anyio
async def test_holders_of_other_scopes_and_projects_stay_unknown(roles: ProjectScene) -> None:
    grant(roles, roles.add_user("ada@example.com"), "reader")
    mine = await tab_on(roles, "team-permissions").state(HoldersState)
    assert "permission" in targets(await run(mine.open_for("reader")))
    stranger = await tab_on(roles, is_stranger=True).state(HoldersState)
    await run(stranger.open_for("reader"))
    assert (mine.rows, stranger.rows, stranger.is_open) == ([], [], False)


def test_the_drawing_goes_from_containers_to_what_they_contain() -> None:
    drawing = drawn({"owner": ["editor", "$delete"], "editor": ["reader"], "reader": [], "$delete": [], "alone": []})
    left = {node.id: node.left for node in drawing.nodes}
    assert left["owner"] < left["editor"] == left["$delete"] < left["reader"]
    assert "alone" not in left  # nothing to draw about it
    assert {edge.key for edge in drawing.edges} == {"owner>editor", "owner>$delete", "editor>reader"}
    assert [node.id for node in drawing.nodes if node.is_system] == ["$delete"]
    assert drawn({"alone": []}) == EMPTY


NAMES = [f"p{number}" for number in range(8)]


@given(st.dictionaries(st.sampled_from(NAMES), st.lists(st.sampled_from([*NAMES, "gone"]), max_size=5, unique=True)))
def test_any_drawing_fits_its_frame_and_covers_nothing(contained: dict[str, list[str]]) -> None:
    drawing = drawn(contained)
    boxes = [(node.left, node.top) for node in drawing.nodes]
    for left, top in boxes:
        assert 0 <= left <= drawing.width - NODE_WIDTH
        assert 0 <= top <= drawing.height - NODE_HEIGHT
    for (left, top), (other_left, other_top) in combinations(boxes, 2):
        assert abs(left - other_left) >= NODE_WIDTH or abs(top - other_top) >= NODE_HEIGHT
    ends = {end for edge in drawing.edges for end in edge.key.split(">")}
    assert {node.id for node in drawing.nodes} == ends
