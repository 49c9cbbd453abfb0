"""A small pool of locked processes that render mails (`mail_templates/child.py`), restarted when they are killed."""

import asyncio
import os
import select
import struct
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Final, cast

import orjson
import structlog

from hexclave_app.mail_templates.engine import Rendered, RenderJob

log = structlog.get_logger()

DEADLINE_S: Final = 6.0  # wall clock per mail; the CPU limit inside is shorter, but a machine may be busy
START_DEADLINE_S: Final = 20.0
IDLE_S: Final = 120.0
MAX_CHILDREN: Final = 2
_LENGTH: Final = struct.Struct(">I")
_MAX_ANSWER_BYTES: Final = 16_000_000
_ROOT: Final = Path(__file__).resolve().parent.parent.parent.parent
_START: Final = (
    f"import sys; sys.path.insert(0, {str(_ROOT)!r}); from hexclave_app.mail_templates.child import main; main()"
)
_KILLED: Final = "Rendering was stopped: the source takes too much time or memory."


class RenderPool:
    """Renders batches; every job gets its result or its error, whatever the others do."""

    def __init__(self, size: int = MAX_CHILDREN) -> None:
        self._size = size
        self._executor = ThreadPoolExecutor(max_workers=size, thread_name_prefix="mail-render")
        self._idle: SimpleQueue[_Child] = SimpleQueue()

    async def render(self, jobs: Sequence[RenderJob]) -> list[Rendered | str]:
        """Results in the order of the jobs; a text is the message of an error."""
        loop = asyncio.get_running_loop()
        share = -(-len(jobs) // self._size) if len(jobs) > self._size else 1
        parts = [jobs[start : start + share] for start in range(0, len(jobs), share)]
        done = await asyncio.gather(*(loop.run_in_executor(self._executor, self.render_now, part) for part in parts))
        return [result for part in done for result in part]

    def render_now(self, jobs: Sequence[RenderJob]) -> list[Rendered | str]:
        """Render in the calling thread's own child."""
        child = self._take()
        results: list[Rendered | str] = []
        try:
            for job in jobs:
                answer = child.ask(job)
                if answer is None:
                    child.kill()
                    log.warning("a rendering process was stopped", source_length=len(job.source))
                    child = _Child()
                results.append(_KILLED if answer is None else answer)
        except BaseException:
            child.kill()
            raise
        child.used_at = time.monotonic()
        self._idle.put(child)
        return results

    def close_idle(self) -> None:
        """End processes that nobody needed for a while."""
        kept = []
        while (child := self._pop()) is not None:
            if time.monotonic() - child.used_at > IDLE_S:
                child.kill()
            else:
                kept.append(child)
        for child in kept:
            self._idle.put(child)

    def close(self) -> None:
        """End all processes."""
        self._executor.shutdown(wait=True)
        while (child := self._pop()) is not None:
            child.kill()

    def _take(self) -> "_Child":
        while (child := self._pop()) is not None:
            if child.is_running:
                return child
            child.kill()
        return _Child()

    def _pop(self) -> "_Child | None":
        try:
            return self._idle.get_nowait()
        except Empty:
            return None


class _Child:
    """One locked process; started at once, ready when it answers."""

    def __init__(self) -> None:
        """Start the process and wait until it is locked; raises RuntimeError when it is not."""
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and a constant program
            [sys.executable, "-I", "-c", _START],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            cwd="/",
            env={},  # the secrets of the server are none of its business
            close_fds=True,
        )
        self.used_at = time.monotonic()
        try:
            self._receive(_LENGTH.size, self.used_at + START_DEADLINE_S)
        except (OSError, TimeoutError, EOFError) as error:
            self.kill()
            raise RuntimeError("the rendering process does not start") from error

    @property
    def is_running(self) -> bool:
        """Whether the process is alive."""
        return self._process.poll() is None

    def ask(self, job: RenderJob) -> Rendered | str | None:
        """The result or an error message; None when the process had to be given up."""
        until = time.monotonic() + DEADLINE_S
        try:
            body = orjson.dumps(asdict(job))
        except TypeError as error:  # orjson's only kind
            return f"The mail cannot be rendered: {error}"
        try:
            self._send(_LENGTH.pack(len(body)) + body, until)
            (length,) = _LENGTH.unpack(self._receive(_LENGTH.size, until))
            if length > _MAX_ANSWER_BYTES:
                return None
            answer = orjson.loads(self._receive(length, until))
        except (OSError, TimeoutError, EOFError, ValueError):
            return None
        return cast("str", answer["error"]) if "error" in answer else Rendered(**answer)

    def kill(self) -> None:
        """End the process now."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()

    def _send(self, data: bytes, until: float) -> None:
        descriptor = self._process.stdin.fileno() if self._process.stdin else -1
        os.set_blocking(descriptor, False)
        view = memoryview(data)
        while view:
            self._wait([], [descriptor], until)
            view = view[os.write(descriptor, view) :]

    def _receive(self, size: int, until: float) -> bytes:
        descriptor = self._process.stdout.fileno() if self._process.stdout else -1
        received = bytearray()
        while len(received) < size:
            self._wait([descriptor], [], until)
            chunk = os.read(descriptor, min(size - len(received), 1 << 16))
            if not chunk:
                raise EOFError
            received += chunk
        return bytes(received)

    def _wait(self, readable: list[int], writable: list[int], until: float) -> None:
        poller = select.poll()  # not select(), which cannot take descriptors above 1023
        for descriptor in readable:
            poller.register(descriptor, select.POLLIN)
        for descriptor in writable:
            poller.register(descriptor, select.POLLOUT)
        if not poller.poll(max(0.0, until - time.monotonic()) * 1000):
            raise TimeoutError
