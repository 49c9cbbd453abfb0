"""Signing in a command line through the browser, over HTTP."""

from datetime import datetime, timedelta

import httpx
import pytest
from sqlalchemy import update
from sqlmodel import Session, select

from hexclave_app.installation import Installation
from models import CliAuthAttempt, UserSession
from models.base import utc_now
from tests.support.clients import ApiClient, known_error
from tests.support.mailbox import events, session_count
from tests.support.projects import as_client as client_of
from tests.support.projects import create_project
from tests.support.races import at_once, statuses

ADA = {"email": "ada@example.org", "password": "correct horse"}


@pytest.fixture
async def ada(as_client: ApiClient) -> dict[str, str]:
    """Ada's session in her browser."""
    body: dict[str, str] = (await as_client.post("/auth/password/sign-up", ADA)).json()
    return body


@pytest.fixture
async def visitor(as_client: ApiClient) -> dict[str, str]:
    """The anonymous session of a command line."""
    body: dict[str, str] = (await as_client.post("/auth/anonymous/sign-up")).json()
    return body


async def start(client: ApiClient, **fields: object) -> dict[str, str]:
    response = await client.post("/auth/cli", fields)
    assert response.status_code == 200, response.text
    body: dict[str, str] = response.json()
    return body


async def poll(client: ApiClient, attempt: dict[str, str]) -> httpx.Response:
    return await client.post("/auth/cli/poll", {"polling_code": attempt["polling_code"]})


async def finish(client: ApiClient, attempt: dict[str, str], **fields: object) -> httpx.Response:
    return await client.post("/auth/cli/complete", {"login_code": attempt["login_code"], **fields})


def expire(installation: Installation, table: type[CliAuthAttempt] | type[UserSession]) -> None:
    """Let every row have expired a second ago."""

    def write(session: Session) -> None:
        session.execute(update(table).values(expires_at=utc_now() - timedelta(seconds=1)))

    installation.db.call(write)


async def test_the_command_line_gets_the_session_of_the_browser_once(
    as_client: ApiClient, ada: dict[str, str], installation: Installation
) -> None:
    before = list(events(installation))
    attempt = await start(as_client)
    assert set(attempt) == {"polling_code", "login_code", "expires_at"}
    waiting = await poll(as_client, attempt)
    assert (waiting.status_code, waiting.json()) == (200, {"status": "waiting"})
    done = await finish(as_client, attempt, refresh_token=ada["refresh_token"])
    assert (done.status_code, done.json()) == (200, {"success": True})
    success = await poll(as_client, attempt)
    assert (success.status_code, success.json()) == (
        201,
        {"status": "success", "refresh_token": ada["refresh_token"]},
    )
    used = await poll(as_client, attempt)
    assert (used.status_code, used.json()) == (200, {"status": "used"})
    assert session_count(installation) == 1
    assert list(events(installation)) == before


async def test_of_two_polls_at_once_one_gets_the_token(as_client: ApiClient, ada: dict[str, str]) -> None:
    attempt = await start(as_client)
    await finish(as_client, attempt, refresh_token=ada["refresh_token"])
    answers = await at_once([poll(as_client, attempt) for _ in range(4)])
    assert statuses(answers) == [200, 200, 200, 201]
    assert sorted(answer.json()["status"] for answer in answers) == ["success", "used", "used", "used"]


async def test_an_attempt_is_completed_once(as_client: ApiClient, ada: dict[str, str]) -> None:
    attempt = await start(as_client)
    answers = await at_once([finish(as_client, attempt, refresh_token=ada["refresh_token"]) for _ in range(3)])
    assert statuses(answers) == [200, 400, 400]
    await poll(as_client, attempt)
    for mode in ("check", "claim-anon-session", "complete"):
        refused = await finish(as_client, attempt, mode=mode, refresh_token=ada["refresh_token"])
        assert (refused.status_code, known_error(refused)) == (400, None)


async def test_the_lifetime_is_two_hours_or_what_is_asked_for(as_client: ApiClient) -> None:
    def lifetime(attempt: dict[str, str]) -> float:
        return (datetime.fromisoformat(attempt["expires_at"]) - utc_now()).total_seconds()

    assert 7_100 < lifetime(await start(as_client)) <= 7_200
    assert 3_500 < lifetime(await start(as_client, expires_in_millis=3_600_000)) <= 3_600
    for wrong in (86_400_001, 0, -5, "soon"):
        refused = await as_client.post("/auth/cli", {"expires_in_millis": wrong})
        assert known_error(refused) == "SCHEMA_ERROR"


async def test_an_expired_attempt_says_so_and_cannot_be_completed(
    as_client: ApiClient, ada: dict[str, str], installation: Installation
) -> None:
    attempt, completed = await start(as_client), await start(as_client)
    await finish(as_client, completed, refresh_token=ada["refresh_token"])
    expire(installation, CliAuthAttempt)
    assert (await poll(as_client, attempt)).json() == {"status": "expired"}
    assert (await poll(as_client, completed)).json() == {"status": "expired"}
    assert (await finish(as_client, attempt, refresh_token=ada["refresh_token"])).status_code == 400


async def test_codes_are_not_interchangeable_nor_known_elsewhere(
    client: ApiClient, as_client: ApiClient, ada: dict[str, str], installation: Installation
) -> None:
    attempt = await start(as_client)
    swapped = {"polling_code": attempt["login_code"], "login_code": attempt["polling_code"]}
    elsewhere = client_of(client, create_project(installation))
    for caller, codes in ((as_client, swapped), (elsewhere, attempt)):
        unknown = await poll(caller, codes)
        assert (unknown.status_code, known_error(unknown)) == (400, "INVALID_POLLING_CODE")
        assert (await finish(caller, codes, mode="check")).status_code == 400
    assert (await poll(as_client, attempt)).json() == {"status": "waiting"}


async def test_only_a_valid_session_of_the_project_completes(
    client: ApiClient, as_client: ApiClient, ada: dict[str, str], installation: Installation
) -> None:
    other = client_of(client, create_project(installation))
    foreign = (await other.post("/auth/anonymous/sign-up")).json()["refresh_token"]
    attempt = await start(as_client)
    for fields in ({}, {"refresh_token": "unknown"}, {"refresh_token": foreign}):
        refused = await finish(as_client, attempt, **fields)
        assert (refused.status_code, known_error(refused)) == (400, None)
    expire(installation, UserSession)
    assert (await finish(as_client, attempt, refresh_token=ada["refresh_token"])).status_code == 400
    assert (await poll(as_client, attempt)).json() == {"status": "waiting"}


async def test_the_browser_takes_over_the_anonymous_session_once_and_signs_up_with_it(
    as_client: ApiClient, visitor: dict[str, str]
) -> None:
    attempt = await start(as_client, anon_refresh_token=visitor["refresh_token"])
    assert (await finish(as_client, attempt, mode="check")).json() == {"cli_session_state": "anonymous"}
    answers = await at_once([finish(as_client, attempt, mode="claim-anon-session") for _ in range(3)])
    assert statuses(answers) == [200, 400, 400]
    claimed = next(answer.json() for answer in answers if answer.status_code == 200)
    assert set(claimed) == {"access_token", "refresh_token"}
    assert (await finish(as_client, attempt, mode="check")).json() == {"cli_session_state": "none"}
    as_visitor = as_client.as_(access_token=claimed["access_token"])
    signed_up = (await as_visitor.post("/auth/password/sign-up", ADA)).json()
    assert signed_up["user_id"] == visitor["user_id"]
    await finish(as_client, attempt, refresh_token=signed_up["refresh_token"])
    assert (await poll(as_client, attempt)).json()["refresh_token"] == signed_up["refresh_token"]


async def test_completing_drops_the_anonymous_session(
    as_client: ApiClient, visitor: dict[str, str], ada: dict[str, str], installation: Installation
) -> None:
    attempt = await start(as_client, anon_refresh_token=visitor["refresh_token"])
    await finish(as_client, attempt, refresh_token=ada["refresh_token"])
    assert (await finish(as_client, attempt, mode="claim-anon-session")).status_code == 400
    kept = installation.db.call(lambda session: session.exec(select(CliAuthAttempt.anonymous_token_sealed)).one())
    assert kept is None


async def test_only_anonymous_sessions_are_passed_on(
    as_client: ApiClient, visitor: dict[str, str], ada: dict[str, str]
) -> None:
    for token in (ada["refresh_token"], "unknown"):
        refused = await as_client.post("/auth/cli", {"anon_refresh_token": token})
        assert (refused.status_code, known_error(refused)) == (400, None)


async def test_a_link_never_opens_an_account_that_became_real(
    as_client: ApiClient, as_server: ApiClient, visitor: dict[str, str]
) -> None:
    attempt = await start(as_client, anon_refresh_token=visitor["refresh_token"])
    await as_server.patch(f"/users/{visitor['user_id']}", {"is_anonymous": False})
    assert (await finish(as_client, attempt, mode="claim-anon-session")).status_code == 400


async def test_tokens_and_codes_are_not_readable_in_the_database(
    as_client: ApiClient, ada: dict[str, str], installation: Installation
) -> None:
    attempt = await start(as_client)
    await finish(as_client, attempt, refresh_token=ada["refresh_token"])
    row = installation.db.call(lambda session: repr(session.exec(select(CliAuthAttempt)).one().model_dump()))
    for secret in (attempt["polling_code"], attempt["login_code"], ada["refresh_token"]):
        assert secret not in row
