"""Hostile input: forged tokens and requests that no client sends; the contract's error, and nothing changed."""

import base64
import hashlib
import hmac
import json
import time
import uuid
from collections.abc import Mapping

import httpx
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from joserfc import jwt
from sqlmodel import Session, select

from hexclave_app.installation import Installation
from hexclave_app.security.tokens import UserKind
from models import User
from tests.support.clients import ApiClient, known_error
from tests.support.projects import TestProject, as_client, as_server, create_project
from tests.support.tokens import b64u, claims_of, decoded_part, token_for, unsigned_parts

HUGE = b'{"aud":' + b"9" * 5000 + b"}"
SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def project(installation: Installation) -> TestProject:
    return create_project(installation)


@pytest.fixture
async def user_id(client: ApiClient, project: TestProject) -> uuid.UUID:
    response = await as_server(client, project).post("/users", {"display_name": "Ada"})
    return uuid.UUID(response.json()["id"])


def full_claims(installation: Installation, project: TestProject, user_id: uuid.UUID) -> dict[str, object]:
    claims = claims_of(UserKind.NORMAL, project.id, user_id)
    now = int(time.time())
    issuer = installation.tokens.issuer(project.id, UserKind.NORMAL)
    return {"iss": issuer, "aud": project.id, "iat": now, "exp": now + 600, **claims}


def signed_by(key: ec.EllipticCurvePrivateKey, header: Mapping[str, object], claims: Mapping[str, object]) -> str:
    parts = unsigned_parts(header, claims)
    r, s = decode_dss_signature(key.sign(parts.encode(), ec.ECDSA(hashes.SHA256())))
    return f"{parts}.{b64u(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"


def own_signature(key: ec.EllipticCurvePrivateKey, header: str, claims: Mapping[str, object]) -> str:
    """A token whose header is any text."""
    parts = f"{b64u(header.encode())}.{unsigned_parts({}, claims).split('.')[1]}"
    r, s = decode_dss_signature(key.sign(parts.encode(), ec.ECDSA(hashes.SHA256())))
    return f"{parts}.{b64u(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"


def odd_signatures(genuine: str) -> dict[str, bytes]:
    """What other formats and careless verifiers take for a signature (the cases of Wycheproof's ecdsa_p1363 set)."""
    raw = base64.urlsafe_b64decode(genuine + "==")
    r, s = int.from_bytes(raw[:32]), int.from_bytes(raw[32:])
    order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
    return {
        "signature in DER": encode_dss_signature(r, s),
        "longer signature": raw + b"\0",
        "shorter signature": raw[:-1],
        "signature with r of 0": bytes(32) + raw[32:],
        "signature with s of 0": raw[:32] + bytes(32),
        "signature with r of the order": order.to_bytes(32) + raw[32:],
        "signature with s of the order": raw[:32] + order.to_bytes(32),
        "signature with halves swapped": raw[32:] + raw[:32],
        "signature of ones": (1).to_bytes(32) * 2,
    }


def forgeries(installation: Installation, project: TestProject, user_id: uuid.UUID) -> dict[str, str]:
    """Tokens that only a confused verifier accepts (RFC 8725, sections 2 and 3)."""
    claims = full_claims(installation, project, user_id)
    public = installation.tokens.public_keys(project.id, [UserKind.NORMAL])[0]
    good = {"alg": "ES256", "kid": public["kid"]}
    genuine = token_for(installation, project.id, user_id=user_id)
    head, body, signature = genuine.split(".")
    own_key = ec.generate_private_key(ec.SECP256R1())
    numbers = own_key.public_key().public_numbers()
    own_jwk = {"kty": "EC", "crv": "P-256", "x": b64u(numbers.x.to_bytes(32)), "y": b64u(numbers.y.to_bytes(32))}
    hmac_parts = unsigned_parts({"alg": "HS256", "kid": public["kid"]}, claims)
    hmac_keys = {"hs256 of the key set": json.dumps(public), "hs256 of x": public["x"], "hs256 of nothing": ""}
    found = {
        name: f"{hmac_parts}.{b64u(hmac.digest(secret.encode(), hmac_parts.encode(), hashlib.sha256))}"
        for name, secret in hmac_keys.items()
    }
    for name in ("none", "None", "NONE", "nOnE"):
        found[f"alg {name}"] = f"{unsigned_parts({'alg': name}, claims)}."
        found[f"alg {name} with signature"] = f"{unsigned_parts({'alg': name}, claims)}.{signature}"
    return found | {
        "own key": signed_by(own_key, good, claims),
        "own key without kid": signed_by(own_key, {"alg": "ES256"}, claims),
        "own key in the header": signed_by(own_key, {**good, "jwk": own_jwk}, claims),
        "own key by address": signed_by(own_key, {**good, "jku": "http://127.0.0.1:9/keys"}, claims),
        "own key as certificate": signed_by(own_key, {**good, "x5u": "http://127.0.0.1:9/c", "x5c": ["MA=="]}, claims),
        "unknown critical header": signed_by(own_key, {**good, "crit": ["exp"], "exp": 1}, claims),
        "empty signature": f"{head}.{body}.",
        "no signature": f"{head}.{body}",
        "zero signature": f"{head}.{body}.{b64u(bytes(64))}",
        "signature of another": f"{head}.{body}.{token_for(installation, project.id).split('.')[2]}",
        "changed claims": f"{head}.{unsigned_parts({}, {**claims, 'sub': 'x'}).split('.')[1]}.{signature}",
        "changed header": f"{unsigned_parts({**good, 'typ': 'x'}, {}).split('.')[0]}.{body}.{signature}",
        **{name: f"{head}.{body}.{b64u(raw)}" for name, raw in odd_signatures(signature).items()},
        "algorithm twice": own_signature(own_key, f'{{"alg":"none","alg":"ES256","kid":"{public["kid"]}"}}', claims),
        "key id twice": own_signature(own_key, f'{{"kid":"x","alg":"ES256","kid":"{public["kid"]}"}}', claims),
        "other curve": f"{unsigned_parts({**good, 'alg': 'ES384'}, claims)}.{b64u(bytes(96))}",
        "encrypted": f"{unsigned_parts({'alg': 'dir', 'enc': 'A256GCM'}, claims)}..{signature}.",
        "json form": json.dumps({"payload": body, "protected": head, "signature": signature}),
        "deep claims": f"{head}.{b64u(b'[' * 4000)}.{signature}",
        "huge number": f"{head}.{b64u(HUGE)}.{signature}",
        "audience list": f"{head}.{unsigned_parts({}, {**claims, 'aud': [project.id]}).split('.')[1]}.{signature}",
        "claims of null": f"{head}.{b64u(b'null')}.{signature}",
        "five parts": f"{genuine}.{signature}.x",
        "too long": f"{head}.{body}.{signature}{'A' * 20_000}",
        "not ascii": "ö.ö.ö",
        "not base64": "!!.!!.!!",
        "a number": "1",
    }


def misissued(installation: Installation, project: TestProject, user_id: uuid.UUID) -> dict[str, str]:
    """Tokens with a genuine signature that say what they may not."""
    claims = full_claims(installation, project, user_id)
    tokens = installation.tokens
    key = tokens._keys(project.id)
    private = key.private_key
    assert private is not None
    other_kind = tokens._keys(f"{project.id}:anon")
    header = {"alg": "ES256", "kid": key.kid}
    changes: dict[str, dict[str, object]] = {
        "foreign issuer": {"iss": "https://evil.example/api/v1/projects/" + project.id},
        "issuer of another kind": {"iss": tokens.issuer(project.id, UserKind.ANONYMOUS)},
        "issuer of another project": {"iss": tokens.issuer("internal", UserKind.NORMAL)},
        "no issuer": {"iss": None},
        "other project": {"project_id": "internal"},
        "kind against audience": {"is_anonymous": True, "is_restricted": True},
        "restricted against audience": {"is_restricted": True},
        "no expiry": {"exp": None},
        "text expiry": {"exp": "9999999999"},
        "not yet": {"nbf": int(time.time()) + 3_600},
        "text of not yet": {"nbf": "0"},
        "from the future": {"iat": int(time.time()) + 3_600, "exp": int(time.time()) + 7_200},
    }
    found = {name: jwt.encode(header, {**claims, **change}, key) for name, change in changes.items()}
    found["critical header"] = own_signature(private, json.dumps({**header, "crit": ["x"], "x": 1}), claims)
    found["key of another kind"] = jwt.encode({**header, "kid": other_kind.kid}, claims, other_kind)
    found["wrong key id"] = jwt.encode({"alg": "ES256", "kid": "wrong"}, claims, key)
    found["no key id"] = jwt.encode({"alg": "ES256"}, claims, key)
    return found


@SQLITE
async def test_no_forged_or_misissued_token_is_accepted(
    client: ApiClient, installation: Installation, project: TestProject, user_id: uuid.UUID
) -> None:
    caller = as_client(client, project)
    assert (await caller.as_(access_token=token_for(installation, project.id, user_id=user_id)).get("")).is_success
    found = {}
    tokens = forgeries(installation, project, user_id) | misissued(installation, project, user_id)
    for name, token in tokens.items():
        response = await caller.get("", headers={"x-stack-access-token": token.encode("latin-1")})
        found[name] = (response.status_code, known_error(response))
    assert found == dict.fromkeys(tokens, (401, "UNPARSABLE_ACCESS_TOKEN"))


@SQLITE
async def test_no_forged_admin_token_is_accepted(
    client: ApiClient, installation: Installation, project: TestProject, user_id: uuid.UUID
) -> None:
    internal = TestProject("internal", project.tenancy_id, {})
    caller = client.as_(access_type="admin", project_id=project.id)
    for name, token in forgeries(installation, internal, user_id).items():
        response = await caller.get("", headers={"x-stack-admin-access-token": token.encode("latin-1")})
        assert (response.status_code, known_error(response)) == (401, "UNPARSABLE_ADMIN_ACCESS_TOKEN"), name


@SQLITE
async def test_a_forged_expired_token_is_unparsable_and_not_merely_expired(
    client: ApiClient, installation: Installation, project: TestProject, user_id: uuid.UUID
) -> None:
    genuine = token_for(installation, project.id, user_id=user_id, age_s=100_000)
    caller = as_client(client, project)
    expired, forged = [await caller.as_(access_token=token).get("") for token in (genuine, genuine[:-6] + "AAAAAA")]
    assert (known_error(expired), known_error(forged)) == ("ACCESS_TOKEN_EXPIRED", "UNPARSABLE_ACCESS_TOKEN")
    assert expired.json()["details"]["refresh_token_id"] == decoded_part(genuine, 1)["refresh_token_id"]


@SQLITE
async def test_a_token_of_another_installation_is_worthless(
    client: ApiClient, installation: Installation, project: TestProject, user_id: uuid.UUID
) -> None:
    authority = type(installation.tokens)(server_secret="other", origin="http://localhost:8000", lifetime_s=600)
    claims = claims_of(UserKind.NORMAL, project.id, user_id)
    token = authority.sign(project.id, UserKind.NORMAL, claims, now_s=int(time.time()))
    response = await as_client(client, project).as_(access_token=token).get("/users/me")
    assert known_error(response) == "UNPARSABLE_ACCESS_TOKEN"


def names(installation: Installation) -> list[str | None]:
    def read(session: Session) -> list[str | None]:
        return list(session.exec(select(User.display_name)).all())

    return installation.db.call(read)


def deep(levels: int) -> object:
    value: object = 1
    for _ in range(levels):
        value = [value]
    return value


BODIES: dict[str, object] = {
    "nul in a name": {"display_name": "a\x00b"},
    "name of the wrong type": {"display_name": {"$ne": None}},
    "list as name": {"display_name": ["x"]},
    "long name": {"display_name": "x" * 257},
    "number as mail": {"primary_email": 5},
    "header injection": {"primary_email": "a@example.org\r\nbcc: b@example.org"},
    "line break at the end": {"primary_email": "a@example.org\n"},
    "nul in an id": {"selected_team_id": "\x00"},
    "prototype": {"__proto__": {"is_admin": True}},
    "unknown key": {"isAdmin": True},
    "flag as list": {"primary_email_verified": [True]},
    "huge score": {"risk_scores": {"sign_up": {"bot": 1e308, "free_trial_abuse": 0}}},
    "big integer": {"risk_scores": {"sign_up": {"bot": 10**30, "free_trial_abuse": 0}}},
    "no base64": {"totp_secret_base64": "ÿ"},
    "hash of another kind": {"password_hash": "plain"},
    "expensive hash": {"password_hash": "$2b$31$" + "a" * 53},
    "both passwords": {"password": "x", "password_hash": "$2b$10$" + "a" * 53},
    "image of a script": {"profile_image_url": "javascript:alert(1)"},
    "image of svg": {"profile_image_url": "data:image/svg+xml;base64,PHN2Zy8+"},
    "image of nonsense": {"profile_image_url": "data:image/png;base64,AAAA"},
    "not an object": [],
    "a text": "x",
    "null": None,
    "too deep": {"server_metadata": deep(300)},
    "reason without restriction": {"restricted_by_admin_reason": "x"},
}


@pytest.mark.parametrize("name", BODIES)
@SQLITE
async def test_a_bad_body_is_refused_and_changes_nothing(
    client: ApiClient, installation: Installation, project: TestProject, user_id: uuid.UUID, name: str
) -> None:
    server = as_server(client, project)
    for method, path in (("PATCH", f"/users/{user_id}"), ("POST", "/users")):
        response = await server.request(method, path, json=BODIES[name])
        assert response.status_code == 400, (method, response.text)
    assert names(installation) == ["Ada"]


async def test_metadata_of_any_kind_comes_back_as_it_was(client: ApiClient, project: TestProject) -> None:
    server = as_server(client, project)
    user = (await server.post("/users", {})).json()
    for value in (
        "a\x00b", {"\x00": 1}, deep(150), -1.5e300, 2**63 - 1, 0, False, "", [], {}, "😀", {"__proto__": 1, "": None},
        "x" * 1_000_000,
    ):  # fmt: skip
        changed = await server.patch(f"/users/{user['id']}", {"server_metadata": value})
        assert changed.status_code == 200, repr(value)[:50]
        assert (await server.get(f"/users/{user['id']}")).json()["server_metadata"] == value


@pytest.mark.parametrize(
    "query",
    [
        "limit=0", "limit=-1", "limit=1.5", "limit=NaN", "limit=Infinity", "limit=", "limit=1%00", "cursor=x", "desc=1",
        "order_by=password_hash", "team_id=%00", "query=%00", "x=1", "limit[]=1", "include_anonymous=yes",
        "only_anonymous=true",
    ],
)  # fmt: skip
async def test_a_bad_query_is_refused(client: ApiClient, project: TestProject, query: str) -> None:
    response = await as_server(client, project).get(f"/users?{query}")
    assert response.status_code == 400


@pytest.mark.parametrize(
    "query",
    [
        "limit=1e300", "limit=99999999999999999999", "limit=9223372036854775807", "query=%25%5F%5C", "query=%FF",
        f"query={'%25' * 20_000}", "query=%27%3B--", "query=%F0%9F%98%80",
    ],
)  # fmt: skip
async def test_an_extreme_query_is_answered(client: ApiClient, project: TestProject, query: str) -> None:
    response = await as_server(client, project).get(f"/users?{query}")
    assert (response.status_code, response.json()["items"]) == (200, [])


@pytest.mark.parametrize(
    "path",
    [
        "/users/%00",
        "/users/..%2F..%2Fx",
        "/users/%FF",
        "/users/me%2F",
        "/users/%27",
        "/users/1%0D%0Ax",
        f"/users/{'a' * 9000}",
    ],
)
async def test_a_bad_path_is_a_schema_error(client: ApiClient, project: TestProject, path: str) -> None:
    response = await as_server(client, project).get(path)
    assert (response.status_code, known_error(response)) == (400, "SCHEMA_ERROR")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("project-id", "CURRENT_PROJECT_NOT_FOUND"),
        ("branch-id", "BRANCH_DOES_NOT_EXIST"),
        ("access-type", "INVALID_ACCESS_TYPE"),
        ("secret-server-key", "INVALID_SECRET_SERVER_KEY"),
        ("access-token", "UNPARSABLE_ACCESS_TOKEN"),
        ("admin-access-token", "UNPARSABLE_ADMIN_ACCESS_TOKEN"),
    ],
)
async def test_a_header_of_any_bytes_is_just_wrong(
    client: ApiClient, project: TestProject, name: str, code: str
) -> None:
    for value in (b"\x00", b"\xff\xfe", b"\xed\xa0\x80", b"x" * 100_000, b"' OR 1=1", b"a\tb"):
        given = {key.encode(): text.encode() for key, text in as_server(client, project).headers.items()}
        headers = {**given, f"x-hexclave-{name}".encode(): value}
        async with httpx.AsyncClient(transport=httpx.ASGITransport(client.api), base_url="http://localhost") as raw:
            response = await raw.get("/api/v1/users", headers=headers)
        assert known_error(response) == code
