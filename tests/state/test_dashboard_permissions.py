"""Permissions: definitions, the drawing, defaults, and explaining."""

import pytest

from hexclave_app.services import permission_grants
from hexclave_app.services.permission_grants import Holder
from state.dashboard.permissions import DefinitionDialogState, ExplainState, PermissionsState, drawing
from tests.state.scenes import ProjectScene
from tests.state.tabs import Tab, run, targets

EMAIL = "grace@example.com"


def tab_on(project: ProjectScene, *, of_team: bool = False, is_stranger: bool = False) -> Tab:
    page = "team-permissions" if of_team else "project-permissions"
    user = project.cleo if is_stranger else project.ada
    return project.tab_of(user, f"/projects/{project.project_id}/{page}", project_id=project.project_id)


async def define(tab: Tab, permission_id: str, *contained: str) -> DefinitionDialogState:
    dialog = await tab.state(DefinitionDialogState)
    await run(dialog.open_for(""))
    for one in contained:
        await run(dialog.tick(one, True))
    await run(dialog.submit({"permission_id": permission_id, "permission_description": "What for"}))
    return dialog


@pytest.mark.anyio
async def test_permissions_are_defined_changed_and_deleted(project: ProjectScene) -> None:
    tab = tab_on(project)
    page = await tab.state(PermissionsState)
    dialog = await define(tab, "Not Allowed")
    assert "lowercase" in dialog.error
    await define(tab, "read")
    await define(tab, "admin", "read")
    await run(page.load())
    assert [(row.id, row.contained) for row in page.rows] == [("admin", ["read"]), ("read", [])]
    await run(dialog.open_for("read"))
    await run(dialog.tick("admin", True))
    await run(dialog.submit({}))
    assert "contain itself" in dialog.error
    await run(page.ask_to_delete("read"))
    await run(page.delete())
    await run(page.refresh())
    assert [(row.id, row.contained) for row in page.rows] == [("admin", [])]


@pytest.mark.anyio
async def test_the_dialog_shows_what_follows(project: ProjectScene) -> None:
    tab = tab_on(project)
    await define(tab, "read")
    await define(tab, "write", "read")
    dialog = await tab.state(DefinitionDialogState)
    await run(dialog.open_for(""))
    await run(dialog.tick("write", True))
    assert [(one.id, one.is_ticked, one.inherited_from) for one in dialog.choices] == [
        ("read", False, "write"),
        ("write", True, ""),
    ]


@pytest.mark.anyio
async def test_built_in_permissions_stay(project: ProjectScene) -> None:
    page = await tab_on(project, of_team=True).state(PermissionsState)
    await run(page.load())
    assert "$invite_members" in [row.id for row in page.rows if row.is_system]
    await run(page.ask_to_delete("$invite_members"))
    await run(page.delete())
    await run(page.refresh())
    assert "$invite_members" in [row.id for row in page.rows]


@pytest.mark.anyio
async def test_strangers_define_nothing(project: ProjectScene) -> None:
    before = project.config()
    await define(tab_on(project, is_stranger=True), "read")
    assert project.config() == before


@pytest.mark.anyio
async def test_defaults_belong_to_their_scope(project: ProjectScene) -> None:
    tab = tab_on(project)
    await define(tab, "read")
    page = await tab.state(PermissionsState)
    await run(page.load())
    assert "no such setting" in targets(await run(page.switch("member:read", True)))
    await run(page.switch("sign_up:read", True))
    assert [one.for_sign_up for one in page.defaults if one.id == "read"] == [True]
    assert "read" not in project.config().rbac.default_permissions.sign_up
    await run(page.save())
    assert project.config().rbac.default_permissions.sign_up.get("read")
    await run(page.switch("sign_up:read", False))
    await run(page.save())
    assert "read" not in project.config().rbac.default_permissions.sign_up


@pytest.mark.anyio
async def test_an_explanation_names_the_way(project: ProjectScene) -> None:
    user_id = project.add_user(EMAIL)
    tab = tab_on(project)
    await define(tab, "read")
    await define(tab, "admin", "read")
    explain = await tab.state(ExplainState)
    form = {"explain_user": EMAIL, "explain_permission": "read"}
    await run(explain.ask(form))
    assert (explain.is_allowed, explain.answer[:2]) == (False, "No")
    project.installation.db.call(
        permission_grants.grant, tenancy=project.tenancy(), holder=Holder(user_id), permission_id="admin"
    )
    await run(explain.ask({**form, "explain_user": str(user_id)}))
    assert (explain.is_allowed, explain.way) == (True, ["admin", "read"])
    await run(explain.ask({**form, "explain_user": "nobody@example.com"}))
    assert "Nobody" in explain.error


def test_the_drawing_survives_cycles_and_repeats() -> None:
    nodes = drawing({"a": ["b"], "b": ["a"], "top": ["leaf", "mid"], "mid": ["leaf"], "leaf": []})
    assert [(node.id, node.depth) for node in nodes] == [
        ("top", 0),
        ("leaf", 1),
        ("mid", 1),
        ("leaf", 2),
        ("a", 0),
        ("b", 1),
        ("a", 2),
    ]
    assert len({node.key for node in nodes}) == len(nodes)
