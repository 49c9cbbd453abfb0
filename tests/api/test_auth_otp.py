"""Signing in with mailed codes and links over HTTP."""

import httpx
import pytest

from hexclave_app.installation import Installation
from tests.support.clients import ApiClient, known_error
from tests.support.configs import configure
from tests.support.mailbox import code_count, events, expire_codes, last_mail, mails, session_count
from tests.support.projects import TestProject, as_server, create_project
from tests.support.projects import as_client as client_of
from tests.support.races import at_once, statuses

EMAIL, PASSWORD = "ada@example.org", "correct horse"
CALLBACK = "http://localhost:3000/handler/magic-link-callback"
SEND, SIGN_IN, CHECK = "/auth/otp/send-sign-in-code", "/auth/otp/sign-in", "/auth/otp/sign-in/check-code"


@pytest.fixture
def project(installation: Installation) -> TestProject:
    """A project where people sign in by mailed code or password."""
    created = create_project(installation)
    configure(installation, created.id, {"auth.otp.allowSignIn": True, "auth.password.allowSignIn": True})
    return created


@pytest.fixture
def visitor(client: ApiClient, project: TestProject) -> ApiClient:
    """Somebody who is not signed in."""
    return client_of(client, project).as_(allow_anonymous_user="true")


@pytest.fixture
def backend(client: ApiClient, project: TestProject) -> ApiClient:
    """The project's own server."""
    return as_server(client, project)


async def send(visitor: ApiClient, email: str = EMAIL, callback: str = CALLBACK) -> httpx.Response:
    return await visitor.post(SEND, {"email": email, "callback_url": callback})


async def send_and_read(visitor: ApiClient, installation: Installation, email: str = EMAIL) -> str:
    """Ask for a sign-in mail; the typed code of the mail with the nonce of the answer."""
    nonce: str = (await send(visitor, email)).json()["nonce"]
    return last_mail(installation).variables["otp"] + nonce


async def create_user(backend: ApiClient, *, verified: bool = True, **fields: object) -> str:
    """Ada's account, made by the server."""
    body = {"primary_email": EMAIL, "primary_email_auth_enabled": True, "primary_email_verified": verified, **fields}
    user_id: str = (await backend.post("/users", body)).json()["id"]
    return user_id


async def test_the_mail_has_link_and_code_and_the_answer_only_the_nonce(
    visitor: ApiClient, installation: Installation
) -> None:
    response = await send(visitor)
    assert response.status_code == 200
    mail = last_mail(installation)
    assert (mail.kind, mail.recipient, mail.user_id) == ("magic_link", EMAIL, None)
    assert mail.variables["magicLink"] == f"{CALLBACK}?code={mail.code}"
    assert mail.variables["otp"] == mail.code[:6].upper()
    assert response.json() == {"nonce": mail.code[6:]}
    assert events(installation) == []


async def test_a_code_makes_a_verified_account_at_its_first_use(visitor: ApiClient, installation: Installation) -> None:
    response = await visitor.post(SIGN_IN, {"code": await send_and_read(visitor, installation, "Ada@Example.org")})
    body = response.json()
    assert response.status_code == 200
    assert set(body) == {"access_token", "refresh_token", "is_new_user", "user_id"}
    assert body["is_new_user"] is True
    own = (await visitor.as_(access_token=body["access_token"]).get("/users/me")).json()
    assert (own["primary_email"], own["primary_email_verified"]) == (EMAIL, True)
    assert (own["otp_auth_enabled"], own["has_password"]) == (True, False)
    assert list(events(installation)) == ["user.created"]


async def test_the_next_code_opens_the_same_account(visitor: ApiClient, installation: Installation) -> None:
    first = (await visitor.post(SIGN_IN, {"code": await send_and_read(visitor, installation)})).json()
    again = (await visitor.post(SIGN_IN, {"code": await send_and_read(visitor, installation)})).json()
    assert (again["user_id"], again["is_new_user"]) == (first["user_id"], False)
    assert session_count(installation) == 2
    assert list(events(installation)) == ["user.created"]


async def test_sending_adds_the_method_to_an_account_with_a_verified_address(
    visitor: ApiClient, backend: ApiClient, installation: Installation
) -> None:
    user_id = await create_user(backend, password=PASSWORD)
    code = await send_and_read(visitor, installation)
    assert (await backend.get(f"/users/{user_id}")).json()["otp_auth_enabled"] is True
    signed_in = (await visitor.post(SIGN_IN, {"code": code})).json()
    assert (signed_in["user_id"], signed_in["is_new_user"]) == (user_id, False)


async def test_an_address_registered_but_not_verified_gets_no_code(
    visitor: ApiClient, installation: Installation
) -> None:
    await visitor.post("/auth/password/sign-up", {"email": EMAIL, "password": PASSWORD})  # the attacker's account
    refused = await send(visitor)
    assert (refused.status_code, known_error(refused)) == (409, "USER_EMAIL_ALREADY_EXISTS")
    assert refused.json()["details"] == {"email": EMAIL, "would_work_if_email_was_verified": True}
    assert mails(installation) == []


async def test_an_account_made_after_the_mail_does_not_get_its_reader(
    visitor: ApiClient, installation: Installation
) -> None:
    code = await send_and_read(visitor, installation)
    await visitor.post("/auth/password/sign-up", {"email": EMAIL, "password": PASSWORD})
    refused = await visitor.post(SIGN_IN, {"code": code})
    assert (refused.status_code, known_error(refused)) == (409, "USER_EMAIL_ALREADY_EXISTS")
    assert session_count(installation) == 1
    assert known_error(await visitor.post(SIGN_IN, {"code": code})) == "VERIFICATION_CODE_ALREADY_USED"


async def test_closed_projects_send_codes_to_known_people_only(
    visitor: ApiClient, backend: ApiClient, installation: Installation, project: TestProject
) -> None:
    code = await send_and_read(visitor, installation, "early@example.org")
    configure(installation, project.id, {"auth.allowSignUp": False})
    assert known_error(await send(visitor)) == "SIGN_UP_NOT_ENABLED"
    assert known_error(await visitor.post(SIGN_IN, {"code": code})) == "SIGN_UP_NOT_ENABLED"
    await create_user(backend)
    known = await visitor.post(SIGN_IN, {"code": await send_and_read(visitor, installation)})
    assert known.json()["is_new_user"] is False


async def test_disabled_codes_are_refused_in_plain_words(
    visitor: ApiClient, installation: Installation, project: TestProject
) -> None:
    code = await send_and_read(visitor, installation)
    configure(installation, project.id, {"auth.otp.allowSignIn": False})
    for response in (await send(visitor), await visitor.post(SIGN_IN, {"code": code})):
        assert (response.status_code, known_error(response)) == (403, None)
    assert code_count(installation) == 1


async def test_an_untrusted_callback_sends_nothing(visitor: ApiClient, installation: Installation) -> None:
    refused = await send(visitor, callback="https://evil.example/steal")
    assert known_error(refused) == "REDIRECT_URL_NOT_WHITELISTED"
    assert (mails(installation), code_count(installation)) == ([], 0)


async def test_checking_uses_nothing_up_and_makes_nobody(visitor: ApiClient, installation: Installation) -> None:
    code = await send_and_read(visitor, installation)
    checked = await visitor.post(CHECK, {"code": code})
    assert (checked.status_code, checked.json()) == (200, {"is_code_valid": True})
    assert list(events(installation)) == []
    assert (await visitor.post(SIGN_IN, {"code": code})).status_code == 200
    assert known_error(await visitor.post(CHECK, {"code": code})) == "VERIFICATION_CODE_ALREADY_USED"


async def test_an_expired_code_is_refused(visitor: ApiClient, installation: Installation) -> None:
    code = await send_and_read(visitor, installation)
    expire_codes(installation)
    assert known_error(await visitor.post(SIGN_IN, {"code": code})) == "VERIFICATION_CODE_EXPIRED"


async def test_of_two_readers_of_a_mail_exactly_one_gets_in(visitor: ApiClient, installation: Installation) -> None:
    code = await send_and_read(visitor, installation)
    answers = await at_once([visitor.post(SIGN_IN, {"code": code}) for _ in range(4)])
    assert statuses(answers) == [200, 409, 409, 409]
    assert session_count(installation) == 1


async def test_two_mails_to_a_new_address_redeemed_at_once_make_one_account(
    visitor: ApiClient, installation: Installation
) -> None:
    codes = [await send_and_read(visitor, installation) for _ in range(3)]
    answers = await at_once([visitor.post(SIGN_IN, {"code": code}) for code in codes])
    assert {answer.status_code for answer in answers} <= {200, 409}
    assert len({answer.json()["user_id"] for answer in answers if answer.status_code == 200}) == 1
    assert list(events(installation)) == ["user.created"]


async def test_twenty_guesses_with_the_nonce_kill_the_code(visitor: ApiClient, installation: Installation) -> None:
    code = await send_and_read(visitor, installation)
    wrong = ("1" if code[0] == "0" else "0") + code[1:]
    guesses = await at_once([visitor.post(SIGN_IN, {"code": wrong}) for _ in range(20)])
    assert {known_error(guess) for guess in guesses} == {"VERIFICATION_CODE_NOT_FOUND"}
    assert known_error(await visitor.post(SIGN_IN, {"code": code})) == "VERIFICATION_CODE_MAX_ATTEMPTS_REACHED"


async def test_a_second_factor_is_asked_for_and_remembers_the_new_user(
    visitor: ApiClient, backend: ApiClient, installation: Installation
) -> None:
    await create_user(backend, totp_secret_base64="c2VjcmV0LXNlY3JldC1zZWNyZXQ=")
    code = await send_and_read(visitor, installation)
    asked = await visitor.post(SIGN_IN, {"code": code})
    assert (asked.status_code, known_error(asked)) == (400, "MULTI_FACTOR_AUTHENTICATION_REQUIRED")
    assert session_count(installation) == 0
    assert known_error(await visitor.post(SIGN_IN, {"code": code})) == "VERIFICATION_CODE_ALREADY_USED"
    attempt = asked.json()["details"]["attempt_code"]
    assert known_error(await visitor.post(SIGN_IN, {"code": attempt})) == "VERIFICATION_CODE_NOT_FOUND"


async def test_the_country_is_that_of_the_request_for_the_mail(
    visitor: ApiClient, backend: ApiClient, installation: Installation
) -> None:
    browser = {"user-agent": "Mozilla/5.0", "x-real-ip": "192.0.2.1", "x-vercel-ip-country": "NZ"}
    await visitor.post(SEND, {"email": EMAIL, "callback_url": CALLBACK}, headers=browser)
    signed_in = (await visitor.post(SIGN_IN, {"code": last_mail(installation).code})).json()
    assert (await backend.get(f"/users/{signed_in['user_id']}")).json()["country_code"] == "NZ"


async def test_an_anonymous_visitor_becomes_real_and_keeps_sessions(
    visitor: ApiClient, installation: Installation
) -> None:
    anonymous = (await visitor.post("/auth/anonymous/sign-up")).json()
    as_anonymous = visitor.as_(access_token=anonymous["access_token"])
    signed_in = (await as_anonymous.post(SIGN_IN, {"code": await send_and_read(visitor, installation)})).json()
    assert (signed_in["user_id"], signed_in["is_new_user"]) == (anonymous["user_id"], True)
    own = (await visitor.as_(access_token=signed_in["access_token"]).get("/users/me")).json()
    assert (own["is_anonymous"], own["primary_email_verified"]) == (False, True)
    assert list(events(installation)) == ["user.created", "user.updated"]
    refreshed = await visitor.as_(refresh_token=anonymous["refresh_token"]).post("/auth/sessions/current/refresh")
    assert refreshed.status_code == 200


async def test_an_anonymous_visitor_who_has_an_account_is_left_behind(
    visitor: ApiClient, backend: ApiClient, installation: Installation
) -> None:
    user_id = await create_user(backend)
    anonymous = (await visitor.post("/auth/anonymous/sign-up")).json()
    as_anonymous = visitor.as_(access_token=anonymous["access_token"])
    signed_in = (await as_anonymous.post(SIGN_IN, {"code": await send_and_read(visitor, installation)})).json()
    assert (signed_in["user_id"], signed_in["is_new_user"]) == (user_id, False)
    assert (await as_anonymous.get("/users/me")).json()["is_anonymous"] is True


async def test_a_code_of_one_project_is_unknown_in_another(
    client: ApiClient, visitor: ApiClient, installation: Installation
) -> None:
    other = create_project(installation, name="Other")
    configure(installation, other.id, {"auth.otp.allowSignIn": True})
    code = await send_and_read(visitor, installation)
    elsewhere = await client_of(client, other).post(SIGN_IN, {"code": code})
    assert known_error(elsewhere) == "VERIFICATION_CODE_NOT_FOUND"
    assert (await visitor.post(SIGN_IN, {"code": code})).status_code == 200
