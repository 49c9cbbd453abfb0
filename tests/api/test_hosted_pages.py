"""The look of hosted pages, and their sign-in by providers as the browser makes it."""

import re

import httpx
import pytest
from sqlmodel import select

from hexclave_app.config.overrides import Level
from hexclave_app.installation import Installation
from hexclave_app.services import project_configs
from models import User
from models.base import JsonValue
from tests.support.clients import ApiClient
from tests.support.mailbox import session_count
from tests.support.oidc import query_of
from tests.support.projects import TestProject, create_project

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
CONFIG = {
    "auth.oauth.providers.github": {"type": "github", "allowSignIn": True},
    "auth.oauth.providers.google": {"type": "google", "allowSignIn": False},
}
START = "/auth/session/oauth/start?provider=github"


@pytest.fixture
def project(installation: Installation) -> TestProject:
    created = create_project(installation, name='Ada"; } * { color: red', config=CONFIG)
    config: dict[str, JsonValue] = {"project.requirePublishableClientKey": True}  # our own pages have no key
    installation.db.call(project_configs.patch, project_id=created.id, level=Level.PROJECT, config=config)
    return created


def host_of(project: TestProject) -> str:
    return f"{project.id}.localhost:8000"


async def visit(client: ApiClient, project: TestProject, path: str, **headers: str) -> httpx.Response:
    return await client.request("GET", path, headers={"host": host_of(project), **headers})


async def begin(client: ApiClient, project: TestProject, return_to: str = "") -> tuple[str, str]:
    """Start at the sign-in page; the provider's page and the browser's cookie."""
    referer = f"http://{host_of(project)}/handler/sign-in?after_auth_return_to={return_to}"
    started = await visit(client, project, START, referer=referer, **{"sec-fetch-site": "same-origin"})
    assert started.status_code == 303
    return started.headers["location"], started.headers["set-cookie"].partition(";")[0]


async def come_back(client: ApiClient, location: str) -> str:
    """Be Ada at the demo provider; where the provider's answer leads."""
    path = location.removeprefix("http://localhost:8000")
    state = re.findall(r'name="state" value="([^"]*)"', (await client.get(path)).text)[0]
    form = {"state": state, "action": "sign-in", "email": "ada@example.org", "name": "Ada"}
    chosen = await client.request("POST", path.partition("?")[0], data=form)
    answered = await client.get(chosen.headers["location"].removeprefix("http://localhost:8000"))
    return str(answered.headers["location"])


async def test_a_provider_leads_to_the_login_cookie_once(
    client: ApiClient, installation: Installation, project: TestProject
) -> None:
    location, cookie = await begin(client, project, "/notes")
    callback = await come_back(client, location)
    assert callback.startswith(f"http://{host_of(project)}/handler/oauth-callback?")
    path = callback.removeprefix(f"http://{host_of(project)}")
    done = await visit(client, project, path, cookie=cookie)
    assert (done.status_code, query_of(done.headers["location"])) == (303, {"after_auth_return_to": "/notes"})
    assert done.headers["set-cookie"].startswith(f"hexclave-login-{project.id}=")
    assert "HttpOnly; SameSite=Lax" in done.headers["set-cookie"]
    again = await visit(client, project, path, cookie=cookie)
    assert query_of(again.headers["location"])["errorCode"] == "INVALID_AUTHORIZATION_CODE"
    assert "set-cookie" not in again.headers
    assert session_count(installation) == 1


async def test_mails_go_out_in_the_language_that_the_sign_in_page_had(
    client: ApiClient, installation: Installation, project: TestProject
) -> None:
    for kept, accepted, code in (("", "de", "de"), ("hexclave-language=ar", "de", "ar"), ("", "zh", "ar")):
        location, cookie = await begin(client, project)
        answer = await come_back(client, location)
        path = answer.removeprefix(f"http://{host_of(project)}")
        headers = {"cookie": f"{cookie}; {kept}", "accept-language": accepted}
        assert (await visit(client, project, path, **headers)).status_code == 303
        locale = installation.db.call(lambda session: session.exec(select(User.locale)).one())
        assert locale == code


async def test_a_code_brought_by_a_lure_signs_nobody_in(
    client: ApiClient, installation: Installation, project: TestProject
) -> None:
    attackers, _ = await begin(client, project)
    _, victims_cookie = await begin(client, project)
    path = (await come_back(client, attackers)).removeprefix(f"http://{host_of(project)}")
    other = create_project(installation, config=CONFIG)
    _, others_cookie = await begin(client, other)
    for cookie in (
        "",
        victims_cookie,
        f"hexclave-oauth-{project.id}=AAAA",
        others_cookie.replace(other.id, project.id),
    ):
        lured = await visit(client, project, path, cookie=cookie)
        assert (lured.headers["location"], "set-cookie" in lured.headers) == ("/handler/sign-in", False)
    assert session_count(installation) == 0
    names = installation.db.call(lambda session: session.exec(select(User.display_name)).all())
    assert "Ada" not in names


@pytest.mark.parametrize("headers", [{}, {"sec-fetch-site": "cross-site"}, {"referer": "https://evil.example/"}])
async def test_foreign_pages_start_no_sign_in(client: ApiClient, project: TestProject, headers: dict[str, str]) -> None:
    refused = await visit(client, project, START, **headers)
    assert (refused.headers["location"], "set-cookie" in refused.headers) == ("/handler/sign-in", False)


async def test_what_is_switched_off_leads_to_the_error_page(client: ApiClient, project: TestProject) -> None:
    path = "/auth/session/oauth/start?provider=nowhere"
    refused = await visit(client, project, path, **{"sec-fetch-site": "same-origin"})
    assert query_of(refused.headers["location"])["errorCode"] == "OAUTH_PROVIDER_NOT_FOUND_OR_NOT_ENABLED"


async def test_the_sheet_shows_what_the_project_has_and_no_name_breaks_out_of_it(
    client: ApiClient, project: TestProject
) -> None:
    sheet = await visit(client, project, "/handler/project.css")
    assert sheet.headers["content-type"].startswith("text/css")
    assert ".hx-provider-github{order:0}" in sheet.text
    assert ".hx-provider-google{display:none!important}" in sheet.text
    name = next(line for line in sheet.text.splitlines() if line.startswith(".hx-name"))
    assert re.fullmatch(r'\.hx-name:empty::before\{content:"[^"{}*;<>]*"\}', name)
    assert (await client.request("GET", "/handler/project.css", headers={"host": "evil.example"})).text == ""
