"""Who may frame the embedded parts of a project (contract 08, section 3.17)."""

import pytest
from sqlmodel import Session

from hexclave_app.installation import Installation
from hexclave_app.services import tenancies
from hexclave_app.services.embedding.framing import NOBODY, frame_ancestors
from hexclave_app.services.tenancies import TenancySnapshot
from models.base import JsonValue
from tests.support.projects import create_project, internal

LOCALHOST = "http://localhost:* http://127.0.0.1:*"


@pytest.fixture
def database_url(sqlite_only: str) -> str:
    return sqlite_only


def tenancy(installation: Installation, *patterns: str, allows_localhost: bool = False) -> TenancySnapshot:
    domains: dict[str, JsonValue] = {str(index): {"baseUrl": pattern} for index, pattern in enumerate(patterns)}
    config: dict[str, JsonValue] = {"domains.trustedDomains": domains, "domains.allowLocalhost": allows_localhost}
    project = create_project(installation, config=config)
    return installation.db.call(lambda session: tenancies.load(session, project.id, "main"))


def policy(installation: Installation, tenancy: TenancySnapshot, *parents: str) -> str:
    return frame_ancestors(tenancy, installation.settings, {"parent": list(parents)} if parents else {})


@pytest.mark.parametrize(
    ("pattern", "source"),
    [
        ("https://app.example.com", "https://app.example.com"),
        ("https://app.example.com:8443", "https://app.example.com:8443"),
        ("https://app.example.com/path", "https://app.example.com"),
        ("https://**.example.com", "https://*.example.com"),
        ("http://**.example.com:3000", "http://*.example.com:3000"),
        ("https://*.example.com", NOBODY),  # one label only, which no policy can say
        ("https://api-*.example.com", NOBODY),
        ("https://**.api-*.example.com", NOBODY),
        ("https://[::1]:3000", NOBODY),
    ],
)
def test_a_policy_says_what_it_can_of_the_trusted_domains(
    installation: Installation, pattern: str, source: str
) -> None:
    assert policy(installation, tenancy(installation, pattern)) == source


def test_localhost_is_named_only_where_the_project_allows_it(installation: Installation) -> None:
    assert policy(installation, tenancy(installation, allows_localhost=True)) == LOCALHOST
    assert policy(installation, tenancy(installation)) == NOBODY


@pytest.mark.parametrize(
    ("pattern", "parent"),
    [
        ("https://app.example.com", "https://app.example.com"),
        ("https://*.example.com", "https://a.example.com"),
        ("https://**.example.com", "https://a.b.example.com"),
        ("https://api-*.example.com", "https://api-1.example.com"),
        ("http://app.example.com:3000", "http://app.example.com:3000"),
    ],
)
def test_a_declared_parent_that_is_trusted_is_the_only_one(
    installation: Installation, pattern: str, parent: str
) -> None:
    found = tenancy(installation, pattern, "https://other.example.com", allows_localhost=True)
    assert policy(installation, found, parent) == parent


@pytest.mark.parametrize(
    "parent",
    [
        "",
        "*",
        "null",
        "https://evil.example",
        "https://app.example.com.evil.example",
        "https://a.b.example.com",
        "http://app.example.com",
        "https://app.example.com:8443",
        "https://app.example.com/",
        "https://APP.example.com",
        "https://user@app.example.com",
        "https://app.example.com https://evil.example",
        "https://app.example.com; script-src *",
        "https://app.example.com\r\nx: y",
        "http://localhost:3000",
        "http://[::1]:3000",
        "data:text/html,x",
        "file:///etc/passwd",
    ],
)
def test_any_other_parent_sees_nothing(installation: Installation, parent: str) -> None:
    found = tenancy(installation, "https://app.example.com", "https://*.example.com")
    assert policy(installation, found, parent) == NOBODY


def test_two_declared_parents_are_none(installation: Installation) -> None:
    found = tenancy(installation, "https://app.example.com")
    assert policy(installation, found, "https://app.example.com", "https://app.example.com") == NOBODY


def test_localhost_may_frame_only_where_the_project_allows_it(installation: Installation) -> None:
    parent = "http://localhost:3000"
    assert policy(installation, tenancy(installation, allows_localhost=True), parent) == parent
    assert policy(installation, tenancy(installation), parent) == NOBODY


def test_the_dashboard_is_never_framed(installation: Installation) -> None:
    def read(session: Session) -> TenancySnapshot:
        return internal(session)

    own = installation.db.call(read)
    assert policy(installation, own) == NOBODY
    assert policy(installation, own, "http://localhost:8000") == NOBODY
