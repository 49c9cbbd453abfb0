"""Apple's identity tokens from native apps, verified against the keys of an issuer on loopback."""

import hmac
import time
from collections.abc import Iterator

import httpx
import pytest
from joserfc.jwk import RSAKey

from hexclave_app.installation import Installation
from tests.support.clients import ApiClient, known_error
from tests.support.configs import configure
from tests.support.issuers import Issuer, running_issuer
from tests.support.mailbox import events, session_count
from tests.support.projects import TestProject, as_client, as_server, create_project
from tests.support.races import at_once, statuses
from tests.support.tokens import b64u, unsigned_parts

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
NATIVE = "/auth/oauth/callback/apple/native"
CONFIG = {
    "auth.oauth.providers.apple": {
        "type": "apple",
        "allowSignIn": True,
        "appleBundles": {"phone": {"bundleId": "com.example.app"}, "watch": {"bundleId": "com.example.watch"}},
    },
}
INVALID = "INVALID_APPLE_CREDENTIALS"


@pytest.fixture(scope="module")
def issuer() -> Iterator[Issuer]:
    with running_issuer() as running:
        yield running


@pytest.fixture
def environment(issuer: Issuer) -> dict[str, str]:
    return {"HEXCLAVE_OAUTH_APPLE_ISSUER": issuer.url}


@pytest.fixture
def project(installation: Installation) -> TestProject:
    return create_project(installation, config=CONFIG)


@pytest.fixture
def phone(client: ApiClient, project: TestProject) -> ApiClient:
    return as_client(client, project).as_(allow_anonymous_user="true")


async def sign_in(phone: ApiClient, token: str) -> httpx.Response:
    return await phone.post(NATIVE, {"id_token": token})


async def test_the_first_sign_in_makes_an_account_and_the_next_one_finds_it(
    phone: ApiClient, issuer: Issuer, installation: Installation
) -> None:
    first = await sign_in(phone, issuer.token(email="ada@example.org", email_verified="true", name="Never shown"))
    assert first.status_code == 200
    body = first.json()
    assert set(body) == {"access_token", "refresh_token", "user_id", "is_new_user"}
    assert body["is_new_user"] is True
    me = (await phone.as_(access_token=body["access_token"]).get("/users/me")).json()
    assert (me["primary_email"], me["primary_email_verified"]) == ("ada@example.org", True)
    assert me["display_name"] is None
    assert me["oauth_providers"] == [{"id": "apple", "account_id": "001.ada", "email": "ada@example.org"}]
    again = (await sign_in(phone, issuer.token(aud="com.example.watch"))).json()
    assert (again["user_id"], again["is_new_user"]) == (body["user_id"], False)
    assert list(events(installation)) == ["user.created"]


async def test_parallel_first_sign_ins_make_one_account(phone: ApiClient, issuer: Issuer) -> None:
    token = issuer.token(sub="001.parallel")
    answers = await at_once([sign_in(phone, token) for _ in range(4)])
    assert statuses(answers) == [200] * 4
    assert len({answer.json()["user_id"] for answer in answers}) == 1


async def test_an_anonymous_visitor_stays_what_it_is(phone: ApiClient, issuer: Issuer) -> None:
    visitor = (await phone.post("/auth/anonymous/sign-up")).json()
    signed_in = (await sign_in(phone.as_(access_token=visitor["access_token"]), issuer.token(sub="001.new"))).json()
    assert signed_in["user_id"] != visitor["user_id"]


async def test_an_address_that_only_one_side_proved_opens_nothing(
    phone: ApiClient, issuer: Issuer, client: ApiClient, project: TestProject
) -> None:
    owner = {"primary_email": "ben@example.org", "primary_email_auth_enabled": True, "primary_email_verified": True}
    await as_server(client, project).post("/users", owner)
    refused = await sign_in(phone, issuer.token(sub="001.mallory", email="ben@example.org", email_verified="false"))
    assert known_error(refused) == "CONTACT_CHANNEL_ALREADY_USED_FOR_AUTH_BY_SOMEONE_ELSE"


async def test_closed_projects_make_no_accounts(
    phone: ApiClient, issuer: Issuer, installation: Installation, project: TestProject
) -> None:
    configure(installation, project.id, {"auth.allowSignUp": False})
    assert known_error(await sign_in(phone, issuer.token(sub="001.late"))) == "SIGN_UP_NOT_ENABLED"


async def test_projects_must_have_apple_for_sign_in_and_name_their_apps(
    phone: ApiClient, issuer: Issuer, installation: Installation, project: TestProject
) -> None:
    configure(installation, project.id, {"auth.oauth.providers.apple.appleBundles": None})
    assert known_error(await sign_in(phone, issuer.token())) == "APPLE_BUNDLE_ID_NOT_CONFIGURED"
    configure(installation, project.id, {"auth.oauth.providers.apple.allowSignIn": False})
    assert known_error(await sign_in(phone, issuer.token())) == "OAUTH_PROVIDER_NOT_FOUND_OR_NOT_ENABLED"
    configure(installation, project.id, {"auth.oauth.providers.apple": None})
    assert known_error(await sign_in(phone, issuer.token())) == "OAUTH_PROVIDER_NOT_FOUND_OR_NOT_ENABLED"


async def test_forged_and_foreign_tokens_prove_nothing(
    phone: ApiClient, issuer: Issuer, installation: Installation
) -> None:
    other, now = RSAKey.generate_key(2048, {"kid": "published"}), int(time.time())
    claims = {"iss": issuer.url, "sub": "001.ada", "aud": "com.example.app", "iat": now, "exp": now + 600}
    confused = unsigned_parts({"alg": "HS256", "kid": "published"}, claims)
    critical = unsigned_parts({"alg": "RS256", "kid": "published", "crit": ["x"], "x": 1}, claims)
    mac = hmac.new(issuer.key.as_pem(private=False), confused.encode(), "sha256").digest()
    good = issuer.token()
    forged = {
        "other key": issuer.token(key=other),
        "embedded key": issuer.token({"jwk": other.as_dict(private=False)}, key=other),
        "key by address": issuer.token({"jku": "http://127.0.0.1/keys"}, key=other),
        "unknown key id": issuer.token({"kid": "other"}),
        "no algorithm": f"{unsigned_parts({'alg': 'none', 'kid': 'published'}, claims)}.",
        "public key as secret": f"{confused}.{b64u(mac)}",
        "critical header": f"{critical}.{b64u(issuer.sign(critical.encode()))}",
        "truncated": good[:-4],
        "other claims": ".".join([good.split(".")[0], b64u(b'{"sub":"001.ben"}'), good.split(".")[2]]),
        "other app": issuer.token(aud="com.example.evil"),
        "several apps": issuer.token(aud=["com.example.app", "com.example.evil"]),
        "no app": issuer.token(aud=None),
        "other issuer": issuer.token(iss="https://appleid.apple.com"),
        "expired": issuer.token(exp=now - 10),
        "no end": issuer.token(exp=None),
        "from the future": issuer.token(nbf=now + 600),
        "nobody": issuer.token(sub=None),
        "no token": "x",
        "endless": "x" * 10_000,
    }
    answers = {name: known_error(await sign_in(phone, token)) for name, token in forged.items()}
    assert answers == dict.fromkeys(forged, INVALID)
    assert (session_count(installation), list(events(installation))) == (0, [])


class TestUnreachableIssuer:
    """Whose keys cannot be asked for."""

    @pytest.fixture
    def environment(self) -> dict[str, str]:
        return {"HEXCLAVE_OAUTH_APPLE_ISSUER": "http://127.0.0.1:9"}

    async def test_a_token_cannot_be_judged_without_keys(self, phone: ApiClient, issuer: Issuer) -> None:
        assert known_error(await sign_in(phone, issuer.token())) == "OAUTH_PROVIDER_TEMPORARILY_UNAVAILABLE"
