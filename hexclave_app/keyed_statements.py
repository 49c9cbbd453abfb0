"""Statements of hot paths: compiled once, executed with as little in between as each database allows.

On SQLite the statement's text and the types' own converters are kept, and execution goes straight to the driver:
through SQLAlchemy's execution contexts a keyed read costs several times as much (`benchmarks/`).
On PostgreSQL, where the network dominates, the statement runs as any other. Semantics are the same on both.
"""

import sqlite3
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from sqlalchemy import Connection, Delete, Dialect, Insert, Select, Update
from sqlalchemy.exc import DBAPIError

Converter = Callable[[Any], Any]


class HasConnection(Protocol):
    """A session, or anything else that knows the connection of its transaction."""

    def connection(self) -> Connection:
        """The connection."""


class KeyedStatement:
    """One Core statement with named parameters; results are tuples of Python values."""

    def __init__(self, statement: Select[Any] | Insert | Update | Delete) -> None:
        self._statement = statement
        self._sqlite: _SqliteForm | None = None

    def one_or_none(self, where: Connection | HasConnection, values: Mapping[str, object]) -> tuple[Any, ...] | None:
        """The only row, or None."""
        connection = _connection(where)
        if connection.dialect.name == "sqlite":
            return self._sqlite_form(connection.dialect).one_or_none(connection, values)
        row = connection.execute(self._statement, values).one_or_none()
        return tuple(row) if row is not None else None

    def change(self, where: Connection | HasConnection, values: Mapping[str, object]) -> int:
        """Execute an insert, update or delete; returns the number of rows."""
        connection = _connection(where)
        if connection.dialect.name == "sqlite":
            return self._sqlite_form(connection.dialect).change(connection, values)
        return connection.execute(self._statement, values).rowcount

    def _sqlite_form(self, dialect: Dialect) -> "_SqliteForm":
        if self._sqlite is None:
            self._sqlite = _SqliteForm(self._statement, dialect)
        return self._sqlite


def _connection(where: Connection | HasConnection) -> Connection:
    return where if isinstance(where, Connection) else where.connection()


class _SqliteForm:
    """SQL text, parameter order and converters of a statement."""

    def __init__(self, statement: Select[Any] | Insert | Update | Delete, dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect)
        self._text = str(compiled)
        self._parameters: list[tuple[str, Any, Converter | None]] = []
        for name in getattr(compiled, "positiontup", None) or ():
            parameter = compiled.binds[name]
            convert = parameter.type.dialect_impl(dialect).bind_processor(dialect)
            self._parameters.append((parameter.key, parameter.value, convert))
        self._results: list[tuple[int, Converter]] = []
        if isinstance(statement, Select):
            for position, column in enumerate(statement.selected_columns):
                convert = column.type.dialect_impl(dialect).result_processor(dialect, None)
                if convert is not None:
                    self._results.append((position, convert))

    def one_or_none(self, connection: Connection, values: Mapping[str, object]) -> tuple[Any, ...] | None:
        """Fetch at most one row."""
        found = self._execute(connection, values).fetchmany(2)
        if not found:
            return None
        if len(found) > 1:
            raise ValueError(f"more than one row: {self._text}")
        row = list(found[0])
        for position, convert in self._results:
            row[position] = convert(row[position])
        return tuple(row)

    def change(self, connection: Connection, values: Mapping[str, object]) -> int:
        """Execute and count."""
        return self._execute(connection, values).rowcount

    def _execute(self, connection: Connection, values: Mapping[str, object]) -> sqlite3.Cursor:
        arguments = []
        for key, default, convert in self._parameters:
            value = values.get(key, default)
            arguments.append(convert(value) if convert is not None else value)
        driver = connection.connection.driver_connection
        if not isinstance(driver, sqlite3.Connection):
            raise TypeError("not an SQLite connection")
        try:
            return driver.execute(self._text, arguments)
        except sqlite3.Error as error:
            dialect = connection.dialect
            raise DBAPIError.instance(self._text, arguments, error, sqlite3.Error, dialect=dialect) from error
