"""Generated requests over our own OpenAPI document: whatever comes in, the server never fails (schemathesis)."""

import contextlib
import uuid
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import APIOperation, Case, GenerationMode
from schemathesis.core.result import Ok
from sqlmodel import Session

from hexclave_app.api.protocol.pipeline import Api
from hexclave_app.installation import Installation
from hexclave_app.services.users.creation import next_seq
from models import User
from tests.support.clients import ApiClient
from tests.support.projects import TestProject, as_admin, as_client, as_server, create_project
from tests.support.tokens import token_for

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

EXAMPLES = 5  # per endpoint, access type and mode; more find nothing new and take minutes
NOT_BUILT = 501
UNAVAILABLE = 503
CALLERS = {"client": as_client, "server": as_server, "admin": as_admin}
LAST = "/api/v1/internal/projects/current"  # deletes the project, so it comes after everything else
FUZZING = settings(
    max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip


@pytest.fixture
def project(installation: Installation) -> TestProject:
    return create_project(installation)


@pytest.fixture
def headers(
    request: pytest.FixtureRequest, api: Api, installation: Installation, project: TestProject
) -> dict[str, str]:
    """Credentials of the test's access type, with a signed-in user."""

    def add(session: Session) -> uuid.UUID:
        user = User(tenancy_id=project.tenancy_id, seq=next_seq(session, project.tenancy_id))
        session.add(user)
        return user.id

    token = token_for(installation, project.id, user_id=installation.db.call(add))
    return CALLERS[request.param](ApiClient(api), project).as_(access_token=token).headers


@pytest.mark.parametrize("mode", list(GenerationMode))
@pytest.mark.parametrize("headers", list(CALLERS), indirect=True)
def test_no_request_makes_the_server_fail(api: Api, headers: dict[str, str], mode: GenerationMode) -> None:
    document = schemathesis.openapi.from_dict(api.documented.openapi())
    document.app = api
    operations = [found.ok() for found in document.get_all_operations() if isinstance(found, Ok)]
    operations.sort(key=lambda operation: operation.path == LAST)
    statuses = {operation.label: statuses_of(operation, headers, mode) for operation in operations}
    assert len([found for found in statuses.values() if found]) > len(operations) / 2
    assert len(statuses) == sum(len(methods) for methods in api.documented.openapi()["paths"].values())
    wrong = {label: found - {NOT_BUILT, UNAVAILABLE} for label, found in statuses.items()}
    assert {label: found for label, found in wrong.items() if found and max(found) >= 500} == {}


def statuses_of(operation: APIOperation[Any, Any, Any, Any], headers: dict[str, str], mode: GenerationMode) -> set[int]:
    """How the server answers generated requests of one endpoint."""
    seen = set()

    def call(case: Case[Any]) -> None:
        seen.add(case.call(headers=headers).status_code)

    with contextlib.suppress(Unsatisfiable):  # an endpoint without input has no wrong input
        FUZZING(given(case=operation.as_strategy(generation_mode=mode))(call))()
    return seen
