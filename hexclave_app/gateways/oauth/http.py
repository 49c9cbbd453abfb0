"""The one HTTP client toward OAuth providers.

It connects to the address that it has checked, and only to public ones, unless the operator's own setting names the
host; it is bounded in time and size and follows no redirects.
"""

import socket
from collections.abc import AsyncIterator
from typing import Final
from urllib.parse import urlsplit

import anyio
import httpx2

from hexclave_app.gateways.addresses import is_public

TOTAL_LIMIT_S: Final = 15
MAX_ANSWER_BYTES: Final = 1_000_000
TIMEOUT: Final = httpx2.Timeout(10.0)
HEADERS: Final = {"accept": "application/json", "accept-encoding": "identity", "user-agent": "Hexclave"}


class GuardedTransport(httpx2.AsyncBaseTransport):
    """Resolves, checks, and connects to the checked address; the certificate is still checked for the host's name."""

    def __init__(self, *, named_by_operator: str = "") -> None:
        self._inner = httpx2.AsyncHTTPTransport(trust_env=False)
        parts = urlsplit(named_by_operator)
        self._exempt = (parts.scheme, parts.hostname, parts.port) if parts.hostname else None

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """One exchange within the time limit; every refusal is an `httpx2.TransportError`."""
        url = request.url
        is_exempt = (url.scheme, url.host, url.port) == self._exempt
        if url.scheme != "https" and not is_exempt:
            raise httpx2.UnsupportedProtocol("providers are reached through https only")
        try:
            with anyio.fail_after(TOTAL_LIMIT_S):
                return await self._exchange(request, is_exempt=is_exempt)
        except TimeoutError:
            raise httpx2.ReadTimeout("the provider took too long") from None

    async def aclose(self) -> None:
        """Close all connections."""
        await self._inner.aclose()

    async def _exchange(self, request: httpx2.Request, *, is_exempt: bool) -> httpx2.Response:
        addresses = await _resolve(request.url)
        if not is_exempt and not all(is_public(address) for address in addresses):
            raise httpx2.ConnectError("the provider's name leads to an address that is not public")
        answer = await self._first_reachable(request, addresses)
        try:
            content = await _read(answer)
        finally:
            await answer.aclose()
        return httpx2.Response(answer.status_code, headers=answer.headers, content=content)

    async def _first_reachable(self, request: httpx2.Request, addresses: list[str]) -> httpx2.Response:
        content = await request.aread()
        last: httpx2.ConnectError | httpx2.ConnectTimeout | None = None
        for address in addresses:
            checked = httpx2.Request(
                request.method,
                request.url.copy_with(host=address),
                headers=request.headers,  # with the Host of the name
                content=content,
                extensions={**request.extensions, "sni_hostname": request.url.host},
            )
            try:
                return await self._inner.handle_async_request(checked)
            except (httpx2.ConnectError, httpx2.ConnectTimeout) as error:
                last = error
        raise last or httpx2.ConnectError("the provider's name has no address")


async def _resolve(url: httpx2.URL) -> list[str]:
    port = url.port or (443 if url.scheme == "https" else 80)
    try:
        found = await anyio.getaddrinfo(url.host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise httpx2.ConnectError(f"the provider's name cannot be resolved: {error}") from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


async def _read(answer: httpx2.Response) -> bytes:
    if answer.headers.get("content-encoding", "identity") != "identity":
        raise httpx2.DecodingError("the provider compressed its answer although we did not ask for it")
    chunks, size = [], 0
    stream: AsyncIterator[bytes] = answer.aiter_raw()
    async for chunk in stream:
        size += len(chunk)
        if size > MAX_ANSWER_BYTES:
            raise httpx2.ReadError("the provider's answer is too large")
        chunks.append(chunk)
    return b"".join(chunks)
