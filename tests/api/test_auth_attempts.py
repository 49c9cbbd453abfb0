"""Guessing passwords: counted exactly, on every account alike, and no trouble for those who know theirs."""

import asyncio
from collections import Counter
from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from hexclave_app.installation import Installation
from hexclave_app.security.rate_limits import parse_rate_limits
from hexclave_app.services import attempts, limits
from hexclave_app.services.end_users import counted_address
from hexclave_app.services.sessions import SignInContext
from hexclave_app.settings import SettingsError, TrustedProxy, load_settings
from models import AttemptCounter
from models.base import utc_now
from tests.support.clients import ApiClient

ADA = {"email": "ada@example.com", "password": "correct horse"}
WRONG = {**ADA, "password": "wrong horse"}
SIGN_IN = "/auth/password/sign-in"


@pytest.fixture
async def ada(as_client: ApiClient) -> None:
    await as_client.post("/auth/password/sign-up", ADA)


SLOW = {"HEXCLAVE_RATE_LIMITS": "account=5/1000"}  # so that no try comes back while the test runs


@pytest.mark.parametrize("environment", [SLOW])
@pytest.mark.parametrize("email", ["ada@example.com", "nobody@example.com"])
@pytest.mark.usefixtures("ada")
async def test_of_many_concurrent_guesses_exactly_the_limit_is_compared(as_client: ApiClient, email: str) -> None:
    answers = await asyncio.gather(*(as_client.post(SIGN_IN, {**WRONG, "email": email}) for _ in range(60)))
    assert Counter(answer.status_code for answer in answers) == {400: 5, 429: 55}
    refused = [answer for answer in answers if answer.status_code == 429]
    assert all(1 <= int(answer.headers["retry-after"]) <= 210 for answer in refused)
    assert "wait" in refused[0].text


@pytest.mark.parametrize("environment", [SLOW])
@pytest.mark.usefixtures("ada")
async def test_the_spelling_of_an_address_does_not_buy_more_guesses(as_client: ApiClient) -> None:
    spellings = ["ada@example.com", "ADA@example.com", "Ada@Example.com"] * 4
    answers = [await as_client.post(SIGN_IN, {**WRONG, "email": email}) for email in spellings]
    assert [answer.status_code for answer in answers].count(400) == 5


@pytest.mark.usefixtures("ada")
async def test_right_passwords_are_never_held_back(as_client: ApiClient, installation: Installation) -> None:
    for _ in range(12):
        assert (await as_client.post(SIGN_IN, ADA)).status_code == 200

    def read(session: Session) -> list[AttemptCounter]:
        return list(session.exec(select(AttemptCounter).where(~col(AttemptCounter.key).startswith("sign-up"))).all())

    (project,) = installation.db.call(read)
    assert project.free_at <= utc_now()


@pytest.mark.usefixtures("ada")
async def test_the_right_password_does_not_open_a_locked_account(
    as_client: ApiClient, installation: Installation
) -> None:
    tenancy = installation.tenancies.peek("internal", "main")
    assert tenancy is not None
    start = utc_now() - timedelta(minutes=1)
    for number in range(10):
        context = SignInContext(installation, tenancy, None, start + timedelta(seconds=3 * number))
        await limits.guess(context, account=ADA["email"])
    answer = await as_client.post(SIGN_IN, ADA)
    assert answer.status_code == 429
    assert 800 <= int(answer.headers["retry-after"]) <= 900


@pytest.mark.usefixtures("ada")
async def test_old_counters_are_forgotten_but_not_locks(as_client: ApiClient, installation: Installation) -> None:
    await as_client.post(SIGN_IN, WRONG)

    def count(session: Session) -> int:
        return len(session.exec(select(AttemptCounter)).all())

    installation.db.call(attempts.forget_old, now=utc_now() + timedelta(minutes=10))
    assert installation.db.call(count) == 1  # the account's failure still counts
    installation.db.call(attempts.forget_old, now=utc_now() + timedelta(minutes=16))
    assert installation.db.call(count) == 0


@pytest.mark.parametrize("environment", [{"HEXCLAVE_RATE_LIMITS": "off"}])
@pytest.mark.usefixtures("ada")
async def test_limits_can_be_switched_off_for_load_tests(as_client: ApiClient) -> None:
    answers = [await as_client.post(SIGN_IN, WRONG) for _ in range(8)]
    assert {answer.status_code for answer in answers} == {400}


def test_own_numbers_replace_the_defaults_one_by_one() -> None:
    limits = parse_rate_limits("account=3/10, lock=20/60")
    assert limits is not None
    assert (limits.account.count, limits.lock.count, limits.ip.count) == (3, 20, 60)


def test_a_limit_that_cannot_be_read_stops_the_start() -> None:
    with pytest.raises(SettingsError, match="HEXCLAVE_RATE_LIMITS"):
        load_settings({"HEXCLAVE_RATE_LIMITS": "account=0/10"})


@pytest.mark.parametrize(
    ("proxy", "peer", "headers", "counted"),
    [
        (TrustedProxy.NONE, "9.9.9.9", {"x-forwarded-for": "1.2.3.4"}, "9.9.9.9"),
        (TrustedProxy.NONE, "127.0.0.1", {"x-real-ip": "1.2.3.4"}, ""),
        (TrustedProxy.NONE, "10.0.0.7", {}, ""),
        (TrustedProxy.CLOUDFLARE, "9.9.9.9", {"cf-connecting-ip": "1.2.3.4"}, "1.2.3.4"),
        (TrustedProxy.CLOUDFLARE, "9.9.9.9", {"x-forwarded-for": "1.2.3.4"}, "9.9.9.9"),
    ],
)
def test_tries_count_on_addresses_that_visitors_cannot_choose(
    proxy: TrustedProxy, peer: str, headers: dict[str, str], counted: str
) -> None:
    assert counted_address(headers, proxy, peer) == counted
