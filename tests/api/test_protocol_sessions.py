"""Sessions and the refresh grant (contract 03, sections 2 and 10.5; contract 01, section 10)."""

import uuid
from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from hexclave_app.installation import Installation
from models import AnalyticsEvent, User, UserSession
from models.base import utc_now
from tests.support.clients import ApiClient, known_error
from tests.support.projects import TestProject, as_admin, as_client, as_server, create_project
from tests.support.tokens import decoded_part

YEAR_MS = 365 * 24 * 60 * 60 * 1000


@pytest.fixture
def project(installation: Installation) -> TestProject:
    return create_project(installation)


@pytest.fixture
def server(client: ApiClient, project: TestProject) -> ApiClient:
    return as_server(client, project)


async def new_user(server: ApiClient, **fields: object) -> str:
    return str((await server.post("/users", fields)).json()["id"])


async def new_session(server: ApiClient, user_id: str, **fields: object) -> dict[str, str]:
    response = await server.post("/auth/sessions", {"user_id": user_id, **fields})
    assert response.status_code == 200
    tokens: dict[str, str] = response.json()
    assert set(tokens) == {"access_token", "refresh_token"}
    assert len(tokens["refresh_token"]) == 45
    return tokens


def session_id(tokens: dict[str, str]) -> str:
    return str(decoded_part(tokens["access_token"], 1)["refresh_token_id"])


def stored(installation: Installation) -> list[UserSession]:
    def read(session: Session) -> list[UserSession]:
        return list(session.exec(select(UserSession).order_by(col(UserSession.created_at))).all())

    return installation.db.call(read)


async def test_a_server_opens_a_session_of_a_year(server: ApiClient, installation: Installation) -> None:
    await new_session(server, await new_user(server))
    (row,) = stored(installation)
    assert row.expires_at == row.created_at + timedelta(milliseconds=YEAR_MS)
    assert not row.is_impersonation


@pytest.mark.parametrize(("millis", "is_ok"), [(1, True), (367 * 86_400_000, True), (367 * 86_400_001, False), (0, False), (-1, False), ("60000", True), (None, False)])  # fmt: skip  # noqa: E501 - a table in one line
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_lifetime_is_positive_and_at_most_367_days(server: ApiClient, millis: object, is_ok: bool) -> None:
    body = {"user_id": await new_user(server), "expires_in_millis": millis}
    response = await server.post("/auth/sessions", body)
    assert (response.status_code, known_error(response)) == ((200, None) if is_ok else (400, "SCHEMA_ERROR"))


async def test_an_unknown_user_gets_no_session(server: ApiClient) -> None:
    user_id = str(uuid.uuid4())
    response = await server.post("/auth/sessions", {"user_id": user_id})
    assert (response.status_code, known_error(response)) == (400, "USER_ID_DOES_NOT_EXIST")
    assert response.json()["details"] == {"user_id": user_id}


async def test_sessions_are_listed_newest_first_with_the_current_one_marked(
    client: ApiClient, server: ApiClient, project: TestProject
) -> None:
    user_id = await new_user(server)
    old, new = await new_session(server, user_id), await new_session(server, user_id)
    caller = as_client(client, project).as_(access_token=old["access_token"])
    body = (await caller.get("/auth/sessions?user_id=me")).json()
    assert (list(body), body["is_paginated"]) == (["items", "is_paginated"], False)
    items = {item["id"]: item for item in body["items"]}
    assert items.keys() == {session_id(old), session_id(new)}
    assert [item["created_at"] for item in body["items"]] == sorted((i["created_at"] for i in items.values()), reverse=True)  # fmt: skip  # noqa: E501 - a table in one line
    assert items[session_id(old)]["is_current_session"]
    assert not items[session_id(new)]["is_current_session"]
    assert set(items[session_id(old)]) == {
        "id", "user_id", "created_at", "last_used_at", "is_impersonation", "is_current_session",
    }  # fmt: skip


async def test_a_session_remembers_where_it_was_used_last(
    client: ApiClient, server: ApiClient, project: TestProject
) -> None:
    tokens = await new_session(server, await new_user(server))
    browser = {"user-agent": "Mozilla/5.0", "x-real-ip": "1.2.3.4", "x-vercel-ip-country": "de"}
    caller = as_client(client, project).as_(refresh_token=tokens["refresh_token"], access_token=tokens["access_token"])
    assert (await caller.post("/auth/sessions/current/refresh", headers=browser)).status_code == 200
    (item,) = (await caller.get("/auth/sessions?user_id=me")).json()["items"]
    assert item["last_used_at_end_user_ip_info"] == {"ip": "1.2.3.4", "countryCode": "DE"}


async def test_only_administrators_see_impersonations(
    client: ApiClient, server: ApiClient, project: TestProject
) -> None:
    user_id = await new_user(server)
    own = await new_session(server, user_id)
    await new_session(server, user_id, is_impersonation=True)
    path = f"/auth/sessions?user_id={user_id}"
    own_caller = as_client(client, project).as_(access_token=own["access_token"])
    callers = [own_caller, server, as_admin(client, project)]
    assert [len((await caller.get(path)).json()["items"]) for caller in callers] == [1, 1, 2]


async def test_a_client_sees_its_own_sessions_only(client: ApiClient, server: ApiClient, project: TestProject) -> None:
    tokens, other = await new_session(server, await new_user(server)), await new_user(server)
    caller = as_client(client, project)
    refused = await caller.as_(access_token=tokens["access_token"]).get(f"/auth/sessions?user_id={other}")
    assert (refused.status_code, known_error(refused)) == (403, None)
    nobody = await caller.get(f"/auth/sessions?user_id={other}")
    assert (nobody.status_code, known_error(nobody)) == (400, "CANNOT_GET_OWN_USER_WITHOUT_USER")
    missing = await server.get("/auth/sessions")
    assert "query.user_id must be defined" in missing.json()["error"]


async def test_expired_sessions_stay_listed(server: ApiClient, installation: Installation) -> None:
    user_id = await new_user(server)
    await new_session(server, user_id)
    expire_all(installation)
    assert len((await server.get(f"/auth/sessions?user_id={user_id}")).json()["items"]) == 1


def expire_all(installation: Installation) -> None:
    def expire(session: Session) -> None:
        for row in session.exec(select(UserSession)).all():
            row.expires_at = utc_now()

    installation.db.call(expire)


@pytest.mark.parametrize("query", ["", "?user_id=me"])
async def test_a_client_revokes_its_other_sessions(
    client: ApiClient, server: ApiClient, project: TestProject, installation: Installation, query: str
) -> None:
    user_id = await new_user(server)
    current, other = await new_session(server, user_id), await new_session(server, user_id)
    caller = as_client(client, project).as_(access_token=current["access_token"])
    response = await caller.delete(f"/auth/sessions/{session_id(other)}{query}")
    assert (response.status_code, response.json()) == (200, {"success": True})
    assert [str(row.id) for row in stored(installation)] == [session_id(current)]
    refused = await caller.delete(f"/auth/sessions/{session_id(current)}{query}")
    assert (refused.status_code, known_error(refused)) == (400, "CANNOT_DELETE_CURRENT_SESSION")
    again = await caller.delete(f"/auth/sessions/{session_id(other)}{query}")
    assert (again.status_code, known_error(again)) == (404, None)


async def test_a_client_cannot_revoke_the_sessions_of_others(
    client: ApiClient, server: ApiClient, project: TestProject, installation: Installation
) -> None:
    own, other = await new_session(server, await new_user(server)), await new_session(server, await new_user(server))
    caller = as_client(client, project)
    refused = await caller.as_(access_token=own["access_token"]).delete(f"/auth/sessions/{session_id(other)}")
    assert (refused.status_code, known_error(refused)) == (404, None)
    nobody = await caller.delete(f"/auth/sessions/{session_id(other)}")
    assert known_error(nobody) == "CANNOT_GET_OWN_USER_WITHOUT_USER"
    assert len(stored(installation)) == 2
    assert (await server.delete(f"/auth/sessions/{session_id(other)}")).status_code == 200


async def test_signing_out_ends_the_session_once(client: ApiClient, server: ApiClient, project: TestProject) -> None:
    tokens = await new_session(server, await new_user(server))
    caller = as_client(client, project).as_(access_token=tokens["access_token"])
    first = await caller.request("DELETE", "/auth/sessions/current", json={})
    assert (first.status_code, first.json()) == (200, {"success": True})
    second = await caller.delete("/auth/sessions/current")
    assert (second.status_code, known_error(second)) == (401, "REFRESH_TOKEN_NOT_FOUND_OR_EXPIRED")
    assert (await caller.get("/users/me")).status_code == 200, "access tokens live until they expire"


async def test_signing_out_needs_an_access_token(client: ApiClient, project: TestProject) -> None:
    response = await as_client(client, project).delete("/auth/sessions/current")
    assert (response.status_code, known_error(response)) == (401, "ACCESS_TOKEN_EXPIRED")
    details = response.json()["details"]
    assert isinstance(details.pop("expired_at_millis"), int)
    assert details == {"project_id": None, "user_id": None, "refresh_token_id": None}


async def test_the_refresh_header_gives_a_new_access_token(
    client: ApiClient, server: ApiClient, project: TestProject
) -> None:
    tokens = await new_session(server, await new_user(server))
    caller = as_client(client, project)
    response = await caller.as_(refresh_token=tokens["refresh_token"]).post("/auth/sessions/current/refresh")
    assert (response.status_code, set(response.json())) == (200, {"access_token"})
    missing = await caller.post("/auth/sessions/current/refresh")
    assert known_error(missing) == "SCHEMA_ERROR"
    assert 'headers["x-stack-refresh-token"] must be defined' in missing.json()["error"]
    wrong = await caller.as_(refresh_token="wrong").post("/auth/sessions/current/refresh")
    assert (wrong.status_code, known_error(wrong)) == (401, "REFRESH_TOKEN_NOT_FOUND_OR_EXPIRED")


async def test_a_refresh_records_activity_and_changes_nothing_else(
    client: ApiClient, server: ApiClient, project: TestProject, installation: Installation
) -> None:
    tokens = await new_session(server, await new_user(server))
    (before,) = stored(installation)
    caller = as_client(client, project).as_(refresh_token=tokens["refresh_token"])
    await caller.post("/auth/sessions/current/refresh")
    (after,) = stored(installation)

    def read(session: Session) -> tuple[list[AnalyticsEvent], User]:
        events = session.exec(select(AnalyticsEvent).order_by(col(AnalyticsEvent.event_at))).all()
        return list(events), session.exec(select(User)).one()

    events, user = installation.db.call(read)
    assert user.last_active_at == after.last_active_at >= before.last_active_at
    assert (after.expires_at, after.refresh_token_hash) == (before.expires_at, before.refresh_token_hash)
    assert [(event.event_type, event.user_id, event.refresh_token_id) for event in events] == [
        ("$token-refresh", user.id, after.id)
    ] * 2


async def oauth(client: ApiClient, project: TestProject, **fields: str) -> "tuple[int, str | None]":
    body = {
        "grant_type": "refresh_token",
        "client_id": project.id,
        "client_secret": "__stack_public_client__",
        **fields,
    }
    response = await client.request("POST", "/auth/oauth/token", data=body)
    return response.status_code, known_error(response)


@pytest.mark.parametrize("encoding", ["data", "json"])
@pytest.mark.parametrize("secret", ["key", "sentinel"])
async def test_the_refresh_grant_satisfies_a_strict_oauth_client(
    client: ApiClient, server: ApiClient, project: TestProject, encoding: str, secret: str
) -> None:
    tokens = await new_session(server, await new_user(server))
    body = {
        "grant_type": "refresh_token",
        "refresh_token": tokens["refresh_token"],
        "client_id": f"{project.id}#main" if secret == "key" else project.id,
        "client_secret": project.keys["publishable_client_key"] if secret == "key" else "__stack_public_client__",
        "something_unknown": "is allowed",
    }
    response = await client.request("POST", "/auth/oauth/token", **{encoding: body})
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("application/json")
    assert (response.headers.get_list("cache-control"), response.headers["pragma"]) == (["no-store"], "no-cache")
    answer = response.json()
    assert decoded_part(answer.pop("access_token"), 1)["refresh_token_id"] == session_id(tokens)
    assert answer == {
        "token_type": "Bearer", "expires_in": 3600, "scope": "legacy",
        "after_callback_redirect_url": None, "afterCallbackRedirectUrl": None,
    }  # fmt: skip
    assert "www-authenticate" not in response.headers


async def test_a_refresh_token_works_in_its_own_project_only(
    client: ApiClient, server: ApiClient, project: TestProject, installation: Installation
) -> None:
    other = create_project(installation, name="Other")
    token = (await new_session(server, await new_user(server)))["refresh_token"]
    refused = (401, "REFRESH_TOKEN_NOT_FOUND_OR_EXPIRED")
    assert await oauth(client, other, refresh_token=token) == refused
    foreign = as_client(client, other).as_(refresh_token=token)
    assert known_error(await foreign.post("/auth/sessions/current/refresh")) == refused[1]
    assert await oauth(client, project, refresh_token=token) == (200, None)


async def test_expired_and_deleted_sessions_do_not_refresh(
    client: ApiClient, server: ApiClient, project: TestProject, installation: Installation
) -> None:
    user_id = await new_user(server)
    token = (await new_session(server, user_id))["refresh_token"]
    expire_all(installation)
    assert await oauth(client, project, refresh_token=token) == (401, "REFRESH_TOKEN_NOT_FOUND_OR_EXPIRED")
    token = (await new_session(server, user_id))["refresh_token"]
    await server.delete(f"/users/{user_id}")
    assert await oauth(client, project, refresh_token=token) == (401, "REFRESH_TOKEN_NOT_FOUND_OR_EXPIRED")


@pytest.mark.parametrize(
    ("fields", "status", "code"),
    [
        ({"client_id": "nothing"}, 400, "INVALID_OAUTH_CLIENT_ID_OR_SECRET"),
        ({"client_id": "\x01"}, 400, "INVALID_OAUTH_CLIENT_ID_OR_SECRET"),
        ({"client_secret": "wrong"}, 400, "INVALID_OAUTH_CLIENT_ID_OR_SECRET"),
        ({"grant_type": "password"}, 400, None),
        ({"grant_type": ""}, 400, None),
        ({"refresh_token": ""}, 400, None),
        ({"client_id": ""}, 400, None),
    ],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_wrong_token_request_is_refused(
    client: ApiClient, project: TestProject, fields: dict[str, str], status: int, code: str | None
) -> None:
    assert await oauth(client, project, **{"refresh_token": "x", **fields}) == (status, code)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_oauth_errors_have_the_form_of_the_standard(client: ApiClient) -> None:
    response = await client.request("POST", "/auth/oauth/token", data={"grant_type": "x"})
    assert response.json().keys() == {"error", "error_description"}
    assert response.json()["error"] == "unsupported_grant_type"
    assert response.headers["cache-control"] == "no-store"
