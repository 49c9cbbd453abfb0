"""From a provider back to the app: whose account a profile opens, and who cannot get into it."""

import pytest
from sqlmodel import Session, select

from hexclave_app.config.overrides import Level
from hexclave_app.installation import Installation
from hexclave_app.services import project_configs
from models import AnalyticsEvent, OAuthFlow, ProviderToken, User
from tests.support.clients import ApiClient, known_error
from tests.support.configs import configure
from tests.support.mailbox import events
from tests.support.oidc import APP_URL, CONFIG, ERROR_URL, App, Provider, error_code, new_sub, query_of, settings_for
from tests.support.projects import as_client, as_server, create_project
from tests.support.races import at_once, statuses

TAKEN = "CONTACT_CHANNEL_ALREADY_USED_FOR_AUTH_BY_SOMEONE_ELSE"


@pytest.fixture
def environment(provider: Provider) -> dict[str, str]:
    return settings_for(provider)


@pytest.fixture
def app(client: ApiClient, installation: Installation, provider: Provider) -> App:
    return App(client, create_project(installation, config=CONFIG), provider)


@pytest.fixture
def ada(provider: Provider) -> str:
    """A person at the provider with a verified address."""
    sub = new_sub()
    provider.knows(
        sub, email=f"{sub}@example.org", email_verified=True, name="Ada", picture="https://example.org/ada.png"
    )
    return sub


async def user_of(app: App, user_id: object) -> dict[str, object]:
    found: dict[str, object] = (await as_server(app.client, app.project).get(f"/users/{user_id}")).json()
    return found


async def users(app: App) -> list[dict[str, object]]:
    items: list[dict[str, object]] = (await as_server(app.client, app.project).get("/users")).json()["items"]
    return items


async def registered(app: App, email: str, *, verified: bool) -> str:
    fields = {"primary_email": email, "primary_email_auth_enabled": True, "primary_email_verified": verified}
    created = await as_server(app.client, app.project).post("/users", fields)
    user_id: str = created.json()["id"]
    return user_id


async def visitor_of(app: App) -> dict[str, str]:
    answer = await as_client(app.client, app.project).post("/auth/anonymous/sign-up")
    tokens: dict[str, str] = answer.json()
    return tokens


async def test_a_new_person_gets_an_account_with_what_the_provider_says(
    app: App, ada: str, installation: Installation
) -> None:
    returned = await app.sign_in(ada)
    assert returned.status_code == 303
    assert returned.headers["location"].startswith(f"{APP_URL}?")
    assert set(query_of(returned.headers["location"])) == {"code", "state"}
    assert query_of(returned.headers["location"])["state"] == app.state
    tokens = (await app.exchange(query_of(returned.headers["location"])["code"])).json()
    assert (tokens["is_new_user"], tokens["newUser"], tokens["token_type"]) == (True, True, "Bearer")
    me = (await as_client(app.client, app.project).as_(access_token=tokens["access_token"]).get("/users/me")).json()
    assert (me["display_name"], me["profile_image_url"]) == ("Ada", "https://example.org/ada.png")
    assert (me["primary_email"], me["primary_email_verified"]) == (f"{ada}@example.org", True)
    assert me["oauth_providers"] == [{"id": "google", "account_id": ada, "email": f"{ada}@example.org"}]
    assert list(events(installation)).count("user.created") == 1


async def test_the_same_person_comes_back_to_the_same_account(app: App, ada: str) -> None:
    first = await app.session_of(ada)
    second = await app.session_of(ada)
    assert second["is_new_user"] is False
    assert len(await users(app)) == 1
    assert first["refresh_token"] != second["refresh_token"]


async def test_parallel_first_sign_ins_make_one_account(app: App, ada: str) -> None:
    callbacks = [app.provider.consents(await app.begin(), ada) for _ in range(4)]
    answers = await at_once([app.come_back(callback) for callback in callbacks])
    codes = [query_of(answer.headers["location"])["code"] for answer in answers]
    exchanged = await at_once([app.exchange(code) for code in codes])
    assert statuses(exchanged) == [200] * 4
    assert sorted(answer.json()["is_new_user"] for answer in exchanged) == [False, False, False, True]
    assert len(await users(app)) == 1


async def test_an_address_proved_on_both_sides_is_one_person(app: App, ada: str) -> None:
    owner = await registered(app, f"{ada}@example.org", verified=True)
    tokens = await app.session_of(ada)
    assert tokens["is_new_user"] is False
    assert [user["id"] for user in await users(app)] == [owner]


async def test_an_account_registered_with_a_strangers_address_is_not_shared_with_its_owner(app: App, ada: str) -> None:
    hijacker = await registered(app, f"{ada}@example.org", verified=False)
    returned = await app.sign_in(ada)
    assert error_code(returned) == TAKEN
    assert '"would_work_if_email_was_verified": true' in query_of(returned.headers["location"])["details"]
    assert (await user_of(app, hijacker))["oauth_providers"] == []


@pytest.mark.parametrize("claim", [False, None, "true", 1])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_an_address_that_the_provider_does_not_vouch_for_opens_no_account(app: App, claim: object) -> None:
    mallory, victim = new_sub(), f"{new_sub()}@example.org"
    app.provider.knows(mallory, email=victim, email_verified=claim)
    owner = await registered(app, victim, verified=True)
    assert error_code(await app.sign_in(mallory)) == TAKEN
    assert (await user_of(app, owner))["oauth_providers"] == []


async def test_a_second_account_of_the_provider_is_not_merged_by_address(app: App, ada: str) -> None:
    await app.session_of(ada)
    other = new_sub()
    app.provider.knows(other, email=f"{ada}@example.org", email_verified=True)
    assert error_code(await app.sign_in(other)) == TAKEN


async def test_merging_can_be_refused_or_duplicates_allowed(app: App, ada: str, installation: Installation) -> None:
    owner = await registered(app, f"{ada}@example.org", verified=True)
    configure(installation, app.project.id, {"auth.oauth.accountMergeStrategy": "raise_error"})
    assert error_code(await app.sign_in(ada)) == TAKEN
    configure(installation, app.project.id, {"auth.oauth.accountMergeStrategy": "allow_duplicates"})
    assert (await app.session_of(ada))["is_new_user"] is True
    (duplicate,) = [user for user in await users(app) if user["id"] != owner]
    assert (duplicate["primary_email"], duplicate["primary_email_auth_enabled"]) == (f"{ada}@example.org", False)


async def test_nobody_signs_up_where_sign_up_is_closed_but_members_still_sign_in(
    app: App, ada: str, installation: Installation
) -> None:
    await app.session_of(ada)
    configure(installation, app.project.id, {"auth.allowSignUp": False})
    assert (await app.session_of(ada))["is_new_user"] is False
    assert error_code(await app.sign_in(new_sub())) == "SIGN_UP_NOT_ENABLED"


async def test_sign_up_rules_see_the_provider_and_decide(app: App, ada: str, installation: Installation) -> None:
    rule = {"enabled": True, "condition": 'oauthProvider == "google" && authMethod == "oauth"', "priority": 1}
    configure(installation, app.project.id, {"auth.signUpRules.gate": {**rule, "action": {"type": "reject"}}})
    visitor = await visitor_of(app)
    for token in (None, visitor["access_token"]):
        assert error_code(await app.sign_in(ada, token=token)) == "SIGN_UP_REJECTED"
    assert (await user_of(app, visitor["user_id"]))["is_anonymous"] is True
    triggers = select(AnalyticsEvent).where(AnalyticsEvent.event_type == "$sign-up-rule-trigger")
    assert len(installation.db.call(lambda session: session.exec(triggers).all())) == 2
    configure(installation, app.project.id, {"auth.signUpRules.gate": {**rule, "action": {"type": "restrict"}}})
    await app.session_of(ada)
    listed = await as_server(app.client, app.project).get("/users?include_restricted=true")
    assert [user["restricted_by_admin"] for user in listed.json()["items"]] == [True]


async def test_an_anonymous_visitor_becomes_the_person(app: App, ada: str) -> None:
    visitor = await visitor_of(app)
    tokens = await app.session_of(ada, token=visitor["access_token"])
    assert tokens["is_new_user"] is True
    user = await user_of(app, visitor["user_id"])
    assert (user["is_anonymous"], user["display_name"]) == (False, "Ada")
    assert len(await users(app)) == 1


async def test_an_existing_account_is_not_merged_with_a_visitor(app: App, ada: str) -> None:
    await app.session_of(ada)
    visitor = await visitor_of(app)
    assert (await app.session_of(ada, token=visitor["access_token"]))["is_new_user"] is False
    assert (await user_of(app, visitor["user_id"]))["is_anonymous"] is True


async def test_a_user_links_an_account_and_linking_again_changes_nothing(app: App, ada: str) -> None:
    signed_up = await as_client(app.client, app.project).post(
        "/auth/password/sign-up", {"email": f"{new_sub()}@example.com", "password": "correct horse"}
    )
    token = signed_up.json()["access_token"]
    for _ in range(2):
        assert (await app.session_of(ada, type="link", token=token))["is_new_user"] is False
    user = await user_of(app, signed_up.json()["user_id"])
    assert user["oauth_providers"] == [{"id": "google", "account_id": ada, "email": f"{ada}@example.org"}]
    await app.session_of(ada)
    assert len(await users(app)) == 1


async def test_an_account_of_somebody_else_cannot_be_linked(app: App, ada: str) -> None:
    await app.session_of(ada)
    mallory = await app.session_of(new_sub())
    returned = await app.sign_in(ada, type="link", token=str(mallory["access_token"]))
    assert error_code(returned) == "OAUTH_CONNECTION_ALREADY_CONNECTED_TO_ANOTHER_USER"


async def test_a_second_account_of_a_provider_is_connected_but_does_not_sign_in(app: App, ada: str) -> None:
    token = str((await app.session_of(ada))["access_token"])
    other = new_sub()
    await app.session_of(other, type="link", token=token)
    (user,) = await users(app)
    listed = (await as_server(app.client, app.project).get(f"/oauth-providers?user_id={user['id']}")).json()["items"]
    assert [(item["account_id"], item["allow_sign_in"]) for item in listed] == [(ada, True), (other, False)]
    assert (await app.session_of(other))["is_new_user"] is True


async def test_a_provider_answer_works_once(app: App, ada: str) -> None:
    callback = app.provider.consents(await app.begin(), ada)
    assert (await app.come_back(callback)).status_code == 303
    again = await app.come_back(callback)
    assert (again.status_code, known_error(again)) == (400, None)


async def test_a_navigating_browser_must_be_the_one_that_began(app: App, ada: str) -> None:
    begun = await app.authorize(stack_response_mode=None, hexclave_response_mode=None)
    other = await app.authorize(stack_response_mode=None, hexclave_response_mode=None)
    own, foreign = (answer.headers["set-cookie"].partition(";")[0] for answer in (begun, other))
    callback = app.provider.consents(begun.headers["location"], ada)
    for cookie in ("", foreign, own.replace("=true", "=false")):
        refused = await app.come_back(callback, headers={"cookie": cookie})
        assert (refused.status_code, known_error(refused)) == (400, None)
    accepted = await app.come_back(callback, headers={"cookie": f"a=b; {own}"})
    assert "code" in query_of(accepted.headers["location"])
    assert "Max-Age=0" in accepted.headers["set-cookie"]


async def test_an_unknown_state_is_refused_in_place(app: App) -> None:
    for query in ("?state=unknown&code=1", "?code=1", ""):
        refused = await app.client.get(f"/auth/oauth/callback/google{query}")
        assert (refused.status_code, known_error(refused)) == (400, None)


async def test_the_answer_of_another_provider_is_refused(app: App, ada: str, installation: Installation) -> None:
    callback = app.provider.consents(await app.begin(), ada)
    mixed_up = await app.come_back(callback.replace("/callback/google", "/callback/github"))
    assert (mixed_up.status_code, known_error(mixed_up)) == (400, None)
    from_elsewhere = await app.come_back(
        app.provider.consents(await app.begin(), ada) + "&iss=https://evil.example.net"
    )
    assert (from_elsewhere.status_code, known_error(from_elsewhere)) == (400, None)
    assert await users(app) == []


async def test_who_does_not_agree_is_told_so_in_the_app(app: App) -> None:
    location = await app.begin()
    state = query_of(location)["state"]
    denied = app.provider.denies(location)
    assert query_of(denied)["error"] == "access_denied"
    returned = await app.client.get(f"/auth/oauth/callback/google?state={state}&error=access_denied")
    assert error_code(returned) == "OAUTH_PROVIDER_ACCESS_DENIED"
    told = query_of(returned.headers["location"])
    assert set(told) == {"error", "error_description", "errorCode", "message", "details"}
    assert (told["error"], told["details"]) == ("server_error", "{}")


async def test_a_code_that_the_provider_does_not_know_is_refused(app: App) -> None:
    state = query_of(await app.begin())["state"]
    refused = await app.client.get(f"/auth/oauth/callback/google?state={state}&code=made-up")
    assert (refused.status_code, known_error(refused)) == (400, None)


async def test_errors_never_go_to_a_place_that_is_not_trusted_anymore(
    app: App, ada: str, installation: Installation
) -> None:
    callbacks = [app.provider.consents(await app.begin(error_redirect_url=url), ada) for url in (ERROR_URL, APP_URL)]
    configure(installation, app.project.id, {"domains.trustedDomains.app.baseUrl": "https://new.example.com"})
    for callback in callbacks:
        refused = await app.come_back(callback)
        assert known_error(refused) == "REDIRECT_URL_NOT_WHITELISTED"
        assert "location" not in refused.headers
    assert await users(app) == []


async def test_an_expired_flow_is_a_timeout_told_in_the_app(app: App, ada: str, installation: Installation) -> None:
    callback = app.provider.consents(await app.begin(), ada)

    def expire(session: Session) -> None:
        for flow in session.exec(select(OAuthFlow)):
            flow.expires_at = flow.created_at

    installation.db.call(expire)
    assert error_code(await app.come_back(callback)) == "OUTER_OAUTH_TIMEOUT"


async def test_a_key_that_is_revoked_meanwhile_ends_the_flow(app: App, ada: str, installation: Installation) -> None:
    callback = app.provider.consents(await app.begin(client_secret="__stack_public_client__"), ada)
    installation.db.call(
        project_configs.patch,
        project_id=app.project.id,
        level=Level.PROJECT,
        config={"project.requirePublishableClientKey": True},
    )
    assert error_code(await app.come_back(callback)) == "PUBLISHABLE_CLIENT_KEY_REQUIRED_FOR_PROJECT"


async def test_the_form_of_apples_kind_is_understood(app: App, ada: str) -> None:
    answered = query_of(app.provider.consents(await app.begin(), ada))
    returned = await app.client.request("POST", "/auth/oauth/callback/google", data={**answered, "user": "{}"})
    assert returned.status_code == 303
    assert "code" in query_of(returned.headers["location"])


async def test_tokens_of_the_provider_are_sealed_and_replaced(app: App, ada: str, installation: Installation) -> None:
    await app.session_of(ada)
    await app.session_of(ada)

    def kinds(session: Session) -> list[str]:
        return sorted(row.kind for row in session.exec(select(ProviderToken)))

    assert installation.db.call(kinds).count("refresh") == 1
    assert installation.db.call(lambda session: session.exec(select(User).where(User.is_anonymous)).all()) == []
