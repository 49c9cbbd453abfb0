"""Teams: the table, the page of one team, and what strangers cannot do there."""

import uuid
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from hexclave_app.services import teams, tenancies
from models import Team
from state.dashboard.team_changes import AddMemberState, MemberPermissionsState, TeamQuestionState
from state.dashboard.team_detail import TeamDetailState
from state.dashboard.teams import CreateTeamState, DeleteTeamState, RenameTeamState, TeamsState
from tests.state.scenes import ProjectScene
from tests.state.tabs import Tab, run, targets

EMAIL = "grace@example.com"


def add_team(project: ProjectScene, name: str = "Engine", *, project_id: str = "") -> str:
    def create(session: Session) -> str:
        tenancy = tenancies.load(session, project_id or project.project_id, "main")
        return str(teams.create(session, tenancy=tenancy, display_name=name).id)

    return project.installation.db.call(create)


def age_teams(project: ProjectScene) -> None:
    """Make every team a second older, so that the next one is newer whatever the clock's resolution."""

    def age(session: Session) -> None:
        for team in session.exec(select(Team)):
            team.created_at -= timedelta(seconds=1)

    project.installation.db.call(age)


async def page_of(tab: Tab) -> TeamDetailState:
    page = await tab.state(TeamDetailState)
    await run(page.load())
    return page


@pytest.mark.anyio
async def test_teams_are_listed_and_searched(project: ProjectScene) -> None:
    for name in ("Engine", "Mill"):
        add_team(project, name)
    add_team(project, "Foreign", project_id=project.foreign_id)
    table = await project.tab().state(TeamsState)
    await run(table.load())
    assert {row.name for row in table.rows} == {"Engine", "Mill"}
    await run(table.change_search("mil"))
    assert [row.name for row in table.rows] == ["Mill"]


@pytest.mark.anyio
async def test_a_team_needs_a_name(project: ProjectScene) -> None:
    tab = project.tab()
    dialog, table = await tab.state(CreateTeamState), await tab.state(TeamsState)
    await run(dialog.submit({"new_team_name": "  "}))
    assert dialog.error
    assert "/teams/" in targets(await run(dialog.submit({"new_team_name": "Engine"})))
    await run(table.load())
    assert [row.name for row in table.rows] == ["Engine"]


@pytest.mark.anyio
async def test_foreign_teams_do_not_exist_here(project: ProjectScene) -> None:
    foreign = add_team(project, project_id=project.foreign_id)
    tab = project.tab(opened_team=foreign)
    page = await page_of(tab)
    assert (page.error != "", page.facts.id) == (True, "")
    question = await tab.state(TeamQuestionState)
    question.kind = "team"
    assert "deleted" not in targets(await run(question.confirm()))
    await run((await tab.state(TeamDetailState)).save_name({"team_name": "Mine"}))
    theirs = project.tab_of(project.cleo, project_id=project.foreign_id, opened_team=foreign)
    assert (await page_of(theirs)).facts.name == "Engine"


@pytest.mark.anyio
async def test_members_come_and_go(project: ProjectScene) -> None:
    user_id = project.add_user(EMAIL)
    tab = project.tab(opened_team=add_team(project))
    dialog, page = await tab.state(AddMemberState), await tab.state(TeamDetailState)
    await run(dialog.submit({"member_email": "nobody@example.com"}))
    assert "Nobody signs in" in dialog.error
    await run(dialog.submit({"member_email": EMAIL}))
    await run(page.load())
    assert [row.email for row in page.members] == [EMAIL]
    question = await tab.state(TeamQuestionState)
    await run(question.ask("member", str(user_id)))
    await run(question.confirm())
    await run(page.refresh())
    assert page.members == []


@pytest.mark.anyio
async def test_invitations_are_mailed_and_taken_back(project: ProjectScene) -> None:
    tab = project.tab(opened_team=add_team(project))
    dialog, page = await tab.state(AddMemberState), await tab.state(TeamDetailState)
    await run(dialog.submit({"member_email": EMAIL, "member_invite": "on"}))
    assert dialog.error == ""
    await run(page.load())
    [invitation] = page.invitations
    assert invitation.name == EMAIL
    question = await tab.state(TeamQuestionState)
    await run(question.ask("invitation", invitation.id))
    await run(question.confirm())
    await run(page.refresh())
    assert page.invitations == []


@pytest.mark.anyio
async def test_permissions_of_members_are_ticked(project: ProjectScene) -> None:
    user_id = project.add_user(EMAIL)
    tab = project.tab(opened_team=add_team(project))
    await run((await tab.state(AddMemberState)).submit({"member_email": EMAIL}))
    await page_of(tab)
    dialog = await tab.state(MemberPermissionsState)
    assert "not a member" in targets(await run(dialog.open_for(str(uuid.uuid4()))))
    await run(dialog.open_for(str(user_id)))
    await run(dialog.switch("$invite_members", True))
    assert "$invite_members" in [one.id for one in dialog.choices if one.is_direct]
    await run(dialog.switch("$invite_members", False))
    assert "$invite_members" not in [one.id for one in dialog.choices if one.is_direct]
    assert len(project.audit("team_permission.created")) >= 1


@pytest.mark.anyio
async def test_the_address_says_which_teams_are_shown(project: ProjectScene) -> None:
    for name in ("First", "Second"):
        add_team(project, name)
        age_teams(project)
    path = f"/projects/{project.project_id}/teams?createdOrder=asc&cursor=x"
    table = await project.tab_of(project.ada, path, project_id=project.project_id).state(TeamsState)
    await run(table.load())
    assert (table.sort, table.rows) == ("oldest", [])  # a forged cursor shows nothing
    events = await run(table.change_search("s"))
    assert [row.name for row in table.rows] == ["First", "Second"]
    assert "search=s&createdOrder=asc" in targets(events)
    await run(table.change_sort("newest"))
    assert [row.name for row in table.rows] == ["Second", "First"]


@pytest.mark.anyio
async def test_a_shown_team_is_renamed_and_deleted(project: ProjectScene) -> None:
    add_team(project, "Engine")
    tab = project.tab()
    table, rename, question = (
        await tab.state(TeamsState),
        await tab.state(RenameTeamState),
        await tab.state(DeleteTeamState),
    )
    await run(table.load())
    await run(rename.ask(table.rows[0].id))
    assert (rename.is_open, rename.name) == (True, "Engine")
    await run(rename.submit({"team_new_name": " "}))
    assert rename.error != ""
    await run(rename.submit({"team_new_name": "Motor"}))
    await run(table.refresh())
    assert [row.name for row in table.rows] == ["Motor"]
    await run(question.ask(table.rows[0].id))
    await run(question.delete())
    await run(table.refresh())
    assert table.rows == []


@pytest.mark.anyio
async def test_strangers_rename_and_delete_nothing(project: ProjectScene) -> None:
    team_id = add_team(project, "Engine")
    foreign = project.tab_of(project.cleo, "/", project_id=project.foreign_id)  # her own project, somebody else's team
    for tab in (project.tab(project.cleo), foreign):
        rename, question = await tab.state(RenameTeamState), await tab.state(DeleteTeamState)
        rename.team_id = question.team_id = str(team_id)
        await run(rename.submit({"team_new_name": "Mine"}))
        await run(question.delete())
    table = await project.tab().state(TeamsState)
    await run(table.load())
    assert [row.name for row in table.rows] == ["Engine"]


@pytest.mark.anyio
async def test_users_are_found_and_added(project: ProjectScene) -> None:
    team_id, user_id = add_team(project, "Engine"), project.add_user("grace@example.com")
    foreign = project.add_user("gracie@example.com", project_id=project.foreign_id)
    tab = project.tab(opened_team=str(team_id))
    dialog, page = await tab.state(AddMemberState), await tab.state(TeamDetailState)
    await run(dialog.search("grac"))
    assert [one.id for one in dialog.found] == [str(user_id)]
    for one in (str(foreign), str(user_id)):
        await run(dialog.add(one))
    await run(page.load())
    assert ([row.id for row in page.members], page.facts.member_count) == ([str(user_id)], "1 member")
