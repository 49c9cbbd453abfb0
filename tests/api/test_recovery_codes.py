"""Recovery codes stand in for a lost authenticator, each once."""

import base64

import httpx
import pytest
from sqlmodel import select

from hexclave_app.installation import Installation
from hexclave_app.security.totp import code_of, current_step
from hexclave_app.services.mfa import MAX_TRIES
from models import RecoveryCode, User
from models.base import utc_now
from tests.support.clients import ApiClient, known_error
from tests.support.mailbox import session_count
from tests.support.races import at_once, statuses

ADA = {"email": "ada@example.org", "password": "correct horse"}
SECRET = b"12345678901234567890"
CODES = "/auth/mfa/recovery-codes"


async def with_authenticator(as_client: ApiClient, **account: str) -> ApiClient:
    """Somebody with a second factor, signed in."""
    tokens = (await as_client.post("/auth/password/sign-up", {**ADA, **account})).json()
    own = as_client.as_(access_token=tokens["access_token"])
    await own.patch("/users/me", {"totp_secret_base64": base64.b64encode(SECRET).decode()})
    return own


@pytest.fixture
async def as_ada(as_client: ApiClient) -> ApiClient:
    return await with_authenticator(as_client)


async def attempt(client: ApiClient, **account: str) -> str:
    """The attempt code of a sign-in with the right password."""
    asked = await client.post("/auth/password/sign-in", {**ADA, **account})
    return str(asked.json()["details"]["attempt_code"])


async def finish(client: ApiClient, attempt_code: str, typed: str) -> httpx.Response:
    return await client.post("/auth/mfa/sign-in", {"type": "totp", "totp": typed, "code": attempt_code})


async def new_codes(client: ApiClient) -> list[str]:
    codes: list[str] = (await client.post(CODES)).json()["codes"]
    return codes


async def left(client: ApiClient) -> int:
    return int((await client.get(CODES)).json()["remaining"])


async def test_ten_codes_are_shown_once_and_kept_as_hashes(as_ada: ApiClient, installation: Installation) -> None:
    codes = await new_codes(as_ada)
    assert len(set(codes)) == 10
    assert await left(as_ada) == 10
    hashes = installation.db.call(lambda session: session.exec(select(RecoveryCode.code_hash)).all())
    assert not [stored for stored in hashes for code in codes if code.replace("-", "") in stored]


async def test_each_code_opens_a_session_once_however_it_is_typed(as_client: ApiClient, as_ada: ApiClient) -> None:
    first, second, *_ = await new_codes(as_ada)
    opened = await finish(as_client, await attempt(as_client), first)
    assert (opened.status_code, set(opened.json())) == (
        200,
        {"access_token", "refresh_token", "is_new_user", "user_id"},
    )
    again = await attempt(as_client)
    assert known_error(await finish(as_client, again, first)) == "INVALID_TOTP_CODE"
    typed = f" {second.upper().replace('-', ' ')} "
    assert (await finish(as_client, again, typed)).status_code == 200
    assert await left(as_ada) == 8


async def test_the_authenticator_keeps_working(as_client: ApiClient, as_ada: ApiClient) -> None:
    await new_codes(as_ada)
    shown = code_of(SECRET, current_step(utc_now()))
    assert (await finish(as_client, await attempt(as_client), shown)).status_code == 200


async def test_new_codes_end_the_old_ones(as_client: ApiClient, as_ada: ApiClient) -> None:
    old, new = await new_codes(as_ada), await new_codes(as_ada)
    code = await attempt(as_client)
    assert known_error(await finish(as_client, code, old[0])) == "INVALID_TOTP_CODE"
    assert (await finish(as_client, code, new[0])).status_code == 200


@pytest.mark.parametrize("change", [None, base64.b64encode(b"09876543210987654321").decode()])
async def test_codes_go_with_the_secret_that_they_stood_in_for(
    as_client: ApiClient, as_ada: ApiClient, change: str | None
) -> None:
    code = (await new_codes(as_ada))[0]
    await as_ada.patch("/users/me", {"totp_secret_base64": change})
    assert await left(as_ada) == 0
    await as_ada.patch("/users/me", {"totp_secret_base64": base64.b64encode(SECRET).decode()})
    assert known_error(await finish(as_client, await attempt(as_client), code)) == "INVALID_TOTP_CODE"


async def test_of_two_who_use_one_code_at_once_one_gets_in(
    as_client: ApiClient, as_ada: ApiClient, installation: Installation
) -> None:
    code = (await new_codes(as_ada))[0]
    attempts = [await attempt(as_client) for _ in range(3)]
    before = session_count(installation)
    assert statuses(await at_once([finish(as_client, one, code) for one in attempts])) == [200, 400, 400]
    assert session_count(installation) == before + 1


async def test_nobody_gets_in_with_the_code_of_somebody_else(as_client: ApiClient, as_ada: ApiClient) -> None:
    code = (await new_codes(as_ada))[0]
    await with_authenticator(as_client, email="ben@example.org")
    stolen = await finish(as_client, await attempt(as_client, email="ben@example.org"), code)
    assert known_error(stolen) == "INVALID_TOTP_CODE"
    assert await left(as_ada) == 10


async def test_guesses_at_codes_count_like_guesses_at_totps(
    as_client: ApiClient, as_ada: ApiClient, installation: Installation
) -> None:
    codes = await new_codes(as_ada)
    code = await attempt(as_client)
    for _ in range(3):
        assert known_error(await finish(as_client, code, "0000-0000-0000-0000")) == "INVALID_TOTP_CODE"
    (tries,) = installation.db.call(lambda session: session.exec(select(User.totp_tries)).all())
    assert tries == 3 < MAX_TRIES
    assert (await finish(as_client, code, codes[0])).status_code == 200
    (tries,) = installation.db.call(lambda session: session.exec(select(User.totp_tries)).all())
    assert tries == 0


async def test_codes_need_a_second_factor_and_somebody_signed_in(as_client: ApiClient) -> None:
    assert (await as_client.post(CODES)).status_code == 400
    tokens = (await as_client.post("/auth/password/sign-up", ADA)).json()
    assert (await as_client.as_(access_token=tokens["access_token"]).post(CODES)).status_code == 400
