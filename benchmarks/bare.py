"""The physical limit: the same server program with a bare ASGI application that answers a fixed JSON text."""

import sys

import uvicorn
from starlette.types import Receive, Scope, Send

_BODY = (
    b'{"id":"' + b"0" * 36 + b'","display_name":null,"metadata":"' + b"x" * 900 + b'"}'
)  # as long as a user's answer
_START = {
    "type": "http.response.start",
    "status": 200,
    "headers": [(b"content-type", b"application/json"), (b"content-length", str(len(_BODY)).encode())],
}


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer every request with the same JSON."""
    if scope["type"] == "http":
        await receive()
        await send(_START)
        await send({"type": "http.response.body", "body": _BODY})


if __name__ == "__main__":
    uvicorn.run(
        app,
        port=int(sys.argv[1]),
        loop="uvloop",
        http="httptools",
        access_log=False,
        log_level="warning",
        server_header=False,
        date_header=False,
        lifespan="off",
    )
