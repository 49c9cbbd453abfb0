"""HTTP clients of tests: the real ASGI application without a socket."""

from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

import httpx

from hexclave_app.api.protocol.pipeline import Api


class ApiClient:
    """Calls `/api/v1` paths with a fixed set of protocol headers."""

    def __init__(self, api: Api, headers: Mapping[str, str] | None = None) -> None:
        self.api = api
        self.headers = dict(headers or {})
        self._http = httpx.AsyncClient(
            transport=httpx.ASGITransport(api, raise_app_exceptions=True), base_url="http://localhost:8000"
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._http.aclose()

    def as_(self, **headers: str | None) -> "ApiClient":
        """A client with more protocol headers: `as_(access_type="client")` sends `X-Hexclave-Access-Type`."""
        named = {f"x-hexclave-{name.replace('_', '-')}": value for name, value in headers.items()}
        merged = {**self.headers, **named}
        return ApiClient(self.api, {name: value for name, value in merged.items() if value is not None})

    async def request(self, method: str, path: str, **options: Any) -> httpx.Response:
        """One request; `path` is below `/api/v1` unless it starts with `/api/` or belongs to pages."""
        url = path if path.startswith(("/api/", "/health", "/downloads/")) else f"/api/v1{path}"
        headers = {**self.headers, **options.pop("headers", {})}
        return await self._http.request(method, url, headers=headers, **options)

    async def get(self, path: str, **options: Any) -> httpx.Response:
        """GET."""
        return await self.request("GET", path, **options)

    async def post(self, path: str, json: object = None, **options: Any) -> httpx.Response:
        """POST with a JSON body (`{}` by default)."""
        return await self.request("POST", path, json={} if json is None else json, **options)

    async def patch(self, path: str, json: object = None, **options: Any) -> httpx.Response:
        """PATCH with a JSON body (`{}` by default)."""
        return await self.request("PATCH", path, json={} if json is None else json, **options)

    async def put(self, path: str, json: object = None, **options: Any) -> httpx.Response:
        """PUT with a JSON body (`{}` by default)."""
        return await self.request("PUT", path, json={} if json is None else json, **options)

    async def delete(self, path: str, **options: Any) -> httpx.Response:
        """DELETE without a body."""
        return await self.request("DELETE", path, **options)


def known_error(response: httpx.Response) -> str | None:
    """The known-error code, after checking that both headers and the body agree."""
    code: str | None = response.headers.get("x-stack-known-error")
    assert response.headers.get("x-hexclave-known-error") == code
    if code is not None:
        assert response.json()["code"] == code
    return code
