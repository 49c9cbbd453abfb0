"""The invited become administrators of the dashboard, also where nobody else may sign up; and only they."""

import uuid
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlmodel import Session

from hexclave_app.installation import Installation
from hexclave_app.services import contact_channels, teams
from hexclave_app.services.users import records
from models import ContactChannel, TeamMembership
from state.dashboard.owner_team import OwnerTeamState
from state.dashboard.projects import ProjectsState
from state.hosted import invitations
from state.hosted.invitations import TeamInvitationState
from tests.state.scenes import ProjectScene
from tests.state.tabs import run, targets
from tests.support.configs import configure
from tests.support.hosted import open_site
from tests.support.mailbox import mails
from tests.support.projects import dashboard_user, internal, join

pytestmark = pytest.mark.anyio
EMAIL = "ben@example.com"
PASSWORD = "correct horse battery"
FORM = {"password": PASSWORD, "password_repeat": PASSWORD}


@pytest.fixture(autouse=True)
def _closed(installation: Installation) -> None:
    """Nobody may sign up any more."""
    configure(installation, "internal", {"auth.allowSignUp": False})


async def invite(project: ProjectScene, email: str = EMAIL) -> str:
    """The code of a mailed invitation."""
    state = await project.tab_of(project.ada).state(OwnerTeamState)
    await run(OwnerTeamState.event_handlers["open_for"].fn(state, str(project.ada.team_id)))
    await run(OwnerTeamState.event_handlers["invite"].fn(state, {"invited_email": email}))
    link = mails(project.installation)[-1].variables["teamInvitationLink"]
    return parse_qs(urlsplit(link).query)["code"][0]


async def opened(project: ProjectScene, code: str) -> TeamInvitationState:
    state = await project.tab_of(None, f"/handler/team-invitation?code={code}").state(TeamInvitationState)
    await run(TeamInvitationState.event_handlers["load"].fn(state))
    return state


async def create(state: TeamInvitationState, form: dict[str, Any] = FORM) -> str:
    return targets(await run(TeamInvitationState.event_handlers["create_account"].fn(state, form)))


def account(installation: Installation, email: str = EMAIL) -> ContactChannel | None:
    """How somebody signs in with the address, if at all."""

    def find(session: Session) -> ContactChannel | None:
        found = contact_channels.find_for_auth(session, tenancy_id=internal(session).id, email=email)
        session.expunge_all()
        return found

    return installation.db.call(find)


def is_member(installation: Installation, user_id: uuid.UUID, team_id: uuid.UUID) -> TeamMembership | None:
    return installation.db.call(
        lambda session: teams.membership(session, tenancy_id=internal(session).id, user_id=user_id, team_id=team_id)
    )


async def test_the_invited_get_an_account_and_see_the_project(project: ProjectScene) -> None:
    installation = project.installation
    state = await opened(project, await invite(project))
    assert (state.stage, state.invited_email) == (invitations.SIGNED_OUT, EMAIL)
    assert "/auth/session/claim" in await create(state)
    channel = account(installation)
    assert channel is not None
    assert channel.is_verified
    user = installation.db.call(
        lambda session: records.find(session, tenancy_id=channel.tenancy_id, user_id=channel.user_id)
    )
    assert user is not None
    assert not user.restricted_by_admin
    assert is_member(installation, channel.user_id, project.ada.team_id)
    ben = replace(project.ada, id=channel.user_id)
    tab = project.tab_of(ben)
    await run(ProjectsState.event_handlers["load"].fn(await tab.state(ProjectsState)))
    assert project.project_id in [card.id for card in (await tab.state(ProjectsState)).cards]
    assert project.foreign_id not in [card.id for card in (await tab.state(ProjectsState)).cards]


async def test_a_code_makes_one_account_only(project: ProjectScene) -> None:
    code = await invite(project)
    await create(await opened(project, code))
    first = account(project.installation)
    again = await opened(project, code)
    assert again.invited_email == ""
    assert "/auth/session/claim" not in await create(again)
    assert account(project.installation) == first


@pytest.mark.parametrize("code", ["", "x" * 45])
async def test_without_an_invitation_nobody_gets_in(project: ProjectScene, code: str) -> None:
    state = await opened(project, code)
    assert state.invited_email == ""
    assert "/auth/session/claim" not in await create(state)
    assert state.error
    assert not state.is_loading


async def test_an_invitation_that_was_taken_back_makes_no_account(project: ProjectScene) -> None:
    state = await opened(project, await invite(project))
    owner = await project.tab_of(project.ada).state(OwnerTeamState)
    await run(OwnerTeamState.event_handlers["open_for"].fn(owner, str(project.ada.team_id)))
    await run(OwnerTeamState.event_handlers["revoke"].fn(owner, owner.invited[0].id))
    assert "/auth/session/claim" not in await create(state)
    assert account(project.installation) is None


async def test_who_has_an_account_signs_in_instead(project: ProjectScene) -> None:
    await create(await opened(project, await invite(project)))
    state = await opened(project, await invite(project))
    assert (state.stage, state.invited_email) == (invitations.SIGNED_OUT, "")


async def test_passwords_are_checked(project: ProjectScene) -> None:
    state = await opened(project, await invite(project))
    await create(state, {"password": PASSWORD, "password_repeat": "another"})
    assert state.repeat_error
    await create(state, {"password": "short", "password_repeat": "short"})
    assert state.password_error
    assert account(project.installation) is None
    assert "/auth/session/claim" in await create(state)


async def test_other_projects_make_no_accounts_this_way(installation: Installation) -> None:
    site = open_site(installation, {"auth.password.allowSignIn": True, "auth.allowSignUp": False})
    state = await site.tab(None, f"/handler/team-invitation?code={'x' * 45}").state(TeamInvitationState)
    await run(TeamInvitationState.event_handlers["load"].fn(state))
    assert state.invited_email == ""
    assert "/auth/session/claim" not in await create(state)


async def test_a_full_team_takes_nobody_in(
    project: ProjectScene, installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = await opened(project, await invite(project))
    seats = installation.settings.model_copy(update={"dashboard_seats": 2})
    monkeypatch.setattr(installation, "settings", seats)
    owner = await project.tab_of(project.ada).state(OwnerTeamState)
    await run(OwnerTeamState.event_handlers["open_for"].fn(owner, str(project.ada.team_id)))
    assert (owner.is_full, owner.seats) == (True, "2 of 2 seats used, invitations included")
    sent = len(mails(installation))
    await run(OwnerTeamState.event_handlers["invite"].fn(owner, {"invited_email": "cleo@example.com"}))
    assert "Every seat" in owner.error
    assert len(mails(installation)) == sent
    join(installation, dashboard_user(installation, "Eve"), project.ada.team_id)
    assert "/auth/session/claim" not in await create(state)
    assert account(installation) is None
