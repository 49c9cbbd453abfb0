"""Creating, reading and listing users (contract 04, sections 1 and 2)."""

import uuid

import pytest
from sqlmodel import Session, col, select

from hexclave_app.config.overrides import merge
from hexclave_app.installation import Installation
from hexclave_app.services import teams, tenancies
from models import ConfigOverride, User, WebhookEvent
from models.base import JsonValue
from tests.support.clients import ApiClient, known_error
from tests.support.projects import TestProject, as_server, create_project

BCRYPT = "$2b$04$" + "abcdefghijklmnopqrstuu" + "a" * 31
USER_KEYS = {
    "id", "primary_email", "primary_email_verified", "display_name", "client_metadata", "client_read_only_metadata",
    "profile_image_url", "signed_up_at_millis", "has_password", "otp_auth_enabled", "passkey_auth_enabled",
    "auth_with_email", "requires_totp_mfa", "oauth_providers", "selected_team_id", "selected_team", "is_anonymous",
    "is_restricted", "restricted_reason", "restricted_by_admin", "restricted_by_admin_reason",
    "primary_email_auth_enabled", "last_active_at_millis", "server_metadata", "restricted_by_admin_private_details",
    "country_code", "risk_scores",
}  # fmt: skip


@pytest.fixture
def project(installation: Installation) -> TestProject:
    return create_project(installation)


@pytest.fixture
def server(client: ApiClient, project: TestProject) -> ApiClient:
    return as_server(client, project)


def configure(installation: Installation, project: TestProject, **config: JsonValue) -> None:
    """Set config keys, written with `__` for a dot."""

    def apply(session: Session) -> None:
        named = {name.replace("__", "."): value for name, value in config.items()}
        row = session.get_one(ConfigOverride, (project.id, "main", "environment"))
        row.config = merge(row.config, named)
        tenancies.touch(session, project.id)

    installation.db.call(apply)


def events(installation: Installation, project: TestProject) -> list[WebhookEvent]:
    def read(session: Session) -> list[WebhookEvent]:
        mine = select(WebhookEvent).where(WebhookEvent.tenancy_id == project.tenancy_id)
        return list(session.exec(mine.order_by(col(WebhookEvent.type))).all())

    return installation.db.call(read)


async def ids(server: ApiClient, query: str = "") -> list[str]:
    return [item["id"] for item in (await server.get(f"/users{query}")).json()["items"]]


async def make(server: ApiClient, **fields: object) -> str:
    response = await server.post("/users", fields)
    assert response.status_code == 201, response.text
    return str(response.json()["id"])


async def test_an_empty_user_has_every_field(
    server: ApiClient, installation: Installation, project: TestProject
) -> None:
    response = await server.post("/users", {})
    user = response.json()
    assert (response.status_code, set(user)) == (201, USER_KEYS)
    assert uuid.UUID(user["id"]).version == 4
    assert user["last_active_at_millis"] == user["signed_up_at_millis"]
    assert user["risk_scores"] == {"sign_up": {"bot": 0, "free_trial_abuse": 0}}
    assert [name for name, value in user.items() if value is True] == []
    assert (await server.get(f"/users/{user['id']}")).json() == user
    (event,) = events(installation, project)
    assert (event.type, event.payload) == ("user.created", user)


async def test_a_full_user_keeps_what_was_given(server: ApiClient) -> None:
    given = {
        "display_name": "Ada", "primary_email_verified": True, "primary_email_auth_enabled": True,
        "client_metadata": {"a": [1]}, "client_read_only_metadata": "text", "server_metadata": 5,
        "restricted_by_admin": True, "restricted_by_admin_reason": "why", "restricted_by_admin_private_details": "more",
        "risk_scores": {"sign_up": {"bot": 100, "free_trial_abuse": 1}}, "profile_image_url": "https://example.org/a.png",
    }  # fmt: skip
    user = (
        await server.post(
            "/users", {**given, "primary_email": "Ada@Example.org", "country_code": " de ", "password": "x"}
        )
    ).json()
    assert {name: user[name] for name in given} == given
    assert (user["primary_email"], user["country_code"]) == ("ada@example.org", "DE")
    assert (user["has_password"], user["auth_with_email"]) == (True, True)
    assert user["restricted_reason"] == {"type": "restricted_by_administrator"}


async def test_an_empty_name_is_none(server: ApiClient) -> None:
    assert (await server.post("/users", {"display_name": ""})).json()["display_name"] is None


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"primary_email_verified": True}, None),
        ({"primary_email_auth_enabled": True}, None),
        ({"restricted_by_admin_reason": "x"}, "SCHEMA_ERROR"),
        ({"oauth_providers": [{"id": "acme", "account_id": "1"}]}, None),
        ({"otp_auth_enabled": True}, None),
        ({"passkey_auth_enabled": True}, None),
        ({"password_hash": "$1$x"}, None),
        ({"password": "x", "password_hash": BCRYPT}, None),
        ({"primary_email": ""}, "SCHEMA_ERROR"),
        ({"selected_team_id": None}, "SCHEMA_ERROR"),
        ({"country_code": "DEU"}, "SCHEMA_ERROR"),
        ({"risk_scores": {"sign_up": {"bot": 1}}}, "SCHEMA_ERROR"),
        ({"risk_scores": {"sign_up": {"bot": 101, "free_trial_abuse": 0}}}, "SCHEMA_ERROR"),
    ],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_an_inconsistent_user_is_refused_and_leaves_nothing(
    server: ApiClient, installation: Installation, project: TestProject, body: dict[str, object], code: str | None
) -> None:
    response = await server.post("/users", body)
    assert (response.status_code, known_error(response)) == (400, code)
    assert await ids(server, "?include_anonymous=true") == []
    assert events(installation, project) == []


async def test_passwords_need_the_method_to_be_enabled(
    server: ApiClient, installation: Installation, project: TestProject
) -> None:
    configure(installation, project, auth__password__allowSignIn=False)
    for body in ({"password": "x"}, {"password_hash": BCRYPT}):
        response = await server.post("/users", body)
        assert (response.status_code, known_error(response)) == (400, None)


async def test_one_address_signs_in_one_user_but_may_belong_to_many(server: ApiClient) -> None:
    ada = {"primary_email": "ada@example.org"}
    await make(server, **ada, primary_email_auth_enabled=True)
    await make(server, **ada)
    refused = await server.post("/users", {"primary_email": "ADA@example.org", "primary_email_auth_enabled": True})
    assert (refused.status_code, known_error(refused)) == (409, "USER_EMAIL_ALREADY_EXISTS")
    assert refused.json()["details"] == {"email": "ADA@example.org", "would_work_if_email_was_verified": False}


async def test_one_provider_account_signs_in_one_user(
    server: ApiClient, installation: Installation, project: TestProject
) -> None:
    provider = {"type": "github", "allowSignIn": True, "allowConnectedAccounts": True}
    configure(installation, project, auth__oauth__providers__github=provider)
    account = {"id": "github", "account_id": "42"}
    user = (await server.post("/users", {"oauth_providers": [account]})).json()
    assert user["oauth_providers"] == [{**account, "email": None}]
    assert (await server.post("/users", {"oauth_providers": [account]})).status_code == 409


async def test_the_personal_team_comes_after_the_answer_and_the_event(
    server: ApiClient, installation: Installation, project: TestProject
) -> None:
    configure(installation, project, teams__createPersonalTeamOnSignUp=True)
    for fields, name in (
        ({"display_name": "Ada", "primary_email": "a@example.org"}, "Ada's Team"),
        ({"primary_email": "B@example.org"}, "b@example.org's Team"),
        ({"is_anonymous": True}, "Personal Team"),
    ):
        created = (await server.post("/users", fields)).json()
        assert created["selected_team_id"] is None
        read = (await server.get(f"/users/{created['id']}")).json()
        assert read["selected_team"]["display_name"] == name
    payloads = [
        event.payload["selected_team_id"] for event in events(installation, project) if event.type == "user.created"
    ]
    assert payloads == [None, None, None]


async def test_an_unknown_user_is_not_found(server: ApiClient) -> None:
    for method in ("GET", "PATCH", "DELETE"):
        response = await server.request(method, f"/users/{uuid.uuid4()}", json={})
        assert (response.status_code, known_error(response)) == (404, "USER_NOT_FOUND")


async def test_pages_start_at_their_cursor_and_cover_everybody_once(
    server: ApiClient, installation: Installation, project: TestProject
) -> None:
    made = [await make(server) for _ in range(5)]

    def same_time(session: Session) -> None:
        rows = session.exec(select(User).where(User.tenancy_id == project.tenancy_id)).all()
        for row in rows:
            row.signed_up_at = rows[0].signed_up_at

    installation.db.call(same_time)
    for order in ("", "&desc=true", "&order_by=last_active_at", "&order_by=last_active_at&desc=true"):
        everybody = await ids(server, f"?limit=100{order}")
        assert sorted(everybody) == sorted(made)
        if "order_by" not in order:
            assert everybody == sorted(made, reverse="desc" in order), "ties are broken by id in the same direction"
        seen: list[str] = []
        cursor: str | None = ""
        while cursor is not None:
            page = (await server.get(f"/users?limit=2{order}{cursor}")).json()
            seen += [item["id"] for item in page["items"]]
            following = page["pagination"]["next_cursor"]
            cursor = f"&cursor={following}" if following else None
        assert seen == everybody


async def test_without_limit_everybody_is_on_one_page(server: ApiClient) -> None:
    made = [await make(server) for _ in range(3)]
    body = (await server.get("/users")).json()
    assert (body["is_paginated"], body["pagination"]) == (True, {"next_cursor": None})
    assert [item["id"] for item in body["items"]] == made or sorted(made) == sorted(
        item["id"] for item in body["items"]
    )
    assert await ids(server, f"?cursor={uuid.uuid4()}") == []


async def test_filters_form_a_ladder(server: ApiClient) -> None:
    normal, restricted, anonymous = (
        await make(server),
        await make(server, restricted_by_admin=True),
        await make(server, is_anonymous=True),
    )
    assert await ids(server) == [normal]
    assert set(await ids(server, "?include_restricted=true")) == {normal, restricted}
    assert set(await ids(server, "?include_anonymous=true")) == {normal, restricted, anonymous}
    assert await ids(server, "?include_anonymous=true&only_anonymous=true") == [anonymous]
    refused = await server.get("/users?only_anonymous=true")
    assert (refused.status_code, known_error(refused)) == (400, None)


async def test_unverified_users_are_restricted_where_the_project_says_so(
    server: ApiClient, installation: Installation, project: TestProject
) -> None:
    nobody, unverified = await make(server), await make(server, primary_email="a@example.org")
    verified = await make(server, primary_email="b@example.org", primary_email_verified=True)
    assert set(await ids(server)) == {nobody, unverified, verified}
    configure(installation, project, onboarding__requireEmailVerification=True)
    assert await ids(server) == [verified]
    assert (await server.get(f"/users/{nobody}")).json()["restricted_reason"] == {"type": "email_not_verified"}


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ("ada", True), ("ADA L", True), ("  lovelace ", True), ("äÖ", True), ("ÄÖ", True), ("@example.org", True),
        ("old@", True), ("%25", False), ("_", False), ("\\", False), ("ben", False),
    ],
)  # fmt: skip
async def test_search_looks_into_names_and_all_addresses(server: ApiClient, query: str, is_found: bool) -> None:
    user_id = await make(server, display_name="Ada Lovelace Äö", primary_email="old@Example.org")
    await server.patch(f"/users/{user_id}", {"primary_email": "new@elsewhere.net"})
    response = await server.request("GET", "/users", params={"query": query.replace("%25", "%")})
    assert [item["id"] for item in response.json()["items"]] == ([user_id] if is_found else [])


async def test_search_finds_an_exact_id(server: ApiClient) -> None:
    user_id = await make(server)
    assert await ids(server, f"?query={user_id.upper()}") == [user_id]
    assert await ids(server, f"?query=%22{user_id}%22") == [user_id]
    assert await ids(server, f"?query={user_id[:-1]}") == []


async def test_members_of_a_team_are_listed(
    server: ApiClient, installation: Installation, project: TestProject
) -> None:
    member, _ = await make(server), await make(server)

    def join(session: Session) -> str:
        tenancy = tenancies.load(session, project.id, "main")
        team = teams.create(session, tenancy=tenancy, display_name="Team", creator_id=uuid.UUID(member))
        return str(team.id)

    assert await ids(server, f"?team_id={installation.db.call(join)}") == [member]
    assert await ids(server, f"?team_id={uuid.uuid4()}") == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_only_lists_look_at_is_tolerated_by_the_other_operations_and_nothing_else_is(
    server: ApiClient, installation: Installation, project: TestProject
) -> None:
    user_id = (await server.post("/users?limit=1&query=x", {"primary_email": "ada@example.org"})).json()["id"]
    (channel,) = (await server.get(f"/contact-channels?user_id={user_id}")).json()["items"]
    team_id = (await server.post("/teams", {"display_name": "A", "creator_user_id": user_id})).json()["id"]
    grant = f"/team-permissions/{team_id}/{user_id}/team_member"
    for method, path, tolerated, body in (
        ("GET", f"/users/{user_id}", "limit=1&desc=true", None),
        ("PATCH", f"/users/{user_id}", "include_anonymous=true", {}),
        ("GET", f"/contact-channels/{user_id}/{channel['id']}", f"user_id={user_id}", None),
        ("PATCH", f"/contact-channels/{user_id}/{channel['id']}", f"user_id={user_id}", {}),
        ("POST", grant, "recursive=true", {}),
        ("DELETE", grant, "permission_id=team_member", None),
        ("DELETE", f"/contact-channels/{user_id}/{channel['id']}", f"contact_channel_id={channel['id']}", None),
        ("DELETE", f"/users/{user_id}", "cursor=" + user_id, None),
    ):
        options: dict[str, object] = {} if body is None else {"json": body}
        refused = await server.request(method, f"{path}?{tolerated}&wrong=1", **options)
        assert known_error(refused) == "SCHEMA_ERROR", path
        answer = await server.request(method, f"{path}?{tolerated}", **options)
        assert answer.status_code in (200, 201), f"{method} {path}: {answer.text}"
