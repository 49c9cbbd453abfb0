"""A project with its own mail server, and a worker that is stepped by hand."""

from collections.abc import Iterator

import pytest

from hexclave_app.installation import Installation
from hexclave_app.services.emails.worker import EmailWorker
from tests.support.outbox import smtp_config
from tests.support.projects import TestProject, create_project
from tests.support.smtp import SmtpSink, smtp_sink


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
