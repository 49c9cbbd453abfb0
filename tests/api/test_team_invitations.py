"""Team invitations: sent, checked, accepted, listed, revoked (contract 04, section 4)."""

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlmodel import Session, select

from hexclave_app.installation import Installation
from models import VerificationCode
from models.base import utc_now
from tests.support.clients import ApiClient, known_error
from tests.support.configs import configure
from tests.support.mailbox import expire_codes, last_mail, mails
from tests.support.people import Person, happened, person, since
from tests.support.projects import TestProject, as_client, as_server, create_project
from tests.support.races import at_once, statuses

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
NOBODY = "2f8c2a0e-5f5b-4b8f-9a55-0d1f3f3b7a11"
CALLBACK = "http://localhost:3000/join?x=1"


@pytest.fixture
def project(installation: Installation) -> TestProject:
    created = create_project(installation)
    configure(installation, created.id, {"domains.allowLocalhost": True})
    return created


@pytest.fixture
def server(client: ApiClient, project: TestProject) -> ApiClient:
    return as_server(client, project)


@pytest.fixture
async def ada(client: ApiClient, installation: Installation, project: TestProject) -> Person:
    return await person(client, installation, project, display_name="Ada")


@pytest.fixture
async def ben(client: ApiClient, installation: Installation, project: TestProject) -> Person:
    return await person(client, installation, project, display_name="Ben")


@pytest.fixture
async def cleo(client: ApiClient, installation: Installation, project: TestProject) -> Person:
    """The invited one, with a verified address."""
    email = {"primary_email": "cleo@example.org", "primary_email_verified": True}
    return await person(client, installation, project, display_name="Cleo", **email)


@pytest.fixture
async def team(server: ApiClient, ada: Person, ben: Person) -> str:
    """A team of which Ada is the administrator, and Ben a plain member."""
    team_id = (await server.post("/teams", {"display_name": "Acme", "creator_user_id": ada.id})).json()["id"]
    await server.post(f"/team-memberships/{team_id}/{ben.id}")
    return str(team_id)


async def invite(
    caller: ApiClient, installation: Installation, team_id: str, email: str = "Cleo@Example.org"
) -> tuple[str, str]:
    """Id and code of a new invitation."""
    body = {"team_id": team_id, "email": email, "callback_url": CALLBACK}
    response = await caller.post("/team-invitations/send-code", body)
    assert response.status_code == 200, response.text
    return response.json()["id"], last_mail(installation).code


def codes(installation: Installation) -> list[VerificationCode]:
    return installation.db.call(lambda session: list(session.exec(select(VerificationCode)).all()))


def joined(team_id: str, user: Person) -> list[tuple[str, object]]:
    identity = {"team_id": team_id, "user_id": user.id}
    return [
        ("team_membership.created", identity),
        ("team_permission.created", {"id": "team_member", **identity}),
    ]


async def test_a_member_invites_somebody(
    ben: Person, team: str, installation: Installation, project: TestProject
) -> None:
    before = happened(installation, project)
    invitation_id, code = await invite(ben.client, installation, team)
    (mail,) = mails(installation)
    assert (mail.kind, mail.recipient, mail.user_id) == ("team_invitation", "cleo@example.org", None)
    assert mail.variables == {
        "teamDisplayName": "Acme",
        "teamInvitationLink": f"http://localhost:3000/join?x=1&code={code}",
    }
    (row,) = codes(installation)
    assert (str(row.id), len(code)) == (invitation_id, 45)
    assert timedelta(days=6, hours=23) < row.expires_at - utc_now() <= timedelta(days=7)
    assert happened(installation, project) == before


@on_sqlite
async def test_who_may_invite(
    client: ApiClient, project: TestProject, server: ApiClient, ben: Person, cleo: Person, team: str,
    installation: Installation,
) -> None:  # fmt: skip
    async def attempt(caller: ApiClient, **changed: str) -> tuple[int, str | None]:
        body = {"team_id": team, "email": "new@example.org", "callback_url": CALLBACK, **changed}
        response = await caller.post("/team-invitations/send-code", body)
        return response.status_code, known_error(response)

    assert await attempt(as_client(client, project)) == (401, "USER_AUTHENTICATION_REQUIRED")
    assert await attempt(cleo.client) == (404, "TEAM_MEMBERSHIP_NOT_FOUND")
    assert await attempt(server, team_id=NOBODY) == (404, "TEAM_NOT_FOUND")
    assert await attempt(server, callback_url="https://evil.example/") == (400, "REDIRECT_URL_NOT_WHITELISTED")
    assert await attempt(server, email="") == (400, "SCHEMA_ERROR")
    await server.delete(f"/team-permissions/{team}/{ben.id}/team_member")
    assert await attempt(ben.client) == (401, "TEAM_PERMISSION_REQUIRED")
    assert (codes(installation), mails(installation)) == ([], [])


@on_sqlite
@pytest.mark.parametrize("environment", [{"HEXCLAVE_RATE_LIMITS": "mail=1/1000"}])
async def test_members_cannot_flood_an_address_with_invitations(
    server: ApiClient, ada: Person, team: str, installation: Installation
) -> None:
    await invite(ada.client, installation, team)
    body = {"team_id": team, "email": "cleo@example.org", "callback_url": CALLBACK}
    assert (await ada.client.post("/team-invitations/send-code", body)).status_code == 429
    assert len(mails(installation)) == 1
    assert (await server.post("/team-invitations/send-code", body)).status_code == 200


async def test_the_invited_person_joins_with_the_code_once(
    server: ApiClient, cleo: Person, team: str, installation: Installation, project: TestProject
) -> None:
    _, code = await invite(server, installation, team)
    before, body = happened(installation, project), {"code": code.upper()}
    checked = await as_client(cleo.client, project).post("/team-invitations/accept/check-code", body)
    assert checked.json() == {"is_code_valid": True}
    details = await cleo.client.post("/team-invitations/accept/details", body)
    assert details.json() == {"team_id": team, "team_display_name": "Acme"}
    accepted = await cleo.client.post("/team-invitations/accept", body)
    assert (accepted.status_code, accepted.json()) == (200, {})
    assert since(before, happened(installation, project)) == joined(team, cleo)
    for path in ("accept", "accept/details", "accept/check-code"):
        again = await cleo.client.post(f"/team-invitations/{path}", body)
        assert (again.status_code, known_error(again)) == (409, "VERIFICATION_CODE_ALREADY_USED")


async def test_a_refused_acceptance_leaves_the_invitation_usable(
    client: ApiClient, server: ApiClient, ben: Person, cleo: Person, team: str, installation: Installation,
    project: TestProject,
) -> None:  # fmt: skip
    _, code = await invite(server, installation, team)
    before = happened(installation, project)
    await server.patch(f"/users/{cleo.id}", {"restricted_by_admin": True})
    before = happened(installation, project)
    nobody = as_client(client, project)
    for path in ("accept", "accept/details"):
        for caller, status, error in (
            (nobody, 401, "USER_AUTHENTICATION_REQUIRED"),
            (cleo.client, 403, "TEAM_INVITATION_RESTRICTED_USER_NOT_ALLOWED"),
            (ben.client, 403, "TEAM_INVITATION_EMAIL_MISMATCH"),
        ):
            response = await caller.post(f"/team-invitations/{path}", {"code": code})
            assert (response.status_code, known_error(response)) == (status, error)
    assert happened(installation, project) == before
    await server.patch(f"/users/{cleo.id}", {"restricted_by_admin": False})
    assert (await cleo.client.post("/team-invitations/accept", {"code": code})).status_code == 200


async def test_an_unverified_address_is_not_enough(
    client: ApiClient, server: ApiClient, team: str, installation: Installation, project: TestProject
) -> None:
    impostor = await person(client, installation, project, primary_email="cleo@example.org")
    invitation_id, code = await invite(server, installation, team)
    by_code = await impostor.client.post("/team-invitations/accept", {"code": code})
    assert known_error(by_code) == "TEAM_INVITATION_EMAIL_MISMATCH"
    by_id = await impostor.client.post(f"/team-invitations/{invitation_id}/accept?user_id=me")
    assert (by_id.status_code, known_error(by_id)) == (404, "VERIFICATION_CODE_NOT_FOUND")
    assert (await impostor.client.get("/team-invitations?user_id=me")).json()["items"] == []


async def test_a_member_may_accept_and_nothing_changes(
    server: ApiClient, cleo: Person, team: str, installation: Installation, project: TestProject
) -> None:
    _, code = await invite(server, installation, team)
    await server.post(f"/team-memberships/{team}/{cleo.id}")
    before = happened(installation, project)
    assert (await cleo.client.post("/team-invitations/accept", {"code": code})).json() == {}
    assert happened(installation, project) == before


@on_sqlite
async def test_codes_fail_in_the_order_of_the_contract(
    server: ApiClient, cleo: Person, team: str, installation: Installation
) -> None:
    async def attempt(code: str) -> tuple[int, str | None]:
        response = await cleo.client.post("/team-invitations/accept/check-code", {"code": code})
        return response.status_code, known_error(response)

    _, code = await invite(server, installation, team)
    assert await attempt("x") == (400, "SCHEMA_ERROR")
    assert await attempt("0" * 45) == (404, "VERIFICATION_CODE_NOT_FOUND")
    for _ in range(20):
        assert await attempt(code) == (200, None)
    assert await attempt(code) == (400, "VERIFICATION_CODE_MAX_ATTEMPTS_REACHED")
    assert (await server.get(f"/team-invitations?team_id={team}")).json()["items"] == []
    expire_codes(installation)
    assert await attempt(code) == (400, "VERIFICATION_CODE_EXPIRED")


async def test_pending_invitations_are_listed_for_teams_and_people(
    server: ApiClient, ada: Person, cleo: Person, team: str, installation: Installation
) -> None:
    first, _ = await invite(server, installation, team)
    second, _ = await invite(server, installation, team, "other@example.org")
    (row,) = [code for code in codes(installation) if str(code.id) == first]
    wanted = {
        "id": first, "team_id": team, "team_display_name": "Acme", "recipient_email": "cleo@example.org",
        "expires_at_millis": round(row.expires_at.timestamp() * 1000),
    }  # fmt: skip
    answer = (await ada.client.get(f"/team-invitations?team_id={team}")).json()
    assert (answer["items"][0], answer["is_paginated"]) == (wanted, False)
    assert [item["id"] for item in answer["items"]] == [first, second]
    assert (await cleo.client.get("/team-invitations?user_id=me")).json()["items"] == [wanted]
    assert (await server.get(f"/team-invitations?user_id={cleo.id}")).json()["items"] == [wanted]
    expire_codes(installation)
    assert (await server.get(f"/team-invitations?team_id={team}")).json()["items"] == []
    assert (await cleo.client.get("/team-invitations?user_id=me")).json()["items"] == []


@on_sqlite
async def test_who_may_list_invitations(
    client: ApiClient, project: TestProject, server: ApiClient, ben: Person, cleo: Person, team: str
) -> None:
    for query in ("", f"?team_id={team}&user_id={cleo.id}"):
        assert (await server.get(f"/team-invitations{query}")).status_code == 400
    assert known_error(await server.get(f"/team-invitations?team_id={NOBODY}")) == "TEAM_NOT_FOUND"
    assert known_error(await cleo.client.get(f"/team-invitations?team_id={team}")) == "TEAM_MEMBERSHIP_NOT_FOUND"
    foreign = await ben.client.get(f"/team-invitations?user_id={cleo.id}")
    assert known_error(foreign) == "CANNOT_GET_OWN_USER_WITHOUT_USER"
    for kept in ("$read_members", "$invite_members"):
        await server.delete(f"/team-permissions/{team}/{ben.id}/team_member")
        await server.post(f"/team-permissions/{team}/{ben.id}/{kept}")
        refused = await ben.client.get(f"/team-invitations?team_id={team}")
        assert known_error(refused) == "TEAM_PERMISSION_REQUIRED"
        await server.delete(f"/team-permissions/{team}/{ben.id}/{kept}")


async def test_accepting_by_id(
    server: ApiClient, ben: Person, cleo: Person, team: str, installation: Installation, project: TestProject
) -> None:
    invitation_id, _ = await invite(server, installation, team)
    path, before = f"/team-invitations/{invitation_id}/accept?user_id=", happened(installation, project)
    foreign = await ben.client.post(f"{path}{cleo.id}")
    assert (foreign.status_code, known_error(foreign)) == (400, "CANNOT_GET_OWN_USER_WITHOUT_USER")
    assert known_error(await ben.client.post(f"{path}me")) == "VERIFICATION_CODE_NOT_FOUND"
    accepted = await cleo.client.request("POST", f"{path}me")
    assert (accepted.status_code, accepted.json()) == (200, {})
    assert since(before, happened(installation, project)) == joined(team, cleo)
    assert known_error(await server.post(f"{path}{cleo.id}")) == "VERIFICATION_CODE_NOT_FOUND"
    unknown = await server.post(f"/team-invitations/{NOBODY}/accept?user_id={cleo.id}")
    assert known_error(unknown) == "VERIFICATION_CODE_NOT_FOUND"


@on_sqlite
async def test_restricted_users_accept_by_id_through_servers_only(
    server: ApiClient, cleo: Person, team: str, installation: Installation
) -> None:
    invitation_id, _ = await invite(server, installation, team)
    await server.patch(f"/users/{cleo.id}", {"restricted_by_admin": True})
    path = f"/team-invitations/{invitation_id}/accept?user_id={cleo.id}"
    assert known_error(await cleo.client.post(path)) == "TEAM_INVITATION_RESTRICTED_USER_NOT_ALLOWED"
    assert (await server.post(path)).status_code == 200


async def test_revoking_needs_the_right_team_and_permission(
    client: ApiClient, server: ApiClient, ada: Person, ben: Person, team: str, installation: Installation
) -> None:
    invitation_id, _ = await invite(server, installation, team)
    other_team = (await server.post("/teams", {"display_name": "Other"})).json()["id"]
    foreign = as_server(client, create_project(installation, name="Other"))
    path = f"/team-invitations/{invitation_id}"
    assert (await server.delete(path)).status_code == 400
    for caller, query, error in (
        (server, f"?team_id={other_team}", "VERIFICATION_CODE_NOT_FOUND"),
        (server, f"?team_id={NOBODY}", "TEAM_NOT_FOUND"),
        (foreign, f"?team_id={team}", "TEAM_NOT_FOUND"),
        (ben.client, f"?team_id={team}", "TEAM_PERMISSION_REQUIRED"),
    ):
        assert known_error(await caller.delete(path + query)) == error
    assert len(codes(installation)) == 1
    assert (await ada.client.delete(f"{path}?team_id={team}")).json() == {"success": True}
    assert codes(installation) == []
    assert known_error(await ada.client.delete(f"{path}?team_id={team}")) == "VERIFICATION_CODE_NOT_FOUND"


async def test_deleting_a_team_deletes_its_invitations_and_no_others(
    server: ApiClient, cleo: Person, team: str, installation: Installation
) -> None:
    _, code = await invite(server, installation, team)
    other = (await server.post("/teams", {"display_name": "Other"})).json()["id"]
    kept, _ = await invite(server, installation, other)
    await server.delete(f"/teams/{team}")
    assert [str(row.id) for row in codes(installation)] == [kept]
    gone = await cleo.client.post("/team-invitations/accept", {"code": code})
    assert known_error(gone) == "VERIFICATION_CODE_NOT_FOUND"


async def test_of_parallel_acceptances_exactly_one_wins(
    server: ApiClient, cleo: Person, team: str, installation: Installation, project: TestProject
) -> None:
    invitation_id, code = await invite(server, installation, team)
    before = happened(installation, project)
    by_code = [cleo.client.post("/team-invitations/accept", {"code": code}) for _ in range(3)]
    by_id = [cleo.client.post(f"/team-invitations/{invitation_id}/accept?user_id=me") for _ in range(3)]
    answers = await at_once([*by_code, *by_id])
    assert statuses(answers).count(200) == 1
    assert set(statuses(answers)) <= {200, 404, 409}
    assert since(before, happened(installation, project)) == joined(team, cleo)


async def test_accepting_while_the_team_is_deleted_leaves_nothing(
    server: ApiClient, cleo: Person, team: str, installation: Installation
) -> None:
    _, code = await invite(server, installation, team)
    accepting = [cleo.client.post("/team-invitations/accept", {"code": code}) for _ in range(2)]
    answers = await at_once([*accepting, server.delete(f"/teams/{team}")])
    assert all(answer.status_code in (200, 404, 409) for answer in answers)
    assert codes(installation) == []
    assert (await server.get("/team-member-profiles")).json()["items"] == []


@on_sqlite
async def test_codes_of_other_kinds_are_no_invitations(
    server: ApiClient, cleo: Person, team: str, installation: Installation
) -> None:
    invitation_id, code = await invite(server, installation, team)

    def change(session: Session) -> None:
        session.execute(update(VerificationCode).values(type="ONE_TIME_PASSWORD"))

    installation.db.call(change)
    assert uuid.UUID(invitation_id) == codes(installation)[0].id
    for response in (
        await cleo.client.post("/team-invitations/accept", {"code": code}),
        await cleo.client.post(f"/team-invitations/{invitation_id}/accept?user_id=me"),
        await server.delete(f"/team-invitations/{invitation_id}?team_id={team}"),
    ):
        assert known_error(response) == "VERIFICATION_CODE_NOT_FOUND"
    assert len(codes(installation)) == 1
