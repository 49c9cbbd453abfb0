"""API keys over the API: who may make, see, change and check them; leaked ones (contract 04, section 6)."""

import hashlib
import time

import pytest
from sqlmodel import Session, select

from hexclave_app.api import create_api
from hexclave_app.installation import Installation
from hexclave_app.settings import Settings
from models import ApiKey, EmailOutbox
from tests.support.all_rows import all_rows
from tests.support.clients import ApiClient, known_error
from tests.support.configs import configure
from tests.support.people import Person, happened, person
from tests.support.projects import TestProject, as_client, as_server, create_project
from tests.support.races import at_once, statuses

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
NOBODY = "2f8c2a0e-5f5b-4b8f-9a55-0d1f3f3b7a11"
REPORT = "/integrations/credential-scanning/revoke"


@pytest.fixture
def project(installation: Installation) -> TestProject:
    created = create_project(installation, name="Demo <1>")
    configure(installation, created.id, {"apiKeys.enabled.user": True, "apiKeys.enabled.team": True})
    return created


@pytest.fixture
def server(client: ApiClient, project: TestProject) -> ApiClient:
    return as_server(client, project)


@pytest.fixture
async def ada(client: ApiClient, installation: Installation, project: TestProject) -> Person:
    return await person(client, installation, project, primary_email="ada@example.org")


@pytest.fixture
async def ben(client: ApiClient, installation: Installation, project: TestProject) -> Person:
    return await person(client, installation, project, primary_email="ben@example.org")


@pytest.fixture
async def team(server: ApiClient, ada: Person, ben: Person) -> str:
    """A team of which Ada is the administrator, and Ben a plain member."""
    team_id = (await server.post("/teams", {"display_name": "Acme", "creator_user_id": ada.id})).json()["id"]
    await server.post(f"/team-memberships/{team_id}/{ben.id}")
    return str(team_id)


async def user_key(caller: ApiClient, user_id: str = "me", **fields: object) -> dict[str, object]:
    body = {"description": "CI", "expires_at_millis": None, "user_id": user_id, **fields}
    response = await caller.post("/user-api-keys", body)
    assert response.status_code == 200, response.text
    created: dict[str, object] = response.json()
    return created


async def team_key(caller: ApiClient, team_id: str, **fields: object) -> dict[str, object]:
    body = {"description": "CI", "expires_at_millis": None, "team_id": team_id, **fields}
    response = await caller.post("/team-api-keys", body)
    assert response.status_code == 200, response.text
    created: dict[str, object] = response.json()
    return created


def rows(installation: Installation) -> list[ApiKey]:
    return installation.db.call(lambda session: list(session.exec(select(ApiKey)).all()))


def notices(installation: Installation) -> dict[str, dict[str, str]]:
    """Recipients and contents of all queued mails."""

    def read(session: Session) -> dict[str, dict[str, str]]:
        found = session.exec(select(EmailOutbox)).all()
        assert {row.template_id for row in found} <= {None}
        assert len({row.recipient_emails[0] for row in found}) == len(found)
        return {row.recipient_emails[0]: {"subject": row.subject_override or "", "html": row.source} for row in found}

    return installation.db.call(read)


async def test_a_key_is_shown_once_and_kept_as_a_hash(
    ada: Person, server: ApiClient, installation: Installation, project: TestProject
) -> None:
    before = happened(installation, project)
    created = await user_key(ada.client)
    value = str(created["value"])
    assert set(created) == {"id", "description", "is_public", "created_at_millis", "type", "user_id", "value"}
    assert (created["type"], created["user_id"], created["is_public"]) == ("user", ada.id, False)
    later = {**created, "value": {"last_four": value[-4:]}}
    assert (await ada.client.get(f"/user-api-keys/{created['id']}")).json() == later
    assert (await ada.client.get("/user-api-keys?user_id=me")).json() == {"items": [later], "is_paginated": False}
    assert (await server.post("/user-api-keys/check", {"api_key": value})).json() == later
    (row,) = rows(installation)
    assert row.key_hash == hashlib.sha256(value.encode()).hexdigest()
    assert value not in repr(row)
    assert (happened(installation, project), notices(installation)) == (before, {})


async def test_keys_are_listed_newest_first_with_the_dead_ones(server: ApiClient, ada: Person) -> None:
    past = int(time.time() * 1000) - 1000
    first = await user_key(server, ada.id, expires_at_millis=past)
    second = await user_key(server, ada.id, expires_at_millis=0)
    await server.patch(f"/user-api-keys/{second['id']}", {"revoked": True})
    items = (await server.get(f"/user-api-keys?user_id={ada.id}")).json()["items"]
    assert {item["id"] for item in items} == {first["id"], second["id"]}
    created = [item["created_at_millis"] for item in items]
    assert created == sorted(created, reverse=True)
    by_id = {item["id"]: item for item in items}
    assert by_id[first["id"]]["expires_at_millis"] == past
    assert "expires_at_millis" not in by_id[second["id"]]
    assert "manually_revoked_at_millis" in by_id[second["id"]]


async def test_revoking_keeps_the_first_time_and_the_description_may_change(ada: Person) -> None:
    created = await user_key(ada.client)
    path = f"/user-api-keys/{created['id']}"
    first = (await ada.client.patch(path, {"revoked": True})).json()
    again = (await ada.client.patch(path, {"revoked": True, "description": "Old"})).json()
    assert again == {**first, "description": "Old"}
    for body in ({"revoked": False}, {"expires_at_millis": 1}, {"description": None}):
        assert known_error(await ada.client.patch(path, body)) == "SCHEMA_ERROR"


async def test_checking_fails_in_the_order_of_the_contract(
    client: ApiClient, installation: Installation, server: ApiClient, ada: Person, team: str
) -> None:
    async def attempt(value: object, caller: ApiClient = server, kind: str = "user") -> tuple[int, str | None]:
        response = await caller.post(f"/{kind}-api-keys/check", {"api_key": value})
        return response.status_code, known_error(response)

    good = await user_key(server, ada.id, is_public=True)
    assert await attempt(good["value"]) == (200, None)
    assert await attempt("nothing") == (404, "API_KEY_NOT_FOUND")
    assert await attempt(str(good["value"])[:-1] + "x") == (404, "API_KEY_NOT_FOUND")
    other = create_project(installation, name="Other")
    configure(installation, other.id, {"apiKeys.enabled.user": True})
    assert await attempt(good["value"], as_server(client, other)) == (404, "API_KEY_NOT_FOUND")
    expired = await team_key(server, team, expires_at_millis=1)
    assert await attempt(expired["value"], kind="team") == (401, "API_KEY_EXPIRED")
    await server.patch(f"/team-api-keys/{expired['id']}?team_id={team}", {"revoked": True})
    assert await attempt(expired["value"], kind="team") == (401, "API_KEY_REVOKED")
    wrong = await server.post("/user-api-keys/check", {"api_key": expired["value"]})
    assert (wrong.status_code, known_error(wrong)) == (400, "WRONG_API_KEY_TYPE")
    assert wrong.json()["details"] == {"expected_type": "user", "actual_type": "team"}
    assert await attempt(good["value"], ada.client) == (401, "INSUFFICIENT_ACCESS_TYPE")


async def test_checking_writes_nothing(server: ApiClient, ada: Person, installation: Installation) -> None:
    created = await user_key(server, ada.id)
    before = all_rows(installation)
    assert (await server.post("/user-api-keys/check", {"api_key": created["value"]})).status_code == 200
    assert all_rows(installation) == before


async def test_a_revoked_key_fails_on_the_next_request_in_every_process(
    server: ApiClient, ada: Person, settings: Settings
) -> None:
    created = await user_key(server, ada.id)
    elsewhere = Installation(settings)
    try:
        async with ApiClient(create_api(elsewhere), server.headers) as other:
            body = {"api_key": created["value"]}
            assert (await other.post("/user-api-keys/check", body)).status_code == 200
            await server.patch(f"/user-api-keys/{created['id']}", {"revoked": True})
            assert known_error(await other.post("/user-api-keys/check", body)) == "API_KEY_REVOKED"
    finally:
        elsewhere.close()


@on_sqlite
async def test_users_handle_their_own_keys_only(
    client: ApiClient, project: TestProject, server: ApiClient, ada: Person, ben: Person
) -> None:
    created = await user_key(server, ada.id)
    body = {"description": "x", "expires_at_millis": None, "user_id": ada.id}
    nobody = as_client(client, project)
    for caller, status, code in ((ben.client, 403, None), (nobody, 401, "USER_AUTHENTICATION_REQUIRED")):
        for response in (
            await caller.post("/user-api-keys", body),
            await caller.get(f"/user-api-keys?user_id={ada.id}"),
            await caller.get(f"/user-api-keys/{created['id']}"),
            await caller.patch(f"/user-api-keys/{created['id']}", {"revoked": True}),
        ):
            assert (response.status_code, known_error(response)) == (status, code)
    assert "manually_revoked_at_millis" not in (await server.get(f"/user-api-keys/{created['id']}")).json()


@on_sqlite
async def test_team_keys_are_hidden_from_members_without_permission(
    server: ApiClient, ada: Person, ben: Person, team: str
) -> None:
    created = await team_key(ada.client, team)
    assert (created["type"], created["team_id"]) == ("team", team)
    body = {"description": "x", "expires_at_millis": None, "team_id": team}
    for response in (
        await ben.client.post("/team-api-keys", body),
        await ben.client.get(f"/team-api-keys?team_id={team}"),
        await ben.client.get(f"/team-api-keys/{created['id']}?team_id={team}"),
        await ben.client.patch(f"/team-api-keys/{created['id']}?team_id={team}", {"revoked": True}),
    ):
        assert (response.status_code, known_error(response)) == (404, "API_KEY_NOT_FOUND")
    await server.post(f"/team-permissions/{team}/{ben.id}/$manage_api_keys")
    assert len((await ben.client.get(f"/team-api-keys?team_id={team}")).json()["items"]) == 1
    assert known_error(await ada.client.get(f"/team-api-keys/{created['id']}")) == "SCHEMA_ERROR"


@on_sqlite
async def test_a_key_of_the_other_kind_is_unknown_and_stays_as_it_is(
    server: ApiClient, ada: Person, team: str, installation: Installation
) -> None:
    mine, ours = await user_key(server, ada.id), await team_key(server, team)
    for path in (f"/user-api-keys/{ours['id']}", f"/team-api-keys/{mine['id']}?team_id={team}"):
        assert known_error(await server.patch(path, {"revoked": True})) == "API_KEY_NOT_FOUND"
        assert known_error(await server.get(path)) == "API_KEY_NOT_FOUND"
    assert [row.revoked_at for row in rows(installation)] == [None, None]


@on_sqlite
async def test_keys_of_another_project_do_not_exist(
    client: ApiClient, installation: Installation, server: ApiClient, ada: Person, team: str
) -> None:
    mine, ours = await user_key(server, ada.id), await team_key(server, team)
    other = create_project(installation, name="Other")
    configure(installation, other.id, {"apiKeys.enabled.user": True, "apiKeys.enabled.team": True})
    stranger = as_server(client, other)
    for path in (f"/user-api-keys/{mine['id']}", f"/team-api-keys/{ours['id']}?team_id={team}"):
        assert known_error(await stranger.get(path)) == "API_KEY_NOT_FOUND"
        assert known_error(await stranger.patch(path, {"revoked": True})) == "API_KEY_NOT_FOUND"
    assert (await stranger.get(f"/user-api-keys?user_id={ada.id}")).json()["items"] == []
    assert (await stranger.get(f"/team-api-keys?team_id={team}")).json()["items"] == []
    assert [row.revoked_at for row in rows(installation)] == [None, None]


@on_sqlite
async def test_the_switches_are_checked_first(
    server: ApiClient, ada: Person, team: str, installation: Installation, project: TestProject
) -> None:
    created = await user_key(server, ada.id)
    configure(installation, project.id, {"apiKeys.enabled.user": False, "apiKeys.enabled.team": False})
    for kind, owner in (("user", f"user_id={NOBODY}"), ("team", f"team_id={team}")):
        for response in (
            await server.get(f"/{kind}-api-keys?{owner}"),
            await server.get(f"/{kind}-api-keys/{NOBODY}?{owner}"),
            await server.post(f"/{kind}-api-keys/check", {"api_key": created["value"]}),
        ):
            assert (response.status_code, known_error(response)) == (400, None)


@pytest.mark.parametrize("missing", ["description", "expires_at_millis", "user_id"])
@on_sqlite
async def test_a_new_key_must_say_everything(server: ApiClient, ada: Person, missing: str) -> None:
    body = {"description": "CI", "expires_at_millis": None, "user_id": ada.id}
    del body[missing]
    assert known_error(await server.post("/user-api-keys", body)) == "SCHEMA_ERROR"
    assert known_error(await server.get("/user-api-keys")) == "SCHEMA_ERROR"


async def test_keys_of_unknown_owners_are_not_made(server: ApiClient, installation: Installation) -> None:
    body = {"description": "CI", "expires_at_millis": None}
    assert known_error(await server.post("/user-api-keys", {**body, "user_id": NOBODY})) == "USER_NOT_FOUND"
    assert known_error(await server.post("/team-api-keys", {**body, "team_id": NOBODY})) == "TEAM_NOT_FOUND"
    assert rows(installation) == []


async def test_keys_go_with_their_owner(server: ApiClient, ada: Person, team: str, installation: Installation) -> None:
    await user_key(server, ada.id)
    await team_key(server, team)
    await server.delete(f"/teams/{team}")
    await server.delete(f"/users/{ada.id}")
    assert rows(installation) == []


async def test_a_leaked_user_key_is_revoked_and_its_owner_told_once(
    client: ApiClient, server: ApiClient, ada: Person, installation: Installation
) -> None:
    created = await user_key(server, ada.id, description='<b>"CI"</b>')
    answers = await at_once([client.post(REPORT, {"api_key": created["value"]}) for _ in range(4)])
    assert statuses(answers) == [200, 200, 200, 200]
    assert answers[0].json() == {"success": True}
    (row,) = rows(installation)
    assert row.revoked_at is not None
    sent = notices(installation)
    assert list(sent) == ["ada@example.org"]
    assert sent["ada@example.org"]["subject"] == 'API key "<b>"CI"</b>" revoked'
    assert "&lt;b&gt;&quot;CI&quot;&lt;/b&gt;" in sent["ada@example.org"]["html"]
    assert "Demo &lt;1&gt;" in sent["ada@example.org"]["html"]


async def test_a_leaked_team_key_is_told_to_those_who_manage_it(
    client: ApiClient, server: ApiClient, ada: Person, ben: Person, team: str, installation: Installation
) -> None:
    created = await team_key(server, team)
    same = (await server.post("/users", {"primary_email": "ada@example.org"})).json()["id"]
    silent = (await server.post("/users", {})).json()["id"]
    for user_id in (same, silent):
        await server.post(f"/team-memberships/{team}/{user_id}")
        await server.post(f"/team-permissions/{team}/{user_id}/$manage_api_keys")
    assert (await client.post(REPORT, {"api_key": created["value"]})).status_code == 200
    assert list(notices(installation)) == ["ada@example.org"]


async def test_reports_fail_in_the_order_of_the_contract(
    client: ApiClient, server: ApiClient, ada: Person, installation: Installation
) -> None:
    public = await user_key(server, ada.id, is_public=True, expires_at_millis=1)
    expired = await user_key(server, ada.id, expires_at_millis=1)
    for value, status, code in (
        ("nothing", 404, "API_KEY_NOT_FOUND"),
        (public["value"], 400, "PUBLIC_API_KEY_CANNOT_BE_REVOKED"),
        (expired["value"], 401, "API_KEY_EXPIRED"),
    ):
        response = await client.post(REPORT, {"api_key": value})
        assert (response.status_code, known_error(response)) == (status, code)
    assert [row.revoked_at for row in rows(installation)] == [None, None]
    assert notices(installation) == {}


async def test_making_keys_while_their_owner_is_deleted_leaves_nothing(
    server: ApiClient, ada: Person, installation: Installation
) -> None:
    body = {"description": "CI", "expires_at_millis": None, "user_id": ada.id}
    making = [server.post("/user-api-keys", body) for _ in range(4)]
    answers = await at_once([*making, server.delete(f"/users/{ada.id}")])
    assert all(answer.status_code in (200, 404) for answer in answers)
    assert rows(installation) == []


async def test_of_parallel_revocations_the_first_time_stays(server: ApiClient, ada: Person) -> None:
    path = f"/user-api-keys/{(await user_key(server, ada.id))['id']}"
    answers = await at_once([server.patch(path, {"revoked": True}) for _ in range(5)])
    assert statuses(answers) == [200] * 5
    assert len({answer.json()["manually_revoked_at_millis"] for answer in answers}) == 1
