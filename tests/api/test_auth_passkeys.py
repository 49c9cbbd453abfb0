"""Passkeys over HTTP, with an authenticator in software: who gets in, and every way that must not lead in."""

import base64
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from sqlmodel import select

from hexclave_app.installation import Installation
from models import Passkey, UserSession
from tests.support.authenticator import Authenticator
from tests.support.clients import ApiClient, known_error
from tests.support.configs import configure
from tests.support.mailbox import events, expire_codes, session_count
from tests.support.people import Person, person
from tests.support.projects import TestProject, as_client, as_server, create_project
from tests.support.races import at_once, statuses
from tests.support.tokens import b64u

CONFIG = {
    "auth.passkey.allowSignIn": True,
    "domains.trustedDomains.app": {"baseUrl": "https://app.example.com", "handlerPath": "/handler"},
    "domains.trustedDomains.shop": {"baseUrl": "https://shop.example.com", "handlerPath": "/handler"},
}
BEGIN, REGISTER = "/auth/passkey/initiate-passkey-registration", "/auth/passkey/register"
BEGIN_SIGN_IN, SIGN_IN = "/auth/passkey/initiate-passkey-authentication", "/auth/passkey/sign-in"
SENTINEL = "THIS_VALUE_WILL_BE_REPLACED.example.com"
NOT_IN = "PASSKEY_AUTHENTICATION_FAILED"
NOT_MADE = "PASSKEY_REGISTRATION_FAILED"
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def project(installation: Installation) -> TestProject:
    """A project with passkeys and two trusted domains."""
    return create_project(installation, config=CONFIG)


@pytest.fixture
async def ada(client: ApiClient, installation: Installation, project: TestProject) -> Person:
    return await person(client, installation, project, display_name="Ada", primary_email="ada@example.org")


@pytest.fixture
def visitor(client: ApiClient, project: TestProject) -> ApiClient:
    """Somebody who is not signed in."""
    return as_client(client, project)


async def register(user: Person, device: Authenticator) -> httpx.Response:
    begun = (await user.client.post(BEGIN)).json()
    return await user.client.post(REGISTER, {"credential": device.create(begun["options_json"]), "code": begun["code"]})


async def sign_in(
    visitor: ApiClient, device: Authenticator, change: Callable[[Any], None] | None = None
) -> httpx.Response:
    begun = (await visitor.post(BEGIN_SIGN_IN)).json()
    answer = device.get(begun["options_json"])
    if change is not None:
        change(answer)
    return await visitor.post(SIGN_IN, {"authentication_response": answer, "code": begun["code"]})


def passkeys(installation: Installation) -> list[Passkey]:
    return list(installation.db.call(lambda session: session.exec(select(Passkey)).all()))


@on_sqlite
async def test_options_say_what_the_sdk_expects(ada: Person, visitor: ApiClient, project: TestProject) -> None:
    made = (await ada.client.post(BEGIN)).json()
    assert set(made) == {"options_json", "code"}
    options = made["options_json"]
    challenge = options.pop("challenge")
    assert len(base64.urlsafe_b64decode(challenge + "=")) == 32
    assert options == {
        "rp": {"name": "Demo", "id": SENTINEL},
        "user": {"id": b64u(ada.id.encode()), "name": "Ada", "displayName": "Ada"},
        "pubKeyCredParams": [{"alg": number, "type": "public-key"} for number in (-8, -7, -257)],
        "timeout": 60_000,
        "attestation": "none",
        "excludeCredentials": [],
        "authenticatorSelection": {
            "residentKey": "required",
            "requireResidentKey": True,
            "userVerification": "preferred",
        },
        "extensions": {"credProps": True},
    }
    asked = (await visitor.post(BEGIN_SIGN_IN)).json()["options_json"]
    assert asked.pop("challenge") != challenge
    assert asked == {"rpId": SENTINEL, "allowCredentials": [], "timeout": 60_000, "userVerification": "preferred"}


async def test_a_registered_passkey_signs_in_its_owner(
    ada: Person, visitor: ApiClient, installation: Installation, client: ApiClient, project: TestProject
) -> None:
    device = Authenticator()
    before = list(events(installation))
    registered = await register(ada, device)
    assert (registered.status_code, registered.json()) == (200, {"user_handle": b64u(device.credential_id)})
    assert (await ada.client.get("/users/me")).json()["passkey_auth_enabled"] is True
    signed_in = await sign_in(visitor, device)
    assert signed_in.status_code == 200
    tokens = signed_in.json()
    assert set(tokens) == {"access_token", "refresh_token", "is_new_user", "user_id"}
    assert (tokens["user_id"], tokens["is_new_user"]) == (ada.id, False)
    me = await visitor.as_(access_token=tokens["access_token"]).get("/users/me")
    assert me.json()["id"] == ada.id
    assert list(events(installation)) == before
    (stored,) = passkeys(installation)
    assert (stored.rp_id, stored.transports, stored.device_type) == (
        "app.example.com", ["hybrid", "internal"], "single_device",
    )  # fmt: skip


async def test_a_new_passkey_takes_the_place_of_the_old_one(
    ada: Person, visitor: ApiClient, installation: Installation
) -> None:
    old, new = Authenticator(), Authenticator()
    await register(ada, old)
    assert (await register(ada, new)).status_code == 200
    assert known_error(await sign_in(visitor, old)) == NOT_IN
    assert (await sign_in(visitor, new)).status_code == 200
    assert len(passkeys(installation)) == 1


async def test_a_removed_passkey_opens_nothing(ada: Person, visitor: ApiClient, installation: Installation) -> None:
    device = Authenticator()
    await register(ada, device)
    changed = await ada.client.patch("/users/me", {"passkey_auth_enabled": False})
    assert changed.json()["passkey_auth_enabled"] is False
    assert passkeys(installation) == []
    assert known_error(await sign_in(visitor, device)) == NOT_IN
    added = await ada.client.patch("/users/me", {"passkey_auth_enabled": True})
    assert (added.status_code, known_error(added)) == (400, None)


async def test_a_deleted_user_leaves_no_passkey(
    ada: Person, client: ApiClient, installation: Installation, project: TestProject
) -> None:
    await register(ada, Authenticator())
    await as_server(client, project).delete(f"/users/{ada.id}")
    assert passkeys(installation) == []


@on_sqlite
async def test_projects_without_passkeys_refuse_all_four(
    ada: Person, visitor: ApiClient, installation: Installation, project: TestProject
) -> None:
    device = Authenticator()
    await register(ada, device)
    begun = (await visitor.post(BEGIN_SIGN_IN)).json()
    configure(installation, project.id, {"auth.passkey.allowSignIn": False})
    answer = {"authentication_response": device.get(begun["options_json"]), "code": begun["code"]}
    refused = [
        await ada.client.post(BEGIN),
        await ada.client.post(REGISTER, {"credential": {}, "code": begun["code"]}),
        await visitor.post(BEGIN_SIGN_IN),
        await visitor.post(SIGN_IN, answer),
    ]
    assert [known_error(answer) for answer in refused] == ["PASSKEY_AUTHENTICATION_NOT_ENABLED"] * 4
    assert session_count(installation) == 0


@on_sqlite
async def test_registering_needs_somebody_signed_in(visitor: ApiClient) -> None:
    assert known_error(await visitor.post(BEGIN)) == "SCHEMA_ERROR"
    assert known_error(await visitor.post(REGISTER, {"credential": {}, "code": "1" * 45})) == "SCHEMA_ERROR"


@on_sqlite
async def test_a_second_factor_is_asked_for(ada: Person, visitor: ApiClient, installation: Installation) -> None:
    device = Authenticator()
    await register(ada, device)
    await ada.client.patch("/users/me", {"totp_secret_base64": base64.b64encode(b"s" * 20).decode()})
    asked = await sign_in(visitor, device)
    assert known_error(asked) == "MULTI_FACTOR_AUTHENTICATION_REQUIRED"
    assert len(asked.json()["details"]["attempt_code"]) == 45
    assert session_count(installation) == 0


@on_sqlite
async def test_restricted_users_sign_in_and_their_token_says_so(
    ada: Person, visitor: ApiClient, client: ApiClient, project: TestProject
) -> None:
    device = Authenticator()
    await register(ada, device)
    await as_server(client, project).patch(f"/users/{ada.id}", {"restricted_by_admin": True})
    caller = visitor.as_(access_token=(await sign_in(visitor, device)).json()["access_token"])
    assert known_error(await caller.get("/users/me")) == "RESTRICTED_USER_NOT_ALLOWED"


@on_sqlite
async def test_the_passkey_of_a_visitor_does_not_survive_the_password_of_the_account(
    client: ApiClient, installation: Installation, project: TestProject, visitor: ApiClient
) -> None:
    configure(installation, project.id, {"auth.password.allowSignIn": True})
    caller = visitor.as_(allow_anonymous_user="true")
    tokens = (await caller.post("/auth/anonymous/sign-up")).json()
    lured, device = caller.as_(access_token=tokens["access_token"]), Authenticator()
    assert (await register(Person(tokens["user_id"], lured), device)).status_code == 200
    upgraded = await lured.post("/auth/password/sign-up", {"email": "b@example.org", "password": "correct horse"})
    assert upgraded.json()["user_id"] == tokens["user_id"]
    assert known_error(await sign_in(visitor, device)) == NOT_IN
    assert passkeys(installation) == []


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example.net",
        "http://app.example.com",
        "https://app.example.com.evil.example.net",
        "stack-auth-mobile-oauth-url://app",
        "http://localhost:3000",
        "null",
    ],
)
@on_sqlite
async def test_pages_that_the_project_does_not_trust_get_nowhere(
    ada: Person, visitor: ApiClient, installation: Installation, project: TestProject, origin: str
) -> None:
    configure(installation, project.id, {"domains.allowLocalhost": False})
    foreign, device = Authenticator(origin=origin), Authenticator()
    refused = await register(ada, foreign)
    assert known_error(refused) == NOT_MADE
    assert refused.json()["details"] == {"message": refused.json()["error"]}
    await register(ada, device)
    device.origin = origin
    assert known_error(await sign_in(visitor, device)) == NOT_IN
    assert session_count(installation) == 0


@on_sqlite
async def test_localhost_and_the_hosted_pages_are_trusted_like_every_other_callback(
    ada: Person, visitor: ApiClient, installation: Installation, project: TestProject
) -> None:
    hosted = f"{project.id}.localhost"
    configure(installation, project.id, {"domains.allowLocalhost": False})
    on_hosted = Authenticator(origin=f"http://{hosted}:8000", rp_id=hosted)
    assert (await register(ada, on_hosted)).status_code == 200
    assert (await sign_in(visitor, on_hosted)).status_code == 200
    local = Authenticator(origin="http://localhost:3000", rp_id="localhost")
    assert known_error(await register(ada, local)) == NOT_MADE
    configure(installation, project.id, {"domains.allowLocalhost": True})
    assert (await register(ada, local)).status_code == 200
    assert (await sign_in(visitor, local)).status_code == 200


@on_sqlite
async def test_a_passkey_is_bound_to_the_domain_it_was_made_on(ada: Person, visitor: ApiClient) -> None:
    device = Authenticator()
    await register(ada, device)
    device.origin = "https://shop.example.com"
    assert known_error(await sign_in(visitor, device)) == NOT_IN
    device.rp_id = "shop.example.com"
    assert known_error(await sign_in(visitor, device)) == NOT_IN
    phished = Authenticator(rp_id="evil.example.net")
    assert known_error(await register(ada, phished)) == NOT_MADE


async def test_a_challenge_works_once_and_for_its_purpose_only(ada: Person, visitor: ApiClient) -> None:
    device = Authenticator()
    made = (await ada.client.post(BEGIN)).json()
    body = {"credential": device.create(made["options_json"]), "code": made["code"]}
    assert (await ada.client.post(REGISTER, body)).status_code == 200
    assert known_error(await ada.client.post(REGISTER, body)) == "VERIFICATION_CODE_ALREADY_USED"
    begun = (await visitor.post(BEGIN_SIGN_IN)).json()
    answer = {"authentication_response": device.get(begun["options_json"]), "code": begun["code"]}
    answers = await at_once([visitor.post(SIGN_IN, answer) for _ in range(4)])
    assert statuses(answers) == [200, 409, 409, 409]
    crossed = (await visitor.post(BEGIN_SIGN_IN)).json()["code"]
    assert known_error(await ada.client.post(REGISTER, {**body, "code": crossed})) == "VERIFICATION_CODE_NOT_FOUND"
    other = (await visitor.post(BEGIN_SIGN_IN)).json()["code"]
    assert known_error(await visitor.post(SIGN_IN, {**answer, "code": other})) == NOT_IN


@on_sqlite
async def test_a_challenge_expires_after_a_minute(ada: Person, visitor: ApiClient, installation: Installation) -> None:
    device = Authenticator()
    await register(ada, device)
    begun = (await visitor.post(BEGIN_SIGN_IN)).json()
    expire_codes(installation)
    answer = {"authentication_response": device.get(begun["options_json"]), "code": begun["code"]}
    assert known_error(await visitor.post(SIGN_IN, answer)) == "VERIFICATION_CODE_EXPIRED"


@on_sqlite
async def test_challenges_and_passkeys_of_another_project_are_unknown(
    ada: Person, visitor: ApiClient, client: ApiClient, installation: Installation
) -> None:
    device, theirs = Authenticator(), create_project(installation, name="Other", config=CONFIG)
    await register(ada, device)
    elsewhere = as_client(client, theirs)
    assert known_error(await sign_in(elsewhere, device)) == NOT_IN
    begun = (await elsewhere.post(BEGIN_SIGN_IN)).json()
    answer = {"authentication_response": device.get(begun["options_json"]), "code": begun["code"]}
    assert known_error(await visitor.post(SIGN_IN, answer)) == "VERIFICATION_CODE_NOT_FOUND"
    mallory = await person(client, installation, theirs)
    made = (await mallory.client.post(BEGIN)).json()
    body = {"credential": Authenticator().create(made["options_json"]), "code": made["code"]}
    assert known_error(await ada.client.post(REGISTER, body)) == "VERIFICATION_CODE_NOT_FOUND"


@on_sqlite
async def test_a_challenge_of_another_user_registers_nothing(
    ada: Person, client: ApiClient, installation: Installation, project: TestProject
) -> None:
    mallory = await person(client, installation, project)
    made = (await mallory.client.post(BEGIN)).json()
    body = {"credential": Authenticator().create(made["options_json"]), "code": made["code"]}
    assert known_error(await ada.client.post(REGISTER, body)) == NOT_MADE
    assert passkeys(installation) == []


async def test_nobody_registers_the_passkey_of_somebody_else(
    ada: Person, client: ApiClient, installation: Installation, project: TestProject, visitor: ApiClient
) -> None:
    device = Authenticator()
    await register(ada, device)
    mallory = await person(client, installation, project)
    earlier = Authenticator()
    await register(mallory, earlier)
    assert known_error(await register(mallory, Authenticator(credential_id=device.credential_id))) == NOT_MADE
    assert (await sign_in(visitor, device)).json()["user_id"] == ada.id
    assert (await sign_in(visitor, earlier)).json()["user_id"] == mallory.id


@on_sqlite
async def test_a_passkey_signs_in_as_its_own_account_only(
    ada: Person, client: ApiClient, installation: Installation, project: TestProject, visitor: ApiClient
) -> None:
    mallory = await person(client, installation, project)
    own, victims = Authenticator(), Authenticator()
    await register(ada, victims)
    await register(mallory, own)
    own.user_handle = b64u(ada.id.encode())
    assert known_error(await sign_in(visitor, own)) == NOT_IN
    own.credential_id, own.user_handle = victims.credential_id, victims.user_handle
    assert known_error(await sign_in(visitor, own)) == NOT_IN
    assert session_count(installation) == 0


async def test_a_copied_passkey_is_noticed_by_its_counter(
    ada: Person, visitor: ApiClient, installation: Installation
) -> None:
    device = Authenticator(counter=5)
    await register(ada, device)
    copy = Authenticator(counter=5, key=device.key, credential_id=device.credential_id, user_handle=device.user_handle)
    for _ in range(2):
        assert (await sign_in(visitor, device)).status_code == 200
    refused = await sign_in(visitor, copy)
    assert known_error(refused) == NOT_IN
    copy.counter = 0
    assert known_error(await sign_in(visitor, copy)) == NOT_IN
    assert [row.sign_count for row in passkeys(installation)] == [7]
    assert len(installation.db.call(lambda session: session.exec(select(UserSession)).all())) == 2


@pytest.mark.parametrize(
    "change",
    [
        lambda answer: answer["response"].update(signature=b64u(b"0" * 70)),
        lambda answer: answer["response"].update(authenticatorData=b64u(b"")),
        lambda answer: answer["response"].update(clientDataJSON="*"),
        lambda answer: answer["response"].update(clientDataJSON=b64u(b"[" * 100_000)),
        lambda answer: answer["response"].update(clientDataJSON=b64u(b'{"origin": 1}')),
        lambda answer: answer["response"].update(userHandle=7),
        lambda answer: answer.update(response=None),
        lambda answer: answer.update(id="\x00"),
        lambda answer: answer.update(rawId=b64u(b"other")),
        lambda answer: answer.update(type="password"),
        lambda answer: answer.clear(),
    ],
)
@on_sqlite
async def test_malformed_answers_are_refused(ada: Person, visitor: ApiClient, change: Callable[[Any], None]) -> None:
    device = Authenticator()
    await register(ada, device)
    assert known_error(await sign_in(visitor, device, change)) == NOT_IN
    made = (await ada.client.post(BEGIN)).json()
    credential = device.create(made["options_json"])
    change(credential)
    response = await ada.client.post(REGISTER, {"credential": credential, "code": made["code"]})
    assert response.status_code == 200 or known_error(response) == NOT_MADE  # signatures do not matter there


@on_sqlite
@pytest.mark.parametrize("value", [None, "text", 7, []])
async def test_an_answer_that_is_no_object_is_a_schema_error(visitor: ApiClient, value: object) -> None:
    body = {"authentication_response": value, "code": "1" * 45}
    assert known_error(await visitor.post(SIGN_IN, body)) == "SCHEMA_ERROR"
    assert known_error(await visitor.post(SIGN_IN, {"code": "1" * 45})) == "SCHEMA_ERROR"
