"""Who is left inside an account after the owner of its address resets the password."""

import base64
import uuid

import pytest
from sqlmodel import Session, select

from hexclave_app.installation import Installation
from hexclave_app.security.totp import code_of, current_step
from hexclave_app.services.oauth import exchange
from hexclave_app.services.oauth.exchange import Grant
from hexclave_app.services.sessions import SignInContext
from models import OAuthCode
from models.base import utc_now
from tests.support.authenticator import Authenticator
from tests.support.clients import ApiClient, known_error
from tests.support.mailbox import last_mail, mails
from tests.support.people import Person
from tests.support.projects import TestProject, as_client, as_server, create_project

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
ADDRESS, TROJAN, OLD, NEW = "ada@example.org", "mallory@example.net", "correct horse", "battery staple"
CONFIG = {
    "auth.passkey.allowSignIn": True,
    "auth.password.allowSignIn": True,
    "apiKeys.enabled.user": True,
    "auth.oauth.providers.github": {"type": "github", "allowSignIn": True},
    "domains.trustedDomains.app": {"baseUrl": "https://app.example.com", "handlerPath": "/handler"},
}


@pytest.fixture
def project(installation: Installation) -> TestProject:
    return create_project(installation, config=CONFIG)


@pytest.fixture
def visitor(client: ApiClient, project: TestProject) -> ApiClient:
    return as_client(client, project)


@pytest.fixture
async def inside(visitor: ApiClient) -> Person:
    """Whoever registered Ada's address."""
    body = {"email": ADDRESS, "password": OLD}
    tokens = (await visitor.post("/auth/password/sign-up", body)).json()
    return Person(tokens["user_id"], visitor.as_(access_token=tokens["access_token"]))


@pytest.fixture
async def device(inside: Person) -> Authenticator:
    """A passkey of whoever is inside."""
    device = Authenticator()
    begun = (await inside.client.post("/auth/passkey/initiate-passkey-registration")).json()
    answer = {"credential": device.create(begun["options_json"]), "code": begun["code"]}
    assert (await inside.client.post("/auth/passkey/register", answer)).status_code == 200
    return device


async def sign_in(visitor: ApiClient, device: Authenticator) -> str | None:
    begun = (await visitor.post("/auth/passkey/initiate-passkey-authentication")).json()
    answer = {"authentication_response": device.get(begun["options_json"]), "code": begun["code"]}
    return known_error(await visitor.post("/auth/passkey/sign-in", answer))


async def reset(visitor: ApiClient, installation: Installation) -> None:
    callback = {"email": ADDRESS, "callback_url": "https://app.example.com/handler/password-reset"}
    await visitor.post("/auth/password/send-reset-code", callback)
    answer = await visitor.post("/auth/password/reset", {"code": last_mail(installation).code, "password": NEW})
    assert answer.json() == {"success": True}


async def add_trojans(server: ApiClient, inside: Person) -> str:
    """A provider, an address and a key of somebody else; returns the key."""
    linked = {"user_id": inside.id, "provider_config_id": "github", "account_id": "mallory"}
    await server.post("/oauth-providers", {**linked, "allow_sign_in": True, "allow_connected_accounts": True})
    address = {"user_id": inside.id, "value": TROJAN, "type": "email", "used_for_auth": True}
    assert (await server.post("/contact-channels", address)).status_code == 201
    key = {"user_id": inside.id, "description": "trojan", "expires_at_millis": None}
    created = await inside.client.post("/user-api-keys", key)
    assert created.status_code < 300, created.text
    return str(created.json()["value"])


async def ways_in(server: ApiClient, user_id: str, key: str) -> dict[str, object]:
    (linked,) = (await server.get(f"/oauth-providers?user_id={user_id}")).json()["items"]
    channels = (await server.get(f"/contact-channels?user_id={user_id}")).json()["items"]
    checked = await server.post("/user-api-keys/check", {"api_key": key})
    return {
        "provider": linked["allow_sign_in"],
        "addresses": sorted(channel["value"] for channel in channels if channel["used_for_auth"]),
        "key": known_error(checked),
    }


async def test_who_registered_a_strangers_address_does_not_stay_inside(
    visitor: ApiClient, inside: Person, device: Authenticator, installation: Installation, project: TestProject
) -> None:
    server = as_server(visitor, project)
    key = await add_trojans(server, inside)
    await reset(visitor, installation)
    assert await sign_in(visitor, device) == "PASSKEY_AUTHENTICATION_FAILED"
    left = await ways_in(server, inside.id, key)
    assert left == {"provider": False, "addresses": [ADDRESS], "key": "API_KEY_REVOKED"}
    assert (await visitor.post("/auth/password/sign-in", {"email": ADDRESS, "password": NEW})).status_code == 200


async def test_the_owner_of_a_verified_address_keeps_everything(
    visitor: ApiClient, inside: Person, device: Authenticator, installation: Installation, project: TestProject
) -> None:
    server = as_server(visitor, project)
    await server.patch(f"/users/{inside.id}", {"primary_email_verified": True})
    key = await add_trojans(server, inside)
    await reset(visitor, installation)
    assert await sign_in(visitor, device) is None
    left = await ways_in(server, inside.id, key)
    assert left == {"provider": True, "addresses": [ADDRESS, TROJAN], "key": None}


async def test_an_address_that_nobody_proved_opens_no_account_with_a_proved_one(
    visitor: ApiClient, inside: Person, installation: Installation, project: TestProject
) -> None:
    """Neither does a mistyped address give the account away, nor a claimed one lead its owner into it."""
    server = as_server(visitor, project)
    callback = {"email": ADDRESS, "callback_url": "https://app.example.com/handler/password-reset"}
    sent = await visitor.post("/auth/password/send-reset-code", callback)
    early = last_mail(installation).code
    trojan = {"user_id": inside.id, "value": TROJAN, "type": "email", "used_for_auth": True, "is_verified": True}
    assert (await server.post("/contact-channels", trojan)).status_code == 201
    before = len(mails(installation))
    again = await visitor.post("/auth/password/send-reset-code", callback)
    assert (again.status_code, again.json()) == (sent.status_code, sent.json()) == (200, again.json())
    assert len(mails(installation)) == before
    refused = await visitor.post("/auth/password/reset", {"code": early, "password": NEW})
    assert (refused.status_code, known_error(refused)) == (400, None)
    for password, error in ((NEW, "EMAIL_PASSWORD_MISMATCH"), (OLD, None)):
        answer = await visitor.post("/auth/password/sign-in", {"email": ADDRESS, "password": password})
        assert known_error(answer) == error
    await visitor.post("/auth/password/send-reset-code", {**callback, "email": TROJAN})
    by_proved = await visitor.post("/auth/password/reset", {"code": last_mail(installation).code, "password": NEW})
    assert by_proved.status_code == 200


async def test_a_second_factor_outlives_the_reset(
    visitor: ApiClient, inside: Person, installation: Installation
) -> None:
    await inside.client.patch("/users/me", {"totp_secret_base64": base64.b64encode(b"s" * 20).decode()})
    await reset(visitor, installation)
    asked = await visitor.post("/auth/password/sign-in", {"email": ADDRESS, "password": NEW})
    assert known_error(asked) == "MULTI_FACTOR_AUTHENTICATION_REQUIRED"


async def test_who_waits_for_the_second_factor_does_not_outlive_the_password(
    visitor: ApiClient, inside: Person, installation: Installation
) -> None:
    secret = b"s" * 20
    await inside.client.patch("/users/me", {"totp_secret_base64": base64.b64encode(secret).decode()})
    waiting = await visitor.post("/auth/password/sign-in", {"email": ADDRESS, "password": OLD})
    await reset(visitor, installation)
    body = {"type": "totp", "totp": code_of(secret, current_step(utc_now()))}
    late = {**body, "code": waiting.json()["details"]["attempt_code"]}
    assert known_error(await visitor.post("/auth/mfa/sign-in", late)) == "VERIFICATION_CODE_EXPIRED"
    asked = await visitor.post("/auth/password/sign-in", {"email": ADDRESS, "password": NEW})
    timely = {**body, "code": asked.json()["details"]["attempt_code"]}
    assert (await visitor.post("/auth/mfa/sign-in", timely)).status_code == 200


async def test_an_authorization_code_from_before_opens_nothing(
    visitor: ApiClient, inside: Person, installation: Installation, project: TestProject
) -> None:
    def issue(session: Session) -> None:
        tenancy = installation.tenancies.find(session, project.id, "main")
        assert tenancy is not None
        grant = Grant(user_id=uuid.UUID(inside.id), redirect_uri="https://app.example.com", code_challenge="x" * 43)
        exchange.issue(session, SignInContext(installation, tenancy, None, utc_now()), grant)

    installation.db.call(issue)
    await reset(visitor, installation)
    assert installation.db.call(lambda session: session.exec(select(OAuthCode)).all()) == []
