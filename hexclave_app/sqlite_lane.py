"""The event loop's own SQLite connection, and the transaction that requests of one turn of the loop share.

Beginning and committing cost SQLite as much as everything that a keyed request does in between. Requests that arrive
together are therefore committed together (group commit; Gray and Reuter, "Transaction Processing", 1993, chapter 9):
each runs within a savepoint of its own, and none of them returns before the commit. A turn of the loop lasts
milliseconds at most; whoever else wants the connection meanwhile commits first.
"""

import asyncio
import sqlite3
from collections.abc import Callable
from typing import TypeVar, cast

from sqlalchemy import Connection, Engine
from sqlmodel import Session

T = TypeVar("T")


class NeedsSession(Exception):
    """A function that was given only a connection wants more."""


class LaneIsBusy(Exception):
    """Another connection is writing."""


class _ConnectionOnly:
    """What stands in for a session in `shared`: the connection, and nothing that could be pending on it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.info: dict[str, object] = {}

    def connection(self) -> Connection:
        """The connection whose transaction is open."""
        return self._connection

    def flush(self) -> None:
        """There is never anything to write."""

    def __getattr__(self, name: str) -> object:
        raise NeedsSession(name)


class Lane:
    """One connection, checked out once: a checkout costs as much as a keyed read.

    Only the thread of the event loop uses it.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: Connection | None = None
        self._waiting: list[asyncio.Future[None]] | None = None

    def connection(self) -> Connection:
        """The connection, opened at first use, without an open transaction."""
        if self._waiting is not None:
            self._commit()
        return self._opened()

    async def shared(self, fn: Callable[[Session], T]) -> T:
        """Run keyed statements in the transaction of this turn; returns after its commit.

        A function that fails leaves no trace and takes nobody with it. Raises LaneIsBusy, and NeedsSession where the
        function wants more than a connection.
        """
        connection = self._opened()
        driver = cast("sqlite3.Connection", connection.connection.driver_connection)
        waiting = self._begin(driver) if self._waiting is None else self._waiting
        driver.execute("SAVEPOINT one")
        try:
            result = fn(cast("Session", _ConnectionOnly(connection)))
        except BaseException as error:
            self._take_back(driver, error)
            raise
        driver.execute("RELEASE one")
        committed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        waiting.append(committed)
        await committed
        return result

    def close(self) -> None:
        """Commit what is open and close the connection."""
        if self._connection is not None:
            self.connection().close()

    def _opened(self) -> Connection:
        if self._connection is None:
            self._connection = self._engine.connect()
        return self._connection

    def _begin(self, driver: sqlite3.Connection) -> list[asyncio.Future[None]]:
        try:
            driver.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            raise LaneIsBusy from None
        waiting: list[asyncio.Future[None]] = []
        self._waiting = waiting
        asyncio.get_running_loop().call_soon(self._commit_turn, waiting)
        return waiting

    def _take_back(self, driver: sqlite3.Connection, error: BaseException) -> None:
        if driver.in_transaction:
            driver.execute("ROLLBACK TO one")
            driver.execute("RELEASE one")
        else:  # SQLite has ended it by itself, as it does after some errors, such as a full disk: all share that fate
            self._end(error)

    def _commit_turn(self, waiting: list[asyncio.Future[None]]) -> None:
        if self._waiting is waiting:  # not when somebody who wanted the connection has committed already
            self._commit()

    def _commit(self) -> None:
        driver = cast("sqlite3.Connection", self._opened().connection.driver_connection)
        try:
            driver.execute("COMMIT")
        except sqlite3.Error as error:
            if driver.in_transaction:
                driver.execute("ROLLBACK")
            self._end(error)
        else:
            self._end(None)

    def _end(self, error: BaseException | None) -> None:
        waiting, self._waiting = self._waiting or [], None
        for one in waiting:
            if one.done():
                continue  # whoever asked has gone
            if error is None:
                one.set_result(None)
            else:
                one.set_exception(error)
