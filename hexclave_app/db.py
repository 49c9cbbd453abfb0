"""The one seam between the product and its SQL database (ARCHITECTURE.md, section 5).

`Database.run`, `read` and `scan` are the only ways in for API, state and workers: each runs one plain sync service
function in one transaction and commits before it returns. On SQLite `run` and `read` execute inline (a keyed statement
takes microseconds and writing is serial anyway); everything on PostgreSQL, and every `scan`, runs in a bounded thread
pool.
"""

import asyncio
import functools
import random
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar, copy_context
from pathlib import Path
from types import MappingProxyType
from typing import Any, Concatenate, ParamSpec, TypeVar

import structlog
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool
from sqlmodel import Session

from hexclave_app.sqlite_lane import Lane, LaneIsBusy, NeedsSession

P = ParamSpec("P")
T = TypeVar("T")

log = structlog.get_logger()

POOL_SIZE = 10
MAX_ATTEMPTS = 8  # of a transaction that lost against another one
INLINE_BUSY_TIMEOUT_MS = 0  # the event loop never waits for a lock: it hands the work to a thread instead
THREAD_BUSY_TIMEOUT_MS = 30_000
_PG_RETRY_STATES = frozenset({"40001", "40P01", "55P03"})  # serialization failure, deadlock, lock not available
_kind_of_begin: ContextVar[str] = ContextVar("kind_of_begin", default="IMMEDIATE")
_ROOT = Path(__file__).resolve().parent.parent


class Database:
    """Engine plus the rules of how work reaches it; one instance per process."""

    def __init__(self, url: str) -> None:
        self.is_sqlite = url.startswith("sqlite")
        self.engine = _sqlite_engine(url, THREAD_BUSY_TIMEOUT_MS) if self.is_sqlite else _postgres_engine(url)
        self._inline_engine = _sqlite_engine(url, INLINE_BUSY_TIMEOUT_MS) if self.is_sqlite else self.engine
        # Reads of one statement need no BEGIN and COMMIT: each is a round trip.
        self._single_reads = self.engine.execution_options(isolation_level="AUTOCOMMIT")
        self._lane = Lane(self._inline_engine) if self.is_sqlite else None
        self.info: dict[str, object] = {}
        """What every session carries in its `info`."""
        self._executor = ThreadPoolExecutor(max_workers=POOL_SIZE, thread_name_prefix="db")

    async def run(self, fn: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a changing service function in one transaction; returns after the commit."""
        return await self._run("IMMEDIATE", functools.partial(_swap, fn, args, kwargs))

    async def read(self, fn: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a short keyed read."""
        return await self._run("DEFERRED", functools.partial(_swap, fn, args, kwargs))

    async def at_once(self, fn: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T | None:
        """Run one keyed read without a transaction around it; None when a broken connection needs the long way."""
        if self._lane is not None:
            return fn(self._lane.connection(), *args, **kwargs)
        work = functools.partial(_without_transaction, self._single_reads, fn, args, kwargs)
        return await asyncio.get_running_loop().run_in_executor(self._executor, work)

    async def keyed(self, fn: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Like `run`, for functions that get along with keyed statements: on SQLite without a session around them.

        There they share a transaction with what arrives at the same time, and return after its commit. A function that
        turns out to want the session after all is taken back and run again with one.
        """
        if self._lane is not None:
            try:
                return await self._lane.shared(functools.partial(_swap, fn, args, kwargs))
            except (NeedsSession, LaneIsBusy):
                pass
        return await self.run(fn, *args, **kwargs)

    async def scan(self, fn: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a read that may take long (search, list, aggregation), never on the event loop."""
        return await self._in_thread("DEFERRED", functools.partial(_swap, fn, args, kwargs))

    def call(self, fn: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a service function from ordinary sync code (command line, tests, worker threads)."""
        return self._with_retries("IMMEDIATE", functools.partial(_swap, fn, args, kwargs))

    def close(self) -> None:
        """Close every connection; open transactions of threads end first."""
        self._executor.shutdown(wait=True)
        if self._lane is not None:
            self._lane.close()
        self.engine.dispose()
        if self._inline_engine is not self.engine:
            self._inline_engine.dispose()

    async def _run(self, begin: str, work: Callable[[Session], T]) -> T:
        if self._lane is None:
            return await self._in_thread(begin, work)
        try:
            with transaction(self._lane.connection(), begin, self.info) as session:
                return work(session)
        except (OperationalError, StaleDataError) as error:
            if not is_contention(error):
                raise
        return await self._in_thread(begin, work)

    async def _in_thread(self, begin: str, work: Callable[[Session], T]) -> T:
        loop = asyncio.get_running_loop()
        for attempt in range(MAX_ATTEMPTS):
            context = copy_context()  # the thread acts for whoever this task acts for
            try:
                return await loop.run_in_executor(self._executor, context.run, self._once, begin, work)
            except (DBAPIError, StaleDataError) as error:
                if attempt == MAX_ATTEMPTS - 1 or not is_contention(error):
                    raise
            await asyncio.sleep(_pause_s(attempt))
        raise AssertionError("unreachable: the last attempt returns or raises")

    def _with_retries(self, begin: str, work: Callable[[Session], T]) -> T:
        for attempt in range(MAX_ATTEMPTS):
            try:
                return self._once(begin, work)
            except (DBAPIError, StaleDataError) as error:
                if attempt == MAX_ATTEMPTS - 1 or not is_contention(error):
                    raise
        raise AssertionError("unreachable: the last attempt returns or raises")

    def _once(self, begin: str, work: Callable[[Session], T]) -> T:
        with transaction(self.engine, begin, self.info) as session:
            return work(session)


@contextmanager
def transaction(
    bind: Engine | Connection, begin: str = "IMMEDIATE", info: Mapping[str, object] = MappingProxyType({})
) -> Iterator[Session]:
    """A session whose changes are committed at the end of the block, or not at all.

    `begin` is SQLite's kind of transaction: one that may write takes the write lock at its start, because a reader that
    turns into a writer would fail instead of waiting.
    """
    session = Session(bind, expire_on_commit=False, autoflush=True, info=dict(info))
    if bind.dialect.name == "sqlite":
        _kind_of_begin.set(begin)
    try:
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.close()


def is_contention(error: DBAPIError | StaleDataError) -> bool:
    """Whether a transaction failed only because another one was in its way, so that it may simply run again."""
    if isinstance(error, StaleDataError):
        return True  # a row that it had read was deleted before it could change it
    sqlstate = getattr(error.orig, "sqlstate", None)
    if sqlstate is not None:
        return sqlstate in _PG_RETRY_STATES
    text = str(error.orig)
    return "database is locked" in text or "database table is locked" in text


def migrate(url: str, revision: str = "head") -> None:
    """Bring the schema to a revision (`head`, `base`, `-1`, …) of `alembic/versions`."""
    if url.startswith("sqlite"):
        _folder_of(url).mkdir(parents=True, exist_ok=True)
    config = alembic_config(url)
    if revision == "base" or revision.startswith("-"):
        command.downgrade(config, revision)
    else:
        command.upgrade(config, revision)


def alembic_config(url: str) -> Config:
    """Alembic's configuration; there is no ini file, the URL comes from the settings."""
    config = Config()
    config.set_main_option("script_location", str(_ROOT / "alembic"))
    config.attributes["url"] = url
    return config


def _without_transaction(
    engine: Engine, fn: Callable[..., T], args: tuple[Any, ...], kwargs: dict[str, Any]
) -> T | None:
    try:
        with engine.connect() as connection:
            return fn(connection, *args, **kwargs)
    except DBAPIError as error:
        if not error.connection_invalidated:
            raise
        return None


def _swap(fn: Callable[..., T], args: tuple[Any, ...], kwargs: dict[str, Any], session: Session) -> T:
    return fn(session, *args, **kwargs)


def _pause_s(attempt: int) -> float:
    return random.uniform(0.5, 1.5) * 0.005 * float(2**attempt)  # noqa: S311 - jitter, not a secret


def _lower(value: str | None) -> str | None:
    return value.lower() if value is not None else None


def _postgres_engine(url: str) -> Engine:
    return create_engine(url, pool_size=POOL_SIZE, max_overflow=0, pool_pre_ping=True)


def _folder_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///")).parent


def _sqlite_engine(url: str, busy_timeout_ms: int) -> Engine:
    _folder_of(url).mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url, poolclass=QueuePool, pool_size=POOL_SIZE, max_overflow=2, connect_args={"check_same_thread": False}
    )

    @event.listens_for(engine, "connect")
    def _configure(connection: Any, _record: ConnectionPoolEntry) -> None:  # noqa: ANN401 - the driver's connection
        connection.isolation_level = None  # the driver must not begin transactions by itself: we choose the kind
        connection.create_function("unicode_lower", 1, _lower, deterministic=True)
        cursor = connection.cursor()
        for pragma in (
            f"busy_timeout = {busy_timeout_ms or THREAD_BUSY_TIMEOUT_MS}",
            "journal_mode = WAL",
            "synchronous = NORMAL",  # a killed process loses nothing; only a power cut may lose the last moments
            "foreign_keys = ON",
            "wal_autocheckpoint = 8000",
            "cache_size = -65536",
            "mmap_size = 268435456",
            f"busy_timeout = {busy_timeout_ms}",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # Straight to the driver: through SQLAlchemy a BEGIN costs ten times as much, on every request.
        driver = connection.connection.driver_connection
        if driver is None:
            raise RuntimeError("a transaction begins on an open connection only")
        statement = f"BEGIN {_kind_of_begin.get()}"
        try:
            driver.execute(statement)
        except sqlite3.OperationalError as error:
            raise OperationalError(statement, None, error) from error

    return engine
