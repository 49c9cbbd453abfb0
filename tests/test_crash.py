"""A server killed in the middle of its work has kept everything that it had acknowledged."""

import asyncio
import multiprocessing
import os
import signal
import uuid
from multiprocessing.connection import Connection

import pytest

from hexclave_app.api import create_api
from hexclave_app.installation import Installation
from hexclave_app.settings import Settings
from tests.support.clients import ApiClient
from tests.support.projects import TestProject, as_client, as_server, create_project

ACKNOWLEDGED = 60  # enough that the kill meets a write that is under way
STREAMS = 4


def serve(settings: Settings, project: TestProject, told: Connection) -> None:
    """The child process: creates users through the API for ever, and tells each one only after its answer."""

    async def create(client: ApiClient) -> None:
        while True:
            user = (await as_server(client, project).post("/users", {"display_name": "x"})).json()
            session = (await as_server(client, project).post("/auth/sessions", {"user_id": user["id"]})).json()
            told.send((user["id"], session["refresh_token"]))

    async def run() -> None:
        async with ApiClient(create_api(Installation(settings))) as client:
            await asyncio.gather(*(create(client) for _ in range(STREAMS)))

    asyncio.run(run())


def acknowledged(settings: Settings, project: TestProject) -> list[tuple[str, str]]:
    """Run the child until it has told enough, kill it, and return everything that it had told."""
    context = multiprocessing.get_context("spawn")
    told, child_end = context.Pipe(duplex=False)
    process = context.Process(target=serve, args=(settings, project, child_end))
    process.start()
    child_end.close()
    found: list[tuple[str, str]] = [told.recv() for _ in range(ACKNOWLEDGED)]
    os.kill(process.pid or 0, signal.SIGKILL)
    process.join()
    assert process.exitcode == -signal.SIGKILL
    while told.poll():
        try:
            found.append(told.recv())
        except (EOFError, OSError):
            break
    return found


@pytest.mark.parametrize("round_number", [1, 2])
async def test_every_acknowledged_write_survives_a_kill(
    client: ApiClient, installation: Installation, round_number: int
) -> None:
    project = create_project(installation)
    found = await asyncio.to_thread(acknowledged, installation.settings, project)
    reopened = Installation(installation.settings)
    async with ApiClient(create_api(reopened)) as caller:
        users = {item["id"] for item in (await as_server(caller, project).get("/users")).json()["items"]}
        assert {user_id for user_id, _ in found} <= users
        for user_id, refresh_token in found:
            refreshing = as_client(caller, project).as_(refresh_token=refresh_token)
            assert (await refreshing.post("/auth/sessions/current/refresh")).status_code == 200, user_id
        after = await as_server(caller, project).post("/users", {"display_name": str(uuid.uuid4())})
        assert after.status_code == 201, "the killed process left no lock behind"
    reopened.close()
