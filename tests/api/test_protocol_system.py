"""Utility endpoints (contract 01, section 14)."""

import pytest
from sqlalchemy import delete
from sqlmodel import Session

from hexclave_app.installation import Installation
from models import Project
from tests.support.clients import ApiClient, known_error

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def test_welcome_echoes_the_authentication(client: ApiClient, as_client: ApiClient) -> None:
    nobody, somebody = (await client.get("")).text, (await as_client.get("")).text
    first, blank, *rest = nobody.split("\n")
    assert (bool(first), blank, rest) == (True, "", ["Authentication: None"])
    assert somebody.split("\n")[2:] == ["Authentication: Client", "  Project: internal", "  User: None"]


async def test_welcome_names_the_user_by_address_or_id(client: ApiClient, as_server: ApiClient) -> None:
    for fields in ({}, {"primary_email": "ada@example.org"}):
        user = (await as_server.post("/users", fields)).json()
        token = (await as_server.post("/auth/sessions", {"user_id": user["id"]})).json()["access_token"]
        shown = (await as_server.as_(access_token=token).get("")).text.split("\n")[-1]
        assert shown == f"  User: {user['primary_email'] or user['id']}"


async def test_welcome_takes_no_query(client: ApiClient) -> None:
    response = await client.get("?x=1")
    assert known_error(response) == "SCHEMA_ERROR"
    assert "query contains unknown properties: x" in response.json()["error"]


@pytest.mark.parametrize("query", ["", "?db=", "?db=1", "?anything=else"])
async def test_health_is_ok_and_open_to_all_origins(client: ApiClient, query: str) -> None:
    response = await client.get(f"/health{query}")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    for name in ("origin", "methods", "headers"):
        assert response.headers.get_list(f"access-control-allow-{name}") == ["*"]


async def test_health_asked_for_the_database_notices_an_empty_one(
    client: ApiClient, installation: Installation
) -> None:
    def empty(session: Session) -> None:
        session.execute(delete(Project))

    installation.db.call(empty)
    assert (await client.get("/health?db=1")).status_code == 500
    assert (await client.get("/health")).status_code == 200


@pytest.mark.parametrize(
    ("version", "is_up_to_date", "is_severe"),
    [
        ("", False, True),
        ("2.8", False, True),
        ("v2.8.108", False, True),
        ("2.8.108\n", False, True),
        ("02.8.108", False, True),
        ("2.8.56", False, True),
        ("2.8.57-beta.1", False, True),
        ("2.8.57", False, False),
        ("2.8.107", False, False),
        ("2.8.107-rc.1", False, False),
        ("2.8.108-rc.1", False, True),
        ("2.8.108+build.5", False, True),
        ("2.7.200", False, True),
        ("2.9.0", False, True),
        ("3.0.0", False, True),
        ("2.8.108", True, None),
        ("2.8.109", True, None),
        ("2.8.200-alpha", True, None),
    ],
)
async def test_versions_are_compared_row_by_row(
    client: ApiClient, version: str, is_up_to_date: bool, is_severe: bool | None
) -> None:
    response = await client.post("/check-version", {"clientVersion": version})
    assert response.status_code == 200
    body = response.json()
    assert (body["upToDate"], body.get("severe")) == (is_up_to_date, is_severe)
    assert set(body) == ({"upToDate"} if is_up_to_date else {"upToDate", "severe", "error"})


@pytest.mark.parametrize("body", [{}, {"clientVersion": None}, {"clientVersion": "1.0.0", "x": 1}, [], "text"])
async def test_a_version_check_without_version_is_a_schema_error(client: ApiClient, body: object) -> None:
    response = await client.request("POST", "/check-version", json=body)
    assert (response.status_code, known_error(response)) == (400, "SCHEMA_ERROR")


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ({"feature_name": "time travel", "name": "x"}, "time travel"),
        ({"name": "teleport"}, "teleport"),
        ({}, "This feature"),
        ([1], "This feature"),
        (None, "This feature"),
    ],
)
async def test_an_unsupported_feature_is_named_as_text(client: ApiClient, body: object, name: str) -> None:
    response = await client.request("POST", "/check-feature-support", json=body)
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    assert response.text.startswith(f"{name} is not yet supported")


async def test_a_feature_check_needs_no_body(client: ApiClient) -> None:
    assert (await client.request("POST", "/check-feature-support")).status_code == 200


async def test_every_page_of_the_sdk_is_at_its_first_version(client: ApiClient) -> None:
    versions = (await client.get("/api/latest/internal/component-versions")).json()["versions"]
    assert sorted(versions) == [
        "accountSettings", "cliAuthConfirm", "emailVerification", "error", "forgotPassword", "magicLinkCallback", "mfa",
        "oauthCallback", "onboarding", "passwordReset", "signIn", "signOut", "signUp", "teamInvitation",
    ]  # fmt: skip
    assert all(list(entry["changelogs"]) == ["1"] and entry["version"] == 1 for entry in versions.values())


async def test_the_server_names_its_own_address(client: ApiClient) -> None:
    assert (await client.get("/internal/backend-urls")).json() == {"urls": ["http://localhost:8000"]}
