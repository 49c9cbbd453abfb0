"""Access tokens: ES256 JWTs with one key pair per audience (contract 01, section 9)."""

import base64
import hashlib
import json
import time
from collections import OrderedDict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import cast

import orjson
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey
from joserfc.jws import extract_compact

from hexclave_app.errors import AccessTokenExpired

ALGORITHM = "ES256"
_CACHE_SIZE = 5_000  # verified tokens of the last minutes; a P-256 verification costs 10 times a look-up
_CACHED_KEYS = 4_096
_MAX_TOKEN_CHARS = 8_192
_COORDINATE_BYTES = 32


class UserKind(StrEnum):
    """What a token's user may do, first match wins (contract 01, section 1)."""

    NORMAL = "normal"
    RESTRICTED = "restricted"
    ANONYMOUS = "anonymous"


_AUDIENCE_SUFFIX = {UserKind.NORMAL: "", UserKind.RESTRICTED: ":restricted", UserKind.ANONYMOUS: ":anon"}
_ISSUER_PATH = {
    UserKind.NORMAL: "projects",
    UserKind.RESTRICTED: "projects-restricted-users",
    UserKind.ANONYMOUS: "projects-anonymous-users",
}
_KIND_OF_SUFFIX = {suffix.removeprefix(":"): kind for kind, suffix in _AUDIENCE_SUFFIX.items()}


class UnparsableToken(ValueError):
    """The text is no token of ours: bad form, signature, audience or issuer."""


@dataclass(frozen=True)
class AccessClaims:
    """What a verified access token says."""

    project_id: str
    branch_id: str
    user_id: str
    refresh_token_id: str | None
    kind: UserKind
    restricted_reason: str | None
    issued_at: int
    expires_at: int


class TokenAuthority:
    """Signs and verifies access tokens of one installation; keys are derived, nothing is stored."""

    def __init__(self, *, server_secret: str, origin: str, lifetime_s: int) -> None:
        self._secret = server_secret
        self._origin = origin
        self._lifetime_s = lifetime_s
        self._verified: OrderedDict[str, AccessClaims] = OrderedDict()
        self._keys = lru_cache(maxsize=_CACHED_KEYS)(self._derive)
        self._signers = lru_cache(maxsize=_CACHED_KEYS)(self._signer)

    def audience(self, project_id: str, kind: UserKind) -> str:
        """The `aud` of tokens for one project and user kind."""
        return project_id + _AUDIENCE_SUFFIX[kind]

    def issuer(self, project_id: str, kind: UserKind) -> str:
        """The `iss` of tokens for one project and user kind."""
        return f"{self._origin}/api/v1/{_ISSUER_PATH[kind]}/{project_id}"

    def sign(self, project_id: str, kind: UserKind, claims: Mapping[str, object], *, now_s: int) -> str:
        """A signed token with the given claims plus issuer, audience and times."""
        audience = self.audience(project_id, kind)
        payload = {
            "iss": self.issuer(project_id, kind),
            "aud": audience,
            "iat": now_s,
            "exp": now_s + self._lifetime_s,
            **claims,
        }
        return self._signers(audience).sign(orjson.dumps(payload))

    def verify(
        self, token: str, *, kinds: Collection[UserKind] = tuple(UserKind), now_s: float | None = None
    ) -> AccessClaims:
        """Claims of a valid token of an accepted user kind; raises UnparsableToken, or AccessTokenExpired."""
        now = time.time() if now_s is None else now_s
        claims = self._verified.get(token)
        if claims is None:
            claims = self._verify(token)
            self._verified[token] = claims
            if len(self._verified) > _CACHE_SIZE:
                self._verified.popitem(last=False)
        if claims.kind not in kinds:
            raise UnparsableToken("user kind")
        if now >= claims.expires_at:
            self._verified.pop(token, None)
            raise AccessTokenExpired(
                expired_at_millis=claims.expires_at * 1000,
                project_id=claims.project_id,
                user_id=claims.user_id,
                refresh_token_id=claims.refresh_token_id,
            )
        if claims.issued_at > now + 60:
            raise UnparsableToken("issued in the future")
        return claims

    def public_keys(self, project_id: str, kinds: list[UserKind]) -> list[dict[str, str]]:
        """The JWKS entries of a project, in the order of the given user kinds."""
        entries = []
        for kind in kinds:
            key = self._keys(self.audience(project_id, kind))
            public = key.as_dict(private=False)
            entries.append(
                {
                    "kty": "EC",
                    "alg": ALGORITHM,
                    "crv": "P-256",
                    "x": str(public["x"]),
                    "y": str(public["y"]),
                    "kid": str(key.kid),
                }
            )
        return entries

    def _verify(self, token: str) -> AccessClaims:
        if len(token) > _MAX_TOKEN_CHARS:
            raise UnparsableToken("too long")
        try:
            audience = _unverified_audience(token)
            project_id, _, suffix = audience.partition(":")
            kind = _KIND_OF_SUFFIX[suffix]
            key = self._keys(audience)
            decoded = jwt.decode(token, key, algorithms=[ALGORITHM])
            if decoded.header.get("kid") != key.kid:
                raise UnparsableToken("key id")
            claims = decoded.claims
            if claims.get("iss") != self.issuer(project_id, kind) or claims.get("aud") != audience:
                raise UnparsableToken("issuer or audience")
            return _read_claims(claims, project_id, kind)
        except UnparsableToken:
            raise
        except (JoseError, KeyError, ValueError, TypeError, AttributeError, RecursionError) as error:
            raise UnparsableToken(str(error)) from error

    def _signer(self, audience: str) -> "_Signer":
        return _Signer(self._keys(audience))

    def _derive(self, audience: str) -> ECKey:
        secret = _b64u(_sha256(_json(["stack-jwk-audience-secret", self._secret, {"audience": audience}])))
        kid = _b64u(_sha256(_json(["stack-jwk-kid", self._secret, {"audience": audience}])))[:12]
        scalar = int.from_bytes(_sha256(base64.urlsafe_b64decode(secret + "=")), "big")
        private = ec.derive_private_key(
            scalar % (_P256_ORDER - 1) + 1 if scalar >= _P256_ORDER else scalar, ec.SECP256R1()
        )
        numbers = private.private_numbers()
        return ECKey.import_key(
            {
                "kty": "EC",
                "crv": "P-256",
                "x": _b64u(numbers.public_numbers.x.to_bytes(32, "big")),
                "y": _b64u(numbers.public_numbers.y.to_bytes(32, "big")),
                "d": _b64u(numbers.private_value.to_bytes(32, "big")),
                "kid": kid,
            }
        )


class _Signer:
    """Signs payloads with one key: ES256 in the compact form (RFC 7515, section 3.1; RFC 7518, section 3.4).

    The general encoder spends twice the signature's own time on checking a header that never changes; what it would
    make is the same, and reading tokens, where the checks matter, stays with the library.
    """

    def __init__(self, key: ECKey) -> None:
        self._key = cast("ec.EllipticCurvePrivateKey", key.private_key)
        self._header = _b64u(_json({"alg": ALGORITHM, "typ": "JWT", "kid": key.kid}))

    def sign(self, payload: bytes) -> str:
        """The token that carries the payload."""
        content = f"{self._header}.{_b64u(payload)}"
        r, s = decode_dss_signature(self._key.sign(content.encode(), _ES256))
        return f"{content}.{_b64u(r.to_bytes(_COORDINATE_BYTES, 'big') + s.to_bytes(_COORDINATE_BYTES, 'big'))}"


_ES256 = ec.ECDSA(hashes.SHA256())
_P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # SEC 2, section 2.4.2


def _unverified_audience(token: str) -> str:
    payload = json.loads(extract_compact(token.encode()).payload)
    audience = payload["aud"]
    if not isinstance(audience, str) or not audience:
        raise UnparsableToken("audience")
    return audience


def _read_claims(claims: Mapping[str, object], project_id: str, kind: UserKind) -> AccessClaims:
    issued_at, expires_at = _moment(claims["iat"]), _moment(claims["exp"])
    not_before = _moment(claims.get("nbf", issued_at))
    is_anonymous = bool(claims["is_anonymous"])
    is_restricted = bool(claims.get("is_restricted", is_anonymous))
    told = UserKind.ANONYMOUS if is_anonymous else UserKind.RESTRICTED if is_restricted else UserKind.NORMAL
    if told is not kind or claims.get("project_id", project_id) != project_id:
        raise UnparsableToken("the claims contradict the audience")
    reason = claims.get("restricted_reason")
    session = claims.get("refresh_token_id", claims.get("refreshTokenId"))
    return AccessClaims(
        project_id=project_id,
        branch_id=str(claims.get("branch_id", claims.get("branchId", "main"))),
        user_id=str(claims["sub"]),
        refresh_token_id=str(session) if session else None,
        kind=kind,
        restricted_reason=str(reason["type"]) if isinstance(reason, dict) else "anonymous" if is_anonymous else None,
        issued_at=max(issued_at, not_before),
        expires_at=expires_at,
    )


def _moment(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise UnparsableToken("times")
    return value


def _json(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()


def _sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def _b64u(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
