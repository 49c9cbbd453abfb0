"""Of parallel deletions of one thing exactly one succeeds, and is told of and written down once."""

from collections.abc import Awaitable, Callable

import pytest
from sqlmodel import Session, col, select

from hexclave_app.installation import Installation
from models import AuditEntry
from tests.support.clients import ApiClient, known_error
from tests.support.configs import configure
from tests.support.people import happened, since
from tests.support.projects import TestProject, as_admin, as_server, create_project
from tests.support.races import at_once, statuses

PARALLEL = 6
Made = tuple[str, list[str], str | None]
"""Path of something new, the events that its end causes, and the end's entry in the audit log."""


@pytest.fixture
def project(installation: Installation) -> TestProject:
    created = create_project(installation)
    github = {"type": "github", "isShared": True, "allowSignIn": True}
    configure(installation, created.id, {"auth.oauth.providers.github": github, "domains.allowLocalhost": True})
    return created


async def made(server: ApiClient, path: str, **fields: object) -> str:
    response = await server.post(path, fields)
    assert response.status_code in (200, 201), response.text
    return str(response.json()["id"])


async def user_with_team(server: ApiClient) -> tuple[str, str]:
    user_id = await made(server, "/users", primary_email="ada@example.org")
    return user_id, await made(server, "/teams", display_name="Acme", creator_user_id=user_id)


async def user(server: ApiClient) -> Made:
    user_id, _ = await user_with_team(server)
    await server.post("/auth/sessions", {"user_id": user_id})
    return f"/users/{user_id}", ["team_membership.deleted", "user.deleted"], "user.deleted"


async def user_without_sessions(server: ApiClient) -> Made:
    return f"/users/{await made(server, '/users')}", ["user.deleted"], "user.deleted"


async def team(server: ApiClient) -> Made:
    _, team_id = await user_with_team(server)
    return f"/teams/{team_id}", ["team.deleted"], "team.deleted"


async def membership(server: ApiClient) -> Made:
    user_id, team_id = await user_with_team(server)
    return f"/team-memberships/{team_id}/{user_id}", ["team_membership.deleted"], "team_membership.deleted"


async def team_permission(server: ApiClient) -> Made:
    user_id, team_id = await user_with_team(server)
    path = f"/team-permissions/{team_id}/{user_id}/team_admin"
    return path, ["team_permission.deleted"], "team_permission.deleted"


async def invitation(server: ApiClient) -> Made:
    _, team_id = await user_with_team(server)
    fields = {"team_id": team_id, "email": "new@example.org", "callback_url": "http://localhost:3000/"}
    invitation_id = await made(server, "/team-invitations/send-code", **fields)
    return f"/team-invitations/{invitation_id}?team_id={team_id}", [], "team_invitation.deleted"


async def contact_channel(server: ApiClient) -> Made:
    user_id = await made(server, "/users")
    fields = {"user_id": user_id, "value": "ada@example.org", "type": "email", "used_for_auth": True}
    channel_id = await made(server, "/contact-channels", **fields)
    return f"/contact-channels/{user_id}/{channel_id}", [], "contact_channel.deleted"


async def provider_account(server: ApiClient) -> Made:
    user_id = await made(server, "/users")
    fields = {"user_id": user_id, "provider_config_id": "github", "account_id": "1"}
    flags = {"allow_sign_in": True, "allow_connected_accounts": True}
    account_id = await made(server, "/oauth-providers", **fields, **flags)
    return f"/oauth-providers/{user_id}/{account_id}", [], "oauth_account.deleted"


async def user_session(server: ApiClient) -> Made:
    user_id = await made(server, "/users")
    await server.post("/auth/sessions", {"user_id": user_id})
    (session,) = (await server.get(f"/auth/sessions?user_id={user_id}")).json()["items"]
    return f"/auth/sessions/{session['id']}", [], None


THINGS: list[Callable[[ApiClient], Awaitable[Made]]] = [
    user, user_without_sessions, team, membership, team_permission, invitation, contact_channel, provider_account,
    user_session,
]  # fmt: skip


def entries(installation: Installation, project: TestProject, action: str) -> int:
    def count(session: Session) -> int:
        mine = select(AuditEntry).where(
            col(AuditEntry.tenancy_id) == project.tenancy_id, col(AuditEntry.action) == action
        )
        return len(session.exec(mine).all())

    return installation.db.call(count)


@pytest.mark.parametrize("make", THINGS)
async def test_of_parallel_deletions_one_succeeds(
    client: ApiClient, installation: Installation, project: TestProject, make: Callable[[ApiClient], Awaitable[Made]]
) -> None:
    server = as_server(client, project)
    for turn in (1, 2):  # again: the first time, half of the connections are still being opened
        path, events, entry = await make(server)
        before = happened(installation, project)
        answers = await at_once([server.delete(path) for _ in range(PARALLEL)])
        assert statuses(answers)[0] == 200
        assert {answer.status_code for answer in answers if answer.status_code != 200} <= {401, 404}
        assert len([answer for answer in answers if answer.status_code == 200]) == 1
        assert [kind for kind, _ in since(before, happened(installation, project))] == events
        if entry is not None:
            assert entries(installation, project, entry) == turn
        await forget(server)


async def forget(server: ApiClient) -> None:
    """Remove the users, so that the next turn may take their addresses."""
    for item in (await server.get("/users")).json()["items"]:
        await server.delete(f"/users/{item['id']}")


async def test_of_parallel_deletions_of_a_project_one_succeeds(
    client: ApiClient, installation: Installation, project: TestProject
) -> None:
    admin = as_admin(client, project)
    answers = await at_once([admin.delete("/internal/projects/current") for _ in range(PARALLEL)])
    assert len([answer for answer in answers if answer.status_code == 200]) == 1
    assert {known_error(answer) for answer in answers} <= {None, "CURRENT_PROJECT_NOT_FOUND", "PROJECT_NOT_FOUND"}
