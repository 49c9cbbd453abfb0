"""A small HTTP/1.1 load generator: N keep-alive connections, one request in flight on each, exact counts.

The same request again and again, or, for what can be done only once, each request of a file in turn.

It runs in a process of its own and speaks just enough HTTP to be far faster than any server it measures.
"""

import argparse
import asyncio
import json
import re
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import repeat
from pathlib import Path
from typing import cast

import uvloop

_LAST_CHUNK = b"\r\n0\r\n\r\n"  # of a chunked answer; with one request in flight nothing follows it
_LENGTH = re.compile(rb"\r\n(?:content-length|Content-Length): (\d+)")


@dataclass(frozen=True)
class Result:
    """What one round measured."""

    requests: int
    seconds: float
    failures: int
    p50_ms: float
    p95_ms: float

    @property
    def per_second(self) -> float:
        """Answered requests per second."""
        return self.requests / self.seconds


class _Connection(asyncio.Protocol):
    """One keep-alive connection that always has one request in flight."""

    def __init__(self, run: "_Run") -> None:
        self._run = run
        self._buffer = b""
        self._sent_at = 0.0
        self._transport: asyncio.WriteTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.WriteTransport", transport)
        self._send()

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            return
        length = _LENGTH.search(self._buffer[: end + 2])
        if length is None and not self._buffer.endswith(_LAST_CHUNK):
            return
        size = end + 4 + int(length[1]) if length else len(self._buffer)
        if len(self._buffer) < size:
            return
        is_good = self._buffer[9:12] in (b"200", b"201")
        self._buffer = self._buffer[size:]
        self._run.count(time.perf_counter() - self._sent_at, is_good=is_good)
        self._send()

    def connection_lost(self, exc: Exception | None) -> None:
        self._run.lost(exc)

    def _send(self) -> None:
        if self._transport is None or self._transport.is_closing():
            return
        request = self._run.next_request()
        if request is None or time.perf_counter() >= self._run.ends_at:
            self._transport.close()
            return
        self._sent_at = time.perf_counter()
        self._transport.write(request)


class _Run:
    def __init__(self, requests: Iterator[bytes], connections: int, seconds: float) -> None:
        self._requests = requests
        self.started_at = time.perf_counter()
        self.ends_at = self.started_at + seconds
        self.latencies: list[float] = []
        self.failures = 0
        self._open = connections
        self.finished = asyncio.get_running_loop().create_future()

    def next_request(self) -> bytes | None:
        """What is sent next; None when nothing is left."""
        return next(self._requests, None)

    def count(self, latency: float, *, is_good: bool) -> None:
        self.latencies.append(latency)
        self.failures += not is_good

    def lost(self, error: Exception | None) -> None:
        self.failures += error is not None
        self._open -= 1
        if self._open == 0 and not self.finished.done():
            self.finished.set_result(None)


async def measure(host: str, port: int, requests: Iterator[bytes], *, connections: int, seconds: float) -> Result:
    """Send requests as fast as the answers come, for a bounded time."""
    run = _Run(requests, connections, seconds)
    loop = asyncio.get_running_loop()
    await asyncio.gather(*(loop.create_connection(lambda: _Connection(run), host, port) for _ in range(connections)))
    async with asyncio.timeout(seconds + 10):
        await run.finished
    spent = time.perf_counter() - run.started_at
    ordered = sorted(run.latencies) or [0.0]
    return Result(
        requests=len(run.latencies),
        seconds=spent,
        failures=run.failures,
        p50_ms=ordered[len(ordered) // 2] * 1000,
        p95_ms=ordered[int(len(ordered) * 0.95)] * 1000,
    )


def main() -> None:
    """Measure what is given as JSON on the command line; print the result as JSON."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("spec", help='{"host", "port", "request" or "file", "connections", "seconds"}')
    spec = json.loads(parser.parse_args().spec)
    once: list[str] = json.loads(Path(spec["file"]).read_text()) if "file" in spec else []
    requests = iter([text.encode("latin-1") for text in once]) if once else repeat(spec["request"].encode("latin-1"))
    result = uvloop.run(
        measure(
            spec["host"],
            spec["port"],
            requests,
            connections=spec["connections"],
            seconds=spec["seconds"],
        )
    )
    print(json.dumps(asdict(result)))


if __name__ == "__main__":
    main()
