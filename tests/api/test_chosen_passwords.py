"""Everywhere a person chooses a password, one that guessers try first is refused."""

import pytest

from hexclave_app.installation import Installation
from tests.support.clients import ApiClient, known_error
from tests.support.mailbox import last_mail, session_count

ADA = {"email": "ada.lovelace@example.com", "password": "correct horse"}
CALLBACK = "http://localhost:3000/reset"


@pytest.fixture
def database_url(sqlite_only: str) -> str:
    return sqlite_only


@pytest.mark.parametrize("password", ["Password1!", "12345678", "ada.lovelace", "ADA.Lovelace@example.com"])
async def test_nobody_signs_up_with_a_common_password(
    as_client: ApiClient, installation: Installation, password: str
) -> None:
    refused = await as_client.post("/auth/password/sign-up", {**ADA, "password": password})
    assert (refused.status_code, known_error(refused)) == (400, "PASSWORD_REQUIREMENTS_NOT_MET")
    assert refused.json()["details"] == {"message": refused.json()["error"]}
    assert session_count(installation) == 0


async def test_changing_and_resetting_refuse_it_and_leave_the_old_password(
    as_client: ApiClient, installation: Installation
) -> None:
    tokens = (await as_client.post("/auth/password/sign-up", ADA)).json()
    as_ada = as_client.as_(access_token=tokens["access_token"])
    change = {"old_password": ADA["password"], "new_password": "qwertz123"}
    assert known_error(await as_ada.post("/auth/password/update", change)) == "PASSWORD_REQUIREMENTS_NOT_MET"
    await as_client.post("/auth/password/send-reset-code", {"email": ADA["email"], "callback_url": CALLBACK})
    reset = {"code": last_mail(installation).code, "password": "iloveyou2"}
    assert known_error(await as_client.post("/auth/password/reset", reset)) == "PASSWORD_REQUIREMENTS_NOT_MET"
    assert (await as_client.post("/auth/password/sign-in", ADA)).status_code == 200
    assert (await as_client.post("/auth/password/reset", {**reset, "password": "a new horse"})).status_code == 200


async def test_a_first_password_is_checked(as_client: ApiClient, as_server: ApiClient) -> None:
    user_id = (await as_server.post("/users", {"primary_email": "ben@example.com"})).json()["id"]
    session = (await as_server.post("/auth/sessions", {"user_id": user_id})).json()
    as_ben = as_client.as_(access_token=session["access_token"])
    refused = await as_ben.post("/auth/password/set", {"password": "Sunshine2024"})
    assert known_error(refused) == "PASSWORD_REQUIREMENTS_NOT_MET"
    assert (await as_ben.post("/auth/password/set", {"password": "a quiet lamp"})).status_code == 200


@pytest.mark.parametrize("environment", [{"HEXCLAVE_REFUSE_COMMON_PASSWORDS": "false"}])
async def test_the_check_can_be_switched_off(as_client: ApiClient) -> None:
    assert (await as_client.post("/auth/password/sign-up", {**ADA, "password": "Password1!"})).status_code == 200


async def test_servers_and_old_passwords_are_not_checked(as_client: ApiClient, as_server: ApiClient) -> None:
    old = {"primary_email": "cleo@example.com", "primary_email_auth_enabled": True, "password": "Password1!"}
    assert (await as_server.post("/users", old)).status_code == 201
    signed_in = await as_client.post("/auth/password/sign-in", {"email": "cleo@example.com", "password": "Password1!"})
    assert signed_in.status_code == 200
