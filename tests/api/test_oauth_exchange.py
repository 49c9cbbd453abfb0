"""Authorization codes: for one client, one redirect URI, one verifier, one time; and sessions across domains."""

import base64
from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlmodel import Session, select

from hexclave_app.installation import Installation
from models import OAuthCode, UserSession
from models.base import utc_now
from tests.support.clients import ApiClient, known_error
from tests.support.oidc import APP_URL, CONFIG, App, Provider, new_sub, query_of, settings_for
from tests.support.projects import as_client, as_server, create_project
from tests.support.races import at_once, statuses


@pytest.fixture
def environment(provider: Provider) -> dict[str, str]:
    return settings_for(provider)


@pytest.fixture
def app(client: ApiClient, installation: Installation, provider: Provider) -> App:
    return App(client, create_project(installation, config=CONFIG), provider)


async def code_of(app: App, sub: str | None = None) -> str:
    returned = await app.sign_in(sub or new_sub())
    return query_of(returned.headers["location"])["code"]


def signed_in(app: App, tokens: dict[str, object]) -> ApiClient:
    return as_client(app.client, app.project).as_(
        access_token=str(tokens["access_token"]), refresh_token=str(tokens["refresh_token"])
    )


async def hand_over(app: App, caller: ApiClient, **changed: str) -> tuple[int, dict[str, str]]:
    body = {"redirect_uri": APP_URL, "state": "s", "code_challenge": app.challenge, **changed}
    answer = await caller.post("/auth/oauth/cross-domain/authorize", body)
    return answer.status_code, answer.json() if answer.status_code == 200 else {"code": known_error(answer) or ""}


async def test_the_answer_is_what_the_sdk_reads_and_is_not_stored(app: App) -> None:
    code = await code_of(app)
    answer = await app.exchange(code)
    assert answer.status_code == 200
    assert (answer.headers["cache-control"], answer.headers["pragma"]) == ("no-store", "no-cache")
    body = answer.json()
    assert set(body) == {
        "access_token",
        "token_type",
        "expires_in",
        "scope",
        "refresh_token",
        "is_new_user",
        "newUser",
        "after_callback_redirect_url",
        "afterCallbackRedirectUrl",
    }
    assert (body["scope"], body["after_callback_redirect_url"]) == ("legacy", None)
    refreshed = await app.exchange("", grant_type="refresh_token", refresh_token=body["refresh_token"])
    assert refreshed.status_code == 200


async def test_the_page_after_the_callback_comes_with_the_tokens(app: App) -> None:
    after = "https://app.example.com/cart?item=1"
    tokens = await app.session_of(new_sub(), after_callback_redirect_url=after)
    assert (tokens["after_callback_redirect_url"], tokens["afterCallbackRedirectUrl"]) == (after, after)


async def test_of_ten_exchanges_at_once_one_wins(app: App, installation: Installation) -> None:
    code = await code_of(app)
    answers = await at_once([app.exchange(code) for _ in range(10)])
    assert statuses(answers) == [200] + [400] * 9
    assert {known_error(answer) for answer in answers if answer.status_code == 400} == {"INVALID_AUTHORIZATION_CODE"}
    assert len(installation.db.call(lambda session: session.exec(select(UserSession)).all())) == 1


@pytest.mark.parametrize("verifier", [None, "", "wrong" * 10])
async def test_a_code_is_worth_nothing_without_its_verifier(app: App, verifier: str | None) -> None:
    code = await code_of(app)
    assert known_error(await app.exchange(code, code_verifier=verifier)) == "INVALID_AUTHORIZATION_CODE"
    assert known_error(await app.exchange(code, code_verifier=app.challenge)) == "INVALID_AUTHORIZATION_CODE"
    assert (await app.exchange(code)).status_code == 200


async def test_the_redirect_uri_must_be_the_same_to_the_letter(app: App) -> None:
    code = await code_of(app)
    for uri in (f"{APP_URL}/", f"{APP_URL}?x=1", "https://app.example.com/"):
        refused = await app.exchange(code, redirect_uri=uri)
        assert (refused.status_code, known_error(refused)) == (400, None)


async def test_a_code_of_another_client_is_unknown(
    app: App, client: ApiClient, installation: Installation, provider: Provider
) -> None:
    other = App(client, create_project(installation, config=CONFIG), provider, verifier=app.verifier)
    code = await code_of(app)
    assert known_error(await other.exchange(code)) == "INVALID_AUTHORIZATION_CODE"
    assert known_error(await app.exchange(code, client_secret="pck_wrong")) == "INVALID_OAUTH_CLIENT_ID_OR_SECRET"
    assert known_error(await app.exchange(code, client_id="unknown")) == "INVALID_OAUTH_CLIENT_ID_OR_SECRET"
    assert (await app.exchange(code, client_secret=None)).status_code == 200


async def test_missing_parameters_are_named_as_oauth_names_them(app: App) -> None:
    for missing in ("client_id", "code", "redirect_uri"):
        changed: dict[str, str | None] = {missing: None}
        code = str(changed.pop("code", "x") or "")
        answer = await app.exchange(code, **changed)
        assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


async def test_a_code_lives_for_five_minutes_and_not_longer_than_its_user(app: App, installation: Installation) -> None:
    code = await code_of(app)
    (row,) = installation.db.call(lambda session: session.exec(select(OAuthCode)).all())
    assert row.expires_at - row.created_at == timedelta(minutes=5)
    assert code not in repr(row.model_dump())

    def expire(session: Session) -> None:
        session.execute(update(OAuthCode).values(expires_at=utc_now() - timedelta(seconds=1)))

    installation.db.call(expire)
    assert known_error(await app.exchange(code)) == "INVALID_AUTHORIZATION_CODE"
    sub = new_sub()
    await app.session_of(sub)
    orphaned = await code_of(app, sub)
    server = as_server(app.client, app.project)
    for user in (await server.get("/users")).json()["items"]:
        await server.delete(f"/users/{user['id']}")
    assert known_error(await app.exchange(orphaned)) == "INVALID_AUTHORIZATION_CODE"


async def test_a_user_with_a_second_factor_gets_no_session_for_a_code(app: App, installation: Installation) -> None:
    sub = new_sub()
    tokens = await app.session_of(sub)
    secret = base64.b64encode(b"s" * 20).decode()
    await signed_in(app, tokens).patch("/users/me", {"totp_secret_base64": secret})
    code = await code_of(app, sub)
    refused = await app.exchange(code)
    assert known_error(refused) == "MULTI_FACTOR_AUTHENTICATION_REQUIRED"
    assert len(refused.json()["details"]["attempt_code"]) == 45
    assert "www-authenticate" not in refused.headers
    assert known_error(await app.exchange(code)) == "INVALID_AUTHORIZATION_CODE"
    assert len(installation.db.call(lambda session: session.exec(select(UserSession)).all())) == 1


async def test_a_session_moves_to_another_domain_and_stays_one_session(app: App, installation: Installation) -> None:
    tokens = await app.session_of(new_sub())
    status, body = await hand_over(app, signed_in(app, tokens))
    assert status == 200
    assert set(query_of(body["redirect_url"])) == {"code", "state"}
    (row,) = installation.db.call(lambda session: session.exec(select(OAuthCode)).all())
    assert str(tokens["refresh_token"]).encode() not in (row.granted_token_sealed or b"")
    moved = await app.exchange(query_of(body["redirect_url"])["code"])
    assert moved.json()["refresh_token"] == tokens["refresh_token"]
    assert len(installation.db.call(lambda session: session.exec(select(UserSession)).all())) == 1
    await signed_in(app, tokens).delete("/auth/sessions/current")
    over = await app.exchange("", grant_type="refresh_token", refresh_token=moved.json()["refresh_token"])
    assert known_error(over) == "REFRESH_TOKEN_NOT_FOUND_OR_EXPIRED"


async def test_a_session_is_handed_over_by_itself_only_and_to_trusted_places(app: App) -> None:
    mine, other = await app.session_of(new_sub()), await app.session_of(new_sub())
    caller = signed_in(app, mine)
    mixed = caller.as_(refresh_token=str(other["refresh_token"]))
    assert await hand_over(app, mixed) == (401, {"code": ""})
    assert await hand_over(app, caller.as_(refresh_token=None)) == (400, {"code": ""})
    nobody = caller.as_(access_token=None)
    assert await hand_over(app, nobody) == (401, {"code": "USER_AUTHENTICATION_REQUIRED"})
    hostile = "https://evil.example.net/"
    untrusted = (400, {"code": "REDIRECT_URL_NOT_WHITELISTED"})
    assert await hand_over(app, caller, redirect_uri=hostile) == untrusted
    assert await hand_over(app, caller, after_callback_redirect_url=hostile) == untrusted
    assert await hand_over(app, caller, code_challenge_method="plain") == (400, {"code": "SCHEMA_ERROR"})
