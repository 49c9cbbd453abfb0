"""Random lives of accounts against an independent model: no session without its proof, no way into others' accounts."""

import asyncio
import base64
import hashlib
import json
import os
import shutil
import uuid
from collections.abc import Coroutine, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import httpx
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from hexclave_app.api import create_api
from hexclave_app.gateways.oauth.profiles import Profile
from hexclave_app.installation import Installation
from hexclave_app.services import internal_project, password_changes
from hexclave_app.services.oauth import exchange
from hexclave_app.services.oauth.accounts import Identity
from hexclave_app.services.oauth.exchange import Grant
from hexclave_app.services.oauth.flows import FlowType
from hexclave_app.services.sessions import SignInContext
from hexclave_app.settings import load_settings
from models.base import utc_now
from tests.support.auth_model import MFA, PLAIN_400, Account, Code, Model, Outcome
from tests.support.clients import ApiClient, known_error
from tests.support.configs import configure
from tests.support.mailbox import mails
from tests.support.oidc import APP_URL, CONFIG
from tests.support.projects import as_client, as_server, create_project

PAGE = "https://app.example.com/handler/page"
VERIFIER = "v" * 50
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
SECRET = base64.b64encode(b"12345678901234567890").decode()
WRONG_CODE = "0000-0000-0000-0000"

RUNS = int(os.environ.get("RANDOM_RUNS") or 45)
"""`RANDOM_RUNS=500` looks for what the fixed runs do not find."""
T = TypeVar("T")
emails = st.sampled_from(["ada@example.com", "ben@example.com"])  # few, so that people meet
passwords = st.sampled_from(["first quiet lamp", "second quiet lamp", "third quiet lamp"])
picks = st.integers(0, 30)


class World:
    """One installation for all runs; each run has a project of its own."""

    def __init__(self, folder: Path) -> None:
        environment = {
            "HEXCLAVE_DATABASE_URL": f"sqlite:///{folder / 'test.db'}",
            "HEXCLAVE_DATA_DIR": str(folder / "data"),
        }
        loaded = load_settings({**environment, "HEXCLAVE_RATE_LIMITS": "off"})
        self.installation = Installation(loaded)
        self.installation.db.call(internal_project.ensure, settings=loaded)
        self.client = ApiClient(create_api(self.installation))
        self.runner = asyncio.Runner()
        self._seen: set[str] = set()

    def new_code(self) -> str:
        """The code of the one mail that was queued since the last question."""
        codes = {mail.code for mail in mails(self.installation)}
        (code,) = codes - self._seen
        self._seen = codes
        return code

    def close(self) -> None:
        self.runner.close()
        self.installation.close()


def machine_of(world: World) -> type[RuleBasedStateMachine]:
    """The machine's class; it needs the world before it is made."""

    class Machine(AuthMachine):
        def __init__(self) -> None:
            super().__init__(world)

    return Machine


class AuthMachine(RuleBasedStateMachine):
    """Any number of people do anything in any order, with everything that was ever handed out."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self.world, self.model = world, Model()
        self.project = create_project(world.installation)
        enabled: dict[str, Any] = {**CONFIG, "auth.otp.allowSignIn": True}
        configure(world.installation, self.project.id, enabled)
        self.client = as_client(world.client, self.project).as_(allow_anonymous_user="true")
        self.tokens: list[tuple[str, Account]] = []
        self.sign_in_codes: list[Code] = []
        self.reset_codes: list[Code] = []
        self.verification_codes: list[Code] = []
        self.attempts: list[Code] = []
        self.recovery: list[str] = [WRONG_CODE]

    # Everything that opens a session.

    @rule(email=emails, password=passwords, pick=picks)
    def sign_up(self, email: str, password: str, pick: int) -> None:
        client, visitor = self._somebody(pick)
        expected = self.model.sign_up(email, password, self.model.visitor(visitor))
        self._check(client.post("/auth/password/sign-up", {"email": email, "password": password}), expected)

    @rule()
    def sign_up_anonymously(self) -> None:
        account = Account(is_anonymous=True)
        self.model.accounts.append(account)
        self._check(self.client.post("/auth/anonymous/sign-up"), account)

    @rule(email=emails, password=passwords)
    def sign_in(self, email: str, password: str) -> None:
        expected = self.model.sign_in(email, password)
        body = {"email": email, "password": password}
        self._check(self.client.post("/auth/password/sign-in", body), expected, of=self.model.owner(email))

    @precondition(lambda self: self.sign_in_codes)
    @rule(pick=picks, who=picks)
    def redeem_sign_in_code(self, pick: int, who: int) -> None:
        code = _pick(self.sign_in_codes, pick)
        client, visitor = self._somebody(who)
        expected = self.model.redeem_sign_in(code, self.model.visitor(visitor))
        owner = self.model.owner(code.email)
        self._check(client.post("/auth/otp/sign-in", {"code": code.text}), expected, of=owner)

    @rule(email=emails, is_verified=st.booleans(), pick=picks)
    def sign_in_with_provider(self, email: str, is_verified: bool, pick: int) -> None:
        _, visitor = self._somebody(pick)
        visitor = self.model.visitor(visitor)
        expected = self.model.provider_signs_in(email, is_verified=is_verified, visitor=visitor)
        owner = self.model.signs_in_with(email)
        self._exchange(email, expected, is_verified=is_verified, beginner=visitor, of=owner)

    @precondition(lambda self: self.tokens)
    @rule(email=emails, pick=picks)
    def link_provider(self, email: str, pick: int) -> None:
        _, account = self._signed_in(pick)
        if account is not None and not account.is_anonymous:
            expected = self.model.provider_links(account, email)
            self._exchange(email, expected, is_verified=True, beginner=account, type=FlowType.LINK, of=account)

    @precondition(lambda self: self.attempts)
    @rule(pick=picks, which=picks)
    def finish_with_second_factor(self, pick: int, which: int) -> None:
        attempt, typed = _pick(self.attempts, pick), _pick(self.recovery, which)
        expected = self.model.finish(attempt, typed)
        body = {"type": "totp", "totp": typed, "code": attempt.text}
        self._check(self.client.post("/auth/mfa/sign-in", body), expected)

    # What makes or breaks proofs.

    @rule(email=emails)
    def send_sign_in_code(self, email: str) -> None:
        answer = self._run(self.client.post("/auth/otp/send-sign-in-code", {"email": email, "callback_url": PAGE}))
        assert (answer.status_code == 200) is self.model.can_send_code(email)
        if answer.status_code == 200:
            self.sign_in_codes.append(Code(self.world.new_code(), email))

    @rule(email=emails)
    def send_reset_code(self, email: str) -> None:
        owner = self.model.owner(email)
        if owner is not None:  # the wait that hides whether there is one takes too long for this test otherwise
            queue = password_changes._queue_reset
            self.world.installation.db.call(queue, self._context(), email=email, callback_url=PAGE)
            if self.model.can_reset(email):  # else no mail: the next one would be found not to be alone
                self.reset_codes.append(Code(self.world.new_code(), email, owner))

    @precondition(lambda self: self.reset_codes)
    @rule(pick=picks, password=passwords)
    def reset_password(self, pick: int, password: str) -> None:
        code = _pick(self.reset_codes, pick)
        expected = self.model.redeem_reset(code, password)
        self._check_error(self.client.post("/auth/password/reset", {"code": code.text, "password": password}), expected)

    @precondition(lambda self: self.tokens)
    @rule(email=emails, pick=picks)
    def claim_address(self, email: str, pick: int) -> None:
        client, account = self._signed_in(pick)
        if account is not None and not account.is_anonymous:
            body = {"user_id": "me", "value": email, "type": "email", "used_for_auth": True}
            self._check_error(client.post("/contact-channels", body), self.model.add_address(account, email))

    @precondition(lambda self: self.tokens)
    @rule(email=emails, pick=picks)
    def give_up_address(self, email: str, pick: int) -> None:
        client, account = self._signed_in(pick)
        if account is not None and account.channels.pop(email, None) is not None:
            self._check_error(client.delete(f"/contact-channels/me/{self._channel_id(client, email)}"), None)

    @precondition(lambda self: self.tokens)
    @rule(email=emails, pick=picks)
    def ask_for_verification(self, email: str, pick: int) -> None:
        client, account = self._signed_in(pick)
        if account is not None and email in account.channels and not account.channels[email].is_verified:
            path = f"/contact-channels/me/{self._channel_id(client, email)}/send-verification-code"
            self._check_error(client.post(path, {"callback_url": PAGE}), None)
            self.verification_codes.append(Code(self.world.new_code(), email, account))

    @precondition(lambda self: self.verification_codes)
    @rule(pick=picks)
    def verify(self, pick: int) -> None:
        code = _pick(self.verification_codes, pick)
        expected = self.model.redeem_verification(code)
        self._check_error(self.client.post("/contact-channels/verify", {"code": code.text}), expected)

    @precondition(lambda self: self.tokens)
    @rule(pick=picks, old=passwords, new=passwords)
    def change_password(self, pick: int, old: str, new: str) -> None:
        client, account = self._signed_in(pick)
        if account is not None:
            token = str(client.headers["x-hexclave-refresh-token"])
            expected = self.model.change_password(account, token, old, new)
            body = {"old_password": old, "new_password": new}
            self._check_error(client.post("/auth/password/update", body), expected)

    @precondition(lambda self: self.tokens)
    @rule(pick=picks, on=st.booleans())
    def change_second_factor(self, pick: int, on: bool) -> None:
        client, account = self._signed_in(pick)
        if account is None or account.is_anonymous:
            return
        self._check_error(client.patch("/users/me", {"totp_secret_base64": SECRET if on else None}), None)
        account.has_totp, account.recovery = on, set()
        if on:
            codes = self._run(client.post("/auth/mfa/recovery-codes")).json()["codes"][:2]
            account.recovery = set(codes)
            self.recovery += codes

    @precondition(lambda self: self.tokens)
    @rule(pick=picks)
    def sign_out(self, pick: int) -> None:
        client, account = self._signed_in(pick)
        if account is not None:
            self._check_error(client.delete("/auth/sessions/current"), None)
            account.sessions.remove(client.headers["x-hexclave-refresh-token"])

    @precondition(lambda self: len(self.model.accounts) > 2)
    @rule(pick=picks)
    def delete_account(self, pick: int) -> None:
        account = _pick(self.model.accounts, pick)
        self._check_error(as_server(self.world.client, self.project).delete(f"/users/{account.id}"), None)
        self.model.delete(account)

    def teardown(self) -> None:
        """Every session ever handed out still opens its own account, or none."""
        for token, account in self.tokens:
            answer = self._refresh(token)
            assert (answer.status_code == 200) is (token in account.sessions)
            if answer.status_code == 200:
                assert _subject(answer.json()["access_token"]) == account.id
            else:
                assert known_error(answer) == "REFRESH_TOKEN_NOT_FOUND_OR_EXPIRED"

    # Asking and comparing.

    def _check(self, call: Coroutine[Any, Any, httpx.Response], expected: Outcome, of: Account | None = None) -> None:
        answer = self._run(call)
        if isinstance(expected, str):
            assert known_error(answer) == expected, answer.text
            if expected == MFA:
                self.attempts.append(Code(answer.json()["details"]["attempt_code"], account=of))
            return
        assert answer.status_code == 200, answer.text
        body = answer.json()
        user_id = _subject(body["access_token"])
        assert user_id == (expected.id or user_id)
        assert user_id not in {other.id for other in self.model.accounts if other is not expected}
        expected.id = user_id
        expected.sessions.add(body["refresh_token"])
        self.tokens.append((body["refresh_token"], expected))

    def _check_error(self, call: Coroutine[Any, Any, httpx.Response], expected: str | None) -> None:
        answer = self._run(call)
        if expected is None:
            assert answer.status_code in (200, 201), answer.text
        elif expected == PLAIN_400:
            assert (answer.status_code, known_error(answer)) == (400, None), answer.text
        else:
            assert known_error(answer) == expected, answer.text

    def _exchange(
        self,
        email: str,
        expected: Outcome,
        *,
        is_verified: bool,
        beginner: Account | None,
        of: Account | None,
        type: FlowType = FlowType.AUTHENTICATE,
    ) -> None:
        """The provider has proved who somebody is; the app exchanges its code."""
        profile = Profile(account_id=f"at-google-{email}", email=email, email_verified=is_verified)
        user_id = uuid.UUID(beginner.id) if beginner is not None else None
        identity = Identity(provider_id="google", profile=profile, type=type, user_id=user_id)
        grant = Grant(user_id=None, redirect_uri=APP_URL, code_challenge=CHALLENGE, identity=identity)
        code = self.world.installation.db.call(exchange.issue, self._context(), grant)
        form = {
            "grant_type": "authorization_code",
            "client_id": self.project.id,
            "client_secret": self.project.keys["publishable_client_key"],
            "code": code,
            "redirect_uri": APP_URL,
            "code_verifier": VERIFIER,
        }
        self._check(self.world.client.post("/auth/oauth/token", form), expected, of=of)

    def _context(self) -> SignInContext:
        tenancy = self.world.installation.db.call(self.world.installation.tenancies.find, self.project.id, "main")
        assert tenancy is not None
        return SignInContext(self.world.installation, tenancy, None, utc_now())

    def _somebody(self, pick: int) -> tuple[ApiClient, Account | None]:
        """Nobody, or somebody who is signed in."""
        return (self.client, None) if pick % 3 == 0 or not self.tokens else self._signed_in(pick)

    def _signed_in(self, pick: int) -> tuple[ApiClient, Account | None]:
        """A client with one of the sessions; no account when it has ended."""
        token, account = _pick(self.tokens, pick)
        answer = self._refresh(token)
        assert (answer.status_code == 200) is (token in account.sessions)
        if answer.status_code != 200:
            return self.client, None
        return self.client.as_(access_token=answer.json()["access_token"], refresh_token=token), account

    def _refresh(self, token: str) -> httpx.Response:
        return self._run(self.client.as_(refresh_token=token).post("/auth/sessions/current/refresh"))

    def _channel_id(self, client: ApiClient, email: str) -> str:
        items = self._run(client.get("/contact-channels", params={"user_id": "me"})).json()["items"]
        return next(str(item["id"]) for item in items if item["value"] == email)

    def _run(self, call: Coroutine[Any, Any, httpx.Response]) -> httpx.Response:
        return self.world.runner.run(call)


def _pick(things: Sequence[T], number: int) -> T:
    return things[number % len(things)]


def _subject(access_token: str) -> str:
    payload = access_token.split(".")[1]
    return str(json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))["sub"])


@pytest.fixture
def world(sqlite_template: Path, tmp_path: Path) -> Iterator[World]:
    shutil.copy(sqlite_template, tmp_path / "test.db")
    created = World(tmp_path)
    yield created
    created.close()


def test_no_way_to_a_session_without_its_proof_nor_to_the_account_of_somebody_else(world: World) -> None:
    run_state_machine_as_test(
        machine_of(world),
        settings=settings(
            max_examples=RUNS,
            phases=[Phase.generate],  # a failing run is short enough to read; making it shorter takes minutes
            derandomize=not os.environ.get("RANDOM_RUNS"),
            stateful_step_count=25,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
