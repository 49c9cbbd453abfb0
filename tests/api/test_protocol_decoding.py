"""What endpoints see of a request: bodies, queries, paths, headers (contract 01, section 5)."""

import gzip

import httpx
import pytest
from fastapi import FastAPI
from starlette.types import Message

from hexclave_app.api.protocol.calls import Call
from hexclave_app.api.protocol.decoding import MAX_BODY_BYTES, MAX_JSON_DEPTH, Undefined
from hexclave_app.api.protocol.endpoints import PUBLIC, Endpoints
from hexclave_app.api.protocol.fields import Schema, Text
from hexclave_app.api.protocol.pipeline import Api
from hexclave_app.installation import Installation
from tests.support.clients import ApiClient, known_error

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


class Query(Schema):
    """One parameter."""

    name: Text = ""


class Path(Schema):
    """One segment."""

    name: Text


@pytest.fixture
def seen() -> list[object]:
    """What the endpoint saw."""
    return []


@pytest.fixture
def echo(installation: Installation, seen: list[object]) -> ApiClient:
    """An API that notes what reaches its endpoint."""
    routes = Endpoints("test")

    def note(call: Call) -> object:
        seen.append(call.raw_body)
        return None

    for method in ("GET", "POST", "DELETE"):
        routes.endpoint(method, "/body", access=PUBLIC)(note)

    @routes.endpoint("GET", "/query", access=PUBLIC, query=Query)
    def query(call: Call) -> object:
        seen.append(call.query.name)
        return None

    @routes.endpoint("GET", "/path/{name}", access=PUBLIC, params=Path)
    def path(call: Call) -> object:
        seen.append(call.path.name)
        return None

    return ApiClient(Api(installation, routes.endpoints, FastAPI()))


async def post(echo: ApiClient, content_type: str | None, body: bytes) -> httpx.Response:
    headers = {"content-type": content_type} if content_type is not None else {}
    return await echo.request("POST", "/body", content=body, headers=headers)


@pytest.mark.parametrize(
    ("content_type", "body", "value"),
    [
        ("application/json", b'{"a": [1, null]}', {"a": [1, None]}),
        ("application/json; charset=utf-8", b'"\xc3\xb6"', "ö"),
        ("APPLICATION/JSON", b" null ", None),
        ("application/octet-stream", gzip.compress(b"x", mtime=0), gzip.compress(b"x", mtime=0)),
        ("text/plain", "ö\n".encode(), "ö\n"),
        ("application/x-www-form-urlencoded", b"a=1&b=%C3%B6+x&a=2&c=", {"a": "2", "b": "ö x", "c": ""}),
    ],
)
async def test_a_body_is_decoded_by_its_content_type(
    echo: ApiClient, seen: list[object], content_type: str, body: bytes, value: object
) -> None:
    assert (await post(echo, content_type, body)).status_code == 200
    assert seen == [value]


@pytest.mark.parametrize("content_type", [None, "", " ; charset=utf-8"])
async def test_a_body_without_content_type_is_not_there(
    echo: ApiClient, seen: list[object], content_type: str | None
) -> None:
    assert (await post(echo, content_type, b"{}")).status_code == 200
    assert isinstance(seen[0], Undefined)


async def test_get_has_no_body(echo: ApiClient, seen: list[object]) -> None:
    response = await echo.request("GET", "/body", content=b"{", headers={"content-type": "application/json"})
    assert response.status_code == 200
    assert isinstance(seen[0], Undefined)


@pytest.mark.parametrize("body", [b"", b"{", b"{'a': 1}", b"NaN", b"[1,]", b'{"a": 1e999}', b'"\\ud800"', b"nul\x00l"])
async def test_malformed_json_is_refused(echo: ApiClient, seen: list[object], body: bytes) -> None:
    response = await post(echo, "application/json", body)
    assert (response.status_code, known_error(response)) == (400, "BODY_PARSING_ERROR")
    assert response.json() == {"code": "BODY_PARSING_ERROR", "error": "Invalid JSON in request body"}
    assert seen == []


@pytest.mark.parametrize("content_type", ["application/json", "text/plain", "application/x-www-form-urlencoded"])
async def test_a_text_body_must_be_utf8(echo: ApiClient, content_type: str) -> None:
    response = await post(echo, content_type, b'"\xff"')
    assert response.json()["error"] == "Request body cannot be parsed as UTF-8"


@pytest.mark.parametrize("content_type", ["multipart/form-data; boundary=x", "application/xml", "json", "text/html"])
async def test_other_content_types_are_refused(echo: ApiClient, content_type: str) -> None:
    response = await post(echo, content_type, b"x")
    assert (response.status_code, known_error(response)) == (400, "BODY_PARSING_ERROR")
    assert response.json()["error"] == f"Unknown content type in request body: {content_type}"


@pytest.mark.parametrize("opening", [b"[", b'{"a":'])
async def test_json_nests_only_as_deep_as_it_can_be_written_again(echo: ApiClient, opening: bytes) -> None:
    closing = b"]" if opening == b"[" else b"}"
    for depth, status in ((MAX_JSON_DEPTH, 200), (MAX_JSON_DEPTH + 2, 400), (100_000, 400)):
        body = opening * depth + b"1" + closing * depth
        assert (await post(echo, "application/json", body)).status_code == status


async def test_a_body_may_have_its_limit_and_no_more(echo: ApiClient, seen: list[object]) -> None:
    assert (await post(echo, "text/plain", b"x" * MAX_BODY_BYTES)).status_code == 200
    refused = await post(echo, "text/plain", b"x" * (MAX_BODY_BYTES + 1))
    assert (refused.status_code, refused.headers["content-type"]) == (413, "text/plain; charset=utf-8")
    assert len(seen) == 1


@pytest.mark.parametrize("length", [str(MAX_BODY_BYTES + 1), "9" * 5000])
async def test_a_body_announced_as_too_large_is_not_even_read(echo: ApiClient, length: str) -> None:
    headers = {"content-type": "text/plain", "content-length": length}
    assert (await echo.request("POST", "/body", content=b"x", headers=headers)).status_code == 413


@pytest.mark.parametrize("length", ["-1", "²", "1,1", "0x10"])
async def test_a_senseless_length_is_not_believed(echo: ApiClient, seen: list[object], length: str) -> None:
    headers = {"content-type": b"text/plain", "content-length": length.encode("latin-1")}
    assert (await echo.request("POST", "/body", content=b"x", headers=headers)).status_code == 200
    assert seen == ["x"]


async def test_a_body_without_announced_length_is_limited_too(echo: ApiClient, seen: list[object]) -> None:
    async def chunks() -> object:
        for _ in range(MAX_BODY_BYTES // 1_000_000 + 1):
            yield b"x" * 1_000_000

    response = await echo.request("POST", "/body", content=chunks(), headers={"content-type": "text/plain"})
    assert response.status_code == 413
    assert seen == []


async def test_an_upload_that_breaks_off_reaches_no_endpoint(echo: ApiClient, seen: list[object]) -> None:
    messages: list[Message] = [
        {"type": "http.request", "body": b"half", "more_body": True},
        {"type": "http.disconnect"},
    ]
    sent: list[Message] = []

    async def receive() -> Message:
        return messages.pop(0)

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": "http", "method": "POST", "path": "/api/v1/body", "raw_path": b"/api/v1/body", "query_string": b"",
        "headers": [(b"content-type", b"text/plain"), (b"content-length", b"9")],
    }  # fmt: skip
    await echo.api(scope, receive, send)
    assert (seen, sent) == ([], [])


@pytest.mark.parametrize(
    ("query", "value"),
    [
        ("name=a&name=b", "b"),
        ("name=", ""),
        ("name", ""),
        ("name=a+b%20c%2Bd", "a b c+d"),
        ("name=%C3%B6%FF", "ö�"),
        ("name=a;b", "a;b"),
        ("name=%ED%A0%80", "���"),
    ],
)
async def test_a_query_is_decoded_as_browsers_encode_it(
    echo: ApiClient, seen: list[object], query: str, value: str
) -> None:
    assert (await echo.get(f"/query?{query}")).status_code == 200
    assert seen == [value]


@pytest.mark.parametrize(
    ("segment", "value"), [("a%2Fb", "a/b"), ("%2e%2e", ".."), ("%2525", "%25"), ("%C3%B6", "ö"), ("a+b", "a+b")]
)
async def test_a_path_segment_is_decoded_once_and_never_split(
    echo: ApiClient, seen: list[object], segment: str, value: str
) -> None:
    assert (await echo.get(f"/path/{segment}")).status_code == 200
    assert seen == [value]


async def test_the_path_of_a_schema_error_is_the_requested_one(echo: ApiClient) -> None:
    response = await echo.get("/api/latest/path/%00%C3%B6?x=1")
    assert response.json()["error"] == (
        "Request validation failed on GET /api/latest/path/%00%C3%B6:\n  - params.name is invalid"
    )


async def test_a_repeated_header_is_joined_so_that_no_value_wins(client: ApiClient) -> None:
    headers = [("x-stack-access-type", "client"), ("X-Stack-Access-Type", "admin"), ("x-stack-project-id", "internal")]
    async with httpx.AsyncClient(transport=httpx.ASGITransport(client.api), base_url="http://localhost") as raw:
        response = await raw.get("/api/v1", headers=headers)
    assert known_error(response) == "INVALID_ACCESS_TYPE"
    assert "'client, admin'" in response.json()["error"]
