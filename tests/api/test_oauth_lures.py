"""Flows that somebody else began: a provider's answer changes nothing until the app that began the flow takes it.

Mallory begins a flow with her own token, and lures Ada, who is signed in at the provider, to the provider's page.
"""

import pytest
from sqlmodel import Session, select

from hexclave_app.installation import Installation
from models import AnalyticsEvent, AuditEntry, LinkedAccount, OAuthCode, ProviderToken, WebhookEvent
from tests.support.clients import ApiClient, known_error
from tests.support.configs import configure
from tests.support.oidc import CONFIG, App, Provider, error_code, new_sub, query_of, settings_for
from tests.support.projects import as_client, as_server, create_project


@pytest.fixture
def environment(provider: Provider) -> dict[str, str]:
    return settings_for(provider)


@pytest.fixture
def mallory(client: ApiClient, installation: Installation, provider: Provider) -> App:
    """Mallory's copy of the app: she knows its verifier, but not what arrives in Ada's browser."""
    return App(client, create_project(installation, config=CONFIG), provider)


@pytest.fixture
def ada(provider: Provider) -> str:
    sub = new_sub()
    provider.knows(sub, email=f"{sub}@example.org", email_verified=True, name="Ada")
    return sub


async def signed_up(app: App) -> dict[str, str]:
    body = {"email": f"{new_sub()}@example.com", "password": "correct horse"}
    tokens: dict[str, str] = (await as_client(app.client, app.project).post("/auth/password/sign-up", body)).json()
    return tokens


async def visiting(app: App) -> dict[str, str]:
    tokens: dict[str, str] = (await as_client(app.client, app.project).post("/auth/anonymous/sign-up")).json()
    return tokens


async def user_of(app: App, tokens: dict[str, str]) -> dict[str, object]:
    found: dict[str, object] = (await as_server(app.client, app.project).get(f"/users/{tokens['user_id']}")).json()
    return found


def written(installation: Installation) -> list[object]:
    """Everything that a sign-in at a provider can leave behind."""

    def read(session: Session) -> list[object]:
        ids = (LinkedAccount.id, ProviderToken.id, WebhookEvent.id, AnalyticsEvent.id, AuditEntry.seq)
        return [sorted(str(found) for found in session.exec(select(column))) for column in ids]

    return installation.db.call(read)


@pytest.mark.parametrize("kind", ["link", "authenticate"])
async def test_a_lured_person_links_nothing_to_the_account_of_who_lured_them(
    mallory: App, ada: str, installation: Installation, kind: str
) -> None:
    own = await (signed_up(mallory) if kind == "link" else visiting(mallory))
    before, user = written(installation), await user_of(mallory, own)
    lured = await mallory.sign_in(ada, type=kind, token=own["access_token"])
    assert "code" in query_of(lured.headers["location"])
    assert written(installation) == before
    assert await user_of(mallory, own) == user


async def test_a_code_that_leaks_is_worth_nothing_without_the_verifier(
    mallory: App, ada: str, installation: Installation
) -> None:
    own = await signed_up(mallory)
    returned = await mallory.sign_in(ada, type="link", token=own["access_token"])
    code = query_of(returned.headers["location"])["code"]
    before = written(installation)
    assert known_error(await mallory.exchange(code, code_verifier="a" * 43)) == "INVALID_AUTHORIZATION_CODE"
    assert written(installation) == before


async def test_what_the_provider_said_waits_sealed(mallory: App, ada: str, installation: Installation) -> None:
    await mallory.sign_in(ada)
    (row,) = installation.db.call(lambda session: session.exec(select(OAuthCode)).all())
    assert row.user_id is None
    for secret in (ada, mallory.project.keys["publishable_client_key"], "access_token", "Ada"):
        assert secret.encode() not in (row.identity_sealed or b"")


async def test_what_became_impossible_meanwhile_is_refused_at_the_exchange(
    mallory: App, ada: str, installation: Installation
) -> None:
    app, own = mallory, await signed_up(mallory)
    link = query_of((await app.sign_in(ada, type="link", token=own["access_token"])).headers["location"])["code"]
    await app.session_of(ada)
    taken = await app.exchange(link)
    assert known_error(taken) == "OAUTH_CONNECTION_ALREADY_CONNECTED_TO_ANOTHER_USER"
    assert known_error(await app.exchange(link)) == "INVALID_AUTHORIZATION_CODE"
    fresh = query_of((await app.sign_in(new_sub())).headers["location"])["code"]
    configure(installation, app.project.id, {"auth.allowSignUp": False})
    assert known_error(await app.exchange(fresh)) == "SIGN_UP_NOT_ENABLED"
    known = query_of((await app.sign_in(ada)).headers["location"])["code"]
    configure(installation, app.project.id, {"auth.oauth.providers.google": None})
    assert known_error(await app.exchange(known)) == "OAUTH_PROVIDER_NOT_FOUND_OR_NOT_ENABLED"


async def test_rules_that_reject_at_the_exchange_are_recorded_and_the_code_is_used(
    mallory: App, ada: str, installation: Installation
) -> None:
    code = query_of((await mallory.sign_in(ada)).headers["location"])["code"]
    rule = {"enabled": True, "condition": 'authMethod == "oauth"', "action": {"type": "reject"}}
    configure(installation, mallory.project.id, {"auth.signUpRules.gate": rule})
    assert known_error(await mallory.exchange(code)) == "SIGN_UP_REJECTED"
    assert known_error(await mallory.exchange(code)) == "INVALID_AUTHORIZATION_CODE"
    assert error_code(await mallory.sign_in(ada)) == "SIGN_UP_REJECTED"
    triggers = select(AnalyticsEvent).where(AnalyticsEvent.event_type == "$sign-up-rule-trigger")
    assert len(installation.db.call(lambda session: session.exec(triggers).all())) == 2
    assert installation.db.call(lambda session: session.exec(select(LinkedAccount)).all()) == []


async def test_a_code_signs_in_whom_it_was_issued_for_and_nobody_else(
    mallory: App, ada: str, installation: Installation
) -> None:
    app = mallory
    tokens = await app.session_of(ada)
    me = (
        await as_client(app.client, app.project).as_(access_token=str(tokens["access_token"])).get("/users/me")
    ).json()
    code = query_of((await app.sign_in(ada)).headers["location"])["code"]
    server = as_server(app.client, app.project)
    (linked,) = (await server.get(f"/oauth-providers?user_id={me['id']}")).json()["items"]
    await server.delete(f"/oauth-providers/{me['id']}/{linked['id']}")
    other = await server.post("/users", {"display_name": "Other"})
    moved = {"user_id": other.json()["id"], "provider_config_id": "google", "account_id": ada}
    created = await server.post("/oauth-providers", {**moved, "allow_sign_in": True, "allow_connected_accounts": True})
    assert created.status_code == 201
    before = written(installation)
    assert known_error(await app.exchange(code)) == "INVALID_AUTHORIZATION_CODE"
    assert written(installation) == before
