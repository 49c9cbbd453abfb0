"""What a mailed code is worth: guesses, other endpoints, other projects, given-up addresses."""

import pytest

from hexclave_app.installation import Installation
from tests.support.clients import ApiClient, known_error
from tests.support.mailbox import last_mail, session_count
from tests.support.projects import as_client as client_of
from tests.support.projects import create_project

EMAIL, OLD, NEW = "ada@example.org", "correct horse", "battery staple"
CALLBACK = "http://localhost:3000/handler/password-reset"


@pytest.fixture
async def ada(as_client: ApiClient) -> dict[str, str]:
    """Ada's account: tokens and id."""
    body: dict[str, str] = (await as_client.post("/auth/password/sign-up", {"email": EMAIL, "password": OLD})).json()
    return body


async def request_reset(client: ApiClient, installation: Installation) -> str:
    """Ask for a reset mail; the code in it."""
    await client.post("/auth/password/send-reset-code", {"email": EMAIL, "callback_url": CALLBACK})
    return last_mail(installation).code


async def test_guessing_the_typed_part_kills_the_code(
    as_client: ApiClient, ada: dict[str, str], installation: Installation
) -> None:
    code = await request_reset(as_client, installation)
    wrong = ("1" if code[0] == "0" else "0") + code[1:]
    for _ in range(20):
        guess = await as_client.post("/auth/password/reset/check-code", {"code": wrong})
        assert known_error(guess) == "VERIFICATION_CODE_NOT_FOUND"
    dead = await as_client.post("/auth/password/reset", {"code": code, "password": NEW})
    assert (dead.status_code, known_error(dead)) == (400, "VERIFICATION_CODE_MAX_ATTEMPTS_REACHED")
    still = await as_client.post("/auth/password/sign-in", {"email": EMAIL, "password": OLD})
    assert still.status_code == 200


async def test_guesses_count_on_every_endpoint_that_takes_codes(
    as_client: ApiClient, ada: dict[str, str], installation: Installation
) -> None:
    code = await request_reset(as_client, installation)
    wrong = ("1" if code[0] == "0" else "0") + code[1:]
    for path in ("/auth/otp/sign-in/check-code", "/contact-channels/verify") * 10:
        assert known_error(await as_client.post(path, {"code": wrong})) == "VERIFICATION_CODE_NOT_FOUND"
    dead = await as_client.post("/auth/password/reset", {"code": code, "password": NEW})
    assert known_error(dead) == "VERIFICATION_CODE_MAX_ATTEMPTS_REACHED"


async def test_a_reset_code_is_unknown_to_other_endpoints_and_other_projects(
    as_client: ApiClient, client: ApiClient, ada: dict[str, str], installation: Installation
) -> None:
    code = await request_reset(as_client, installation)
    elsewhere = client_of(client, create_project(installation))
    for caller, path in (
        (as_client, "/auth/otp/sign-in/check-code"),
        (as_client, "/contact-channels/verify/check-code"),
        (elsewhere, "/auth/password/reset/check-code"),
    ):
        assert known_error(await caller.post(path, {"code": code})) == "VERIFICATION_CODE_NOT_FOUND"


async def test_a_reset_code_dies_with_the_address_it_was_sent_to(
    as_client: ApiClient, as_server: ApiClient, ada: dict[str, str], installation: Installation
) -> None:
    code = await request_reset(as_client, installation)
    await as_server.patch(f"/users/{ada['user_id']}", {"primary_email": "new@example.org"})
    channel = (await as_server.get(f"/contact-channels?user_id={ada['user_id']}")).json()["items"][0]
    assert channel["value"] == EMAIL
    await as_server.delete(f"/contact-channels/{ada['user_id']}/{channel['id']}")
    refused = await as_client.post("/auth/password/reset", {"code": code, "password": NEW})
    assert (refused.status_code, known_error(refused)) == (400, None)
    assert session_count(installation) == 1
