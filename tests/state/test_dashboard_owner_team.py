"""The people of a team that owns projects: inviting, taking back, removing, leaving; and who may not."""

import uuid
from typing import Any

import pytest

from hexclave_app.installation import Installation
from hexclave_app.services import teams
from state.dashboard.owner_team import OwnerTeamState
from state.dashboard.projects import ProjectsState
from tests.state.scenes import ProjectScene
from tests.state.tabs import Tab, run, targets
from tests.support.mailbox import mails
from tests.support.projects import DashboardUser, dashboard_user, internal, join

pytestmark = pytest.mark.anyio
EMAIL = "ben@example.com"


async def opened(tab: Tab, team_id: uuid.UUID) -> OwnerTeamState:
    state = await tab.state(OwnerTeamState)
    await run(OwnerTeamState.open_for.fn(state, str(team_id)))
    return state


async def do(state: OwnerTeamState, handler: str, *args: Any) -> list[object]:
    return await run(OwnerTeamState.event_handlers[handler].fn(state, *args))


def member_ids(installation: Installation, user: DashboardUser) -> bool:
    """Whether the user is still in their own team."""
    return bool(
        installation.db.call(
            lambda session: teams.membership(
                session, tenancy_id=internal(session).id, user_id=user.id, team_id=user.team_id
            )
        )
    )


async def test_a_member_invites_and_takes_back(project: ProjectScene) -> None:
    ada = project.ada
    state = await opened(project.tab_of(ada), ada.team_id)
    assert (state.is_open, state.team_name, [one.name for one in state.people]) == (True, "Ada's Team", ["Ada"])
    assert "on its way" in targets(await do(state, "invite", {"invited_email": " Ben@Example.com "}))
    (mail,) = mails(project.installation)
    assert mail.recipient == EMAIL
    assert mail.variables["teamDisplayName"] == "Ada's Team"
    assert mail.variables["teamInvitationLink"].startswith("http://localhost:8000/handler/team-invitation?code=")
    assert [one.email for one in state.invited] == [EMAIL]
    assert state.seats.startswith("2 people")
    await do(state, "ask_to_revoke", state.invited[0].id)
    assert (state.asked_email, len(state.invited)) == (EMAIL, 1)
    await do(state, "revoke", state.asked_invitation)
    assert state.asked_invitation == ""
    assert (state.invited, state.seats) == ([], "1 person, invitations included")


async def test_what_is_no_address_is_said_and_mails_nobody(project: ProjectScene) -> None:
    state = await opened(project.tab_of(project.ada), project.ada.team_id)
    await do(state, "invite", {"invited_email": "nobody"})
    assert state.email_error == "Enter an e-mail address."
    assert mails(project.installation) == []


async def test_strangers_learn_and_change_nothing(project: ProjectScene) -> None:
    ada = project.ada
    mine = await opened(project.tab_of(ada), ada.team_id)
    await do(mine, "invite", {"invited_email": EMAIL})
    state = await opened(project.tab_of(project.cleo), ada.team_id)
    assert (state.is_open, state.team_name, state.people, state.invited) == (False, "", [], [])
    for handler, argument in (
        ("invite", {"invited_email": "cleo@example.com"}),
        ("revoke", mine.invited[0].id),
        ("appoint", str(ada.id)),
        ("ask", str(ada.id)),
    ):
        await do(state, handler, argument)
    state.asked = str(ada.id)  # as a forged page would have it
    await do(state, "remove")
    assert [mail.recipient for mail in mails(project.installation)] == [EMAIL]
    assert member_ids(project.installation, ada)
    again = await opened(project.tab_of(ada), ada.team_id)
    assert [one.email for one in again.invited] == [EMAIL]


async def test_an_invitation_of_another_team_cannot_be_taken_back(project: ProjectScene) -> None:
    mine = await opened(project.tab_of(project.ada), project.ada.team_id)
    await do(mine, "invite", {"invited_email": EMAIL})
    foreign = await opened(project.tab_of(project.cleo), project.cleo.team_id)
    await do(foreign, "revoke", mine.invited[0].id)
    assert foreign.error
    assert [one.email for one in (await opened(project.tab_of(project.ada), project.ada.team_id)).invited] == [EMAIL]


async def test_nobody_signed_out_gets_anywhere(project: ProjectScene) -> None:
    state = await opened(project.tab_of(None), project.ada.team_id)
    assert (state.is_open, state.people) == (False, [])


async def test_only_administrators_remove_and_appoint(project: ProjectScene) -> None:
    ada, ben = project.ada, dashboard_user(project.installation, "Ben")
    join(project.installation, ben, ada.team_id)
    state = await opened(project.tab_of(ben), ada.team_id)
    assert not state.may_remove
    state.asked = str(ada.id)
    await do(state, "remove")
    assert state.error == "Only administrators of the team can do this."
    await do(state, "appoint", str(ben.id))
    assert state.error == "Only administrators of the team can do this."
    state = await opened(project.tab_of(ada), ada.team_id)
    await do(state, "appoint", str(ben.id))
    assert {one.name: one.is_admin for one in state.people} == {"Ada": True, "Ben": True}
    await do(state, "ask", str(ben.id))
    assert (state.asked, state.asked_name) == (str(ben.id), "Ben")
    await do(state, "remove")
    assert [one.name for one in state.people] == ["Ada"]


async def test_the_last_administrator_stays_and_others_leave(project: ProjectScene) -> None:
    ada, ben = project.ada, dashboard_user(project.installation, "Ben")
    join(project.installation, ben, ada.team_id)
    state = await opened(project.tab_of(ada), ada.team_id)
    await do(state, "ask", str(ada.id))
    await do(state, "remove")
    assert "only administrator" in state.error
    assert member_ids(project.installation, ada)
    leaving = await opened(project.tab_of(ben), ada.team_id)
    await do(leaving, "ask", str(ben.id))
    assert leaving.asked_name == ""
    assert "You have left" in targets(await do(leaving, "remove"))
    assert [one.name for one in (await opened(project.tab_of(ada), ada.team_id)).people] == ["Ada"]


async def test_a_link_opens_the_dialog(project: ProjectScene) -> None:
    tab = project.tab_of(project.ada, f"/projects?team_settings={project.ada.team_id}")
    events = await run(ProjectsState.event_handlers["load"].fn(await tab.state(ProjectsState)))
    assert str(project.ada.team_id) in targets(events)
    state = await tab.state(ProjectsState)
    assert [group.team for group in state.groups] == ["Ada's Team"]
