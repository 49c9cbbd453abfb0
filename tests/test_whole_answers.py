"""The server program: answers written at once, seen through real sockets."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from hexclave_app.api.protocol.pipeline import Api
from hexclave_app.whole_answers import EXTENSION, WholeAnswerProtocol
from tests.support.clients import ApiClient

pytestmark = [pytest.mark.anyio, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]


@asynccontextmanager
async def serving(app: ASGIApp) -> AsyncIterator[int]:
    """The port of the application under uvicorn, as the product runs it."""
    config = uvicorn.Config(
        app, port=0, http=WholeAnswerProtocol, lifespan="off", log_config=None, server_header=False, date_header=False
    )
    config.load()
    program = uvicorn.Server(config)
    program.lifespan = config.lifespan_class(config)
    await program.startup()
    try:
        yield program.servers[0].sockets[0].getsockname()[1]
    finally:
        await program.shutdown()


async def talk(app: ASGIApp, *requests: bytes) -> bytes:
    """Everything the server says to the requests until it hangs up."""
    async with serving(app) as port, asyncio.timeout(20):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"".join(requests))
        answer = await reader.read()
        writer.close()
        return answer


def request(line: bytes, *headers: bytes, body: bytes = b"", closes: bool = True) -> bytes:
    """The bytes of a request."""
    ending = [b"connection: close"] if closes else []
    return b"\r\n".join([line + b" HTTP/1.1", b"host: localhost", *headers, *ending]) + b"\r\n\r\n" + body


async def test_the_answer_has_the_same_headers_as_through_plain_asgi(api: Api, client: ApiClient) -> None:
    plain = await client.get("/users/me")
    answer = await talk(api, request(b"GET /api/v1/users/me"))
    head, _, body = answer.partition(b"\r\n\r\n")
    status, *lines = head.decode().split("\r\n")
    sent = dict(line.split(": ", 1) for line in lines)
    assert status == "HTTP/1.1 400 Bad Request"
    assert sent.pop("connection") == "close"
    assert sorted(sent) == sorted(plain.headers)
    varying = {"x-stack-request-id", "x-hexclave-request-id"}
    assert {name: value for name, value in sent.items() if name not in varying} == {
        name: value for name, value in plain.headers.items() if name not in varying
    }
    assert body == plain.content


async def test_pipelined_requests_are_answered_in_order_on_one_connection(api: Api) -> None:
    requests = [
        request(b"GET /health", closes=False),
        request(b"GET /api/v1/users/me", closes=False),
        request(b"OPTIONS /api/v1/users"),
    ]
    answer = await talk(api, *requests)
    statuses = [part[:3] for part in answer.split(b"HTTP/1.1 ")[1:]]
    assert statuses == [b"200", b"400", b"200"]
    assert answer.count(b"connection: close") == 1


async def test_an_answer_to_head_has_no_body(api: Api) -> None:
    answer = await talk(api, request(b"HEAD /health"))
    assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
    assert answer.endswith(b"\r\n\r\n")


async def test_a_body_is_asked_for_when_the_client_waits(api: Api) -> None:
    body = b'{"email":"a"}'
    headers = (b"content-type: application/json", b"expect: 100-continue", b"content-length: %d" % len(body))
    answer = await talk(api, request(b"POST /api/v1/auth/password/sign-in", *headers, body=body))
    assert answer.startswith(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 400 ")


async def test_a_second_answer_to_one_request_is_an_error_that_ends_the_connection(api: Api) -> None:
    async def twice(scope: Scope, receive: Receive, send: Send) -> None:
        for _ in range(2):
            await send({"type": EXTENSION, "head": b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n", "body": b""})

    answer = await talk(twice, request(b"GET /", closes=False))
    assert answer == b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"
