"""Many users at once."""

import uuid

import pytest
from sqlmodel import Session

from hexclave_app.services.users import records
from state.dashboard.users import UsersState
from state.dashboard.users_bulk import UserSelectionState
from tests.state.scenes import ProjectScene
from tests.state.tabs import run


def is_there(project: ProjectScene, user_id: uuid.UUID, *, is_foreign: bool = False) -> bool:
    def read(session: Session) -> bool:
        tenancy = project.installation.tenancies.find(
            session, project.foreign_id if is_foreign else project.project_id, "main"
        )
        assert tenancy is not None
        return records.find(session, tenancy_id=tenancy.id, user_id=user_id) is not None

    return project.installation.db.call(read)


@pytest.mark.anyio
async def test_only_chosen_users_of_the_project_are_deleted(project: ProjectScene) -> None:
    chosen, other = project.add_user("a@example.com"), project.add_user("b@example.com")
    foreign = project.add_user("c@example.com", project_id=project.foreign_id)
    selection = await project.tab().state(UserSelectionState)
    for one in (chosen, foreign, uuid.uuid4()):
        await run(selection.tick(str(one), True))
    await run(selection.ask(True))
    await run(selection.delete())
    assert [is_there(project, chosen), is_there(project, other)] == [False, True]
    assert is_there(project, foreign, is_foreign=True)
    assert (selection.selected, selection.is_asking) == ([], False)


@pytest.mark.anyio
async def test_a_page_is_restricted_and_released(project: ProjectScene) -> None:
    for name in ("a", "b"):
        project.add_user(f"{name}@example.com")
    tab = project.tab()
    table, selection = await tab.state(UsersState), await tab.state(UserSelectionState)
    for is_restricted in (True, False):
        await run(table.load())
        await run(selection.tick_page())
        await run(selection.restrict(is_restricted))
        await run(table.refresh())
        assert [row.restriction != "" for row in table.rows] == [is_restricted] * 2


@pytest.mark.anyio
async def test_strangers_neither_delete_nor_export(project: ProjectScene) -> None:
    user_id = project.add_user("a@example.com")
    selection = await project.tab(project.cleo).state(UserSelectionState)
    selection.selected = [str(user_id)]
    await run(selection.delete())
    assert is_there(project, user_id)
    assert "users-" not in str([getattr(event, "args", "") for event in await run(selection.export())])


@pytest.mark.anyio
async def test_the_export_has_everybody(project: ProjectScene) -> None:
    project.add_user("a@example.com")
    selection = await project.tab().state(UserSelectionState)
    events = await run(selection.export())
    assert "users-" in str([getattr(event, "args", "") for event in events])
    assert not selection.is_exporting
