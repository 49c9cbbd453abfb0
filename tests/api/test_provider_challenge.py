"""The operator's bot challenge before sign-ins by providers on our own pages."""

from collections.abc import Iterator

import pytest

from hexclave_app.installation import Installation
from tests.support.clients import ApiClient
from tests.support.projects import TestProject, create_project
from tests.support.turnstile import Turnstile, running_turnstile

pytestmark = pytest.mark.anyio
START = "/auth/session/oauth/start?provider=github"
CONFIG = {"auth.oauth.providers.github": {"type": "github", "allowSignIn": True}}
PASSED = {"success": True, "action": "oauth_authenticate"}


@pytest.fixture(scope="module")
def turnstile() -> Iterator[Turnstile]:
    with running_turnstile() as service:
        service.tokens |= {"good": PASSED, "other": {"success": True, "action": "sign_up_with_credential"}}
        yield service


@pytest.fixture
def environment(turnstile: Turnstile) -> dict[str, str]:
    return {
        "HEXCLAVE_TURNSTILE_SITE_KEY": "0xSITE",
        "HEXCLAVE_TURNSTILE_SECRET_KEY": "s3cret",
        "HEXCLAVE_TURNSTILE_VERIFY_URL": turnstile.url,
    }


@pytest.fixture
def database_url(sqlite_only: str) -> str:
    return sqlite_only


@pytest.fixture
def project(installation: Installation) -> TestProject:
    return create_project(installation, config=CONFIG)


async def follow(client: ApiClient, project: TestProject, path: str) -> tuple[str, str]:
    """Click a link on the sign-in page: where it leads, and the cookie of a flow that has begun."""
    host = f"{project.id}.localhost:8000"
    headers = {
        "host": host,
        "referer": f"http://{host}/handler/sign-in?after_auth_return_to=/notes",
        "sec-fetch-site": "same-origin",
    }
    answer = await client.request("GET", path, headers=headers)
    assert answer.status_code == 303
    return answer.headers["location"], answer.headers.get("set-cookie", "")


async def test_a_link_without_a_token_leads_past_the_challenge(client: ApiClient, project: TestProject) -> None:
    wanted = "/handler/provider-check?provider=github&after_auth_return_to=%2Fnotes"
    location, cookie = await follow(client, project, START)
    assert location == wanted
    assert cookie.startswith(f"hexclave-provider-{project.id}=1; Path=/; Max-Age=600; HttpOnly; SameSite=Strict")


async def test_a_foreign_page_does_not_lead_there(client: ApiClient, project: TestProject) -> None:
    headers = {"host": f"{project.id}.localhost:8000", "sec-fetch-site": "cross-site"}
    answer = await client.request("GET", START, headers=headers)
    assert (answer.headers["location"], "set-cookie" in answer.headers) == ("/handler/sign-in", False)


async def test_a_good_token_leads_to_the_provider(
    client: ApiClient, project: TestProject, turnstile: Turnstile
) -> None:
    location, cookie = await follow(client, project, f"{START}&bot_challenge_token=good")
    assert location.startswith("http://localhost:8000/")
    assert "hexclave-oauth-" in cookie
    assert turnstile.asked[-1]["response"] == "good"


@pytest.mark.parametrize("token", ["", "bad", "other", "x" * 3000])
async def test_no_other_token_does(client: ApiClient, project: TestProject, token: str) -> None:
    location, cookie = await follow(client, project, f"{START}&bot_challenge_token={token}")
    assert location.startswith("/handler/error?errorCode=BOT_CHALLENGE_FAILED")
    assert cookie == ""


async def test_a_linked_account_needs_no_challenge_but_a_session(client: ApiClient, project: TestProject) -> None:
    location, cookie = await follow(client, project, f"{START}&link=1")
    assert location.startswith("/handler/error")
    assert cookie == ""
