"""ASGI pieces in front of Reflex: who answers which path, and which headers every page carries."""

from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_FOREVER = "public, max-age=31536000, immutable"
_SECURITY_HEADERS = {
    "cross-origin-opener-policy": "same-origin",
    "referrer-policy": "strict-origin-when-cross-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "SAMEORIGIN",
}
# Nobody signs in, or lets a command line in, on a page that another one has laid something over.
_HOSTED_HEADERS = {"x-frame-options": "DENY", "content-security-policy": "frame-ancestors 'none'"}
_EMBEDDED = "/embed/"

FrameAncestors = Callable[[str, str], Awaitable[str]]
"""Who may frame an embedded page, from its host and query."""

FRAME_HEADER = "x-hexclave-frame"
_FRAME_PARAMETER = "framed"  # written by the pages themselves (hexclave_app/same_origin.py)
_SOCKET_PATH = "/_event"


class PathDispatch:
    """Sends requests below the given prefixes to the API: they never enter Reflex, so they keep their own CORS."""

    def __init__(self, api: ASGIApp, prefixes: Sequence[str], otherwise: ASGIApp) -> None:
        self._api = api
        self._prefixes = tuple(prefixes)
        self._otherwise = otherwise

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one connection; start-up and sockets always belong to Reflex."""
        is_api = scope["type"] == "http" and self._matches(scope["path"])
        await (self._api if is_api else self._otherwise)(scope, receive, send)

    def _matches(self, path: str) -> bool:
        return any(path == prefix.rstrip("/") or path.startswith(prefix) for prefix in self._prefixes)


class PageHeaders:
    """Adds the security and caching headers to everything Reflex answers."""

    def __init__(self, pages: ASGIApp, frame_ancestors: FrameAncestors) -> None:
        self._pages = pages
        self._frame_ancestors = frame_ancestors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one connection with headers added to HTTP responses."""
        if scope["type"] != "http":
            await self._pages(scope, receive, send)
            return
        ancestors = None
        if scope["path"].startswith(_EMBEDDED):
            host = Headers(scope=scope).get("host", "")
            ancestors = await self._frame_ancestors(host, scope["query_string"].decode("latin-1"))

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(_SECURITY_HEADERS)
                if scope["path"].startswith("/handler/"):
                    headers.update(_HOSTED_HEADERS)
                is_hashed = scope["path"].startswith("/assets/") and message["status"] in (200, 304)
                headers["cache-control"] = _FOREVER if is_hashed else "no-cache"
                if ancestors is not None:
                    del headers["x-frame-options"]  # it knows no list, and older browsers let it win
                    headers["content-security-policy"] = f"frame-ancestors {ancestors}"
                    headers["cache-control"] = "no-store"  # trust that was withdrawn ends at once
            await send(message)

        await self._pages(scope, receive, send_with_headers)


class PrerenderedPages:
    """Serves prerendered pages at their own path; the file server would redirect `/page` to an absolute `/page/`.

    Behind a proxy that redirect would name the wrong scheme and host.
    """

    def __init__(self, pages: ASGIApp, folder: Path) -> None:
        self._pages = pages
        self._paths = {f"/{index.parent.relative_to(folder)}" for index in folder.glob("*/**/index.html")}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one connection."""
        if scope["type"] == "http" and scope["path"] in self._paths:
            path = scope["path"] + "/"
            scope = {**scope, "path": path, "raw_path": path.encode()}
        await self._pages(scope, receive, send)


class FramedSockets:
    """Takes the cookies away from sockets of pages that stand inside other pages, and marks them for `state/base.py`.

    Whatever such a page shows, it shows it to whom the page around it names, never to whom the browser remembers: a
    page that something was laid over has nobody's rights.
    """

    def __init__(self, pages: ASGIApp) -> None:
        self._pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one connection."""
        if scope["type"] in ("http", "websocket") and scope["path"].startswith(_SOCKET_PATH):
            is_framed = _FRAME_PARAMETER in parse_qs(scope["query_string"].decode("latin-1"))
            hidden = {FRAME_HEADER.encode(), b"cookie"} if is_framed else {FRAME_HEADER.encode()}
            headers = [(name, value) for name, value in scope["headers"] if name.lower() not in hidden]
            if is_framed:
                headers.append((FRAME_HEADER.encode(), b"1"))
            scope = {**scope, "headers": headers}
        await self._pages(scope, receive, send)


class SameOriginSockets:
    """Refuses websockets opened by pages of another origin: the browser would send our cookies along."""

    def __init__(self, pages: ASGIApp) -> None:
        self._pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one connection; a foreign socket is closed before it is accepted (status 403)."""
        if scope["type"] == "websocket" and not _is_same_origin(Headers(scope=scope)):
            await receive()
            await send({"type": "websocket.close", "code": 1008})
            return
        await self._pages(scope, receive, send)


def _is_same_origin(headers: Headers) -> bool:
    # Clients that are no browsers send no origin, and have no cookies of somebody else.
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == headers.get("host")
