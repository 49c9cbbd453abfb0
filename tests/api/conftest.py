"""The cast of API tests: callers of project `internal` with each access type, and signed-in people."""

import pytest

from hexclave_app.installation import Installation
from hexclave_app.services.internal_project import internal_keys
from tests.support.clients import ApiClient


@pytest.fixture
def keys(installation: Installation) -> dict[str, str]:
    """The keys of project `internal`."""
    return dict(internal_keys(installation.settings))


@pytest.fixture
def as_client(client: ApiClient) -> ApiClient:
    """Client access to project `internal`, nobody signed in, as the SDK calls."""
    return client.as_(project_id="internal", access_type="client", allow_anonymous_user="true")


@pytest.fixture
def as_server(client: ApiClient, keys: dict[str, str]) -> ApiClient:
    """Server access to project `internal`."""
    return client.as_(project_id="internal", access_type="server", secret_server_key=keys["secret_server_key"])


@pytest.fixture
def as_admin(client: ApiClient, keys: dict[str, str]) -> ApiClient:
    """Admin access to project `internal`."""
    return client.as_(project_id="internal", access_type="admin", super_secret_admin_key=keys["super_secret_admin_key"])
