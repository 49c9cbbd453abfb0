"""Contact channels and their verification over HTTP."""

import uuid

import pytest

from hexclave_app.installation import Installation
from tests.support.clients import ApiClient, known_error
from tests.support.configs import configure
from tests.support.mailbox import events, expire_codes, last_mail, mails
from tests.support.projects import TestProject, as_server, create_project
from tests.support.projects import as_client as client_of
from tests.support.races import at_once, statuses

PASSWORD = "correct horse"
CALLBACK = "http://localhost:3000/handler/email-verification"
CHANNELS = "/contact-channels"
NEW = {"value": " New@Example.org ".strip(), "type": "email", "used_for_auth": False}


@pytest.fixture
def project(installation: Installation) -> TestProject:
    """A project with passwords and mailed codes."""
    created = create_project(installation)
    configure(installation, created.id, {"auth.otp.allowSignIn": True, "auth.password.allowSignIn": True})
    return created


@pytest.fixture
def visitor(client: ApiClient, project: TestProject) -> ApiClient:
    """Somebody who is not signed in."""
    return client_of(client, project)


@pytest.fixture
def backend(client: ApiClient, project: TestProject) -> ApiClient:
    """The project's own server."""
    return as_server(client, project)


async def sign_up(visitor: ApiClient, email: str) -> ApiClient:
    """A new user in their browser."""
    body = (await visitor.post("/auth/password/sign-up", {"email": email, "password": PASSWORD})).json()
    return visitor.as_(access_token=body["access_token"])


@pytest.fixture
async def ada(visitor: ApiClient) -> ApiClient:
    """Ada, who signed up with ada@example.org."""
    return await sign_up(visitor, "ada@example.org")


async def add(caller: ApiClient, **fields: object) -> dict[str, object]:
    """A new channel, which must succeed."""
    response = await caller.post(CHANNELS, {**NEW, "user_id": "me", **fields})
    assert response.status_code == 201, response.text
    body: dict[str, object] = response.json()
    return body


async def listed(caller: ApiClient) -> list[dict[str, object]]:
    """The caller's channels."""
    items: list[dict[str, object]] = (await caller.get(f"{CHANNELS}?user_id=me")).json()["items"]
    return items


async def user_id_of(caller: ApiClient) -> str:
    return str((await caller.get("/users/me")).json()["id"])


async def test_a_new_channel_is_normalised_unverified_and_not_primary(
    ada: ApiClient, installation: Installation
) -> None:
    before = list(events(installation))
    channel = await add(ada, used_for_auth=True)
    assert {**channel, "id": "", "user_id": ""} == {
        "id": "",
        "user_id": "",
        "type": "email",
        "value": "new@example.org",
        "is_primary": False,
        "is_verified": False,
        "used_for_auth": True,
    }
    assert [item["value"] for item in await listed(ada)] == ["ada@example.org", "new@example.org"]
    assert (await ada.get(f"{CHANNELS}/me/{channel['id']}")).json() == channel
    assert list(events(installation)) == before


@pytest.mark.parametrize("extra", [{"is_verified": True}, {"nonsense": 1}, {"type": "phone"}, {"value": ""}])
async def test_users_cannot_say_more_than_the_contract_lets_them(ada: ApiClient, extra: dict[str, object]) -> None:
    assert known_error(await ada.post(CHANNELS, {**NEW, "user_id": "me", **extra})) == "SCHEMA_ERROR"
    channel = await add(ada)
    assert known_error(await ada.patch(f"{CHANNELS}/me/{channel['id']}", extra)) == "SCHEMA_ERROR"


async def test_servers_may_add_verified_channels(ada: ApiClient, backend: ApiClient) -> None:
    user_id = await user_id_of(ada)
    channel = await add(backend, user_id=user_id, is_verified=True)
    assert (channel["user_id"], channel["is_verified"]) == (user_id, True)


async def test_servers_see_the_channels_of_everybody(
    ada: ApiClient, visitor: ApiClient, backend: ApiClient, client: ApiClient, installation: Installation
) -> None:
    await sign_up(visitor, "ben@example.org")
    everybody = (await backend.get(CHANNELS)).json()
    assert [item["value"] for item in everybody["items"]] == ["ada@example.org", "ben@example.org"]
    assert everybody["is_paginated"] is False
    one = (await backend.get(f"{CHANNELS}?contact_channel_id={everybody['items'][1]['id']}")).json()
    assert [item["value"] for item in one["items"]] == ["ben@example.org"]
    elsewhere = as_server(client, create_project(installation, name="Other"))
    assert (await elsewhere.get(CHANNELS)).json()["items"] == []


async def test_a_value_is_added_to_a_user_once(ada: ApiClient) -> None:
    again = await ada.post(CHANNELS, {**NEW, "user_id": "me", "value": "ADA@example.org"})
    assert (again.status_code, known_error(again)) == (400, None)


async def test_two_users_may_share_an_address_but_one_signs_in_with_it(ada: ApiClient, visitor: ApiClient) -> None:
    ben = await sign_up(visitor, "ben@example.org")
    shared = await add(ben, value="ada@example.org")
    for taken in (
        await ben.patch(f"{CHANNELS}/me/{shared['id']}", {"used_for_auth": True}),
        await ben.post(CHANNELS, {**NEW, "user_id": "me", "value": "Ada@example.org", "used_for_auth": True}),
    ):
        assert taken.status_code in (400, 409)
    assert known_error(await ben.patch(f"{CHANNELS}/me/{shared['id']}", {"used_for_auth": True})) == (
        "CONTACT_CHANNEL_ALREADY_USED_FOR_AUTH_BY_SOMEONE_ELSE"
    )
    mine = (await listed(ben))[0]
    moved = await ben.patch(f"{CHANNELS}/me/{mine['id']}", {"value": "x@example.org"})
    assert moved.status_code == 200


async def test_of_two_users_who_claim_an_address_at_once_one_gets_it(visitor: ApiClient, ada: ApiClient) -> None:
    ben = await sign_up(visitor, "ben@example.org")
    body = {**NEW, "user_id": "me", "used_for_auth": True}
    answers = await at_once([ada.post(CHANNELS, body), ben.post(CHANNELS, body)])
    assert statuses(answers) == [201, 409]


async def test_of_two_primaries_chosen_at_once_one_remains(ada: ApiClient) -> None:
    channels = [await add(ada, value=f"{name}@example.org") for name in ("one", "two")]
    answers = await at_once([ada.patch(f"{CHANNELS}/me/{item['id']}", {"is_primary": True}) for item in channels])
    assert statuses(answers) == [200, 200]
    assert sum(bool(item["is_primary"]) for item in await listed(ada)) == 1


async def test_a_new_primary_demotes_the_old_one(ada: ApiClient) -> None:
    channel = await add(ada)
    await ada.patch(f"{CHANNELS}/me/{channel['id']}", {"is_primary": True})
    assert [item["is_primary"] for item in await listed(ada)] == [False, True]
    assert (await ada.get("/users/me")).json()["primary_email"] == "new@example.org"
    await ada.patch(f"{CHANNELS}/me/{channel['id']}", {"is_primary": False})
    assert (await ada.get("/users/me")).json()["primary_email"] is None


async def test_a_changed_value_has_to_be_verified_again(ada: ApiClient, backend: ApiClient) -> None:
    user_id = await user_id_of(ada)
    channel = await add(backend, user_id=user_id, is_verified=True)
    path = f"{CHANNELS}/{user_id}/{channel['id']}"
    same = (await ada.patch(path, {"value": "NEW@example.org"})).json()
    assert (same["value"], same["is_verified"]) == ("new@example.org", True)
    moved = (await ada.patch(path, {"value": "Newer@example.org"})).json()
    assert (moved["value"], moved["is_verified"]) == ("newer@example.org", False)
    sure = (await backend.patch(path, {"value": "newest@example.org", "is_verified": True})).json()
    assert sure["is_verified"] is True
    duplicate = await ada.patch(path, {"value": "ada@example.org"})
    assert (duplicate.status_code, known_error(duplicate)) == (400, None)


async def test_even_the_last_address_can_be_deleted(ada: ApiClient, visitor: ApiClient) -> None:
    (only,) = await listed(ada)
    assert (await ada.delete(f"{CHANNELS}/me/{only['id']}")).json() == {"success": True}
    assert await listed(ada) == []
    assert (await ada.get("/users/me")).json()["has_password"] is True
    gone = await visitor.post("/auth/password/sign-in", {"email": "ada@example.org", "password": PASSWORD})
    assert known_error(gone) == "EMAIL_PASSWORD_MISMATCH"


async def test_unknown_channels_are_not_found(ada: ApiClient, backend: ApiClient) -> None:
    path = f"{CHANNELS}/me/{uuid.uuid4()}"
    found = [
        (await ada.get(path)).status_code,
        (await ada.patch(path, {"is_primary": True})).status_code,
        (await ada.delete(path)).status_code,
        (await ada.post(f"{path}/send-verification-code", {"callback_url": CALLBACK})).status_code,
    ]
    assert found == [404, 400, 404, 404]
    unknown = {**NEW, "user_id": str(uuid.uuid4())}
    assert known_error(await backend.post(CHANNELS, unknown)) == "USER_ID_DOES_NOT_EXIST"


async def test_strangers_reach_nothing(ada: ApiClient, visitor: ApiClient, installation: Installation) -> None:
    ben = await sign_up(visitor, "ben@example.org")
    user_id, (channel,) = await user_id_of(ada), await listed(ada)
    path = f"{CHANNELS}/{user_id}/{channel['id']}"
    refused = [
        (await ben.get(f"{CHANNELS}?user_id={user_id}")).status_code,
        (await ben.get(CHANNELS)).status_code,
        (await ben.post(CHANNELS, {**NEW, "user_id": user_id})).status_code,
        (await ben.get(path)).status_code,
        (await ben.patch(path, {"is_primary": False})).status_code,
        (await ben.delete(path)).status_code,
        (await ben.post(f"{path}/send-verification-code", {"callback_url": CALLBACK})).status_code,
    ]
    assert refused == [403, 403, 403, 403, 403, 403, 400]
    # Somebody else's channel under the own user id does not exist.
    assert (await ben.get(f"{CHANNELS}/me/{channel['id']}")).status_code == 404
    assert (await ben.delete(f"{CHANNELS}/me/{channel['id']}")).status_code == 404
    assert known_error(await visitor.get(f"{CHANNELS}?user_id=me")) == "CANNOT_GET_OWN_USER_WITHOUT_USER"
    assert [item["is_primary"] for item in await listed(ada)] == [True]
    assert mails(installation) == []


async def request_mail(caller: ApiClient, channel: dict[str, object], installation: Installation) -> str:
    """Ask for a verification mail; the code in it."""
    path = f"{CHANNELS}/{channel['user_id']}/{channel['id']}/send-verification-code"
    assert (await caller.post(path, {"callback_url": CALLBACK})).json() == {"success": True}
    return last_mail(installation).code


async def test_a_mailed_code_verifies_the_address_and_nothing_else(
    ada: ApiClient, visitor: ApiClient, installation: Installation
) -> None:
    (channel,) = await listed(ada)
    before = list(events(installation))
    code = await request_mail(ada, channel, installation)
    mail = last_mail(installation)
    assert (mail.kind, mail.recipient, mail.user_id) == ("email_verification", "ada@example.org", channel["user_id"])
    checked = await visitor.post(f"{CHANNELS}/verify/check-code", {"code": code})
    assert checked.json() == {"is_code_valid": True}
    assert (await listed(ada))[0]["is_verified"] is False
    verified = await visitor.post(f"{CHANNELS}/verify", {"code": code})
    assert (verified.status_code, verified.json()) == (200, {"success": True})
    own = (await ada.get("/users/me")).json()
    assert (own["primary_email_verified"], own["otp_auth_enabled"]) == (True, False)
    assert list(events(installation)) == before
    again = await visitor.post(f"{CHANNELS}/verify", {"code": code})
    assert (again.status_code, known_error(again)) == (409, "VERIFICATION_CODE_ALREADY_USED")


async def test_a_verified_address_gets_no_second_mail(ada: ApiClient, backend: ApiClient) -> None:
    (channel,) = await listed(ada)
    path = f"{CHANNELS}/{channel['user_id']}/{channel['id']}"
    await backend.patch(path, {"is_verified": True})
    refused = await ada.post(f"{path}/send-verification-code", {"callback_url": CALLBACK})
    assert (refused.status_code, known_error(refused)) == (409, "EMAIL_ALREADY_VERIFIED")


async def test_a_code_does_not_verify_the_address_that_replaced_its_own(
    ada: ApiClient, visitor: ApiClient, installation: Installation
) -> None:
    (channel,) = await listed(ada)
    code = await request_mail(ada, channel, installation)
    await ada.patch(f"{CHANNELS}/me/{channel['id']}", {"value": "victim@example.org"})
    refused = await visitor.post(f"{CHANNELS}/verify", {"code": code})
    assert (refused.status_code, known_error(refused)) == (400, None)
    assert (await listed(ada))[0]["is_verified"] is False


async def test_an_expired_code_verifies_nothing(ada: ApiClient, visitor: ApiClient, installation: Installation) -> None:
    (channel,) = await listed(ada)
    code = await request_mail(ada, channel, installation)
    expire_codes(installation)
    assert known_error(await visitor.post(f"{CHANNELS}/verify", {"code": code})) == "VERIFICATION_CODE_EXPIRED"


async def test_an_untrusted_callback_sends_nothing(ada: ApiClient, installation: Installation) -> None:
    (channel,) = await listed(ada)
    refused = await ada.post(
        f"{CHANNELS}/me/{channel['id']}/send-verification-code", {"callback_url": "https://evil.example/"}
    )
    assert known_error(refused) == "REDIRECT_URL_NOT_WHITELISTED"
    assert mails(installation) == []


async def test_servers_ask_for_mails_to_their_users(
    ada: ApiClient, backend: ApiClient, installation: Installation
) -> None:
    (channel,) = await listed(ada)
    await request_mail(backend, channel, installation)
    unknown = f"{CHANNELS}/{uuid.uuid4()}/{channel['id']}/send-verification-code"
    refused = await backend.post(unknown, {"callback_url": CALLBACK})
    assert known_error(refused) == "USER_ID_DOES_NOT_EXIST"


async def test_the_deprecated_endpoint_verifies_the_primary_address_only(
    ada: ApiClient, visitor: ApiClient, installation: Installation
) -> None:
    path = f"{CHANNELS}/send-verification-code"
    await add(ada)
    other = await ada.post(path, {"email": "new@example.org", "callback_url": CALLBACK})
    assert known_error(other) == "EMAIL_IS_NOT_PRIMARY_EMAIL"
    assert other.json()["details"] == {"email": "new@example.org", "primary_email": "ada@example.org"}
    assert (await ada.post(path, {"email": "ada@example.org", "callback_url": CALLBACK})).status_code == 200
    await visitor.post(f"{CHANNELS}/verify", {"code": last_mail(installation).code})
    again = await ada.post(path, {"email": "ada@example.org", "callback_url": CALLBACK})
    assert known_error(again) == "EMAIL_ALREADY_VERIFIED"
    nobody = await visitor.post(path, {"email": "ada@example.org", "callback_url": CALLBACK})
    assert known_error(nobody) == "SCHEMA_ERROR"
