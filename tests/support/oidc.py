"""A real OpenID provider on loopback, and an app that signs people in through it."""

import base64
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

import httpx
import oidc_provider_mock  # type: ignore[import-untyped]  # the library has no types
import pytest

from tests.support.clients import ApiClient
from tests.support.projects import TestProject

APP_URL = "https://app.example.com/handler/oauth-callback"
ERROR_URL = "https://app.example.com/handler/error"
CONFIG = {
    "domains.trustedDomains.app": {"baseUrl": "https://app.example.com", "handlerPath": "/handler"},
    "auth.oauth.providers.google": {
        "type": "google",
        "isShared": False,
        "clientId": "the-app",
        "clientSecret": "its-secret",
        "allowSignIn": True,
        "allowConnectedAccounts": True,
    },
    "auth.password.allowSignIn": True,
}


@dataclass(frozen=True)
class Provider:
    """The provider, as a person and its operator see it."""

    url: str

    def knows(self, sub: str, **claims: object) -> None:
        """Tell it who somebody is."""
        answer = httpx.put(f"{self.url}/users/{sub}", json=claims)
        assert answer.status_code == 204, answer.text

    def revokes(self, sub: str) -> None:
        """End all tokens of a person."""
        httpx.post(f"{self.url}/users/{sub}/revoke-tokens")

    def consents(self, location: str, sub: str) -> str:
        """Somebody signs in and agrees; returns where the browser is sent."""
        return self._answer(location, {"sub": sub})

    def denies(self, location: str) -> str:
        """Somebody does not agree."""
        return self._answer(location, {"action": "deny"})

    def _answer(self, location: str, form: dict[str, str]) -> str:
        answer = httpx.post(location, data=form)
        assert answer.status_code == 302, answer.text
        return answer.headers["location"]


@contextmanager
def running_provider() -> Iterator[Provider]:
    """A provider on a free port of this machine."""
    os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"  # read by the provider, which has no certificate
    with oidc_provider_mock.run_server_in_thread() as server:
        yield Provider(f"http://localhost:{server.server_port}")


@pytest.fixture(scope="session")
def provider() -> Iterator[Provider]:
    """One provider for all tests of a run; each test has its own people."""
    with running_provider() as running:
        yield running


def settings_for(provider: Provider) -> dict[str, str]:
    """The operator puts the provider in Google's place."""
    return {
        "HEXCLAVE_OAUTH_GOOGLE_ISSUER": provider.url,
        "HEXCLAVE_OAUTH_GOOGLE_CLIENT_ID": "shared",
        "HEXCLAVE_OAUTH_GOOGLE_CLIENT_SECRET": "shared-secret",
    }


def query_of(url: str) -> dict[str, str]:
    """The parameters of a URL."""
    return dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))


def new_sub() -> str:
    """An account name that no other test uses."""
    return f"person-{os.urandom(6).hex()}"


@dataclass
class App:
    """An app of a project: begins flows and exchanges codes, as the SDK does."""

    client: ApiClient
    project: TestProject
    provider: Provider
    verifier: str = field(default_factory=lambda: os.urandom(32).hex())
    state: str = field(default_factory=lambda: os.urandom(8).hex())

    @property
    def challenge(self) -> str:
        """S256 of the verifier."""
        digest = hashlib.sha256(self.verifier.encode()).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()

    async def authorize(self, **changed: str | None) -> httpx.Response:
        """The authorize call with some parameters changed, or left out by None."""
        provider_id = changed.pop("provider_id", "google")
        query = {
            "client_id": self.project.id,
            "client_secret": self.project.keys["publishable_client_key"],
            "redirect_uri": APP_URL,
            "scope": "legacy",
            "state": self.state,
            "grant_type": "authorization_code",
            "code_challenge": self.challenge,
            "code_challenge_method": "S256",
            "response_type": "code",
            "type": "authenticate",
            "error_redirect_url": ERROR_URL,
            "stack_response_mode": "json",
            "hexclave_response_mode": "json",
            **changed,
        }
        sent = {name: value for name, value in query.items() if value is not None}
        return await self.client.get(f"/auth/oauth/authorize/{provider_id}", params=sent)

    async def begin(self, **changed: str | None) -> str:
        """The provider's page."""
        response = await self.authorize(**changed)
        assert response.status_code == 200, response.text
        location: str = response.json()["location"]
        return location

    async def come_back(self, callback: str, **options: object) -> httpx.Response:
        """The browser follows the provider's redirect."""
        parts = urlsplit(callback)
        return await self.client.get(f"{parts.path}?{parts.query}", **options)

    async def sign_in(self, sub: str, **changed: str | None) -> httpx.Response:
        """The whole way from the app to the app."""
        return await self.come_back(self.provider.consents(await self.begin(**changed), sub))

    async def exchange(self, code: str, **changed: str | None) -> httpx.Response:
        """The code grant, in the form that the SDK sends."""
        form = {
            "grant_type": "authorization_code",
            "client_id": self.project.id,
            "client_secret": self.project.keys["publishable_client_key"],
            "code": code,
            "redirect_uri": APP_URL,
            "code_verifier": self.verifier,
            **changed,
        }
        sent = {name: value for name, value in form.items() if value is not None}
        return await self.client.request("POST", "/auth/oauth/token", data=sent)

    async def session_of(self, sub: str, **changed: str | None) -> dict[str, object]:
        """The tokens of a whole sign-in."""
        returned = await self.sign_in(sub, **changed)
        assert returned.status_code == 303, returned.text
        assert "code" in query_of(returned.headers["location"]), returned.headers["location"]
        response = await self.exchange(query_of(returned.headers["location"])["code"])
        assert response.status_code == 200, response.text
        tokens: dict[str, object] = response.json()
        return tokens


def error_code(response: httpx.Response) -> str | None:
    """The known error that a redirect carries."""
    assert response.status_code == 303, response.text
    return query_of(response.headers["location"]).get("errorCode")
