"""Identity tokens that an app got from Apple by itself, without a redirect."""

import time
from typing import Final

import httpx2
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from hexclave_app import errors
from hexclave_app.gateways.oauth.http import HEADERS, TIMEOUT, GuardedTransport
from hexclave_app.gateways.oauth.profiles import Profile, openid_claims, profile
from hexclave_app.gateways.oauth.providers import PROVIDERS

_ALGORITHMS: Final = ["RS256", "ES256"]
_KEPT_S: Final = 60
_MAX_TOKEN_CHARS: Final = 8192
_KEYS: dict[str, tuple[float, str, KeySet]] = {}


async def verify_identity_token(token: str, *, bundle_ids: list[str], named_issuer: str) -> Profile:
    """Who the token says has signed in to one of the apps; INVALID_APPLE_CREDENTIALS when it proves nothing.

    `named_issuer` is an OpenID provider that the operator put in Apple's place.
    """
    if len(token) > _MAX_TOKEN_CHARS:
        raise errors.InvalidAppleCredentials
    issuer, keys = await _keys(named_issuer.rstrip("/"))
    registry = jwt.JWTClaimsRegistry(
        iss={"essential": True, "value": issuer},
        aud={"essential": True, "values": list(bundle_ids)},
        exp={"essential": True},
        sub={"essential": True},
    )
    try:
        decoded = jwt.decode(token, keys, algorithms=_ALGORITHMS)
        registry.validate(decoded.claims)
    except (JoseError, ValueError) as error:
        raise errors.InvalidAppleCredentials from error
    claims = decoded.claims
    if not isinstance(claims.get("aud"), str):
        raise errors.InvalidAppleCredentials  # a token for several apps is not Apple's
    told = openid_claims(claims)
    is_verified = claims.get("email_verified") in (True, "true")
    return profile(told.account_id, email=told.email, verified=is_verified)


async def _keys(named_issuer: str) -> tuple[str, KeySet]:
    """The issuer's name and its keys, asked for again after a minute: there may be new ones."""
    known = _KEYS.get(named_issuer)
    if known is None or known[0] < time.monotonic():
        issuer, keys = await _fetch(named_issuer)
        known = _KEYS[named_issuer] = (time.monotonic() + _KEPT_S, issuer, keys)
    return known[1], known[2]


async def _fetch(named_issuer: str) -> tuple[str, KeySet]:
    apple = PROVIDERS["apple"]
    issuer, jwks_url = apple.issuers[0], apple.jwks_url
    try:
        async with httpx2.AsyncClient(
            transport=GuardedTransport(named_by_operator=named_issuer),
            headers=HEADERS,
            timeout=TIMEOUT,
            trust_env=False,
        ) as client:
            if named_issuer:
                document = (await client.get(f"{named_issuer}/.well-known/openid-configuration")).json()
                issuer, jwks_url = str(document["issuer"]), str(document["jwks_uri"])
            answer = await client.get(str(jwks_url))
        return issuer, KeySet.import_key_set(answer.raise_for_status().json())
    except (httpx2.HTTPError, JoseError, KeyError, TypeError, ValueError) as error:
        # The person's token may be right; only the keys to tell are missing.
        raise errors.OAuthProviderTemporarilyUnavailable from error
