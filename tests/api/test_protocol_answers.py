"""Answers: errors, headers, override status, methods, paths (contract 01, sections 2, 6 and 7)."""

import json
import re

import pytest
from fastapi import FastAPI

from hexclave_app.api.protocol.answers import Answer
from hexclave_app.api.protocol.calls import Call
from hexclave_app.api.protocol.endpoints import PUBLIC, Endpoints
from hexclave_app.api.protocol.pipeline import Api
from hexclave_app.installation import Installation
from tests.support.clients import ApiClient, known_error

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

NAMES = [
    "project-id", "branch-id", "override-error-status", "random-nonce", "client-version",
    "disable-artificial-development-delay", "access-type", "publishable-client-key", "secret-server-key",
    "super-secret-admin-key", "admin-access-token", "refresh-token", "access-token", "allow-anonymous-user",
]  # fmt: skip
SECRET = "the-password-of-the-database"


@pytest.fixture
def broken(installation: Installation) -> ApiClient:
    """An API whose endpoints fail in ways that ours do not."""
    routes = Endpoints("test")

    @routes.endpoint("GET", "/raises", access=PUBLIC)
    def raises(call: Call) -> object:
        raise RuntimeError(SECRET)

    @routes.endpoint("GET", "/unwritable", access=PUBLIC)
    def unwritable(call: Call) -> object:
        return {"value": object(), "secret": SECRET}

    @routes.endpoint("GET", "/split", access=PUBLIC)
    def split(call: Call) -> object:
        return Answer("", headers={"location": "/\r\nset-cookie: a=b"})

    return ApiClient(Api(installation, routes.endpoints, FastAPI()))


async def test_a_known_error_has_its_code_in_both_headers_and_an_indented_body(client: ApiClient) -> None:
    response = await client.as_(access_type="root").get("/users")
    error = "The x-stack-access-type header must be 'client', 'server', or 'admin', but was 'root'."
    assert response.status_code == 400
    assert known_error(response) == "INVALID_ACCESS_TYPE"
    assert response.headers["content-type"] == "application/json; charset=utf-8"
    assert response.text == json.dumps({"code": "INVALID_ACCESS_TYPE", "error": error}, indent=2)


async def test_details_stand_between_code_and_message(as_client: ApiClient) -> None:
    response = await as_client.post("/users")
    assert list(response.json()) == ["code", "details", "error"]


async def test_a_plain_error_is_text_without_known_error_headers(client: ApiClient) -> None:
    response = await client.get("/projects/nothing/.well-known/jwks.json")
    assert (response.status_code, response.text) == (404, "Project not found")
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    assert known_error(response) is None


@pytest.mark.parametrize("path", ["/raises", "/unwritable", "/split"])
async def test_an_unexpected_failure_shows_nothing_internal(broken: ApiClient, path: str) -> None:
    response = await broken.get(path)
    assert response.status_code == 500
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    assert response.headers["access-control-allow-origin"] == "*"
    first, second = response.text.split("\n\n")
    assert "data you entered" in first
    assert second == f"Request ID: {response.headers['x-stack-request-id']}"
    assert SECRET not in response.text
    assert "set-cookie" not in response.headers


async def test_a_failure_of_the_server_is_not_overridden(broken: ApiClient) -> None:
    response = await broken.as_(override_error_status="true").get("/raises")
    assert response.status_code == 500
    assert "x-stack-actual-status" not in response.headers


@pytest.mark.parametrize("path", ["/", "/nothing", "/users", "/health"])
async def test_every_answer_carries_the_fixed_headers(client: ApiClient, path: str) -> None:
    response = await client.get(path)
    request_ids = [response.headers[f"x-{brand}-request-id"] for brand in ("stack", "hexclave")]
    assert re.fullmatch("[0-9a-hjkmnp-tv-z]{16}", request_ids[0])
    assert request_ids[0] == request_ids[1]
    assert response.headers["cache-control"] == "no-store, max-age=0"
    assert response.headers["cross-origin-opener-policy"] == "same-origin"
    assert response.headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["x-frame-options"] == "SAMEORIGIN"
    assert response.headers["permissions-policy"] == response.headers["content-security-policy"] == ""
    names = [name for name, _ in response.headers.multi_items()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS", "HEAD"])
async def test_browsers_of_all_origins_may_call_the_api(client: ApiClient, method: str) -> None:
    response = await client.request(method, "/nothing")
    allowed = response.headers["access-control-allow-headers"].split(", ")
    exposed = response.headers["access-control-expose-headers"].split(", ")
    assert response.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in response.headers
    assert response.headers["access-control-allow-methods"] == "GET, POST, PUT, PATCH, DELETE, OPTIONS"
    assert response.headers["access-control-max-age"] == "86400"
    assert {f"x-{brand}-{name}" for brand in ("stack", "hexclave") for name in NAMES} <= set(allowed)
    others = {"content-type", "authorization", "baggage", "sentry-trace", "ngrok-skip-browser-warning"}
    assert others | {"x-vercel-protection-bypass"} <= set(allowed)
    assert response.headers["vary"] == response.headers["access-control-allow-headers"]
    told = {f"x-{brand}-{name}" for brand in ("stack", "hexclave") for name in ("actual-status", "known-error")}
    assert told | {"content-type"} <= set(exposed)


@pytest.mark.parametrize("value", ["true", ""])
@pytest.mark.parametrize("brand", ["stack", "hexclave"])
async def test_the_status_of_an_error_can_be_overridden(client: ApiClient, brand: str, value: str) -> None:
    plain = await client.get("/users")
    response = await client.get("/users", headers={f"x-{brand}-override-error-status": value})
    assert response.status_code == 200
    assert response.headers["x-stack-actual-status"] == response.headers["x-hexclave-actual-status"] == "400"
    assert (known_error(response), response.text) == ("ACCESS_TYPE_REQUIRED", plain.text)


async def test_success_and_framework_answers_are_never_overridden(client: ApiClient) -> None:
    caller = client.as_(override_error_status="true")
    answers = [await caller.get(""), await caller.request("PUT", ""), await caller.get("/users/")]
    assert [answer.status_code for answer in answers] == [200, 405, 308]
    assert all("x-stack-actual-status" not in answer.headers for answer in answers)


async def test_the_token_endpoint_keeps_its_status(client: ApiClient) -> None:
    body = {"grant_type": "refresh_token", "refresh_token": "wrong", "client_id": "internal"}
    for wrong, status in ((body, 401), ({**body, "client_id": "x"}, 400), ({}, 400), ([], 400)):
        response = await client.as_(override_error_status="true").request("POST", "/auth/oauth/token", json=wrong)
        assert response.status_code == status


@pytest.mark.parametrize("prefix", ["v1", "v2beta1", "v2beta2", "v2beta3", "v2beta4", "v2beta5", "latest"])
async def test_every_served_version_has_the_same_endpoints(client: ApiClient, prefix: str) -> None:
    assert (await client.get(f"/api/{prefix}")).text.startswith("Welcome")
    assert (await client.get(f"/api/{prefix}/internal/component-versions")).status_code == 200


@pytest.mark.parametrize("prefix", ["v0", "v1x", "v2", "v2beta0", "v2beta6", "v2beta55", "LATEST"])
async def test_other_versions_do_not_exist(client: ApiClient, prefix: str) -> None:
    assert (await client.get(f"/api/{prefix}/internal/component-versions")).status_code == 404


async def test_decoding_and_authentication_precede_an_unknown_path(client: ApiClient) -> None:
    json_type = {"content-type": "application/json"}
    broken = await client.request("POST", "/nothing", content="{", headers=json_type)
    assert known_error(broken) == "BODY_PARSING_ERROR"
    assert known_error(await client.as_(access_type="root").get("/nothing")) == "INVALID_ACCESS_TYPE"
    keyless = client.as_(access_type="server", project_id="internal")
    assert known_error(await keyless.get("/nothing")) == "SERVER_AUTHENTICATION_REQUIRED"


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/api/v1/", "/api/v1"),
        ("/api/v1/users/", "/api/v1/users"),
        ("/api/v1/users/?limit=1&desc=true", "/api/v1/users?limit=1&desc=true"),
        ("/api/v1/%0D%0Ax:%20y/", "/api/v1/%0D%0Ax:%20y"),
        ("/api/v1/%C3%B6/", "/api/v1/%C3%B6"),
    ],
)
async def test_a_trailing_slash_is_redirected_away(client: ApiClient, path: str, target: str) -> None:
    response = await client.get(path)
    assert (response.status_code, response.headers["location"], response.content) == (308, target, b"")
    assert "content-type" not in response.headers


@pytest.mark.parametrize("path", ["/users", "/nothing", "/api/v9/x", "/health"])
async def test_a_preflight_needs_neither_route_nor_authentication(client: ApiClient, path: str) -> None:
    response = await client.as_(access_type="root").request("OPTIONS", path)
    assert (response.status_code, response.content) == (200, b"")


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PROPFIND"])
async def test_unknown_methods_are_refused(client: ApiClient, method: str) -> None:
    response = await client.request(method, "/users")
    assert (response.status_code, response.text) == (405, "Method not allowed")


async def test_head_is_refused_except_for_health(client: ApiClient) -> None:
    refused, healthy = await client.request("HEAD", "/users"), await client.request("HEAD", "/health")
    assert (refused.status_code, refused.content) == (405, b"")
    assert (healthy.status_code, healthy.content) == (200, b"")


async def test_a_method_that_a_route_lacks_is_answered_with_an_empty_body(client: ApiClient) -> None:
    response = await client.request("DELETE", "/auth/password/sign-in")
    assert (response.status_code, response.content) == (405, b"")
    assert response.headers["access-control-allow-origin"] == "*"


async def test_browsers_get_indented_json(client: ApiClient) -> None:
    compact = await client.get("/internal/backend-urls")
    pretty = await client.get("/internal/backend-urls", headers={"accept": "text/html,*/*"})
    assert compact.text == '{"urls":["http://localhost:8000"]}'
    assert pretty.text == '{\n  "urls": [\n    "http://localhost:8000"\n  ]\n}'
