"""Migrations: up, down and up again on both databases, and no drift between models and the newest schema."""

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, String, create_engine, inspect
from sqlalchemy.types import TypeEngine

from hexclave_app.db import Database, alembic_config, migrate
from hexclave_app.services import internal_project
from hexclave_app.settings import load_settings, to_sqlalchemy_url
from models import METADATA
from tests.support.postgres import PostgresServer


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without any table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    name = f"e{uuid.uuid4().hex}"
    yield to_sqlalchemy_url(server.create_database(name))
    server.drop_database(name)


@pytest.fixture
def engine(empty_url: str) -> Iterator[Engine]:
    created = create_engine(empty_url)
    yield created
    created.dispose()


def tables(engine: Engine) -> set[str]:
    return {name for name in inspect(engine).get_table_names() if is_ours(name, "table", None)} - {"alembic_version"}


def columns(engine: Engine) -> dict[str, list[str]]:
    found = inspect(engine)
    return {name: sorted(column["name"] for column in found.get_columns(name)) for name in tables(engine)}


def test_migrating_makes_the_folder_of_a_new_database(tmp_path: Path) -> None:
    migrate(f"sqlite:///{tmp_path}/new/folder/hexclave.db")
    assert (tmp_path / "new" / "folder" / "hexclave.db").exists()


def test_the_schema_goes_up_down_and_up_again(empty_url: str, engine: Engine) -> None:
    migrate(empty_url)
    first = columns(engine)
    assert tables(engine) == set(METADATA.tables)
    migrate(empty_url, "base")
    assert tables(engine) == set()
    migrate(empty_url)
    assert columns(engine) == first


def test_every_single_step_goes_down_and_up_again(empty_url: str, engine: Engine) -> None:
    migrate(empty_url)
    steps = len(list(ScriptDirectory.from_config(alembic_config(empty_url)).walk_revisions()))
    for _ in range(steps):
        migrate(empty_url, "-1")
    assert tables(engine) == set()


def test_there_is_one_line_of_migrations() -> None:
    assert len(ScriptDirectory.from_config(alembic_config("sqlite://")).get_heads()) == 1


def differ(
    _context: object, _found_column: object, _column: object, found: TypeEngine[object], wanted: TypeEngine[object]
) -> bool | None:
    """Text and VARCHAR without length are the same; everything else is alembic's judgement."""
    # SQLModel's own text type is a decorator of String.
    are_texts = isinstance(found, String) and isinstance(getattr(wanted, "impl", wanted), String)
    return False if are_texts else None


def is_ours(name: str | None, _kind: str, _parents: object) -> bool:
    """Everything but the trigram index, which models cannot express."""
    return not (name or "").startswith(("user_search_fts", "ix_user_search_trigrams"))


def test_models_and_newest_schema_are_the_same(empty_url: str, engine: Engine) -> None:
    migrate(empty_url)
    with engine.connect() as connection:
        options = {"compare_type": differ, "include_name": is_ours}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, METADATA) == []


def test_migrating_again_keeps_the_rows(empty_url: str, tmp_path: Path) -> None:
    migrate(empty_url)
    settings = load_settings({"HEXCLAVE_DATA_DIR": str(tmp_path / "data")})
    database = Database(empty_url)
    database.call(internal_project.ensure, settings=settings)
    migrate(empty_url)
    assert not database.call(internal_project.has_administrator)
    assert database.call(lambda session: session.connection().exec_driver_sql("SELECT id FROM project").scalar())
    database.close()
