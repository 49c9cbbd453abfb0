"""Who may reach what: nobody gets more than an endpoint declares, and no tenant sees another's rows."""

import csv
import uuid
from collections.abc import Iterable
from pathlib import Path

import pytest
from fastapi.routing import APIRoute
from sqlmodel import Session, select

from hexclave_app.api import ROUTERS
from hexclave_app.api.coverage import shape
from hexclave_app.api.protocol.endpoints import Access, Endpoint, EndpointRoute
from hexclave_app.installation import Installation
from hexclave_app.services.callers import AccessType
from models import User, UserSession
from tests.support.all_rows import all_rows
from tests.support.clients import ApiClient, known_error
from tests.support.projects import as_admin, as_client, as_server, create_project
from tests.support.tokens import decoded_part, token_for

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

CONTRACT = Path(__file__).resolve().parent.parent.parent / "docs" / "contract" / "endpoints"
ENDPOINTS = [endpoint for router in ROUTERS for endpoint in router.endpoints]
SOME_ID = "2f8c2a0e-5f5b-4b8f-9a55-0d1f3f3b7a11"
EXTRA = {
    "GET /emails/suppressions",  # addresses that get security mails only
    "POST /emails/suppressions",
    "DELETE /emails/suppressions/{email}",
    "GET /emails/tracking/click",  # where links of mails lead, when the operator switched tracking on
    "GET /emails/tracking/open",
    "GET /internal/email-inbox",  # mails that stay on a developer's machine
    "POST /emails/unsubscribe-link",  # one-click unsubscribing of mail programs (RFC 8058)
    "POST /internal/emails/managed-onboarding/records",  # what the DNS says about a managed domain
    "GET /internal/audit-log",  # beyond the reference
    "GET /blobs/{folder}/{name}",  # public files of the default blob store
    "GET /projects-restricted-users/{project_id}/.well-known/jwks.json",  # a harmless improvement (01, section 9.5)
    "GET /auth/mfa/recovery-codes",  # for who has lost the authenticator (docs/authentication.md)
    "POST /auth/mfa/recovery-codes",
    "GET /auth/oauth/demo/{provider_id}",  # "Sign in with …" on a developer's machine
    "POST /auth/oauth/demo/{provider_id}",
    "GET /auth/session/oauth/start",  # sign-in by providers on our pages
    "GET /auth/session/oauth/borrow",  # the session of an app that offers it to our pages
    "GET /handler/oauth-callback",
    "GET /handler/project.css",  # what the pages of a project look like
    "GET /embed/demo",  # parts of our pages inside other pages (docs/embedding.md)
    "GET /embed/open",
    "POST /embed/session",
    "POST /auth/session/claim",  # our pages' HttpOnly cookie
    "POST /auth/session/sign-out",
    "GET /downloads/users/{ticket}",  # what the dashboard exports
}
REFUSALS = {"ACCESS_TYPE_REQUIRED", "INSUFFICIENT_ACCESS_TYPE"}


def named(endpoint: Endpoint) -> str:
    return f"{endpoint.method} {endpoint.path}"


def declared() -> dict[str, set[str]]:
    """The access column of the contract, by method and shape of the path."""
    found: dict[str, set[str]] = {}
    for file in sorted(CONTRACT.glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows):
                for method in row["method"].split("|"):
                    found.setdefault(f"{method} {shape(row['path'])}", set(row["access"].split("+")))
    return found


def names_of(access: Access) -> set[str]:
    return {kind.value for kind in access.types} | ({"none"} if access.is_open else set())


def test_every_route_is_an_endpoint_that_declares_its_access() -> None:
    for router in ROUTERS:
        routes = [route for route in router.routes if isinstance(route, APIRoute)]
        assert len(routes) == len(router.routes) == len(router.endpoints)
        assert all(isinstance(route, EndpointRoute) for route in routes)
    assert [named(endpoint) for endpoint in ENDPOINTS if not isinstance(endpoint.access, Access)] == []


def test_no_endpoint_is_open_to_more_than_the_contract_says() -> None:
    contract, wrong = declared(), {}
    for endpoint in ENDPOINTS:
        wanted = contract.get(f"{endpoint.method} {shape(endpoint.path)}")
        if wanted is None:
            continue  # our own addition
        if wanted == {"none"}:
            wanted = {"none", "client", "server", "admin"}  # credentials are allowed and not needed
        if names_of(endpoint.access) != wanted:
            wrong[named(endpoint)] = (names_of(endpoint.access), wanted)
    assert wrong == {}


def test_endpoints_beyond_the_contract_are_known() -> None:
    contract = declared()
    extra = {named(endpoint) for endpoint in ENDPOINTS if f"{endpoint.method} {shape(endpoint.path)}" not in contract}
    assert extra == EXTRA, "an endpoint that the contract does not have needs a reason: add it to EXTRA on purpose"


async def refused(caller: ApiClient, endpoints: Iterable[Endpoint]) -> dict[str, tuple[int, str | None]]:
    """What a caller with an empty request gets at each endpoint; 5xx other than 501 fail at once."""
    answers = {}
    for endpoint in endpoints:
        path = endpoint.path.replace("{user_id}", SOME_ID).replace("{id}", SOME_ID).replace("{", "").replace("}", "")
        response = await caller.request(endpoint.method, path.removesuffix("/"), json={})
        assert response.status_code < 500 or response.status_code == 501, named(endpoint)
        answers[named(endpoint)] = (response.status_code, known_error(response))
    return answers


def is_own(endpoint: Endpoint) -> bool:
    return endpoint.access.is_own


@on_sqlite
async def test_a_stranger_reaches_open_endpoints_only(client: ApiClient) -> None:
    closed = [endpoint for endpoint in ENDPOINTS if not endpoint.access.is_open]
    for name, answer in (await refused(client, closed)).items():
        own = any(is_own(endpoint) and named(endpoint) == name for endpoint in closed)
        assert answer == (400, "CANNOT_GET_OWN_USER_WITHOUT_USER" if own else "ACCESS_TYPE_REQUIRED"), name


@pytest.mark.parametrize("access", list(AccessType))
@on_sqlite
async def test_each_access_type_reaches_what_lists_it_and_nothing_else(
    client: ApiClient, installation: Installation, access: AccessType
) -> None:
    project = create_project(installation)
    caller = {"client": as_client, "server": as_server, "admin": as_admin}[access](client, project)
    gone = ("DELETE /internal/projects/current",)  # with it, the other calls would meet no project
    endpoints = [endpoint for endpoint in ENDPOINTS if named(endpoint) not in gone]
    answers = await refused(caller, endpoints)
    for endpoint in endpoints:
        status, code = answers[named(endpoint)]
        if access not in endpoint.access.types:
            assert (status, code) == (401, "INSUFFICIENT_ACCESS_TYPE"), named(endpoint)
        else:
            assert code not in REFUSALS, named(endpoint)


@pytest.mark.parametrize("access", list(AccessType))
@on_sqlite
async def test_the_keys_of_another_tenant_open_nothing(
    client: ApiClient, installation: Installation, access: AccessType
) -> None:
    project, other = create_project(installation), create_project(installation, name="Other")
    caller = {"client": as_client, "server": as_server, "admin": as_admin}[access](client, project)
    answers = await refused(caller.as_(project_id=other.id), ENDPOINTS)
    code = {
        "client": "INVALID_PUBLISHABLE_CLIENT_KEY",
        "server": "INVALID_SECRET_SERVER_KEY",
        "admin": "INVALID_SUPER_SECRET_ADMIN_KEY",
    }[access.value]
    assert set(answers.values()) == {(401, code)}


@on_sqlite
async def test_ids_of_another_tenant_are_not_found_and_nothing_changes(
    client: ApiClient, installation: Installation
) -> None:
    ours, theirs = create_project(installation), create_project(installation, name="Other")
    user = (await as_server(client, theirs).post("/users", {"primary_email": "cleo@example.org"})).json()
    tokens = (await as_server(client, theirs).post("/auth/sessions", {"user_id": user["id"]})).json()
    session_id = decoded_part(tokens["access_token"], 1)["refresh_token_id"]
    before = all_rows(installation)
    for caller in (as_server(client, ours), as_admin(client, ours)):
        for method, path, body in (
            ("GET", f"/users/{user['id']}", None),
            ("PATCH", f"/users/{user['id']}", {"display_name": "stolen"}),
            ("PATCH", f"/users/{user['id']}", {"password": "stolen password"}),
            ("DELETE", f"/users/{user['id']}", None),
            ("DELETE", f"/auth/sessions/{session_id}", None),
        ):
            response = await caller.request(method, path, json=body or {})
            assert response.status_code == 404, (method, path)
        assert known_error(await caller.post("/auth/sessions", {"user_id": user["id"]})) == "USER_ID_DOES_NOT_EXIST"
        assert (await caller.get(f"/auth/sessions?user_id={user['id']}")).json()["items"] == []
        for query in ("", f"?cursor={user['id']}", "?query=cleo", f"?query={user['id']}"):
            assert (await caller.get(f"/users{query}")).json()["items"] == []
    stolen = as_client(client, ours).as_(access_token=tokens["access_token"])
    assert known_error(await stolen.get("/users/me")) == "INVALID_PROJECT_FOR_ACCESS_TOKEN"
    assert all_rows(installation) == before


@on_sqlite
async def test_the_same_user_id_in_two_tenants_stays_two_users(client: ApiClient, installation: Installation) -> None:
    ours, theirs = create_project(installation), create_project(installation, name="Other")
    user_id = uuid.uuid4()

    def add(session: Session) -> None:
        for number, tenancy_id in enumerate((ours.tenancy_id, theirs.tenancy_id)):
            session.add(User(tenancy_id=tenancy_id, id=user_id, seq=100, display_name=f"User {number}"))

    installation.db.call(add)
    await as_server(client, ours).patch(f"/users/{user_id}", {"display_name": "Ours"})
    await as_server(client, ours).delete(f"/users/{user_id}")
    caller = as_client(client, theirs).as_(access_token=token_for(installation, theirs.id, user_id=user_id))
    assert (await caller.get("/users/me")).json()["display_name"] == "User 1"
    found = installation.db.call(lambda session: session.exec(select(UserSession)).all())
    assert list(found) == []


@on_sqlite
async def test_a_client_sees_and_writes_its_own_fields_only(client: ApiClient, installation: Installation) -> None:
    project = create_project(installation)
    secret = {"server_metadata": {"secret": 1}, "restricted_by_admin": True, "restricted_by_admin_private_details": "x"}
    user = (await as_server(client, project).post("/users", secret)).json()
    token = (await as_server(client, project).post("/auth/sessions", {"user_id": user["id"]})).json()["access_token"]
    caller = as_client(client, project).as_(access_token=token, allow_restricted_user="true")
    seen = (await caller.get("/users/me")).json()
    private = {
        "server_metadata", "restricted_by_admin_private_details", "country_code", "risk_scores",
        "last_active_at_millis", "primary_email_auth_enabled",
    }  # fmt: skip
    assert user.keys() - seen.keys() == private
    for name in [*private, "primary_email_verified", "password", "password_hash", "is_anonymous", "id", "seq"]:
        response = await caller.patch("/users/me", {name: user.get(name)})
        assert f"body contains unknown properties: {name}" in response.json()["error"]
