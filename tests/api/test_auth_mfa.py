"""The second factor of a sign-in over HTTP."""

import base64
from datetime import timedelta

import httpx
import pytest
from sqlalchemy import update
from sqlmodel import Session, select

from hexclave_app.installation import Installation
from hexclave_app.security.totp import code_of, current_step
from hexclave_app.services.mfa import MAX_TRIES, TRIES_WINDOW
from models import User
from models.base import utc_now
from tests.support.clients import ApiClient, known_error
from tests.support.mailbox import events, expire_codes, session_count
from tests.support.races import at_once, statuses

ADA = {"email": "ada@example.org", "password": "correct horse"}
SECRET = b"12345678901234567890"
PATH = "/auth/mfa/sign-in"


@pytest.fixture
async def ada(as_client: ApiClient, installation: Installation) -> str:
    """Ada, who has an authenticator and no session; her id."""
    body = (await as_client.post("/auth/password/sign-up", ADA)).json()
    as_ada = as_client.as_(access_token=body["access_token"])
    await as_ada.patch("/users/me", {"totp_secret_base64": base64.b64encode(SECRET).decode()})
    await as_ada.delete("/auth/sessions/current")
    assert session_count(installation) == 0
    return str(body["user_id"])


async def attempt(client: ApiClient) -> str:
    """The attempt code of a sign-in with the right password."""
    asked = await client.post("/auth/password/sign-in", ADA)
    assert known_error(asked) == "MULTI_FACTOR_AUTHENTICATION_REQUIRED"
    return str(asked.json()["details"]["attempt_code"])


def totp(steps: int = 0) -> str:
    """What the authenticator shows, some steps from now."""
    return code_of(SECRET, current_step(utc_now()) + steps)


def wrong_totp() -> str:
    """Six digits that are none of the codes around now."""
    near = {totp(steps) for steps in range(-3, 4)}
    return next(code for code in ("000000", "111111", "222222", "333333", "444444", "555555", "666666", "777777")
                if code not in near)  # fmt: skip


async def finish(client: ApiClient, code: str, typed: str) -> httpx.Response:
    return await client.post(PATH, {"type": "totp", "totp": typed, "code": code})


async def test_attempt_code_and_totp_together_open_a_session(
    as_client: ApiClient, ada: str, installation: Installation
) -> None:
    before = list(events(installation))
    response = await finish(as_client, await attempt(as_client), totp())
    body = response.json()
    assert response.status_code == 200
    assert set(body) == {"access_token", "refresh_token", "is_new_user", "user_id"}
    assert (body["user_id"], body["is_new_user"]) == (ada, False)
    own = (await as_client.as_(access_token=body["access_token"]).get("/users/me")).json()
    assert own["requires_totp_mfa"] is True
    assert list(events(installation)) == before


async def test_a_wrong_totp_leaves_the_attempt_usable(
    as_client: ApiClient, ada: str, installation: Installation
) -> None:
    code = await attempt(as_client)
    for typed in (wrong_totp(), "", totp(-4), totp(4)):
        refused = await finish(as_client, code, typed)
        assert (refused.status_code, known_error(refused)) == (400, "INVALID_TOTP_CODE")
    assert session_count(installation) == 0
    assert (await finish(as_client, code, totp())).status_code == 200


async def test_wrong_totps_count_and_twenty_kill_the_attempt(as_client: ApiClient, ada: str) -> None:
    code, wrong = await attempt(as_client), wrong_totp()
    for _ in range(20):
        assert known_error(await finish(as_client, code, wrong)) == "INVALID_TOTP_CODE"
    assert known_error(await finish(as_client, code, totp())) == "VERIFICATION_CODE_MAX_ATTEMPTS_REACHED"


async def set_tries(installation: Installation, tries: int, *, ago: timedelta) -> None:
    """Let a number of codes have been tried since some time ago."""

    def write(session: Session) -> None:
        session.execute(update(User).values(totp_tries=tries, totp_tries_since=utc_now() - ago))

    installation.db.call(write)


async def test_fresh_attempts_do_not_buy_more_guesses(
    as_client: ApiClient, ada: str, installation: Installation
) -> None:
    await set_tries(installation, MAX_TRIES - 1, ago=timedelta(minutes=59))
    assert known_error(await finish(as_client, await attempt(as_client), wrong_totp())) == "INVALID_TOTP_CODE"
    answers = await at_once([finish(as_client, await attempt(as_client), totp()) for _ in range(3)])
    assert {known_error(answer) for answer in answers} == {"VERIFICATION_CODE_MAX_ATTEMPTS_REACHED"}
    assert session_count(installation) == 0


async def test_guesses_are_forgiven_after_an_hour(as_client: ApiClient, ada: str, installation: Installation) -> None:
    await set_tries(installation, MAX_TRIES * 2, ago=TRIES_WINDOW)
    assert (await finish(as_client, await attempt(as_client), totp())).status_code == 200


async def test_a_right_code_forgives_the_wrong_ones(as_client: ApiClient, ada: str, installation: Installation) -> None:
    await set_tries(installation, MAX_TRIES - 1, ago=timedelta(minutes=1))
    assert (await finish(as_client, await attempt(as_client), totp())).status_code == 200
    assert (await finish(as_client, await attempt(as_client), totp(1))).status_code == 200


async def test_guesses_at_unknown_attempts_count_for_nobody(
    as_client: ApiClient, ada: str, installation: Installation
) -> None:
    assert known_error(await finish(as_client, "0" * 45, totp())) == "VERIFICATION_CODE_NOT_FOUND"
    tries = installation.db.call(lambda session: session.exec(select(User.totp_tries)).all())
    assert set(tries) == {0}


async def test_an_attempt_finishes_once(as_client: ApiClient, ada: str) -> None:
    code = await attempt(as_client)
    assert (await finish(as_client, code, totp())).status_code == 200
    again = await finish(as_client, code, totp(1))
    assert (again.status_code, known_error(again)) == (409, "VERIFICATION_CODE_ALREADY_USED")


async def test_a_totp_that_somebody_overheard_is_worthless(as_client: ApiClient, ada: str) -> None:
    first, second = await attempt(as_client), await attempt(as_client)
    seen = totp()
    assert (await finish(as_client, first, seen)).status_code == 200
    assert known_error(await finish(as_client, second, seen)) == "INVALID_TOTP_CODE"
    assert (await finish(as_client, second, totp(1))).status_code == 200


async def test_of_two_who_use_one_totp_at_once_one_gets_in(
    as_client: ApiClient, ada: str, installation: Installation
) -> None:
    codes = [await attempt(as_client) for _ in range(3)]
    typed = totp()
    answers = await at_once([finish(as_client, code, typed) for code in codes])
    assert statuses(answers) == [200, 400, 400]
    assert session_count(installation) == 1


async def test_an_expired_attempt_is_refused(as_client: ApiClient, ada: str, installation: Installation) -> None:
    code = await attempt(as_client)
    expire_codes(installation)
    assert known_error(await finish(as_client, code, totp())) == "VERIFICATION_CODE_EXPIRED"


async def test_an_attempt_dies_with_the_second_factor(as_client: ApiClient, as_server: ApiClient, ada: str) -> None:
    code = await attempt(as_client)
    await as_server.patch(f"/users/{ada}", {"totp_secret_base64": None})
    assert known_error(await finish(as_client, code, totp())) == "INVALID_TOTP_CODE"


async def test_the_attempt_of_one_user_takes_no_totp_of_another(as_client: ApiClient, ada: str) -> None:
    ben = {"email": "ben@example.org", "password": "correct horse"}
    body = (await as_client.post("/auth/password/sign-up", ben)).json()
    other = base64.b64encode(b"09876543210987654321").decode()
    await as_client.as_(access_token=body["access_token"]).patch("/users/me", {"totp_secret_base64": other})
    asked = await as_client.post("/auth/password/sign-in", ben)
    code = asked.json()["details"]["attempt_code"]
    assert known_error(await finish(as_client, code, totp())) == "INVALID_TOTP_CODE"


async def test_a_session_of_the_server_needs_no_second_factor(as_server: ApiClient, ada: str) -> None:
    assert (await as_server.post("/auth/sessions", {"user_id": ada})).status_code == 200


async def test_a_new_user_is_remembered_across_the_second_factor(
    as_client: ApiClient, installation: Installation
) -> None:
    anonymous = (await as_client.post("/auth/anonymous/sign-up")).json()
    as_anonymous = as_client.as_(access_token=anonymous["access_token"])
    await as_anonymous.patch("/users/me", {"totp_secret_base64": base64.b64encode(SECRET).decode()})
    asked = await as_anonymous.post("/auth/password/sign-up", ADA)
    assert known_error(asked) == "MULTI_FACTOR_AUTHENTICATION_REQUIRED"
    body = (await finish(as_client, asked.json()["details"]["attempt_code"], totp())).json()
    assert (body["user_id"], body["is_new_user"]) == (anonymous["user_id"], True)


@pytest.mark.parametrize("body", [{"type": "sms", "totp": "0", "code": "0" * 45}, {"type": "totp", "code": "0" * 45}])
async def test_only_totp_is_spoken_here(as_client: ApiClient, body: dict[str, str]) -> None:
    assert known_error(await as_client.post(PATH, body)) == "SCHEMA_ERROR"


async def test_a_used_step_in_the_future_locks_out_older_codes_only(
    as_client: ApiClient, ada: str, installation: Installation
) -> None:
    def write(session: Session) -> None:
        session.execute(update(User).values(totp_last_step=current_step(utc_now())))

    installation.db.call(write)
    code = await attempt(as_client)
    assert known_error(await finish(as_client, code, totp(-1))) == "INVALID_TOTP_CODE"
    assert (await finish(as_client, code, totp(1))).status_code == 200


async def test_a_new_secret_begins_with_a_clean_slate(as_client: ApiClient, as_server: ApiClient, ada: str) -> None:
    assert (await finish(as_client, await attempt(as_client), totp(1))).status_code == 200
    new = b"another secret of 20"
    await as_server.patch(f"/users/{ada}", {"totp_secret_base64": base64.b64encode(new).decode()})
    attempt_code = await attempt(as_client)
    assert known_error(await finish(as_client, attempt_code, totp())) == "INVALID_TOTP_CODE"
    assert (await finish(as_client, attempt_code, code_of(new, current_step(utc_now())))).status_code == 200
