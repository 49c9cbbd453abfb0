"""Password sign-up and sign-in over HTTP."""

from sqlmodel import Session, select

from hexclave_app.installation import Installation
from models import EmailOutbox, User, UserSession, VerificationCode, WebhookEvent
from tests.support.clients import ApiClient, known_error

ADA = {"email": "Ada@Example.org", "password": "correct horse"}


def _events(installation: Installation) -> list[str]:
    def read(session: Session) -> list[str]:
        return sorted(session.exec(select(WebhookEvent.type)).all())

    return installation.db.call(read)


async def test_sign_up_creates_a_user_with_a_session(as_client: ApiClient, installation: Installation) -> None:
    response = await as_client.post("/auth/password/sign-up", ADA)
    assert response.status_code == 200
    body = response.json()
    assert set(body) == {"access_token", "refresh_token", "user_id"}
    own = await as_client.as_(access_token=body["access_token"]).get("/users/me")
    assert own.json()["id"] == body["user_id"]
    assert own.json()["primary_email"] == "ada@example.org"
    assert own.json()["selected_team"]["display_name"] == "ada@example.org's Team"
    assert _events(installation) == [
        "team.created", "team_membership.created", "team_permission.created", "user.created",
    ]  # fmt: skip


async def test_passwords_and_refresh_tokens_are_stored_as_hashes_only(
    as_client: ApiClient, installation: Installation
) -> None:
    body = (await as_client.post("/auth/password/sign-up", ADA)).json()

    def read(session: Session) -> tuple[str | None, str]:
        return session.exec(select(User.password_hash)).one(), session.exec(
            select(UserSession.refresh_token_hash)
        ).one()

    password_hash, token_hash = installation.db.call(read)
    assert password_hash is not None
    assert password_hash.startswith("$argon2id$")
    assert body["refresh_token"] not in token_hash


async def test_sign_in_accepts_the_right_password_only(as_client: ApiClient) -> None:
    await as_client.post("/auth/password/sign-up", ADA)
    good = await as_client.post("/auth/password/sign-in", {**ADA, "email": "ada@example.org"})
    assert good.status_code == 200
    for wrong in ({**ADA, "password": "wrong horse"}, {**ADA, "email": "ben@example.org"}):
        refused = await as_client.post("/auth/password/sign-in", wrong)
        assert (refused.status_code, known_error(refused)) == (400, "EMAIL_PASSWORD_MISMATCH")


async def test_one_address_signs_up_once(as_client: ApiClient) -> None:
    await as_client.post("/auth/password/sign-up", ADA)
    again = await as_client.post("/auth/password/sign-up", {**ADA, "email": "ada@example.org"})
    assert (again.status_code, known_error(again)) == (409, "USER_EMAIL_ALREADY_EXISTS")
    assert again.json()["details"] == {"email": "ada@example.org", "would_work_if_email_was_verified": False}


async def test_short_passwords_are_refused(as_client: ApiClient) -> None:
    response = await as_client.post("/auth/password/sign-up", {**ADA, "password": "short"})
    assert known_error(response) == "PASSWORD_TOO_SHORT"
    assert response.json()["details"] == {"min_length": 8}


async def test_a_callback_url_queues_a_sealed_verification_mail(
    as_client: ApiClient, installation: Installation
) -> None:
    callback = "http://localhost:3000/handler/email-verification"
    await as_client.post("/auth/password/sign-up", {**ADA, "verification_callback_url": callback})

    def read(session: Session) -> tuple[EmailOutbox, VerificationCode]:
        return session.exec(select(EmailOutbox)).one(), session.exec(select(VerificationCode)).one()

    mail, code = installation.db.call(read)
    assert (mail.recipient_emails, mail.skip_deliverability_check) == (["ada@example.org"], False)
    assert callback.encode() not in mail.variables_sealed
    assert code.type == "CONTACT_CHANNEL_VERIFICATION"


async def test_an_untrusted_callback_url_stops_the_sign_up(as_client: ApiClient, installation: Installation) -> None:
    response = await as_client.post(
        "/auth/password/sign-up", {**ADA, "verification_callback_url": "https://evil.example/verify"}
    )
    assert known_error(response) == "REDIRECT_URL_NOT_WHITELISTED"
    assert _events(installation) == []


async def test_a_user_with_totp_gets_an_attempt_code_instead_of_tokens(
    as_client: ApiClient, as_server: ApiClient
) -> None:
    user_id = (await as_client.post("/auth/password/sign-up", ADA)).json()["user_id"]
    await as_server.patch(f"/users/{user_id}", {"totp_secret_base64": "c2VjcmV0LXNlY3JldC1zZWNyZXQ="})
    response = await as_client.post("/auth/password/sign-in", {**ADA, "email": "ada@example.org"})
    assert known_error(response) == "MULTI_FACTOR_AUTHENTICATION_REQUIRED"
    assert len(response.json()["details"]["attempt_code"]) == 45
