"""Who answers which path, and what every page answer carries."""

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from hexclave_app.dispatch import FRAME_HEADER, FramedSockets, PageHeaders, PathDispatch, SameOriginSockets


async def _greet(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_text("hello")
    await socket.send_json({name: socket.headers.get(name) for name in ("cookie", FRAME_HEADER)})
    await socket.close()


async def _ancestors(host: str, query: str) -> str:
    return f"https://{host.partition(':')[0]}.example {query}".strip()


def _answers(text: str) -> Starlette:
    async def answer(_request: object) -> PlainTextResponse:
        return PlainTextResponse(text)

    return Starlette(routes=[Route("/{path:path}", answer), WebSocketRoute("/{path:path}", _greet)])


@pytest.fixture
def client() -> TestClient:
    pages = SameOriginSockets(FramedSockets(PageHeaders(_answers("page"), _ancestors)))
    return TestClient(PathDispatch(_answers("api"), ("/api/", "/health"), pages), base_url="http://app.test:8000")


@pytest.mark.parametrize("path", ["/api/", "/api/v1/users", "/api", "/health"])
def test_api_paths_go_to_the_api(client: TestClient, path: str) -> None:
    assert client.get(path).text == "api"


@pytest.mark.parametrize("path", ["/", "/apidocs", "/projects/api/", "/API/v1"])
def test_all_other_paths_go_to_the_pages(client: TestClient, path: str) -> None:
    assert client.get(path).text == "page"


def test_pages_carry_the_security_headers_and_the_api_keeps_its_own(client: TestClient) -> None:
    page, api = client.get("/"), client.get("/api/v1")
    assert page.headers["cross-origin-opener-policy"] == "same-origin"
    assert page.headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert page.headers["x-content-type-options"] == "nosniff"
    assert page.headers["x-frame-options"] == "SAMEORIGIN"
    assert "x-frame-options" not in api.headers


def test_no_other_page_can_frame_a_hosted_one(client: TestClient) -> None:
    headers = client.get("/handler/cli-auth-confirm").headers
    assert (headers["x-frame-options"], headers["content-security-policy"]) == ("DENY", "frame-ancestors 'none'")


def test_embedded_parts_may_be_framed_by_whom_the_project_trusts(client: TestClient) -> None:
    headers = client.get("/embed/sign-in?parent=x").headers
    assert headers["content-security-policy"] == "frame-ancestors https://app.test.example parent=x"
    assert "x-frame-options" not in headers  # it knows no list, and would win in older browsers
    assert headers["cache-control"] == "no-store"  # trust that was withdrawn ends at once
    assert client.get("/embedded/x").headers["x-frame-options"] == "SAMEORIGIN"


def test_only_hashed_files_are_cached_forever(client: TestClient) -> None:
    assert client.get("/assets/root-1a2b.js").headers["cache-control"] == "public, max-age=31536000, immutable"
    assert client.get("/").headers["cache-control"] == "no-cache"


def test_a_socket_of_the_own_origin_is_served(client: TestClient) -> None:
    with client.websocket_connect("/_event", headers={"origin": "http://app.test:8000", "host": "app.test:8000"}) as ws:
        assert ws.receive_text() == "hello"


@pytest.mark.parametrize("origin", ["http://evil.test", "http://app.test:9000", "https://b.app.test:8000", "null"])
def test_a_socket_opened_by_a_foreign_page_is_refused(client: TestClient, origin: str) -> None:
    headers = {"origin": origin, "host": "app.test:8000"}
    with pytest.raises(WebSocketDisconnect), client.websocket_connect("/_event", headers=headers):
        pass


FOREIGN_MARK = {"origin": "http://app.test:8000", "host": "app.test:8000", "cookie": "login=1", FRAME_HEADER: "1"}


def test_a_socket_inside_another_page_has_no_cookies(client: TestClient) -> None:
    with client.websocket_connect("/_event?token=1&framed=1", headers=FOREIGN_MARK) as ws:
        ws.receive_text()
        assert ws.receive_json() == {"cookie": None, FRAME_HEADER: "1"}


def test_a_socket_of_a_page_of_its_own_has_them_and_no_mark(client: TestClient) -> None:
    with client.websocket_connect("/_event?token=framed", headers=FOREIGN_MARK) as ws:
        ws.receive_text()
        assert ws.receive_json() == {"cookie": "login=1", FRAME_HEADER: None}
