"""Hosted pages take over the session of an app on a trusted domain, which offers it in the address of the page."""

from urllib.parse import urlencode

import httpx
import pytest

from hexclave_app.installation import Installation
from tests.support.clients import ApiClient
from tests.support.hosted import Person, Site, open_site
from tests.support.mailbox import session_count
from tests.support.oidc import query_of

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

APP = "https://app.example.com"
LENDER = f"{APP}/dashboard?stack_nested_cross_domain_auth_refresh_token_id=1"
TARGET = "/handler/account-settings#sessions"
OWN = {"sec-fetch-site": "same-origin"}


@pytest.fixture
def site(installation: Installation) -> Site:
    return open_site(installation, {"domains.trustedDomains.app": {"baseUrl": APP, "handlerPath": "/handler"}})


@pytest.fixture
def ada(site: Site) -> Person:
    return site.person("ada@example.com")


async def visit(client: ApiClient, site: Site, path: str, **headers: str) -> httpx.Response:
    return await client.request("GET", path, headers={"host": f"{site.project_id}.localhost:8000", **headers})


async def ask(
    client: ApiClient, site: Site, *, lender: str = LENDER, target: str = TARGET, **headers: str
) -> httpx.Response:
    path = f"/auth/session/oauth/borrow?{urlencode({'lender': lender, 'target': target})}"
    return await visit(client, site, path, **(headers or OWN))


async def lend(client: ApiClient, site: Site, ada: Person, asked: dict[str, str]) -> str:
    """What the app does: it hands its session over by the API; the path that it leads to."""
    answer = await client.request(
        "POST",
        "/api/v1/auth/oauth/cross-domain/authorize",
        headers={
            "x-hexclave-access-type": "client",
            "x-hexclave-project-id": site.project_id,
            "x-hexclave-access-token": site.access_token(ada),
            "x-hexclave-refresh-token": ada.refresh_token,
        },
        json={
            name: asked[name]
            for name in (
                "redirect_uri",
                "state",
                "code_challenge",
                "code_challenge_method",
                "after_callback_redirect_url",
            )
        },
    )
    assert answer.status_code == 200, answer.text
    return str(answer.json()["redirect_url"]).removeprefix(f"http://{site.project_id}.localhost:8000")


async def test_the_session_of_the_app_becomes_that_of_the_pages(
    client: ApiClient, installation: Installation, site: Site, ada: Person
) -> None:
    bounced = await ask(client, site)
    location, cookie = bounced.headers["location"], bounced.headers["set-cookie"].partition(";")[0]
    assert (bounced.status_code, location.startswith(f"{LENDER}&")) == (303, True)
    assert query_of(location)["after_callback_redirect_url"].endswith(TARGET)
    path = await lend(client, site, ada, query_of(location))
    done = await visit(client, site, path, cookie=cookie)
    assert query_of(done.headers["location"]) == {"after_auth_return_to": TARGET}
    assert done.headers["set-cookie"].startswith(f"hexclave-login-{site.project_id}={ada.refresh_token};")
    assert session_count(installation) == 1  # it is the same session: signing out ends it everywhere
    for theirs in ("", f"hexclave-oauth-{site.project_id}=AAAA"):
        lured = await visit(client, site, path, cookie=theirs)
        assert (lured.headers["location"], "set-cookie" in lured.headers) == ("/handler/sign-in", False)


async def test_an_app_without_a_session_is_asked_once(client: ApiClient, site: Site) -> None:
    cookie = (await ask(client, site)).headers["set-cookie"].partition(";")[0]
    again = await ask(client, site, cookie=cookie, **OWN)
    assert again.headers["location"] == f"/handler/sign-in?{urlencode({'after_auth_return_to': TARGET})}"


@pytest.mark.parametrize(
    "lender", ["https://evil.example.com/", "javascript:alert(1)", "/handler/sign-in", "//evil.test"]
)
async def test_nobody_is_sent_to_a_foreign_app(client: ApiClient, site: Site, lender: str) -> None:
    refused = await ask(client, site, lender=lender)
    assert "evil" not in refused.headers["location"]
    assert (refused.headers["location"].startswith("/handler/error"), "set-cookie" in refused.headers) == (True, False)


@pytest.mark.parametrize("target", ["https://evil.example.com/", "//evil.test", "/projects", "handler/x"])
async def test_only_hosted_pages_borrow(client: ApiClient, site: Site, target: str) -> None:
    refused = await ask(client, site, target=target)
    assert (refused.headers["location"], "set-cookie" in refused.headers) == ("/handler/sign-in", False)


@pytest.mark.parametrize("headers", [{"sec-fetch-site": "cross-site"}, {"referer": "https://evil.example/"}])
async def test_foreign_pages_make_nobody_borrow(client: ApiClient, site: Site, headers: dict[str, str]) -> None:
    refused = await ask(client, site, **headers)
    assert (refused.headers["location"], "set-cookie" in refused.headers) == ("/handler/sign-in", False)
