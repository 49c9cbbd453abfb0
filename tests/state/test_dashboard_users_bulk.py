"""Many users at once."""

import uuid

import pytest
from sqlmodel import Session

from hexclave_app.services import teams
from hexclave_app.services.users import listing, records
from hexclave_app.services.users.listing import UserQuery
from state.dashboard.team_picker import ADD_CHOSEN, ADD_USER, TeamPickerState
from state.dashboard.users import UsersState
from state.dashboard.users_bulk import UserSelectionState
from tests.state.scenes import ProjectScene
from tests.state.tabs import run, targets


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
async def test_addresses_are_verified_together(project: ProjectScene) -> None:
    chosen = project.add_user("a@example.com")
    project.add_user("b@example.com")
    tab = project.tab()
    table, selection = await tab.state(UsersState), await tab.state(UserSelectionState)
    await run(selection.tick(str(chosen), True))
    await run(selection.tick(str(uuid.uuid4()), True))
    assert "1 user changed" in targets(await run(selection.verify()))
    await run(table.load())
    assert {row.email: row.is_verified for row in table.rows} == {"a@example.com": True, "b@example.com": False}


@pytest.mark.anyio
async def test_chosen_users_join_a_team_of_the_project(project: ProjectScene) -> None:
    chosen, foreign = project.add_user("a@example.com"), add_team(project, project.foreign_id)
    team = add_team(project, project.project_id)
    tab = project.tab()
    selection, picker = await tab.state(UserSelectionState), await tab.state(TeamPickerState)
    await run(picker.ask(ADD_CHOSEN))
    assert [one.id for one in picker.found] == [team]
    events = await run(picker.pick(team))
    assert "add_to_team" in str(events)
    for place, told in ((team, "1 user changed"), (team, "0 users changed"), (foreign, "")):
        await run(selection.tick(str(chosen), True))
        assert told in targets(await run(selection.add_to_team(place)))
    assert members(project, team) == [chosen]


@pytest.mark.anyio
async def test_strangers_change_nobody(project: ProjectScene) -> None:
    user_id, team = project.add_user("a@example.com"), add_team(project, project.project_id)
    tab = project.tab(project.cleo)
    selection, picker = await tab.state(UserSelectionState), await tab.state(TeamPickerState)
    selection.selected = [str(user_id)]
    for step in (selection.delete(), selection.verify(), selection.add_to_team(team), picker.ask(ADD_CHOSEN)):
        await run(step)
    picker.purpose = ADD_USER
    await run(picker.pick(team))
    assert (is_there(project, user_id), members(project, team), picker.found) == (True, [], [])


def add_team(project: ProjectScene, project_id: str) -> str:
    def create(session: Session) -> str:
        tenancy = project.installation.tenancies.find(session, project_id, "main")
        assert tenancy is not None
        return str(teams.create(session, tenancy=tenancy, display_name="Engine").id)

    return project.installation.db.call(create)


def members(project: ProjectScene, team: str) -> list[uuid.UUID]:
    def read(session: Session) -> list[uuid.UUID]:
        query = UserQuery(team_id=uuid.UUID(team), includes_restricted=True)
        return [one.id for one in listing.list_page(session, tenancy=project.tenancy(), query=query).items]

    return project.installation.db.call(read)
