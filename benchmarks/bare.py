"""The physical limit: the same server program with a bare ASGI application that encodes one JSON object."""

import json
import sys

import uvicorn
from starlette.types import Receive, Scope, Send

_USER: dict[str, object] = {
    "id": "00000000-0000-4000-8000-000000000000",
    "primary_email": "bench@example.com",
    "client_metadata": {"theme": "dark", "seen": [1, 2, 3]},
    "oauth_providers": [],
    "selected_team": {"id": "00000000-0000-4000-8000-000000000001", "display_name": "bench@example.com's Team"},
    **{f"field_{number}": None for number in range(20)},
}  # about as long as a user's answer


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer every request with the same user."""
    if scope["type"] == "http":
        await receive()
        body = json.dumps(_USER).encode()
        headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})


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
