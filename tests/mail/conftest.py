"""A project with its own mail server, and a worker that is stepped by hand."""

from collections.abc import Iterator

import pytest

from hexclave_app.gateways.mail.render_pool import RenderPool
from hexclave_app.installation import Installation
from hexclave_app.services import internal_project
from hexclave_app.services.emails.worker import EmailWorker
from hexclave_app.settings import Settings
from tests.support.outbox import smtp_config
from tests.support.projects import TestProject, create_project
from tests.support.smtp import SmtpSink, smtp_sink


@pytest.fixture(scope="session")
def renderer() -> Iterator[RenderPool]:
    """Rendering processes that all tests share: starting them would take longer than most tests."""
    pool = RenderPool()
    yield pool
    pool.close()


@pytest.fixture
def installation(settings: Settings, renderer: RenderPool) -> Iterator[Installation]:
    """An installation right after its first start, with the shared rendering processes."""
    created = Installation(settings)
    created.renderer = renderer
    created.db.call(internal_project.ensure, settings=settings)
    yield created
    created.db.close()


@pytest.fixture
def sink() -> Iterator[SmtpSink]:
    """A mail server that takes everything."""
    with smtp_sink() as running:
        yield running


@pytest.fixture
def project(installation: Installation, sink: SmtpSink) -> TestProject:
    """A project that sends through it."""
    return create_project(installation, name="Acme", config=smtp_config(sink.port))


@pytest.fixture
def worker(installation: Installation) -> EmailWorker:
    """The mail worker."""
    return EmailWorker(installation)
