"""Everything that a visitor can repeat is limited; known and unknown accounts cost the same work."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import argon2
import httpx
import pytest
from sqlalchemy import event
from sqlmodel import Session, select

from hexclave_app.installation import Installation
from models import CliAuthAttempt, VerificationCode
from tests.support.clients import ApiClient, known_error
from tests.support.configs import configure
from tests.support.mailbox import code_count, mails

ADA = {"email": "ada@example.com", "password": "correct horse"}
PAGE = "http://localhost:3000/handler"
PROXIED = {"HEXCLAVE_TRUSTED_PROXY": "cloudflare"}
FROM = {"cf-connecting-ip": "203.0.113.9"}


@pytest.fixture
def database_url(sqlite_only: str) -> str:
    return sqlite_only


@pytest.fixture
async def as_ada(as_client: ApiClient) -> ApiClient:
    tokens = (await as_client.post("/auth/password/sign-up", ADA)).json()
    return as_client.as_(access_token=tokens["access_token"])


def limited(*answers: httpx.Response) -> list[int]:
    """The statuses, after checking that refusals say how long to wait."""
    assert all(int(answer.headers["retry-after"]) >= 1 for answer in answers if answer.status_code == 429)
    return [answer.status_code for answer in answers]


class TestMails:
    @pytest.fixture
    def environment(self) -> dict[str, str]:
        return {"HEXCLAVE_RATE_LIMITS": "mail=2/1000"}

    @pytest.mark.parametrize("email", ["ada@example.com", "nobody@example.com"])
    async def test_reset_mails_to_one_address_are_limited_whether_it_has_an_account_or_not(
        self, as_client: ApiClient, as_ada: ApiClient, installation: Installation, email: str
    ) -> None:
        spellings = [email, email.upper(), email]
        answers = [
            await as_client.post("/auth/password/send-reset-code", {"email": spelling, "callback_url": PAGE})
            for spelling in spellings
        ]
        assert limited(*answers) == [200, 200, 429]
        assert len(mails(installation)) == (2 if email == ADA["email"] else 0)

    async def test_sign_up_and_verification_mails_count(self, as_client: ApiClient, installation: Installation) -> None:
        account = {**ADA, "verification_callback_url": PAGE}
        tokens = (await as_client.post("/auth/password/sign-up", account)).json()
        as_ada = as_client.as_(access_token=tokens["access_token"])
        body = {"email": ADA["email"], "callback_url": PAGE}
        answers = [await as_ada.post("/contact-channels/send-verification-code", body) for _ in range(3)]
        assert limited(*answers) == [200, 200, 429]
        assert len(mails(installation)) == 3
        repeated = [await as_client.post("/auth/password/sign-up", account) for _ in range(3)]
        assert limited(*repeated) == [409, 429, 429]

    async def test_servers_are_trusted_with_mails(self, as_server: ApiClient, as_ada: ApiClient) -> None:
        body = {"email": ADA["email"], "callback_url": PAGE}
        assert {(await as_server.post("/auth/password/send-reset-code", body)).status_code for _ in range(3)} == {200}


@pytest.mark.parametrize("environment", [{**PROXIED, "HEXCLAVE_RATE_LIMITS": "mail_ip=2/1000"}])
async def test_mails_to_many_addresses_are_limited_by_where_they_are_asked_for(
    as_client: ApiClient, environment: dict[str, str]
) -> None:
    async def send(number: int, headers: dict[str, str]) -> httpx.Response:
        body = {"email": f"{number}@example.com", "callback_url": PAGE}
        return await as_client.post("/auth/password/send-reset-code", body, headers=headers)

    assert limited(*[await send(number, FROM) for number in range(3)]) == [200, 200, 429]
    assert (await send(9, {"cf-connecting-ip": "203.0.113.10"})).status_code == 200


@pytest.mark.parametrize("environment", [{**PROXIED, "HEXCLAVE_RATE_LIMITS": "sign_up_ip=2/1000"}])
async def test_one_address_opens_few_accounts_anonymous_or_not(as_client: ApiClient, as_server: ApiClient) -> None:
    answers = [await as_client.post("/auth/anonymous/sign-up", headers=FROM) for _ in range(2)]
    answers.append(await as_client.post("/auth/password/sign-up", ADA, headers=FROM))
    assert limited(*answers) == [200, 200, 429]
    assert (await as_server.post("/auth/anonymous/sign-up", headers=FROM)).status_code == 200


@pytest.mark.parametrize("environment", [{"HEXCLAVE_RATE_LIMITS": "account=2/1000"}])
async def test_who_took_over_a_session_cannot_guess_the_password_by_changing_it(as_ada: ApiClient) -> None:
    change = {"old_password": "wrong horse", "new_password": "another horse"}
    answers = [await as_ada.post("/auth/password/update", change) for _ in range(3)]
    assert limited(*answers) == [400, 400, 429]
    assert (await as_ada.post("/auth/password/update", {**change, "old_password": ADA["password"]})).status_code == 429


@pytest.mark.parametrize("environment", [{"HEXCLAVE_RATE_LIMITS": "account=1/1000"}])
async def test_right_old_passwords_are_not_held_back(as_ada: ApiClient) -> None:
    change = {"old_password": ADA["password"], "new_password": "another horse"}
    assert (await as_ada.post("/auth/password/update", change)).status_code == 200
    back = {"old_password": "another horse", "new_password": "third horse"}
    assert (await as_ada.post("/auth/password/update", back)).status_code == 200


@pytest.mark.parametrize("environment", [{"HEXCLAVE_RATE_LIMITS": "poll=2/1000"}])
async def test_a_command_line_that_polls_too_fast_has_to_wait_but_not_the_one_that_is_done(
    as_client: ApiClient, as_ada: ApiClient
) -> None:
    started = (await as_client.post("/auth/cli")).json()
    body = {"polling_code": started["polling_code"]}
    assert limited(*[await as_client.post("/auth/cli/poll", body) for _ in range(3)]) == [200, 200, 429]
    tokens = (await as_client.post("/auth/password/sign-in", ADA)).json()
    done = {"login_code": started["login_code"], "refresh_token": tokens["refresh_token"]}
    assert (await as_client.post("/auth/cli/complete", done)).status_code == 200
    assert (await as_client.post("/auth/cli/poll", body)).status_code == 201


@pytest.mark.parametrize("environment", [{**PROXIED, "HEXCLAVE_RATE_LIMITS": "ip=2/1000"}])
async def test_guesses_at_polling_codes_and_second_factors_count_on_the_address(
    as_client: ApiClient, as_server: ApiClient
) -> None:
    guess = {"polling_code": "0" * 45}
    answers = [await as_client.post("/auth/cli/poll", guess, headers=FROM) for _ in range(3)]
    assert limited(*answers) == [400, 400, 429]
    totp = {"type": "totp", "totp": "123456", "code": "0" * 45}
    assert (await as_client.post("/auth/mfa/sign-in", totp, headers=FROM)).status_code == 429
    assert (await as_server.post("/auth/mfa/sign-in", totp, headers=FROM)).status_code == 404


@pytest.mark.parametrize("environment", [{**PROXIED, "HEXCLAVE_RATE_LIMITS": "ip=2/1000"}])
@pytest.mark.parametrize("path", ["/auth/cli", "/auth/passkey/initiate-passkey-authentication"])
async def test_what_anybody_can_begin_counts_on_the_address(
    installation: Installation, as_client: ApiClient, as_server: ApiClient, path: str
) -> None:
    """Each beginning is a row, which nobody has to finish."""
    configure(installation, "internal", {"auth.passkey.allowSignIn": True})
    rows = VerificationCode if "passkey" in path else CliAuthAttempt

    def count(session: Session) -> int:
        return len(session.exec(select(rows)).all())

    assert limited(*[await as_client.post(path, headers=FROM) for _ in range(4)]) == [200, 200, 429, 429]
    assert installation.db.call(count) == 2
    assert (await as_client.post(path, headers={"cf-connecting-ip": "203.0.113.10"})).status_code == 200
    assert {(await as_server.post(path, headers=FROM)).status_code for _ in range(3)} == {200}


@contextmanager
def watched(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter[str]]:
    """Counts hashes and SQL statements by their text."""
    work: Counter[str] = Counter()
    verify = argon2.PasswordHasher.verify

    def counted(self: argon2.PasswordHasher, *arguments: str | bytes) -> bool:
        work["hash"] += 1
        return verify(self, *arguments)

    def statement(_connection: object, _cursor: object, text: str, *_rest: object) -> None:
        work[text] += 1

    monkeypatch.setattr(argon2.PasswordHasher, "verify", counted)
    engines = {installation.db.engine, installation.db._inline_engine}
    for engine in engines:
        event.listen(engine, "before_cursor_execute", statement)
    yield work
    for engine in engines:
        event.remove(engine, "before_cursor_execute", statement)
    monkeypatch.undo()


async def test_signing_in_does_the_same_work_for_known_and_unknown_accounts(
    as_client: ApiClient, as_server: ApiClient, installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    await as_client.post("/auth/password/sign-up", ADA)
    without = {"primary_email": "ben@example.com", "primary_email_auth_enabled": True}
    assert (await as_server.post("/users", without)).status_code == 201
    works = []
    for email in ("ada@example.com", "ben@example.com", "nobody@example.com", "nobody-else@example.com"):
        with watched(installation, monkeypatch) as work:
            answer = await as_client.post("/auth/password/sign-in", {"email": email, "password": "wrong horse"})
        assert known_error(answer) == "EMAIL_PASSWORD_MISMATCH"
        assert work["hash"] == 1
        works.append(work)
    assert works[0] == works[1] == works[2] == works[3]


async def test_a_reset_for_nobody_writes_nothing_and_answers_the_same(
    as_client: ApiClient, installation: Installation
) -> None:
    await as_client.post("/auth/password/sign-up", ADA)
    answers = [
        await as_client.post("/auth/password/send-reset-code", {"email": email, "callback_url": PAGE})
        for email in ("ada@example.com", "nobody@example.com")
    ]
    assert (answers[0].status_code, answers[0].content) == (answers[1].status_code, answers[1].content)
    assert (code_count(installation), len(mails(installation))) == (1, 1)
