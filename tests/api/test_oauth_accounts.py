"""Linked accounts and their provider's tokens: who sees them, who changes them, and what they open."""

from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlmodel import Session, col

from hexclave_app.installation import Installation
from models import ProviderToken, ProviderTokenKind
from models.base import utc_now
from tests.support.clients import ApiClient, known_error
from tests.support.configs import configure
from tests.support.oidc import CONFIG, App, Provider, new_sub, settings_for
from tests.support.people import Person, person
from tests.support.projects import as_client, as_server, create_project

DENIED = (403, None)


@pytest.fixture
def environment(provider: Provider) -> dict[str, str]:
    return settings_for(provider)


@pytest.fixture
def app(client: ApiClient, installation: Installation, provider: Provider) -> App:
    return App(client, create_project(installation, config=CONFIG), provider)


@pytest.fixture
async def ada(app: App, installation: Installation) -> Person:
    return await person(app.client, installation, app.project)


def account(user: Person, account_id: str, **changed: object) -> dict[str, object]:
    return {
        "user_id": user.id,
        "provider_config_id": "google",
        "account_id": account_id,
        "allow_sign_in": True,
        "allow_connected_accounts": True,
        **changed,
    }


async def signed_in(app: App, sub: str, **changed: str) -> ApiClient:
    tokens = await app.session_of(sub, **changed)
    return as_client(app.client, app.project).as_(access_token=str(tokens["access_token"]))


async def token_of(caller: ApiClient, path: str = "me/google", scope: str | None = None) -> tuple[int, str]:
    answer = await caller.post(f"/connected-accounts/{path}/access-token", {"scope": scope} if scope else {})
    return answer.status_code, answer.json()["access_token"] if answer.status_code == 201 else known_error(answer) or ""


def age(installation: Installation) -> None:
    """Let all access tokens be about to expire."""

    def write(session: Session) -> None:
        session.execute(
            update(ProviderToken)
            .where(col(ProviderToken.kind) == ProviderTokenKind.ACCESS)
            .values(expires_at=utc_now() + timedelta(minutes=4))
        )

    installation.db.call(write)


async def test_a_server_attaches_an_account_with_which_its_owner_then_signs_in(app: App, ada: Person) -> None:
    server = as_server(app.client, app.project)
    created = await server.post("/oauth-providers", account(ada, "sub-1", email="ada@example.org"))
    assert created.status_code == 201
    assert created.json() == {
        "id": created.json()["id"],
        "user_id": ada.id,
        "provider_config_id": "google",
        "type": "google",
        "account_id": "sub-1",
        "email": "ada@example.org",
        "allow_sign_in": True,
        "allow_connected_accounts": True,
    }
    me = (await (await signed_in(app, "sub-1")).get("/users/me")).json()
    assert me["id"] == ada.id


async def test_the_owner_sees_and_switches_an_account_but_not_its_id(app: App, ada: Person) -> None:
    server = as_server(app.client, app.project)
    account_id = (await server.post("/oauth-providers", account(ada, "sub-2"))).json()["id"]
    listed = (await ada.client.get(f"/oauth-providers?user_id={ada.id}")).json()
    assert [item["id"] for item in listed["items"]] == [account_id]
    assert "account_id" not in listed["items"][0]
    path = f"/oauth-providers/me/{account_id}"
    assert (await ada.client.patch(path, {"allow_sign_in": False})).json()["allow_sign_in"] is False
    assert (await app.session_of("sub-2"))["is_new_user"] is True
    again = await ada.client.patch(path, {"allow_sign_in": True})
    assert known_error(again) == "OAUTH_PROVIDER_ACCOUNT_ID_ALREADY_USED_FOR_SIGN_IN"
    assert known_error(await ada.client.patch(path, {"account_id": "other"})) == "SCHEMA_ERROR"
    assert (await ada.client.delete(path)).json() == {"success": True}
    assert (await ada.client.get(path)).status_code == 404


async def test_nobody_reaches_the_accounts_of_others(app: App, ada: Person, installation: Installation) -> None:
    server = as_server(app.client, app.project)
    account_id = (await server.post("/oauth-providers", account(ada, "sub-3"))).json()["id"]
    eve = await person(app.client, installation, app.project)
    path = f"/oauth-providers/{ada.id}/{account_id}"
    answers = [
        await eve.client.get(f"/oauth-providers?user_id={ada.id}"),
        await eve.client.get("/oauth-providers"),
        await eve.client.get(path),
        await eve.client.patch(path, {"allow_sign_in": False}),
        await eve.client.delete(path),
        await eve.client.get(f"/connected-accounts/{ada.id}"),
        await eve.client.post(f"/connected-accounts/{ada.id}/google/access-token"),
    ]
    assert [(answer.status_code, known_error(answer)) for answer in answers] == [DENIED] * len(answers)
    assert (await eve.client.get(f"/oauth-providers/me/{account_id}")).status_code == 404
    assert (await eve.client.post("/oauth-providers", account(eve, "x"))).status_code == 401


async def test_conflicts_are_named_in_the_contracts_order(app: App, ada: Person, installation: Installation) -> None:
    server = as_server(app.client, app.project)
    eve = await person(app.client, installation, app.project)
    await server.post("/oauth-providers", account(ada, "one"))
    second = await server.post("/oauth-providers", account(ada, "two"))
    assert (second.status_code, known_error(second)) == (400, None)
    same = await server.post("/oauth-providers", account(ada, "one", allow_sign_in=False))
    assert (same.status_code, known_error(same)) == (400, None)
    taken = await server.post("/oauth-providers", account(eve, "one"))
    assert known_error(taken) == "OAUTH_PROVIDER_ACCOUNT_ID_ALREADY_USED_FOR_SIGN_IN"
    assert (await server.post("/oauth-providers", account(eve, "one", allow_sign_in=False))).status_code == 201
    unknown = await server.post("/oauth-providers", account(eve, "x", provider_config_id="github"))
    assert (unknown.status_code, known_error(unknown)) == (404, None)
    nobody = await server.post("/oauth-providers", account(eve, "x", user_id="00000000-0000-4000-8000-000000000000"))
    assert known_error(nobody) == "USER_NOT_FOUND"


async def test_a_connected_account_yields_a_token_that_the_provider_accepts(app: App) -> None:
    sub = new_sub()
    caller = await signed_in(app, sub)
    me = (await caller.get("/users/me")).json()["id"]
    listed = (await caller.get("/connected-accounts/me")).json()
    assert listed["items"] == [{"user_id": me, "provider": "google", "provider_account_id": sub}]
    status, token = await token_of(caller)
    assert status == 201
    assert await token_of(caller, f"me/google/{sub}") == (201, token)
    assert await token_of(caller, scope="email profile") == (201, token)
    old = await caller.post("/auth/oauth/connected-accounts/google/access-token", {})
    assert (old.status_code, old.json()) == (201, {"access_token": token})
    assert await token_of(caller, scope="drive") == (400, "OAUTH_CONNECTION_DOES_NOT_HAVE_REQUIRED_SCOPE")
    assert await token_of(caller, "me/google/other") == (400, "OAUTH_CONNECTION_NOT_CONNECTED_TO_USER")
    assert await token_of(caller, "me/github") == (400, "OAUTH_PROVIDER_NOT_FOUND_OR_NOT_ENABLED")


async def test_a_token_that_ends_soon_is_refreshed_and_the_new_one_kept(app: App, installation: Installation) -> None:
    caller = await signed_in(app, new_sub())
    _, first = await token_of(caller)
    age(installation)
    status, second = await token_of(caller)
    assert (status, second != first) == (201, True)
    assert await token_of(caller) == (201, second)


async def test_tokens_that_the_provider_revoked_are_not_handed_out(app: App, provider: Provider) -> None:
    sub = new_sub()
    caller = await signed_in(app, sub)
    assert (await token_of(caller))[0] == 201
    provider.revokes(sub)
    assert await token_of(caller) == (400, "OAUTH_CONNECTION_DOES_NOT_HAVE_REQUIRED_SCOPE")
    await app.session_of(sub)
    assert (await token_of(caller))[0] == 201


async def test_shared_applications_yield_no_tokens(app: App, installation: Installation) -> None:
    caller = await signed_in(app, new_sub())
    configure(installation, app.project.id, {"auth.oauth.providers.google.isShared": True})
    assert await token_of(caller) == (400, "OAUTH_ACCESS_TOKEN_NOT_AVAILABLE_WITH_SHARED_OAUTH_KEYS")
