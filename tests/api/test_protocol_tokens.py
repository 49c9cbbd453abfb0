"""Access tokens and the public keys that verify them (contract 01, section 9)."""

import uuid

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet
from sqlmodel import Session

from hexclave_app.installation import Installation
from hexclave_app.security.tokens import UserKind
from hexclave_app.services import tenancies
from models import ConfigOverride
from tests.support.clients import ApiClient, known_error
from tests.support.projects import TestProject, as_client, as_server, create_project
from tests.support.tokens import decoded_part

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

ORIGIN = "http://localhost:8000/api/v1"
KINDS = {
    "normal": ({}, "projects", "", None),
    "by admin": (
        {"restricted_by_admin": True}, "projects-restricted-users", ":restricted", "restricted_by_administrator",
    ),
    "anonymous": ({"is_anonymous": True}, "projects-anonymous-users", ":anon", "anonymous"),
}  # fmt: skip


@pytest.fixture
def project(installation: Installation) -> TestProject:
    return create_project(installation)


async def token_of(client: ApiClient, project: TestProject, fields: dict[str, object]) -> str:
    server = as_server(client, project)
    user_id = (await server.post("/users", fields)).json()["id"]
    return str((await server.post("/auth/sessions", {"user_id": user_id})).json()["access_token"])


async def keys_of(client: ApiClient, project: TestProject, query: str = "") -> list[dict[str, str]]:
    response = await client.get(f"/projects/{project.id}/.well-known/jwks.json{query}")
    assert response.status_code == 200
    keys: list[dict[str, str]] = response.json()["keys"]
    return keys


@pytest.mark.parametrize("kind", KINDS)
async def test_claims_say_what_the_user_is(client: ApiClient, project: TestProject, kind: str) -> None:
    fields, path, suffix, reason = KINDS[kind]
    ada = {"display_name": "Ada", "primary_email": "Ada@Example.org", "primary_email_verified": True}
    token = await token_of(client, project, {**fields, **ada})
    claims, header = decoded_part(token, 1), decoded_part(token, 0)
    user_id, session_id = uuid.UUID(str(claims["sub"])), uuid.UUID(str(claims["refresh_token_id"]))
    issued_at = claims["iat"]
    assert isinstance(issued_at, int)
    assert isinstance(claims["signed_up_at"], int)
    assert claims == {
        "iss": f"{ORIGIN}/{path}/{project.id}",
        "aud": f"{project.id}{suffix}",
        "iat": issued_at,
        "exp": issued_at + 600,
        "sub": str(user_id),
        "project_id": project.id,
        "branch_id": "main",
        "refresh_token_id": str(session_id),
        "role": "authenticated",
        "name": "Ada",
        "email": "ada@example.org",
        "email_verified": True,
        "selected_team_id": None,
        "signed_up_at": claims["signed_up_at"],
        "is_anonymous": kind == "anonymous",
        "is_restricted": reason is not None,
        "restricted_reason": {"type": reason} if reason else None,
        "requires_totp_mfa": False,
    }
    assert header["alg"] == "ES256"
    assert header["kid"] in {key["kid"] for key in await keys_of(client, project, "?include_anonymous=true")}


async def test_an_unverified_address_restricts_where_the_project_says_so(
    client: ApiClient, installation: Installation, project: TestProject
) -> None:
    def require(session: Session) -> None:
        config = {"onboarding.requireEmailVerification": True}
        session.add(ConfigOverride(project_id=project.id, branch_id="main", level="branch", config=config))
        tenancies.touch(session, project.id)

    installation.db.call(require)
    claims = decoded_part(await token_of(client, project, {"primary_email": "ada@example.org"}), 1)
    assert claims["restricted_reason"] == {"type": "email_not_verified"}
    assert claims["aud"] == f"{project.id}:restricted"
    verified = {"primary_email": "b@example.org", "primary_email_verified": True, "restricted_by_admin": True}
    claims = decoded_part(await token_of(client, project, verified), 1)
    assert claims["restricted_reason"] == {"type": "restricted_by_administrator"}


@pytest.mark.parametrize("kind", KINDS)
async def test_a_relying_party_can_verify_tokens_with_the_public_keys(
    client: ApiClient, project: TestProject, kind: str
) -> None:
    token = await token_of(client, project, dict(KINDS[kind][0]))
    number = list(KINDS).index(kind)
    keys = await keys_of(client, project, "?include_anonymous=true")
    assert jwt.decode(token, KeySet.import_key_set({"keys": [keys[number]]}), algorithms=["ES256"]).claims["sub"]  # type: ignore[list-item]  # the library's own type of a key is narrower


async def test_the_key_set_grows_with_the_wanted_user_kinds(client: ApiClient, project: TestProject) -> None:
    alone, restricted, everybody = [
        await keys_of(client, project, query)
        for query in ("?include_anonymous=false", "?include_restricted=true", "?include_anonymous=true")
    ]
    assert [len(alone), len(restricted), len(everybody)] == [1, 2, 3]
    assert everybody[:2] == restricted
    assert restricted[:1] == alone == await keys_of(client, project)
    assert [(key["kty"], key["alg"], key["crv"], sorted(key)) for key in alone] == [
        ("EC", "ES256", "P-256", ["alg", "crv", "kid", "kty", "x", "y"])
    ]


async def test_projects_have_different_keys(
    client: ApiClient, installation: Installation, project: TestProject
) -> None:
    other = create_project(installation, name="Other")
    query = "?include_anonymous=true"
    kids = [key["kid"] for one in (project, other) for key in await keys_of(client, one, query)]
    assert len(set(kids)) == 6


async def test_the_key_set_may_be_cached(client: ApiClient, project: TestProject) -> None:
    response = await client.get(f"/projects/{project.id}/.well-known/jwks.json")
    assert response.headers.get_list("cache-control") == ["public, max-age=3600"]


@pytest.mark.parametrize("query", ["?include_anonymous=1", "?include_restricted=TRUE", "?other=true"])
async def test_other_queries_of_the_key_set_are_errors(client: ApiClient, project: TestProject, query: str) -> None:
    response = await client.get(f"/projects/{project.id}/.well-known/jwks.json{query}")
    assert (response.status_code, known_error(response)) == (400, "SCHEMA_ERROR")


async def test_an_unknown_project_has_no_keys(client: ApiClient) -> None:
    response = await client.get(f"/projects/{uuid.uuid4()}/.well-known/jwks.json")
    assert (response.status_code, response.text) == (404, "Project not found")


@pytest.mark.parametrize("kind", ["anonymous", "restricted"])
async def test_key_discovery_from_the_issuer_works_for_every_user_kind(
    client: ApiClient, project: TestProject, kind: str
) -> None:
    response = await client.get(f"/projects-{kind}-users/{project.id}/.well-known/jwks.json")
    assert response.status_code == 307
    target = f"/api/v1/projects/{project.id}/.well-known/jwks.json?include_{kind}=true"
    assert response.headers["location"] == target
    assert (await client.get(target)).status_code == 200


async def test_a_redirect_cannot_be_turned_into_headers_or_elsewhere(client: ApiClient) -> None:
    response = await client.get("/projects-anonymous-users/%0D%0Aset-cookie:%20x%2F..%2F%C3%B6/.well-known/jwks.json")
    assert response.status_code == 307
    assert "set-cookie" not in response.headers
    assert "/projects/%0D%0Aset-cookie%3A%20x%2F..%2F%C3%B6/" in response.headers["location"]


async def test_an_old_token_without_restriction_claims_is_still_accepted(
    client: ApiClient, installation: Installation, project: TestProject
) -> None:
    user_id = (await as_server(client, project).post("/users", {})).json()["id"]
    session_id = str(uuid.uuid4())
    claims = {"sub": user_id, "branchId": "main", "refreshTokenId": session_id, "is_anonymous": False}
    token = installation.tokens.sign(project.id, UserKind.NORMAL, claims, now_s=2_000_000_000)
    assert installation.tokens.verify(token, now_s=2_000_000_001).refresh_token_id == session_id


async def test_a_token_states_the_user_of_now_after_every_refresh(client: ApiClient, project: TestProject) -> None:
    server = as_server(client, project)
    user_id = (await server.post("/users", {"is_anonymous": True})).json()["id"]
    refresh_token = (await server.post("/auth/sessions", {"user_id": user_id})).json()["refresh_token"]
    await server.patch(f"/users/{user_id}", {"is_anonymous": False, "display_name": "Ada"})
    caller = as_client(client, project).as_(refresh_token=refresh_token)
    claims = decoded_part((await caller.post("/auth/sessions/current/refresh")).json()["access_token"], 1)
    assert (claims["aud"], claims["name"], claims["is_anonymous"]) == (project.id, "Ada", False)
