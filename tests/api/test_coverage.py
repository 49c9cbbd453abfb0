"""Which endpoints of the contract exist, and how the others refuse."""

import os
from pathlib import Path

import pytest

from hexclave_app.api import ROUTERS
from hexclave_app.api.coverage import coverage_table, unbuilt_endpoints
from tests.support.clients import ApiClient

COVERAGE = Path(__file__).resolve().parent.parent.parent / "docs" / "coverage.md"
BUILT = [endpoint for router in ROUTERS for endpoint in router.endpoints]


def test_the_coverage_table_is_up_to_date() -> None:
    table = coverage_table(BUILT)
    if os.environ.get("UPDATE"):
        COVERAGE.write_text(table)
    assert COVERAGE.read_text() == table, (
        "docs/coverage.md is not what the routers say. Run: UPDATE=1 .venv/bin/pytest tests/api/test_coverage.py"
    )
    print(next(line for line in table.splitlines() if line.startswith("Built:")))  # noqa: T201 - the totals, for CI


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_an_unbuilt_endpoint_answers_501_naming_itself(client: ApiClient) -> None:
    for endpoint in unbuilt_endpoints(BUILT):
        path = endpoint.path.replace("{", "").replace("}", "")
        response = await client.request(endpoint.method, path)
        assert (response.status_code, response.headers["content-type"]) == (501, "text/plain; charset=utf-8")
        assert response.text.startswith(f"{endpoint.method} {endpoint.path} ")


@pytest.mark.parametrize("path", ["/nothing", "/users/x/y/z", "/api/v3/users", "/api/v2beta6/users", "/api"])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_an_unknown_path_answers_404(client: ApiClient, path: str) -> None:
    response = await client.get(path)
    assert response.status_code == 404
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    assert response.headers["access-control-allow-origin"] == "*"
    assert "x-stack-known-error" not in response.headers
    assert path in response.text
