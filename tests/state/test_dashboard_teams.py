"""Teams: the table, the page of one team, and what strangers cannot do there."""

import uuid

import pytest
from sqlmodel import Session

from hexclave_app.services import teams, tenancies
from state.dashboard.team_changes import AddMemberState, MemberPermissionsState, TeamQuestionState
from state.dashboard.team_detail import TeamDetailState
from state.dashboard.teams import CreateTeamState, TeamsState
from tests.state.scenes import ProjectScene
from tests.state.tabs import Tab, run, targets

EMAIL = "grace@example.com"


def add_team(project: ProjectScene, name: str = "Engine", *, project_id: str = "") -> str:
    def create(session: Session) -> str:
        tenancy = tenancies.load(session, project_id or project.project_id, "main")
        return str(teams.create(session, tenancy=tenancy, display_name=name).id)

    return project.installation.db.call(create)


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
