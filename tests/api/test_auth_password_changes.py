"""Setting, changing and resetting passwords over HTTP."""

import httpx
import pytest

from hexclave_app.installation import Installation
from tests.support.clients import ApiClient, known_error
from tests.support.configs import configure
from tests.support.mailbox import code_count, events, expire_codes, last_mail, mails, session_count
from tests.support.projects import as_client as client_of
from tests.support.projects import create_project
from tests.support.races import at_once, statuses

EMAIL, OLD, NEW = "ada@example.org", "correct horse", "battery staple"
CALLBACK = "http://localhost:3000/handler/password-reset?from=mail&code=old"


@pytest.fixture
async def ada(as_client: ApiClient) -> dict[str, str]:
    """Ada's account: tokens and id."""
    body: dict[str, str] = (await as_client.post("/auth/password/sign-up", {"email": EMAIL, "password": OLD})).json()
    return body


@pytest.fixture
def as_ada(as_client: ApiClient, ada: dict[str, str]) -> ApiClient:
    """Ada in her browser."""
    return as_client.as_(access_token=ada["access_token"])


async def sign_in(client: ApiClient, password: str) -> httpx.Response:
    return await client.post("/auth/password/sign-in", {"email": EMAIL, "password": password})


async def request_reset(client: ApiClient, installation: Installation, email: str = EMAIL) -> str:
    """Ask for a reset mail; the code in it."""
    await client.post("/auth/password/send-reset-code", {"email": email, "callback_url": CALLBACK})
    return last_mail(installation).code


async def test_update_replaces_the_password_and_keeps_only_the_presented_session(
    as_client: ApiClient, as_ada: ApiClient, ada: dict[str, str]
) -> None:
    other = (await sign_in(as_client, OLD)).json()
    response = await as_ada.as_(refresh_token=ada["refresh_token"]).post(
        "/auth/password/update", {"old_password": OLD, "new_password": NEW}
    )
    assert (response.status_code, response.json()) == (200, {"success": True})
    assert known_error(await sign_in(as_client, OLD)) == "EMAIL_PASSWORD_MISMATCH"
    assert (await sign_in(as_client, NEW)).status_code == 200
    refresh = "/auth/sessions/current/refresh"
    assert (await as_client.as_(refresh_token=ada["refresh_token"]).post(refresh)).status_code == 200
    gone = await as_client.as_(refresh_token=other["refresh_token"]).post(refresh)
    assert known_error(gone) == "REFRESH_TOKEN_NOT_FOUND_OR_EXPIRED"


@pytest.mark.parametrize("refresh_token", [None, "unknown"])
async def test_update_without_a_session_to_keep_ends_all(
    as_ada: ApiClient, installation: Installation, refresh_token: str | None
) -> None:
    client = as_ada.as_(refresh_token=refresh_token)
    await client.post("/auth/password/update", {"old_password": OLD, "new_password": NEW})
    assert session_count(installation) == 0


async def test_update_does_not_keep_the_session_of_somebody_else(
    as_client: ApiClient, as_ada: ApiClient, installation: Installation
) -> None:
    ben = (await as_client.post("/auth/password/sign-up", {"email": "ben@example.org", "password": OLD})).json()
    client = as_ada.as_(refresh_token=ben["refresh_token"])
    await client.post("/auth/password/update", {"old_password": OLD, "new_password": NEW})
    assert session_count(installation) == 1  # Ben's own, which is none of Ada's business


async def test_update_wants_the_old_password_and_changes_nothing_without(
    as_client: ApiClient, as_ada: ApiClient, installation: Installation
) -> None:
    before = events(installation)
    response = await as_ada.post("/auth/password/update", {"old_password": "wrong horse", "new_password": NEW})
    assert (response.status_code, known_error(response)) == (400, "PASSWORD_CONFIRMATION_MISMATCH")
    assert (await sign_in(as_client, OLD)).status_code == 200
    assert events(installation) == before


async def test_the_new_password_is_judged_before_the_old_one(as_ada: ApiClient) -> None:
    response = await as_ada.post("/auth/password/update", {"old_password": "wrong horse", "new_password": "short"})
    assert known_error(response) == "PASSWORD_TOO_SHORT"


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/auth/password/set", {"password": NEW}),
        ("/auth/password/update", {"old_password": OLD, "new_password": NEW}),
    ],
)
async def test_set_and_update_need_a_user(as_client: ApiClient, path: str, body: dict[str, str]) -> None:
    assert known_error(await as_client.post(path, body)) == "SCHEMA_ERROR"


async def test_set_gives_a_first_password_once_and_keeps_the_sessions(
    as_client: ApiClient, as_server: ApiClient, installation: Installation
) -> None:
    user = (await as_server.post("/users", {"primary_email": EMAIL, "primary_email_auth_enabled": True})).json()
    tokens = (await as_server.post("/auth/sessions", {"user_id": user["id"]})).json()
    as_user = as_client.as_(access_token=tokens["access_token"])
    changed = await as_user.post("/auth/password/update", {"old_password": OLD, "new_password": NEW})
    assert known_error(changed) == "USER_DOES_NOT_HAVE_PASSWORD"
    assert (await as_user.post("/auth/password/set", {"password": NEW})).json() == {"success": True}
    again = await as_user.post("/auth/password/set", {"password": OLD})
    assert (again.status_code, known_error(again)) == (400, None)
    assert session_count(installation) == 1
    assert (await sign_in(as_client, NEW)).status_code == 200


async def test_two_first_passwords_at_once_do_not_overwrite_each_other(
    as_client: ApiClient, as_server: ApiClient
) -> None:
    user = (await as_server.post("/users", {"primary_email": EMAIL, "primary_email_auth_enabled": True})).json()
    tokens = (await as_server.post("/auth/sessions", {"user_id": user["id"]})).json()
    as_user = as_client.as_(access_token=tokens["access_token"])
    answers = await at_once([as_user.post("/auth/password/set", {"password": password}) for password in (OLD, NEW)])
    assert statuses(answers) == [200, 400]


async def test_reset_sets_the_password_ends_all_sessions_and_tells_the_webhooks(
    as_client: ApiClient, ada: dict[str, str], installation: Installation
) -> None:
    code = await request_reset(as_client, installation)
    mail = last_mail(installation)
    assert (mail.kind, mail.recipient, mail.user_id) == ("password_reset", EMAIL, ada["user_id"])
    assert mail.variables == {
        "passwordResetLink": f"http://localhost:3000/handler/password-reset?from=mail&code={code}"
    }
    before = len(events(installation))
    response = await as_client.post("/auth/password/reset", {"code": code.upper(), "password": NEW})
    assert (response.status_code, response.json()) == (200, {"success": True})
    assert session_count(installation) == 0
    assert list(events(installation)[before:]) == ["user.updated"]
    assert known_error(await sign_in(as_client, OLD)) == "EMAIL_PASSWORD_MISMATCH"
    signed_in = (await sign_in(as_client, NEW)).json()
    own = await as_client.as_(access_token=signed_in["access_token"]).get("/users/me")
    assert own.json()["primary_email_verified"] is False


async def test_unknown_and_known_addresses_get_the_same_answer(
    as_client: ApiClient, ada: dict[str, str], installation: Installation
) -> None:
    answers = [
        await as_client.post("/auth/password/send-reset-code", {"email": email, "callback_url": CALLBACK})
        for email in (EMAIL, "ben@example.org")
    ]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json() == answers[1].json() == {"success": "maybe, only if user with e-mail exists"}
    assert [mail.recipient for mail in mails(installation)] == [EMAIL]


@pytest.mark.parametrize("email", [EMAIL, "ben@example.org"])
async def test_an_untrusted_callback_is_refused_whether_or_not_the_address_is_known(
    as_client: ApiClient, ada: dict[str, str], installation: Installation, email: str
) -> None:
    body = {"email": email, "callback_url": "https://evil.example/reset"}
    assert known_error(await as_client.post("/auth/password/send-reset-code", body)) == "REDIRECT_URL_NOT_WHITELISTED"
    assert mails(installation) == []


async def test_a_short_password_does_not_cost_the_code(
    as_client: ApiClient, ada: dict[str, str], installation: Installation
) -> None:
    code = await request_reset(as_client, installation)
    short = await as_client.post("/auth/password/reset", {"code": code, "password": "short"})
    assert known_error(short) == "PASSWORD_TOO_SHORT"
    assert (await as_client.post("/auth/password/reset", {"code": code, "password": NEW})).status_code == 200


async def test_checking_uses_nothing_up(as_client: ApiClient, ada: dict[str, str], installation: Installation) -> None:
    code = await request_reset(as_client, installation)
    for _ in range(2):
        checked = await as_client.post("/auth/password/reset/check-code", {"code": code})
        assert (checked.status_code, checked.json()) == (200, {"is_code_valid": True})
    assert (await as_client.post("/auth/password/reset", {"code": code, "password": NEW})).status_code == 200


@pytest.mark.parametrize("path", ["/auth/password/reset", "/auth/password/reset/check-code"])
async def test_used_unknown_and_expired_codes_are_refused(
    as_client: ApiClient, ada: dict[str, str], installation: Installation, path: str
) -> None:
    async def refusal(code: str) -> tuple[int, str | None]:
        body = {"code": code} if path.endswith("check-code") else {"code": code, "password": NEW}
        response = await as_client.post(path, body)
        return response.status_code, known_error(response)

    code = await request_reset(as_client, installation)
    await as_client.post("/auth/password/reset", {"code": code, "password": NEW})
    assert await refusal(code) == (409, "VERIFICATION_CODE_ALREADY_USED")
    assert await refusal("0" * 45) == (404, "VERIFICATION_CODE_NOT_FOUND")
    assert await refusal(code[:44]) == (400, "SCHEMA_ERROR")
    code = await request_reset(as_client, installation)
    expire_codes(installation)
    assert await refusal(code) == (400, "VERIFICATION_CODE_EXPIRED")


async def test_of_two_redemptions_at_once_exactly_one_succeeds(
    as_client: ApiClient, ada: dict[str, str], installation: Installation
) -> None:
    code = await request_reset(as_client, installation)
    answers = await at_once([as_client.post("/auth/password/reset", {"code": code, "password": NEW}) for _ in range(4)])
    assert statuses(answers) == [200, 409, 409, 409]


async def test_reset_gives_a_password_to_who_had_none(
    as_client: ApiClient, as_server: ApiClient, installation: Installation
) -> None:
    await as_server.post("/users", {"primary_email": EMAIL, "primary_email_auth_enabled": True})
    code = await request_reset(as_client, installation, email="ADA@example.org")
    assert last_mail(installation).recipient == "ADA@example.org"
    await as_client.post("/auth/password/reset", {"code": code, "password": NEW})
    assert (await sign_in(as_client, NEW)).status_code == 200


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/auth/password/send-reset-code", {"email": EMAIL, "callback_url": CALLBACK}),
        ("/auth/password/reset", {"code": "0" * 45, "password": NEW}),
    ],
)
async def test_nothing_happens_where_passwords_are_not_enabled(
    client: ApiClient, installation: Installation, path: str, body: dict[str, str]
) -> None:
    project = create_project(installation)
    configure(installation, project.id, {"auth.password.allowSignIn": False})
    response = await client_of(client, project).post(path, body)
    assert known_error(response) == "PASSWORD_AUTHENTICATION_NOT_ENABLED"
    assert code_count(installation) == 0
