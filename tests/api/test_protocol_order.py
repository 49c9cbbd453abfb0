"""The order of authentication checks is observable: each failure beats every later one (contract 01, section 4)."""

import itertools
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import httpx
import pytest
from sqlmodel import Session

from hexclave_app.installation import Installation
from hexclave_app.security.tokens import UserKind
from hexclave_app.services.users import deletion
from tests.support.clients import ApiClient, known_error
from tests.support.projects import DashboardUser, TestProject, create_project, dashboard_user, internal
from tests.support.tokens import LONG_AGO_S, token_for

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

NO_SUCH_PROJECT = "2f8c2a0e-5f5b-4b8f-9a55-0d1f3f3b7a11"


@dataclass(frozen=True)
class Failure:
    """One row of the table: what the request does wrong, and the answer."""

    name: str
    change: Mapping[str, str | None]
    status: int
    code: str | None


FAILURES = (
    Failure("1 body", {"body": "{"}, 400, "BODY_PARSING_ERROR"),
    Failure("2 key only", {"access_type": None}, 400, "PROJECT_KEY_WITHOUT_ACCESS_TYPE"),
    Failure("4 access type", {"access_type": "root"}, 400, "INVALID_ACCESS_TYPE"),
    Failure("5 no project", {"project_id": None}, 400, "ACCESS_TYPE_WITHOUT_PROJECT_ID"),
    Failure("5 empty project", {"project_id": ""}, 400, "ACCESS_TYPE_WITHOUT_PROJECT_ID"),
    Failure("6 garbage", {"token": "garbage"}, 401, "UNPARSABLE_ACCESS_TOKEN"),
    Failure("6 expired", {"token": "expired"}, 401, "ACCESS_TOKEN_EXPIRED"),
    Failure("7 foreign", {"token": "foreign"}, 401, "INVALID_PROJECT_FOR_ACCESS_TOKEN"),
    Failure("8 anonymous", {"token": "anonymous"}, 401, "ANONYMOUS_AUTHENTICATION_NOT_ALLOWED"),
    Failure("9 restricted", {"token": "restricted"}, 403, "RESTRICTED_USER_NOT_ALLOWED"),
    Failure("10 project", {"project_id": NO_SUCH_PROJECT}, 400, "CURRENT_PROJECT_NOT_FOUND"),
    Failure("11 development key", {"development": "wrong"}, 401, None),
    Failure("12 garbage", {"admin": "garbage"}, 401, "UNPARSABLE_ADMIN_ACCESS_TOKEN"),
    Failure("12 restricted", {"admin": "restricted"}, 401, "UNPARSABLE_ADMIN_ACCESS_TOKEN"),
    Failure("12 anonymous", {"admin": "anonymous"}, 401, "UNPARSABLE_ADMIN_ACCESS_TOKEN"),
    Failure("12 expired", {"admin": "expired"}, 401, "ADMIN_ACCESS_TOKEN_EXPIRED"),
    Failure("12 not internal", {"admin": "project"}, 401, "ADMIN_ACCESS_TOKEN_IS_NOT_ADMIN"),
    Failure("12 deleted", {"admin": "deleted"}, 401, None),
    Failure("12 not managed", {"admin": "stranger"}, 401, "ADMIN_ACCESS_TOKEN_IS_NOT_ADMIN"),
    Failure("13 no key", {"key": ""}, 401, "SERVER_AUTHENTICATION_REQUIRED"),
    Failure("13 no admin key", {"access_type": "admin", "key": None}, 401, "ADMIN_AUTHENTICATION_REQUIRED"),
    Failure("13 wrong key", {"key": "ssk_wrong"}, 401, "INVALID_SECRET_SERVER_KEY"),
    Failure("14 branch", {"branch_id": "staging"}, 400, "BRANCH_DOES_NOT_EXIST"),
    Failure("14 empty branch", {"branch_id": ""}, 400, "BRANCH_DOES_NOT_EXIST"),
    Failure("me", {"target": "PATCH /users/me"}, 400, "CANNOT_GET_OWN_USER_WITHOUT_USER"),
    Failure("access type", {"target": "POST /internal/api-keys"}, 401, "INSUFFICIENT_ACCESS_TYPE"),
    Failure("schema", {"target": "POST /users"}, 400, "SCHEMA_ERROR"),
)

NO_CONTRADICTION = ("2 key only", "13 no key")  # neither access type nor key: a request without authentication


@dataclass(frozen=True)
class Cast:
    """A project with an owner, a stranger and a former dashboard user."""

    project: TestProject
    owner: DashboardUser
    stranger: DashboardUser
    deleted: DashboardUser


@pytest.fixture
def cast(installation: Installation) -> Cast:
    owner, stranger, deleted = (dashboard_user(installation, name) for name in ("Ada", "Ben", "Cleo"))

    def delete(session: Session) -> None:
        deletion.delete(session, tenancy_id=internal(session).id, user_id=deleted.id)

    installation.db.call(delete)
    return Cast(create_project(installation, owner_team_id=owner.team_id), owner, stranger, deleted)


def user_token(installation: Installation, kind: str | None, project_id: str) -> str | None:
    if kind is None:
        return None
    made: dict[str, Callable[[], str]] = {
        "garbage": lambda: "garbage",
        "expired": lambda: token_for(installation, project_id, age_s=LONG_AGO_S),
        "foreign": lambda: token_for(installation, "internal"),
        "anonymous": lambda: token_for(installation, project_id, UserKind.ANONYMOUS),
        "restricted": lambda: token_for(installation, project_id, UserKind.RESTRICTED),
    }
    return made[kind]()


def admin_token(installation: Installation, cast: Cast, kind: str | None) -> str | None:
    if kind is None:
        return None
    owner = cast.owner.id
    made: dict[str, Callable[[], str]] = {
        "garbage": lambda: "garbage",
        "restricted": lambda: token_for(installation, "internal", UserKind.RESTRICTED, user_id=owner),
        "anonymous": lambda: token_for(installation, "internal", UserKind.ANONYMOUS, user_id=owner),
        "expired": lambda: token_for(installation, "internal", user_id=owner, age_s=LONG_AGO_S),
        "project": lambda: token_for(installation, cast.project.id, user_id=owner),
        "deleted": lambda: cast.deleted.access_token,
        "stranger": lambda: cast.stranger.access_token,
        "owner": lambda: cast.owner.access_token,
    }
    return made[kind]()


async def send(
    client: ApiClient, installation: Installation, cast: Cast, changes: Mapping[str, str | None]
) -> httpx.Response:
    request: dict[str, str | None] = {
        "access_type": "server",
        "project_id": cast.project.id,
        "key": cast.project.keys["secret_server_key"],
        "target": "POST /check-feature-support",
        "body": '{"surprise": 1}',
        **changes,
    }
    caller = client.as_(
        access_type=request["access_type"],
        project_id=request["project_id"],
        branch_id=request.get("branch_id"),
        secret_server_key=request["key"],
        access_token=user_token(installation, request.get("token"), request["project_id"] or cast.project.id),
        admin_access_token=admin_token(installation, cast, request.get("admin")),
        development_override_key=request.get("development"),
    )
    method, path = str(request["target"]).split(" ")
    return await caller.request(method, path, content=request["body"], headers={"content-type": "application/json"})


async def test_each_failure_alone_has_its_answer(client: ApiClient, installation: Installation, cast: Cast) -> None:
    assert (await send(client, installation, cast, {})).status_code == 200
    found = {}
    for failure in FAILURES:
        response = await send(client, installation, cast, failure.change)
        found[failure.name] = (response.status_code, known_error(response))
    assert found == {failure.name: (failure.status, failure.code) for failure in FAILURES}


async def test_each_failure_beats_every_later_one(client: ApiClient, installation: Installation, cast: Cast) -> None:
    wrong = {}
    for earlier, later in itertools.combinations(FAILURES, 2):
        if earlier.change.keys() & later.change.keys() or (earlier.name, later.name) == NO_CONTRADICTION:
            continue
        response = await send(client, installation, cast, {**later.change, **earlier.change})
        answer = (response.status_code, known_error(response))
        if answer != (earlier.status, earlier.code):
            wrong[earlier.name, later.name] = answer
    assert wrong == {}


async def test_a_valid_admin_token_replaces_every_key(
    client: ApiClient, installation: Installation, cast: Cast
) -> None:
    for access_type in ("client", "server", "admin"):
        caller = client.as_(
            access_type=access_type, project_id=cast.project.id, admin_access_token=cast.owner.access_token,
            secret_server_key="wrong", publishable_client_key="wrong", super_secret_admin_key="wrong",
        )  # fmt: skip
        response = await caller.get("")
        assert f"Authentication: {access_type.title()}\n  Project: {cast.project.id}" in response.text


async def test_a_valid_development_key_replaces_keys_and_admin_tokens(
    client: ApiClient, cast: Cast, keys: dict[str, str]
) -> None:
    caller = client.as_(
        access_type="admin", project_id=cast.project.id, admin_access_token="garbage",
        development_override_key=keys["super_secret_admin_key"],
    )  # fmt: skip
    assert (await caller.get("/internal/api-keys")).status_code == 200
    own_key = caller.as_(development_override_key=cast.project.keys["super_secret_admin_key"])
    assert (await own_key.get("/internal/api-keys")).status_code == 401


async def test_without_access_type_a_user_token_or_project_is_ignored(client: ApiClient) -> None:
    for headers in ({"access_token": "garbage"}, {"project_id": NO_SUCH_PROJECT}, {"access_type": ""}):
        response = await client.as_(**headers).get("")
        assert (response.status_code, response.text.splitlines()[-1]) == (200, "Authentication: None")


@pytest.mark.parametrize("name", ["publishable_client_key", "secret_server_key", "super_secret_admin_key"])
async def test_any_key_without_access_type_is_an_error(client: ApiClient, name: str) -> None:
    refused = await client.as_(**{name: "x"}).get("")
    assert (refused.status_code, known_error(refused)) == (400, "PROJECT_KEY_WITHOUT_ACCESS_TYPE")
    assert (await client.as_(**{name: ""}).get("")).status_code == 200


async def test_me_without_user_beats_the_access_type_and_the_schema(client: ApiClient, cast: Cast) -> None:
    caller = client.as_(access_type="client", project_id=cast.project.id)
    for call in (
        caller.post("/auth/sessions", {"user_id": "me", "surprise": 1}),
        caller.get("/auth/sessions?user_id=me&surprise=1"),
        client.post("/auth/sessions", {"user_id": "me"}),
    ):
        response = await call
        assert (response.status_code, known_error(response)) == (400, "CANNOT_GET_OWN_USER_WITHOUT_USER")


async def test_access_beats_the_schema(client: ApiClient, cast: Cast) -> None:
    stranger = await client.post("/users", {"surprise": 1})
    assert (stranger.status_code, known_error(stranger)) == (400, "ACCESS_TYPE_REQUIRED")
    refused = await client.as_(access_type="client", project_id=cast.project.id).post("/users", {"surprise": 1})
    assert refused.json() == {
        "code": "INSUFFICIENT_ACCESS_TYPE",
        "details": {"actual_access_type": "client", "allowed_access_types": ["server", "admin"]},
        "error": "The x-stack-access-type header must be 'server' or 'admin', but was 'client'.",
    }


async def test_errors_of_tokens_say_whose_they_were(client: ApiClient, installation: Installation, cast: Cast) -> None:
    user_id = uuid.uuid4()
    caller = client.as_(access_type="client", project_id=cast.project.id)
    token = token_for(installation, cast.project.id, user_id=user_id, age_s=LONG_AGO_S)
    details = (await caller.as_(access_token=token).get("")).json()["details"]
    assert (details["project_id"], details["user_id"]) == (cast.project.id, str(user_id))
    assert details["expired_at_millis"] % 1000 == 0
    foreign = await caller.as_(access_token=token_for(installation, "internal")).get("")
    assert foreign.json()["details"] == {"expected_project_id": cast.project.id, "actual_project_id": "internal"}
    restricted = await caller.as_(access_token=token_for(installation, cast.project.id, UserKind.RESTRICTED)).get("")
    assert restricted.json()["details"] == {"restricted_reason": {"type": "email_not_verified"}}
