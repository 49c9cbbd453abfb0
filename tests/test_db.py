"""The database seam: commits, rollbacks, lost races, and many writers at once."""

import asyncio
import multiprocessing
import sqlite3
import uuid
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import bindparam, update
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlmodel import Session, select

from hexclave_app.db import MAX_ATTEMPTS, Database, transaction
from hexclave_app.installation import Installation
from hexclave_app.keyed_statements import KeyedStatement
from hexclave_app.services import tenancies
from models import Project, Tenancy, User
from tests.support.clients import ApiClient
from tests.support.projects import create_project

ROUNDS = 40
WRITERS = 8


class Broken(Exception):
    """A service that fails after it has written."""


def add_project(session: Session, *, name: str = "x") -> str:
    project_id = str(uuid.uuid4())
    session.add(Project(id=project_id, seq=uuid.uuid4().int % 2**62, display_name=name))
    return project_id


def count_of(session: Session, name: str) -> int:
    return len(session.exec(select(Project.id).where(Project.display_name == name)).all())


def bump(session: Session, project_id: str) -> int:
    """Read, then write what was read: the classic lost update."""
    row = session.get_one(Project, project_id, with_for_update=True)
    row.description = str(int(row.description or "0") + 1)
    return int(row.description)


def bump_optimistically(session: Session, project_id: str) -> int:
    """The same without a lock, under an isolation level that refuses lost updates."""
    if session.get_bind().dialect.name == "postgresql":
        session.connection(execution_options={"isolation_level": "SERIALIZABLE"})
    row = session.get_one(Project, project_id)
    row.description = str(int(row.description or "0") + 1)
    return int(row.description)


def lock_both(session: Session, first: str, second: str) -> None:
    for project_id in (first, second):
        row = session.get_one(Project, project_id, with_for_update=True)
        row.description = str(int(row.description or "0") + 1)
        session.flush()


def hammer(url: str, project_id: str, rounds: int) -> None:
    """The second process: writes as fast as it can."""
    database = Database(url)
    for _ in range(rounds):
        database.call(bump, project_id)
    database.close()


@pytest.fixture
def db(installation: Installation) -> Database:
    return installation.db


async def test_run_has_committed_when_it_returns(db: Database, installation: Installation) -> None:
    await db.run(add_project, name="done")
    other = Database(installation.settings.sqlalchemy_url)
    assert other.call(count_of, "done") == 1
    other.close()


@pytest.mark.parametrize("way", ["run", "read", "scan", "call"])
async def test_a_failure_takes_everything_back(db: Database, way: str) -> None:
    def fail(session: Session) -> None:
        add_project(session, name="half")
        session.flush()
        raise Broken

    ways: dict[str, Callable[[Callable[[Session], None]], Awaitable[None]]] = {
        "run": db.run,
        "read": db.read,
        "scan": db.scan,
        "call": lambda fn: asyncio.to_thread(db.call, fn),
    }
    with pytest.raises(Broken):
        await ways[way](fail)
    assert await db.read(count_of, "half") == 0


async def test_a_broken_rule_of_the_schema_is_raised_and_taken_back(db: Database) -> None:
    project_id = await db.run(add_project, name="first")

    def twice(session: Session) -> None:
        session.add(Project(id=project_id, seq=5, display_name="second"))

    with pytest.raises(IntegrityError):
        await db.run(twice)
    assert await db.read(count_of, "second") == 0


async def test_results_stay_readable_after_the_transaction(db: Database) -> None:
    project_id = await db.run(add_project)
    row = await db.read(lambda session: session.get_one(Project, project_id))
    assert row.display_name == "x"


async def test_concurrent_changes_of_one_row_are_all_counted(db: Database) -> None:
    project_id = await db.run(add_project)
    results = await asyncio.gather(*(db.run(bump, project_id) for _ in range(ROUNDS)))
    assert sorted(results) == list(range(1, ROUNDS + 1))


async def test_serialization_failures_are_retried(db: Database) -> None:
    project_id = await db.run(add_project)
    results = await asyncio.gather(*(db.run(bump_optimistically, project_id) for _ in range(4)))
    assert sorted(results) == [1, 2, 3, 4]


async def test_deadlocks_are_retried(db: Database) -> None:
    first, second = await db.run(add_project), await db.run(add_project)
    pairs = [(first, second), (second, first)] * 2
    await asyncio.gather(*(db.run(lock_both, *pair) for pair in pairs))
    assert await db.run(bump, first) == await db.run(bump, second) == len(pairs) + 1


async def test_a_row_that_vanished_under_a_change_is_looked_up_again(db: Database) -> None:
    project_id = await db.run(add_project)
    attempts: list[int] = []

    def change(session: Session) -> None:
        row = session.get_one(Project, project_id)
        row.display_name = "changed"
        attempts.append(len(attempts))
        if len(attempts) == 1:  # as if another transaction had deleted it after it was read
            session.connection().exec_driver_sql(f"DELETE FROM project WHERE id = '{project_id}'")

    await db.run(change)
    assert attempts == [0, 1]
    assert await db.read(count_of, "changed") == 1


async def test_other_errors_are_not_retried(db: Database) -> None:
    attempts: list[int] = []

    def fail(session: Session) -> None:
        attempts.append(1)
        session.connection().exec_driver_sql("SELECT * FROM no_such_table")

    with pytest.raises(Exception, match="no_such_table"):
        await db.run(fail)
    assert len(attempts) <= 1 < MAX_ATTEMPTS


async def test_no_lock_error_reaches_a_caller_while_others_write(db: Database, installation: Installation) -> None:
    project_id = await db.run(add_project)
    context = multiprocessing.get_context("spawn")
    url = installation.settings.sqlalchemy_url
    process = context.Process(target=hammer, args=(url, project_id, ROUNDS * 5))
    process.start()

    async def write() -> None:
        for _ in range(ROUNDS):
            await db.run(bump, project_id)
            await db.scan(count_of, "x")

    def call() -> None:
        for _ in range(ROUNDS):
            db.call(bump, project_id)

    try:
        await asyncio.gather(*(write() for _ in range(WRITERS)), *(asyncio.to_thread(call) for _ in range(2)))
    finally:
        await asyncio.to_thread(process.join)
    assert process.exitcode == 0
    total = ROUNDS * (WRITERS + 2 + 5)
    assert await db.run(bump, project_id) == total + 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_the_event_loop_does_not_wait_for_a_locked_file(db: Database, installation: Installation) -> None:
    other = Database(installation.settings.sqlalchemy_url)
    locked, done = asyncio.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()

    def hold(session: Session) -> None:
        add_project(session, name="holder")
        session.flush()
        loop.call_soon_threadsafe(locked.set)
        asyncio.run_coroutine_threadsafe(done.wait(), loop).result()

    holder = asyncio.create_task(asyncio.to_thread(other.call, hold))
    await locked.wait()
    waiting = asyncio.create_task(db.run(add_project, name="waiter"))
    assert await db.read(count_of, "holder") == 0, "readers see the last commit meanwhile"
    done.set()
    await asyncio.gather(holder, waiting)
    assert await db.read(count_of, "waiter") == 1
    other.close()


async def test_an_error_of_the_connection_is_told(tmp_path: Any) -> None:
    broken = Database(f"sqlite:///{tmp_path}")  # a folder, not a file
    with pytest.raises(OperationalError):
        await broken.run(count_of, "x")
    broken.close()


async def test_a_change_by_another_installation_is_seen_by_the_next_request(
    client: ApiClient, installation: Installation
) -> None:
    project = create_project(installation)
    keys = {"publishable_client_key": project.keys["publishable_client_key"]}
    caller = client.as_(access_type="client", project_id=project.id, **keys)
    assert (await caller.get("/projects/current")).json()["display_name"] == "Demo"
    other = Installation(installation.settings)

    def rename(session: Session) -> None:
        session.get_one(Project, project.id).display_name = "Renamed"
        tenancies.touch(session, project.id)

    other.db.call(rename)
    assert (await caller.get("/projects/current")).json()["display_name"] == "Renamed"

    def delete(session: Session) -> None:
        session.delete(session.get_one(Project, project.id))

    other.db.call(delete)
    assert (await caller.get("/projects/current")).json()["code"] == "CURRENT_PROJECT_NOT_FOUND"
    other.close()


async def test_deleting_a_project_takes_everything_of_it_along(installation: Installation) -> None:
    project = create_project(installation)

    def fill(session: Session) -> None:
        session.add(User(tenancy_id=project.tenancy_id, seq=1))

    def delete(session: Session) -> int:
        session.delete(session.get_one(Project, project.id))
        session.flush()
        left = [session.exec(select(table).where(column == value)).all() for table, column, value in (
            (Tenancy, Tenancy.project_id, project.id), (User, User.tenancy_id, project.tenancy_id),
        )]  # fmt: skip
        return sum(len(rows) for rows in left)

    await installation.db.run(fill)
    assert await installation.db.run(delete) == 0


RENAME = KeyedStatement(
    update(Project.__table__)  # type: ignore[attr-defined]  # SQLModel makes it at run time
    .where(Project.__table__.c.id == bindparam("project"))  # type: ignore[attr-defined]  # SQLModel makes it at run time
    .values(display_name=bindparam("name"))
)


def rename(session: Session, project_id: str, name: str, *, fails: bool = False, looks: bool = False) -> int:
    """Keyed statements, and on demand a failure, or a look that only a session can take."""
    changed = RENAME.change(session, {"project": project_id, "name": name})
    if fails:
        raise Broken
    return changed + (count_of(session, name) if looks else 0)


async def test_keyed_work_has_committed_when_it_returns(installation: Installation) -> None:
    project = await installation.db.run(add_project)
    assert await installation.db.keyed(rename, project, "keyed") == 1
    assert await installation.db.scan(count_of, "keyed") == 1


async def test_failed_keyed_work_is_taken_back(installation: Installation) -> None:
    project = await installation.db.run(add_project, name="before")
    with pytest.raises(Broken):
        await installation.db.keyed(rename, project, "after", fails=True)
    assert await installation.db.scan(count_of, "before") == 1
    assert await installation.db.run(bump, project) == 1  # the connection is fit for the next transaction


async def test_keyed_work_that_wants_a_session_gets_one(installation: Installation) -> None:
    project = await installation.db.run(add_project)
    assert await installation.db.keyed(rename, project, "looked", looks=True) == 2


async def test_keyed_work_waits_for_another_writer(installation: Installation) -> None:
    project = await installation.db.run(add_project)
    with transaction(installation.db.engine) as session:
        bump(session, project)
        session.flush()
        waiting = asyncio.ensure_future(installation.db.keyed(rename, project, "patient"))
        await asyncio.sleep(0)
        assert not waiting.done()
    assert await waiting == 1


async def test_keyed_work_that_arrives_together_fails_alone(installation: Installation) -> None:
    projects = [await installation.db.run(add_project, name="before") for _ in range(3)]
    works = [
        installation.db.keyed(rename, project, "after", fails=place == 1) for place, project in enumerate(projects)
    ]
    first, second, third = await asyncio.gather(*works, return_exceptions=True)
    assert (first, third) == (1, 1)
    assert isinstance(second, Broken)
    assert await installation.db.scan(count_of, "after") == 2
    assert await installation.db.scan(count_of, "before") == 1


@pytest.fixture
def lane(sqlite_only: str) -> Iterator[Database]:
    """SQLite, where keyed work of one turn of the event loop shares a transaction."""
    database = Database(sqlite_only)
    yield database
    database.close()


async def test_whoever_wants_a_session_finds_keyed_work_committed(lane: Database) -> None:
    project = await lane.run(add_project)
    keyed = asyncio.ensure_future(lane.keyed(rename, project, "keyed"))
    seen, added = await asyncio.gather(lane.read(count_of, "keyed"), lane.run(add_project))
    assert (await keyed, seen) == (1, 1)
    assert await lane.scan(count_of, "keyed") == 1
    assert await lane.keyed(rename, added, "keyed") == 1


async def test_keyed_work_whose_caller_has_gone_does_not_hold_up_the_rest(lane: Database) -> None:
    gone, there = await lane.run(add_project), await lane.run(add_project)
    leaving, staying = (asyncio.ensure_future(lane.keyed(rename, one, "shared")) for one in (gone, there))
    await asyncio.sleep(0)
    leaving.cancel()
    assert await staying == 1
    assert leaving.cancelled()
    assert await lane.scan(count_of, "shared") == 2


async def test_a_commit_that_fails_is_nobodys_success(lane: Database) -> None:
    """A violated reference that is checked late makes SQLite refuse the commit itself."""

    def leave_an_orphan(session: Session) -> None:
        driver = session.connection().connection.driver_connection
        assert driver is not None
        driver.execute("PRAGMA defer_foreign_keys = ON")
        driver.execute(
            "INSERT INTO tenancy (id, seq, project_id, branch_id, version, last_user_seq, created_at)"
            " VALUES ('orphan', 99, 'none', 'main', 1, 0, '2026-01-01')"
        )

    project = await lane.run(add_project, name="before")
    works = [lane.keyed(rename, project, "after"), lane.keyed(leave_an_orphan), lane.keyed(rename, project, "last")]
    ends = await asyncio.gather(*works, return_exceptions=True)
    assert [type(end) for end in ends] == [sqlite3.IntegrityError] * 3
    assert await lane.scan(count_of, "before") == 1
    assert await lane.keyed(rename, project, "again") == 1  # the connection is fit for the next transaction
