"""From an app to a provider: who may begin a flow, and where it may end."""

import pytest
from sqlmodel import Session, select

from hexclave_app.installation import Installation
from models import OAuthFlow
from tests.support.clients import ApiClient, known_error
from tests.support.configs import configure
from tests.support.oidc import CONFIG, App, Provider, query_of, settings_for
from tests.support.projects import create_project

HOSTILE = "https://evil.example.net/collect"


@pytest.fixture
def environment(provider: Provider) -> dict[str, str]:
    return settings_for(provider)


@pytest.fixture
def app(client: ApiClient, installation: Installation, provider: Provider) -> App:
    return App(client, create_project(installation, config=CONFIG), provider)


async def test_the_provider_is_asked_with_pkce_and_a_state_of_our_own(app: App, provider: Provider) -> None:
    location = await app.begin()
    assert location.startswith(f"{provider.url}/oauth2/authorize?")
    asked = query_of(location)
    assert asked["client_id"] == "the-app"
    assert asked["redirect_uri"] == "http://localhost:8000/api/v1/auth/oauth/callback/google"
    assert asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256"
    assert (asked["access_type"], asked["prompt"]) == ("offline", "consent")
    assert asked["scope"].split() == ["openid", "profile", "email"]
    assert asked["state"] not in (app.state, "")
    assert asked["code_challenge"] != app.challenge
    assert app.project.keys["publishable_client_key"] not in location


async def test_a_navigating_browser_gets_a_cookie_and_a_redirect(app: App, provider: Provider) -> None:
    response = await app.authorize(stack_response_mode=None, hexclave_response_mode=None)
    assert response.status_code == 307
    state = query_of(response.headers["location"])["state"]
    cookie = response.headers["set-cookie"]
    assert cookie.startswith(f"stack-oauth-inner-{state}=true; ")
    for attribute in ("HttpOnly", "Path=/", "Max-Age=600", "SameSite=Lax"):
        assert attribute in cookie
    assert "set-cookie" not in (await app.authorize()).headers


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"client_id": "00000000-0000-4000-8000-000000000000"}, "INVALID_OAUTH_CLIENT_ID_OR_SECRET"),
        ({"client_secret": "pck_wrong"}, "INVALID_PUBLISHABLE_CLIENT_KEY"),
        ({"provider_id": "github"}, "OAUTH_PROVIDER_NOT_FOUND_OR_NOT_ENABLED"),
        ({"scope": "everything"}, "INVALID_SCOPE"),
        ({"redirect_uri": HOSTILE}, "REDIRECT_URL_NOT_WHITELISTED"),
        ({"redirect_uri": "https://app.example.com.evil.example.net/"}, "REDIRECT_URL_NOT_WHITELISTED"),
        ({"redirect_uri": "https://app.example.com@evil.example.net/"}, "REDIRECT_URL_NOT_WHITELISTED"),
        ({"redirect_uri": "javascript:alert(1)"}, "REDIRECT_URL_NOT_WHITELISTED"),
        ({"after_callback_redirect_url": HOSTILE}, "REDIRECT_URL_NOT_WHITELISTED"),
        ({"code_challenge_method": "plain"}, "SCHEMA_ERROR"),
        ({"code_challenge_method": None}, "SCHEMA_ERROR"),
        ({"code_challenge": None}, "SCHEMA_ERROR"),
        ({"code_challenge": "short"}, "SCHEMA_ERROR"),
        ({"response_type": "token"}, "SCHEMA_ERROR"),
        ({"state": None}, "SCHEMA_ERROR"),
        ({"token": "not-a-token"}, "UNPARSABLE_ACCESS_TOKEN"),
    ],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_wrong_request_begins_nothing(
    app: App, installation: Installation, changed: dict[str, str | None], code: str
) -> None:
    response = await app.authorize(**changed)
    assert known_error(response) == code
    assert installation.db.call(_flows) == []


async def test_linking_needs_a_token(app: App) -> None:
    response = await app.authorize(type="link")
    assert (response.status_code, known_error(response)) == (400, None)


async def test_unknown_parameters_are_ignored(app: App) -> None:
    assert (await app.authorize(nonce="1", login_hint="ada")).status_code == 200


async def test_a_native_app_may_be_the_target_where_any_domain_is_trusted(
    app: App, client: ApiClient, installation: Installation, provider: Provider
) -> None:
    native = "stack-auth-mobile-oauth-url://success"
    assert (await app.authorize(redirect_uri=native)).status_code == 200
    closed = {name: value for name, value in CONFIG.items() if not name.startswith("domains")}
    stranger = App(client, create_project(installation, config={**closed, "domains.allowLocalhost": False}), provider)
    assert known_error(await stranger.authorize(redirect_uri=native)) == "REDIRECT_URL_NOT_WHITELISTED"


async def test_extra_scopes_need_an_application_of_the_project(app: App, installation: Installation) -> None:
    asked = query_of(await app.begin(provider_scope="phone email"))
    assert asked["scope"].split() == ["openid", "profile", "email", "phone"]
    configure(installation, app.project.id, {"auth.oauth.providers.google.isShared": True})
    refused = await app.authorize(provider_scope="phone")
    assert known_error(refused) == "OAUTH_EXTRA_SCOPE_NOT_AVAILABLE_WITH_SHARED_OAUTH_KEYS"
    assert query_of(await app.begin())["client_id"] == "shared"


async def test_a_token_of_another_project_is_refused(
    app: App, client: ApiClient, installation: Installation, provider: Provider
) -> None:
    other = App(client, create_project(installation, config=CONFIG), provider)
    visitor = await client.as_(
        project_id=other.project.id,
        access_type="client",
        publishable_client_key=other.project.keys["publishable_client_key"],
    ).post("/auth/anonymous/sign-up")
    response = await app.authorize(token=visitor.json()["access_token"])
    assert (response.status_code, known_error(response)) == (403, None)


async def test_what_is_remembered_of_a_flow_cannot_be_read_in_the_database(
    app: App, installation: Installation
) -> None:
    state = query_of(await app.begin())["state"]
    (row,) = installation.db.call(_flows)
    stored = repr(row.model_dump())
    for secret in (state, app.state, app.challenge, app.project.keys["publishable_client_key"], "app.example.com"):
        assert secret not in stored


def _flows(session: Session) -> list[OAuthFlow]:
    return list(session.exec(select(OAuthFlow)).all())
