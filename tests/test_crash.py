"""A server killed in the middle of its work has kept everything that it had acknowledged."""

import asyncio
import multiprocessing
import os
import signal
import uuid
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

import pytest
from sqlalchemy import bindparam, update
from sqlmodel import Session

from hexclave_app.api import create_api
from hexclave_app.db import Database
from hexclave_app.installation import Installation
from hexclave_app.keyed_statements import KeyedStatement
from hexclave_app.settings import Settings
from models import Project
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


RENAME = KeyedStatement(
    update(Project.__table__)  # type: ignore[attr-defined]  # SQLModel makes it at run time
    .where(Project.__table__.c.id == bindparam("project"))  # type: ignore[attr-defined]  # SQLModel makes it at run time
    .values(display_name=bindparam("name"))
)


def rename(session: Session, project_id: str, number: int) -> None:
    RENAME.change(session, {"project": project_id, "name": str(number)})


def count_up(settings: Settings, project_ids: list[str], told: Connection) -> None:
    """The child process: keyed work that arrives together, for ever; tells each number only after its end."""
    database = Database(settings.sqlalchemy_url)

    async def count(project_id: str) -> None:
        number = 0
        while True:
            number += 1
            await database.keyed(rename, project_id, number)
            told.send((project_id, number))

    async def run() -> None:
        await asyncio.gather(*(count(project_id) for project_id in project_ids))

    asyncio.run(run())


def acknowledged(child: Callable[..., None], settings: Settings, made_for: Any, enough: int) -> list[tuple[str, Any]]:
    """Run the child until it has told enough, kill it, and return everything that it had told."""
    context = multiprocessing.get_context("spawn")
    told, child_end = context.Pipe(duplex=False)
    process = context.Process(target=child, args=(settings, made_for, child_end))
    process.start()
    child_end.close()
    found: list[tuple[str, Any]] = [told.recv() for _ in range(enough)]
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
    found = await asyncio.to_thread(acknowledged, serve, installation.settings, project, ACKNOWLEDGED)
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


async def test_keyed_work_that_shared_a_transaction_survives_a_kill(installation: Installation) -> None:
    project_ids = [create_project(installation).id for _ in range(8)]
    found = await asyncio.to_thread(acknowledged, count_up, installation.settings, project_ids, 400)
    told = {project_id: max(number for one, number in found if one == project_id) for project_id in project_ids}

    def numbers(session: Session) -> dict[str, int]:
        return {one: int(session.get_one(Project, one).display_name) for one in project_ids}

    kept = installation.db.call(numbers)
    assert min(told.values()) > 1
    assert all(told[one] <= kept[one] <= told[one] + 1 for one in project_ids)
