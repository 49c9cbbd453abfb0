"""Bot challenges of sign-ups, checked by a service over HTTP."""

from collections.abc import Iterator

import pytest
from sqlmodel import select

from hexclave_app.installation import Installation
from models import User
from models.base import JsonValue
from tests.support.clients import ApiClient, known_error
from tests.support.configs import configure
from tests.support.mailbox import code_count, events, last_mail, session_count
from tests.support.oidc import APP_URL, CONFIG
from tests.support.projects import as_client as client_of
from tests.support.projects import create_project
from tests.support.turnstile import Turnstile, running_turnstile

ADA = {"email": "ada@example.com", "password": "correct horse"}
PAGE = "http://localhost:3000/handler"
GOOD: dict[str, object] = {"success": True, "hostname": "localhost", "action": "sign_up_with_credential"}
BROWSER = {"user-agent": "Mozilla/5.0", "x-forwarded-for": "203.0.113.9"}


@pytest.fixture
def database_url(sqlite_only: str) -> str:
    return sqlite_only


@pytest.fixture
def turnstile() -> Iterator[Turnstile]:
    with running_turnstile() as service:
        service.tokens = {"good": GOOD, "mail": {**GOOD, "action": "send_magic_link_email"}}
        yield service


@pytest.fixture
def environment(turnstile: Turnstile) -> dict[str, str]:
    return {"HEXCLAVE_TURNSTILE_SECRET_KEY": "s3cret", "HEXCLAVE_TURNSTILE_VERIFY_URL": turnstile.url}


@pytest.fixture
def visitor(client: ApiClient, installation: Installation) -> ApiClient:
    """Somebody at a project that allows passwords, codes and localhost."""
    project = create_project(installation)
    methods: dict[str, JsonValue] = {"auth.otp.allowSignIn": True, "auth.password.allowSignIn": True}
    configure(installation, project.id, {**methods, "domains.allowLocalhost": True})
    return client_of(client, project)


def challenge(token: str | None = None, phase: str | None = None, unavailable: str | None = None) -> dict[str, str]:
    fields = {
        "bot_challenge_token": token,
        "bot_challenge_phase": phase,
        "bot_challenge_unavailable": unavailable,
    }
    return {name: value for name, value in fields.items() if value is not None}


def bot_score(installation: Installation) -> int:
    (score,) = installation.db.call(lambda session: session.exec(select(User.risk_bot)).all())
    return score


async def test_a_good_token_signs_up_and_is_shown_to_nobody_else(
    visitor: ApiClient, turnstile: Turnstile, installation: Installation
) -> None:
    body = {**ADA, **challenge("good", "invisible")}
    assert (await visitor.post("/auth/password/sign-up", body, headers=BROWSER)).status_code == 200
    assert turnstile.asked == [{"secret": "s3cret", "response": "good", "remoteip": "203.0.113.9"}]
    assert bot_score(installation) == 0


@pytest.mark.parametrize(
    "answer",
    [
        {"success": False},
        {**GOOD, "hostname": "evil.example"},
        {**GOOD, "action": "send_magic_link_email"},
        {"unexpected": True},
    ],
)
async def test_a_token_that_is_bad_or_of_another_page_or_action_needs_a_visible_challenge(
    visitor: ApiClient, turnstile: Turnstile, installation: Installation, answer: dict[str, object]
) -> None:
    turnstile.tokens["odd"] = answer
    refused = await visitor.post("/auth/password/sign-up", {**ADA, **challenge("odd", "invisible")})
    assert (refused.status_code, known_error(refused)) == (409, "BOT_CHALLENGE_REQUIRED")
    assert (list(events(installation)), session_count(installation)) == ([], 0)
    again = await visitor.post("/auth/password/sign-up", {**ADA, **challenge("good", "visible")})
    assert again.status_code == 200


@pytest.mark.parametrize(
    "fields", [challenge("bad", "visible"), challenge(unavailable="true"), challenge("", "visible")]
)
async def test_who_does_not_pass_the_visible_challenge_gets_no_account(
    visitor: ApiClient, installation: Installation, fields: dict[str, str]
) -> None:
    refused = await visitor.post("/auth/password/sign-up", {**ADA, **fields})
    assert (refused.status_code, known_error(refused)) == (400, "BOT_CHALLENGE_FAILED")
    assert refused.json()["details"]["message"]
    assert (list(events(installation)), session_count(installation)) == ([], 0)


async def test_a_token_cannot_be_unavailable_too(visitor: ApiClient) -> None:
    both = challenge("good", "visible", "true")
    assert (await visitor.post("/auth/password/sign-up", {**ADA, **both})).status_code == 400


async def test_clients_without_challenges_are_not_held_up_but_marked(
    visitor: ApiClient, turnstile: Turnstile, installation: Installation
) -> None:
    assert (await visitor.post("/auth/password/sign-up", ADA)).status_code == 200
    assert turnstile.asked == []
    assert bot_score(installation) == 50


async def test_a_service_that_is_down_holds_up_nobody_who_runs_no_challenge(
    visitor: ApiClient, turnstile: Turnstile, installation: Installation
) -> None:
    turnstile.status = 503
    assert (await visitor.post("/auth/password/sign-up", {**ADA, **challenge("good")})).status_code == 200
    assert bot_score(installation) == 20
    other = {**ADA, "email": "ben@example.com", **challenge("good", "invisible")}
    assert known_error(await visitor.post("/auth/password/sign-up", other)) == "BOT_CHALLENGE_REQUIRED"


async def test_signing_in_asks_for_no_challenge(visitor: ApiClient, turnstile: Turnstile) -> None:
    await visitor.post("/auth/password/sign-up", {**ADA, **challenge("good", "invisible")})
    assert (await visitor.post("/auth/password/sign-in", ADA)).status_code == 200
    assert len(turnstile.asked) == 1


async def test_a_magic_link_is_challenged_when_it_is_sent_and_refused_when_a_newcomer_opens_it(
    visitor: ApiClient, installation: Installation
) -> None:
    request = {"email": "ada@example.com", "callback_url": PAGE}
    send = "/auth/otp/send-sign-in-code"
    invisible = await visitor.post(send, {**request, **challenge("good", "invisible")})
    assert known_error(invisible) == "BOT_CHALLENGE_REQUIRED"  # made for another action
    assert code_count(installation) == 0
    assert (await visitor.post(send, {**request, **challenge("bad", "visible")})).status_code == 200
    refused = await visitor.post("/auth/otp/sign-in", {"code": last_mail(installation).code})
    assert known_error(refused) == "BOT_CHALLENGE_FAILED"
    assert session_count(installation) == 0
    assert (await visitor.post(send, {**request, **challenge("mail", "invisible")})).status_code == 200
    assert (await visitor.post("/auth/otp/sign-in", {"code": last_mail(installation).code})).status_code == 200
    await visitor.post(send, {**request, **challenge("bad", "visible")})
    assert (await visitor.post("/auth/otp/sign-in", {"code": last_mail(installation).code})).status_code == 200


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        (challenge("bad", "invisible"), "BOT_CHALLENGE_REQUIRED"),
        (challenge("bad", "visible"), "BOT_CHALLENGE_FAILED"),
        (challenge(unavailable="true"), "BOT_CHALLENGE_FAILED"),
    ],
)
async def test_the_way_to_a_provider_begins_with_the_challenge(
    client: ApiClient, installation: Installation, fields: dict[str, str], code: str
) -> None:
    project = create_project(installation)
    configure(installation, project.id, CONFIG)
    query = {
        "client_id": project.id,
        "client_secret": project.keys["publishable_client_key"],
        "redirect_uri": APP_URL,
        "scope": "legacy",
        "state": "s",
        "grant_type": "authorization_code",
        "code_challenge": "c" * 43,
        "code_challenge_method": "S256",
        "response_type": "code",
        "stack_response_mode": "json",
        **fields,
    }
    refused = await client.get("/auth/oauth/authorize/google", params=query)
    assert known_error(refused) == code


class TestLenientOperator:
    @pytest.fixture
    def environment(self, turnstile: Turnstile) -> dict[str, str]:
        return {
            "HEXCLAVE_TURNSTILE_SECRET_KEY": "s3cret",
            "HEXCLAVE_TURNSTILE_VERIFY_URL": turnstile.url,
            "HEXCLAVE_TURNSTILE_LET_FAILED_IN": "true",
        }

    async def test_failed_people_may_be_let_in_and_are_marked(
        self, visitor: ApiClient, installation: Installation
    ) -> None:
        assert (await visitor.post("/auth/password/sign-up", {**ADA, **challenge("bad", "visible")})).status_code == 200
        assert bot_score(installation) == 50


class TestWithoutKey:
    @pytest.fixture
    def environment(self) -> dict[str, str]:
        return {}

    async def test_nothing_is_asked_and_nobody_marked(
        self, visitor: ApiClient, turnstile: Turnstile, installation: Installation
    ) -> None:
        assert (await visitor.post("/auth/password/sign-up", {**ADA, **challenge("bad", "visible")})).status_code == 200
        assert (turnstile.asked, bot_score(installation)) == ([], 0)
