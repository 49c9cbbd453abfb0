"""Fixtures that every test may use: databases built by the migrations, installations, API clients."""

import shutil
import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

import models.base
from hexclave_app.api import create_api
from hexclave_app.api.protocol.pipeline import Api
from hexclave_app.db import migrate
from hexclave_app.installation import Installation
from hexclave_app.services import internal_project
from hexclave_app.settings import Settings, load_settings, to_sqlalchemy_url
from tests.support import compiled
from tests.support.clients import ApiClient
from tests.support.clocks import TickingClock
from tests.support.oidc import Provider, settings_for
from tests.support.postgres import PostgresServer, find_postgres
from tests.support.servers import Server, running_server

pytest_plugins = ["tests.support.oidc"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests of a browser in one worker and those of the SDK in one, so that each starts one server.

    A test in a browser is tried a second time, which the summary counts: on a busy machine the browser itself stalls.
    """
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1))
            item.add_marker(pytest.mark.xdist_group("browser"))
        if item.get_closest_marker("sdk"):
            item.add_marker(pytest.mark.xdist_group("sdk"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show why a test needed a second try: without it nobody could look for the cause."""
    for report in terminalreporter.getreports("rerun"):
        terminalreporter.section(f"second try of {report.nodeid}", sep="_")
        terminalreporter.line(report.longreprtext)


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """All async tests run on asyncio, as the product does."""
    return "asyncio"


@pytest.fixture(scope="session", autouse=True)
def _ticking_clock() -> Iterator[None]:
    """Within the tests' own process, nothing happens at the same time."""
    before, models.base.clock = models.base.clock, TickingClock()
    yield
    models.base.clock = before


@pytest.fixture(scope="session", autouse=True)
def _shared_statements() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        compiled.share(patch)
        yield


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file that tests copy."""
    path = tmp_path_factory.mktemp("template") / "template.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresServer]:
    """A PostgreSQL server of the system's packages with a migrated template database."""
    binaries = find_postgres()
    if binaries is None:
        pytest.skip("NO POSTGRESQL ON THIS MACHINE: only SQLite is tested. Install the package postgresql.")
    server = PostgresServer(binaries, tmp_path_factory.mktemp("postgres"))
    server.start()
    try:
        migrate(to_sqlalchemy_url(server.create_database("template")))
        yield server
    finally:
        server.stop()


@pytest.fixture
def sqlite_only(sqlite_template: Path, tmp_path: Path) -> str:
    """An empty migrated SQLite database: what `database_url` returns in files whose SQL is tested elsewhere."""
    shutil.copy(sqlite_template, tmp_path / "test.db")
    return f"sqlite:///{tmp_path / 'test.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """An empty migrated database; tests that use it run once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_only")
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    name = f"t{uuid.uuid4().hex}"
    yield server.create_database(name, template="template")
    server.drop_database(name)


@pytest.fixture
def environment() -> dict[str, str]:
    """Extra settings of the test's installation; override in a module to change them."""
    return {}


@pytest.fixture
def settings(database_url: str, tmp_path: Path, environment: dict[str, str]) -> Settings:
    """Settings of an installation with its own data directory."""
    return load_settings(
        {"HEXCLAVE_DATABASE_URL": database_url, "HEXCLAVE_DATA_DIR": str(tmp_path / "data"), **environment}
    )


@pytest.fixture
def installation(settings: Settings) -> Iterator[Installation]:
    """An installation right after its first start."""
    created = Installation(settings)
    created.db.call(internal_project.ensure, settings=settings)
    yield created
    created.close()


@pytest.fixture
def api(installation: Installation) -> Api:
    """The REST API of the installation."""
    return create_api(installation)


@pytest.fixture
async def client(api: Api) -> AsyncIterator[ApiClient]:
    """A client without credentials; `client.as_(…)` derives others."""
    async with ApiClient(api) as opened:
        yield opened


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, provider: Provider) -> Iterator[Server]:
    """The whole product in a process of its own, shared by the browser and SDK tests of a run."""
    with running_server(tmp_path_factory.mktemp("server"), **settings_for(provider)) as running:
        yield running
