"""Alembic environment: one engine from the configured URL, models as the target of autogenerate."""

from alembic import context
from sqlalchemy import Connection, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import TypeEngine

import models


def _render_item(kind: str, item: object, _autogen_context: object) -> str | bool:
    """Write our column types as the plain SQLAlchemy ones they are stored as."""
    if kind == "type" and isinstance(item, models.base.UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, TypeEngine) and item.__class__.__name__ == "AutoString":
        return "sa.Text()"
    return False


def _migrate(connection: Connection) -> None:
    is_sqlite = connection.dialect.name == "sqlite"
    context.configure(
        connection=connection,
        target_metadata=models.METADATA,
        render_as_batch=is_sqlite,
        render_item=_render_item,
        compare_type=True,
    )
    with context.begin_transaction():
        if not is_sqlite:
            # Fail rather than queue behind a long transaction and block every sign-in meanwhile.
            connection.exec_driver_sql("SET LOCAL lock_timeout = '10s'")
        context.run_migrations()


def _run() -> None:
    engine = create_engine(context.config.attributes["url"])
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine, "connect")
        def _manual_transactions(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
            connection.isolation_level = None

        @event.listens_for(engine, "begin")
        def _begin(connection: Connection) -> None:
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    with engine.begin() as connection:
        _migrate(connection)
    engine.dispose()


_run()
