"""The demo provider: "Sign in with …" without keys on a developer's machine, and nowhere else."""

import re

import httpx
import pytest

from hexclave_app.installation import Installation
from hexclave_app.services.oauth import demo
from hexclave_app.settings import load_settings
from tests.support.clients import ApiClient, known_error
from tests.support.oidc import CONFIG, App, Provider, error_code, query_of
from tests.support.projects import as_client, as_server, create_project

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
SHARED = {
    **CONFIG,
    "auth.oauth.providers.google": {"type": "google", "allowSignIn": True},
    "auth.oauth.providers.github": {"type": "github", "allowSignIn": True},
}
NOBODY = Provider("")


@pytest.fixture
def app(client: ApiClient, installation: Installation) -> App:
    return App(client, create_project(installation, config=SHARED), NOBODY)


async def choose(app: App, location: str, headers: dict[str, str] | None = None, **form: str) -> httpx.Response:
    """Fill in the page's form."""
    path = location.removeprefix("http://localhost:8000")
    page = await app.client.get(path)
    assert page.status_code == 200
    fields = {"state": re.findall(r'name="state" value="([^"]*)"', page.text)[0], "action": "sign-in", **form}
    return await app.client.request("POST", path.partition("?")[0], data=fields, headers=headers or {})


async def sign_in_as(app: App, email: str, **changed: str | None) -> httpx.Response:
    chosen = await choose(app, await app.begin(**changed), email=email, name="Ada")
    assert chosen.status_code == 303
    return await app.come_back(chosen.headers["location"])


async def test_a_newcomer_signs_in_with_google_without_keys_and_network(app: App) -> None:
    location = await app.begin()
    assert location.startswith("http://localhost:8000/api/v1/auth/oauth/demo/google?state=")
    page = await app.client.get(location.removeprefix("http://localhost:8000"))
    assert "Demo, not Google" in page.text
    assert page.headers["x-frame-options"] == "DENY"
    first = await app.exchange(query_of((await sign_in_as(app, "Ada@Example.org")).headers["location"])["code"])
    again = await app.exchange(query_of((await sign_in_as(app, "ada@example.org")).headers["location"])["code"])
    assert (first.json()["is_new_user"], again.json()["is_new_user"]) == (True, False)
    caller = as_client(app.client, app.project).as_(access_token=again.json()["access_token"])
    me = (await caller.get("/users/me")).json()
    assert (me["display_name"], me["primary_email"], me["primary_email_verified"]) == ("Ada", "ada@example.org", False)
    assert me["oauth_providers"] == [
        {"id": "google", "account_id": "demo:ada@example.org", "email": "ada@example.org"},
    ]


async def test_who_cancels_is_told_so_in_the_app(app: App) -> None:
    chosen = await choose(app, await app.begin(provider_id="github"), action="cancel")
    assert error_code(await app.come_back(chosen.headers["location"])) == "OAUTH_PROVIDER_ACCESS_DENIED"


async def test_what_is_no_address_is_asked_for_again(app: App) -> None:
    again = await choose(app, await app.begin(), email='"><script>alert(1)</script>')
    assert again.status_code == 400
    assert "Please give an e-mail address" in again.text
    assert "<script>" not in again.text
    evil = await app.client.get("/auth/oauth/demo/google", params={"state": '"><script>alert(1)</script>'})
    assert "<script>" not in evil.text


async def test_the_demo_opens_no_account_that_it_has_not_made(app: App) -> None:
    owner = {"primary_email": "ben@example.org", "primary_email_auth_enabled": True, "primary_email_verified": True}
    created = (await as_server(app.client, app.project).post("/users", owner)).json()
    refused = await sign_in_as(app, "ben@example.org")
    assert error_code(refused) == "CONTACT_CHANNEL_ALREADY_USED_FOR_AUTH_BY_SOMEONE_ELSE"
    found = (await as_server(app.client, app.project).get(f"/users/{created['id']}")).json()
    assert found["oauth_providers"] == []


async def test_a_code_is_good_for_its_own_flow_only(app: App) -> None:
    chosen = await choose(app, await app.begin(), email="ada@example.org")
    code = query_of(chosen.headers["location"])["code"]
    other = query_of(await app.begin())["state"]
    for path in (f"google?state={other}&code={code}", f"google?state={query_of(await app.begin())['state']}&code=x"):
        refused = await app.client.get(f"/auth/oauth/callback/{path}")
        assert (refused.status_code, known_error(refused)) == (400, None)


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example.net"},
        {"sec-fetch-site": "cross-site"},
        {"host": "evil.example.net:8000", "origin": "http://evil.example.net:8000"},
        {"host": "evil.example.net", "sec-fetch-site": "same-origin"},
    ],
)
async def test_foreign_pages_cannot_fill_in_the_form(app: App, headers: dict[str, str]) -> None:
    refused = await choose(app, await app.begin(), headers, email="ada@example.org")
    assert refused.status_code == 403


@pytest.mark.parametrize(
    "variables",
    [
        {"PUBLIC_URL": "https://auth.example.com"},
        {"PUBLIC_URL": "http://10.0.0.7:8000"},
        {"BIND_HOST": "10.0.0.7"},
        {"OAUTH_GOOGLE_CLIENT_ID": "own", "OAUTH_GOOGLE_CLIENT_SECRET": "secret"},
        {"OAUTH_GOOGLE_ISSUER": "http://127.0.0.1:9"},
    ],
)
def test_the_demo_exists_on_local_installations_without_keys_only(variables: dict[str, str], database_url: str) -> None:
    assert demo.is_offered(load_settings({}), "google")
    assert not demo.is_offered(
        load_settings({f"HEXCLAVE_{name}": value for name, value in variables.items()}), "google"
    )
    assert not demo.is_offered(load_settings({}), "nobody")


class TestPublicInstallation:
    """An installation that others can reach."""

    @pytest.fixture
    def environment(self) -> dict[str, str]:
        return {"HEXCLAVE_PUBLIC_URL": "https://auth.example.com"}

    async def test_there_is_no_demo(self, app: App) -> None:
        assert known_error(await app.authorize()) == "OAUTH_PROVIDER_NOT_FOUND_OR_NOT_ENABLED"
        for method in ("GET", "POST"):
            form = {"state": "x", "action": "sign-in", "email": "ada@example.org"}
            answer = await app.client.request(method, "/auth/oauth/demo/google?state=x", data=form)
            assert answer.status_code in (400, 404)
            assert "location" not in answer.headers
        assert (await app.client.get("/auth/oauth/demo/google?state=x")).status_code == 404


async def test_a_projects_own_application_is_never_replaced(client: ApiClient, installation: Installation) -> None:
    own = {"type": "github", "isShared": False, "clientId": "own", "clientSecret": "secret", "allowSignIn": True}
    project = create_project(installation, config={**SHARED, "auth.oauth.providers.github": own})
    location = await App(client, project, NOBODY).begin(provider_id="github")
    assert location.startswith("https://github.com/login/oauth/authorize?")
