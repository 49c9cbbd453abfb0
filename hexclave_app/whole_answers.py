"""An HTTP protocol for uvicorn that can write a complete, already encoded answer in one go.

The contract's answers carry 22 headers, 2 kB of them the same in every answer. Sent as ASGI messages they are checked,
lower-cased and joined one by one, and head and body leave in two writes, which costs more than everything else a short
request does. An application that finds `EXTENSION` in `scope["extensions"]` may send one message of that type
instead, with `head` (status line and header lines, without the empty line) and `body`.
"""

from http import HTTPStatus
from typing import Final, Literal, TypedDict

from uvicorn._types import ASGI3Application, ASGISendEvent
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

EXTENSION: Final = "hexclave.http.answer"
_OFFER: Final[dict[str, dict[object, object]]] = {EXTENSION: {}}
STATUS_LINES: Final = {
    status.value: f"HTTP/1.1 {status.value} {status.phrase}\r\n".encode() for status in HTTPStatus if status >= 200
}


class WholeAnswer(TypedDict):
    """The message of the extension."""

    type: Literal["hexclave.http.answer"]
    head: bytes
    body: bytes


class AnswerCycle(RequestResponseCycle):
    """One request and its answer, which may come as one message."""

    async def send(self, message: ASGISendEvent | WholeAnswer) -> None:
        """Write what the application sends."""
        if message["type"] != EXTENSION:
            await super().send(message)
            return
        if self.flow.write_paused and not self.disconnected:
            await self.flow.drain()
        if self.disconnected:
            return
        if self.response_started:
            raise RuntimeError("a whole answer cannot follow a started one")
        self.response_started = self.response_complete = True
        self.waiting_for_100_continue = False
        ending = b"\r\n" if self.keep_alive else b"connection: close\r\n\r\n"
        self.transport.write(b"".join((message["head"], ending, message["body"])))
        self.message_event.set()
        if not self.keep_alive:
            self.transport.close()
        self.on_response()


class WholeAnswerProtocol(HttpToolsProtocol):
    """uvicorn's protocol whose cycles understand the extension."""

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: ASGI3Application) -> None:
        # The cycle is made in the middle of a long callback of the parser; changing its class leaves that code alone.
        cycle.__class__ = AnswerCycle
        cycle.scope["extensions"] = _OFFER
        super()._start_asgi_task(cycle, app)
