"""Headers in both spellings, keys, branches and users of requests (contract 01, sections 3 and 4)."""

import uuid
from collections.abc import Callable

import pytest
from sqlmodel import Session, select

from hexclave_app.installation import Installation
from hexclave_app.services import tenancies
from hexclave_app.services.users import deletion
from models import ConfigOverride, ProjectKeySet
from models.base import utc_now
from tests.support.clients import ApiClient, known_error
from tests.support.projects import TestProject, as_admin, as_client, as_server, create_project
from tests.support.tokens import token_for

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

KEY_ERRORS = {
    "client": "INVALID_PUBLISHABLE_CLIENT_KEY",
    "server": "INVALID_SECRET_SERVER_KEY",
    "admin": "INVALID_SUPER_SECRET_ADMIN_KEY",
}
HEADERS = {
    "client": "publishable_client_key",
    "server": "secret_server_key",
    "admin": "super_secret_admin_key",
}
AS = {"client": as_client, "server": as_server, "admin": as_admin}
Change = Callable[[ProjectKeySet], None]


@pytest.fixture
def project(installation: Installation) -> TestProject:
    return create_project(installation)


@pytest.fixture(params=["x-hexclave-", "x-stack-", "X-HEXCLAVE-", "X-Stack-"])
def brand(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def change_keys(installation: Installation, project: TestProject, change: Change) -> None:
    def apply(session: Session) -> None:
        row = session.exec(select(ProjectKeySet).where(ProjectKeySet.project_id == project.id)).one()
        change(row)
        tenancies.touch(session, project.id)

    installation.db.call(apply)


def require_client_keys(installation: Installation, project: TestProject) -> None:
    def apply(session: Session) -> None:
        config = {"project.requirePublishableClientKey": True}
        session.add(ConfigOverride(project_id=project.id, branch_id="", level="project", config=config))
        tenancies.touch(session, project.id)

    installation.db.call(apply)


def revoke(row: ProjectKeySet) -> None:
    row.manually_revoked_at = utc_now()


def expire(row: ProjectKeySet) -> None:
    row.expires_at = utc_now()


async def welcome(caller: ApiClient) -> str | None:
    """The known error of a call that only authenticates; None when it was accepted."""
    response = await caller.get("")
    return known_error(response) if response.status_code != 200 else None


async def test_every_header_works_in_both_spellings(client: ApiClient, project: TestProject, brand: str) -> None:
    for access_type, header in HEADERS.items():
        key = project.keys[header]
        headers = {
            f"{brand}access-type": access_type,
            f"{brand}project-id": project.id,
            f"{brand}{header.replace('_', '-')}": key,
        }
        response = await client.get("", headers=headers)
        assert response.text.splitlines()[2:] == [
            f"Authentication: {access_type.title()}", f"  Project: {project.id}", "  User: None",
        ]  # fmt: skip


async def test_user_headers_work_in_both_spellings(
    client: ApiClient, installation: Installation, project: TestProject, brand: str
) -> None:
    made = (await as_server(client, project).post("/users", {"primary_email": "ada@example.org"})).json()
    token = token_for(installation, project.id, user_id=uuid.UUID(made["id"]))
    headers = {f"{brand}access-type": "client", f"{brand}project-id": project.id, f"{brand}access-token": token}
    response = await client.get("", headers=headers)
    assert response.text.splitlines()[-1] == "  User: ada@example.org"


async def test_the_new_spelling_wins_over_the_old_one(client: ApiClient, project: TestProject) -> None:
    headers = {"x-stack-access-type": "root", "x-stack-project-id": "nothing"}
    response = await as_server(client, project).get("", headers=headers)
    assert response.text.splitlines()[2] == "Authentication: Server"


async def test_texts_show_the_old_spelling(client: ApiClient) -> None:
    response = await client.as_(access_type="client").get("")
    assert "x-stack-access-type" in response.json()["error"]


@pytest.mark.parametrize("access_type", ["client", "server", "admin"])
@pytest.mark.parametrize("change", [revoke, expire])
async def test_a_revoked_or_expired_key_is_refused_at_once(
    client: ApiClient, installation: Installation, project: TestProject, access_type: str, change: Change
) -> None:
    caller = AS[access_type](client, project)
    assert await welcome(caller) is None
    change_keys(installation, project, change)
    assert await welcome(caller) == KEY_ERRORS[access_type]


@pytest.mark.parametrize("access_type", ["client", "server", "admin"])
async def test_keys_of_another_kind_or_project_are_refused(
    client: ApiClient, installation: Installation, project: TestProject, access_type: str
) -> None:
    other = create_project(installation, name="Other")
    wrong = [key for name, key in project.keys.items() if name != HEADERS[access_type]]
    wrong += [other.keys[HEADERS[access_type]], project.keys[HEADERS[access_type]] + "x", "ö", "\x7f"]
    for key in wrong:
        caller = AS[access_type](client, project).as_(**{HEADERS[access_type]: None})
        name = f"x-stack-{HEADERS[access_type].replace('_', '-')}"
        response = await caller.get("", headers={name: key.encode("latin-1")})
        assert known_error(response) == KEY_ERRORS[access_type]
        assert response.json()["details"] == {"project_id": project.id}


async def test_keys_of_other_access_types_are_not_looked_at(client: ApiClient, project: TestProject) -> None:
    wrong = {"publishable_client_key": "wrong", "secret_server_key": "wrong", "super_secret_admin_key": "wrong"}
    for access_type, header in HEADERS.items():
        assert (
            await welcome(AS[access_type](client.as_(**wrong), project).as_(**{header: project.keys[header]})) is None
        )


@pytest.mark.parametrize("key", [None, "", "__stack_public_client__"])
async def test_a_client_needs_no_key_unless_the_project_requires_one(
    client: ApiClient, installation: Installation, project: TestProject, key: str | None
) -> None:
    caller = client.as_(access_type="client", project_id=project.id, publishable_client_key=key)
    assert await welcome(caller) is None
    require_client_keys(installation, project)
    response = await caller.get("")
    assert (response.status_code, known_error(response)) == (401, "PUBLISHABLE_CLIENT_KEY_REQUIRED_FOR_PROJECT")
    assert response.json()["details"] == {"project_id": project.id}
    assert await welcome(as_client(client, project)) is None


async def test_a_branch_cannot_be_probed_without_a_key(client: ApiClient, project: TestProject) -> None:
    keyless = client.as_(access_type="client", project_id=project.id, branch_id="staging")
    assert await welcome(keyless) == "PUBLISHABLE_CLIENT_KEY_REQUIRED_FOR_PROJECT"
    response = await as_client(keyless, project).get("")
    assert (response.status_code, known_error(response)) == (400, "BRANCH_DOES_NOT_EXIST")
    assert response.json()["details"] == {"branch_id": "staging"}
    assert await welcome(as_client(client.as_(branch_id="main"), project)) is None


@pytest.mark.parametrize("header", ["allow_anonymous_user", "allow_restricted_user"])
async def test_only_the_exact_text_true_allows_unfinished_users(
    client: ApiClient, installation: Installation, project: TestProject, header: str
) -> None:
    made = (await as_server(client, project).post("/users", {"restricted_by_admin": True})).json()
    session = (await as_server(client, project).post("/auth/sessions", {"user_id": made["id"]})).json()
    caller = client.as_(access_type="client", project_id=project.id, access_token=session["access_token"])
    assert await welcome(caller) == "RESTRICTED_USER_NOT_ALLOWED"
    assert await welcome(caller.as_(**{header: "True"})) == "RESTRICTED_USER_NOT_ALLOWED"
    assert await welcome(caller.as_(**{header: "true"})) is None


async def test_allowing_restricted_users_does_not_allow_anonymous_ones(client: ApiClient, project: TestProject) -> None:
    made = (await as_server(client, project).post("/users", {"is_anonymous": True})).json()
    session = (await as_server(client, project).post("/auth/sessions", {"user_id": made["id"]})).json()
    caller = client.as_(access_type="client", project_id=project.id, access_token=session["access_token"])
    refused = await caller.as_(allow_restricted_user="true").get("")
    assert (refused.status_code, known_error(refused)) == (401, "ANONYMOUS_AUTHENTICATION_NOT_ALLOWED")
    assert await welcome(caller.as_(allow_anonymous_user="true")) is None


async def test_a_deleted_users_token_means_no_user_but_still_a_session(
    client: ApiClient, installation: Installation, project: TestProject
) -> None:
    server = as_server(client, project)
    made = (await server.post("/users", {})).json()
    token = (await server.post("/auth/sessions", {"user_id": made["id"]})).json()["access_token"]
    caller = client.as_(access_type="client", project_id=project.id, access_token=token)
    installation.db.call(deletion.delete, tenancy_id=project.tenancy_id, user_id=uuid.UUID(made["id"]))
    assert (await caller.get("")).text.splitlines()[-1] == "  User: None"
    own = await caller.get("/users/me")
    assert (own.status_code, known_error(own)) == (400, "CANNOT_GET_OWN_USER_WITHOUT_USER")
    out = await caller.delete("/auth/sessions/current")
    assert (out.status_code, known_error(out)) == (401, "REFRESH_TOKEN_NOT_FOUND_OR_EXPIRED")


@pytest.mark.parametrize("access_type", ["client", "server", "admin"])
async def test_me_is_the_user_of_the_token_for_every_access_type(
    client: ApiClient, installation: Installation, project: TestProject, access_type: str
) -> None:
    made = (await as_server(client, project).post("/users", {})).json()
    token = token_for(installation, project.id, user_id=uuid.UUID(made["id"]))
    caller = AS[access_type](client, project).as_(access_token=token)
    assert (await caller.get("/users/me")).json()["id"] == made["id"]
    assert (await caller.get("/auth/sessions?user_id=me")).json()["items"] == []


async def test_a_key_change_of_another_process_is_seen_by_the_next_request(
    client: ApiClient, installation: Installation, project: TestProject
) -> None:
    assert await welcome(as_server(client, project)) is None
    other = Installation(installation.settings)
    change_keys(other, project, revoke)
    other.close()
    assert await welcome(as_server(client, project)) == "INVALID_SECRET_SERVER_KEY"
