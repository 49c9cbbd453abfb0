"""Being a client of OAuth providers: where to send people, and what their codes and tokens are worth."""

import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Final

import anyio
import httpx2

# Authlib comes without types.
from authlib.integrations.base_client import OAuthError  # type: ignore[import-untyped]  # the library has no types
from authlib.integrations.httpx_client import AsyncOAuth2Client  # type: ignore[import-untyped]  # the library has no types
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from hexclave_app import errors
from hexclave_app.errors import StatusError
from hexclave_app.gateways.oauth import profiles
from hexclave_app.gateways.oauth.http import HEADERS, TIMEOUT, GuardedTransport
from hexclave_app.gateways.oauth.profiles import Json, Profile
from hexclave_app.gateways.oauth.providers import OPENID_SCOPES, Provider

PROFILE_TRIES: Final = 3
_FIRST_PAUSE_S: Final = 0.25
_DISCOVERY_KEPT_S: Final = 600
_DENIED: Final = frozenset({"access_denied", "consent_required", "user_cancelled_authorize"})
_TRANSIENT: Final = frozenset({"server_error", "temporarily_unavailable"})
_TOO_MANY: Final = 429


@dataclass(frozen=True, slots=True)
class Application:
    """The account of a project (or of this installation) at a provider."""

    provider: Provider
    client_id: str
    client_secret: str
    named_issuer: str = ""
    """An OpenID provider that the operator put in the place of the real one."""
    is_demo: bool = False
    """Nobody is asked: the demo provider answers."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """What an exchange or a refresh yields."""

    access_token: str
    expires_in_s: int
    refresh_token: str | None = None
    id_token: str | None = None


@dataclass(frozen=True, slots=True)
class Started:
    """Where to send a person."""

    url: str
    scopes: list[str]


class ProviderUnreachable(Exception):
    """The provider could not be asked; nothing is known about the token."""


async def with_endpoints(application: Application) -> Application:
    """The application with the endpoints that its named issuer publishes (OpenID Connect Discovery 1.0)."""
    issuer = application.named_issuer.rstrip("/")
    if not issuer:
        return application
    known = _DISCOVERED.get(issuer)
    if known is None or known[0] < time.monotonic():
        document = await _discover(application, issuer)
        known = (time.monotonic() + _DISCOVERY_KEPT_S, document)
        _DISCOVERED[issuer] = known
    own = application.provider
    provider = replace(known[1], has_pkce=own.has_pkce, token_auth=own.token_auth)
    return replace(application, provider=provider)


_DISCOVERED: dict[str, tuple[float, Provider]] = {}


async def start(
    application: Application, *, callback_url: str, state: str, verifier: str, scopes: list[str]
) -> Started:
    """The provider's page for this flow; extra scopes come after the provider's own."""
    application = await with_endpoints(application)
    provider = application.provider
    wanted = list(dict.fromkeys([*provider.scopes, *scopes]))
    extra = {"access_type": "offline", "prompt": "consent", **provider.extra}
    async with _session(application, callback_url=callback_url, scope=" ".join(wanted)) as session:
        url, _ = session.create_authorization_url(
            provider.authorize_url, state=state, code_verifier=verifier if provider.has_pkce else None, **extra
        )
    return Started(str(url), wanted)


async def exchange(application: Application, *, callback_url: str, code: str, verifier: str) -> tuple[Tokens, Profile]:
    """The person and the tokens of a provider's code; every failure is an error for the caller."""
    application = await with_endpoints(application)
    try:
        async with _session(application, callback_url=callback_url) as session:
            token = await session.fetch_token(
                application.provider.exchange_url,
                grant_type="authorization_code",
                code=code,
                **({"code_verifier": verifier} if application.provider.has_pkce else {}),
            )
        tokens = _tokens(application, token)
        return tokens, await _profile(application, tokens)
    except OAuthError as error:
        raise refusal(str(error.error)) from error
    except ProviderUnreachable as error:
        raise errors.OAuthProviderTemporarilyUnavailable from error
    except httpx2.HTTPStatusError as error:
        raise _status_refusal(error.response.status_code) from error
    except httpx2.HTTPError as error:
        raise errors.OAuthProviderTemporarilyUnavailable from error
    except ValueError as error:
        raise StatusError(400, "The OAuth provider answered in a form that we do not understand.") from error


async def refresh(application: Application, *, refresh_token: str) -> Tokens | None:
    """New tokens, or None when the provider refuses; raises ProviderUnreachable."""
    try:
        application = await with_endpoints(application)
        async with _session(application) as session:
            token = await session.refresh_token(application.provider.exchange_url, refresh_token=refresh_token)
        return _tokens(application, token)
    except OAuthError as error:
        if error.error in _TRANSIENT:
            raise ProviderUnreachable from error
        return None
    except httpx2.HTTPStatusError as error:
        if _is_transient(error.response.status_code):
            raise ProviderUnreachable from error
        return None
    except httpx2.HTTPError as error:
        raise ProviderUnreachable from error
    except ValueError:
        return None


async def is_alive(application: Application, *, access_token: str) -> bool:
    """Whether the provider still accepts the token; raises ProviderUnreachable."""
    try:
        application = await with_endpoints(application)
        async with _Fetch(application, access_token) as fetch:
            await fetch.get(application.provider.userinfo_url, {"client-id": application.client_id})
    except httpx2.HTTPStatusError as error:
        if _is_transient(error.response.status_code):
            raise ProviderUnreachable from error
        return False
    except httpx2.HTTPError as error:
        raise ProviderUnreachable from error
    except ValueError:
        return False
    return True


def refusal(error: str) -> Exception:
    """What an `error` of a provider means to the app."""
    if error in _DENIED:
        return errors.OAuthProviderAccessDenied()
    if error in _TRANSIENT:
        return errors.OAuthProviderTemporarilyUnavailable()
    return StatusError(400, "The OAuth provider refused the sign-in. Check the client id, the secret and the scopes.")


def _status_refusal(status: int) -> Exception:
    if _is_transient(status):
        return errors.OAuthProviderTemporarilyUnavailable()
    return StatusError(400, f"The OAuth provider refused to say who this is (status {status}).")


def _is_transient(status: int) -> bool:
    return status == _TOO_MANY or status >= 500


@asynccontextmanager
async def _session(
    application: Application, *, callback_url: str | None = None, scope: str | None = None
) -> AsyncIterator[AsyncOAuth2Client]:
    async with AsyncOAuth2Client(
        application.client_id,
        application.client_secret,
        token_endpoint_auth_method=application.provider.token_auth,
        redirect_uri=callback_url,
        scope=scope,
        code_challenge_method="S256",
        transport=GuardedTransport(named_by_operator=application.named_issuer),
        headers=HEADERS,
        timeout=TIMEOUT,
        trust_env=False,
    ) as session:
        yield session


class _Fetch:
    """Reads JSON with a person's access token."""

    def __init__(self, application: Application, access_token: str, id_token_claims: Json | None = None) -> None:
        self.client_id = application.client_id
        self.userinfo_url = application.provider.userinfo_url
        self.id_token_claims = id_token_claims
        self._http = httpx2.AsyncClient(
            transport=GuardedTransport(named_by_operator=application.named_issuer),
            headers={**HEADERS, "authorization": f"Bearer {access_token}"},
            timeout=TIMEOUT,
            trust_env=False,
        )

    async def __aenter__(self) -> "_Fetch":
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._http.aclose()

    async def get(self, url: str, headers: Mapping[str, str] | None = None) -> object:
        """The JSON of an answer 2xx."""
        answer = await self._http.get(url, headers=headers)
        if not answer.is_success:
            raise httpx2.HTTPStatusError("refused", request=answer.request, response=answer)
        value: object = answer.json()
        return value


async def _profile(application: Application, tokens: Tokens) -> Profile:
    """The profile; what fails for a moment is tried again."""
    claims = await _id_token_claims(application, tokens) if application.provider.jwks_url else None
    for attempt in range(PROFILE_TRIES):
        try:
            async with _Fetch(application, tokens.access_token, claims) as fetch:
                return await application.provider.read_profile(fetch)
        except httpx2.HTTPStatusError as error:
            if not _is_transient(error.response.status_code):
                raise
        except httpx2.TransportError:
            pass
        if attempt < PROFILE_TRIES - 1:
            await anyio.sleep(_FIRST_PAUSE_S * 2**attempt)
    raise ProviderUnreachable


async def _id_token_claims(application: Application, tokens: Tokens) -> Json | None:
    """The claims of the id token after signature, issuer, audience and expiry were checked."""
    if tokens.id_token is None or application.provider.jwks_url is None:
        return None
    async with _Fetch(application, tokens.access_token) as fetch:
        keys = await fetch.get(application.provider.jwks_url)
    registry = jwt.JWTClaimsRegistry(
        iss={"essential": True, "values": list(application.provider.issuers)},
        aud={"essential": True, "value": application.client_id},
        exp={"essential": True},
        sub={"essential": True},
    )
    try:
        decoded = jwt.decode(tokens.id_token, KeySet.import_key_set(keys), algorithms=["RS256", "ES256"])  # type: ignore[arg-type]  # the library checks the keys itself
        registry.validate(decoded.claims)
    except JoseError as error:
        raise StatusError(400, "The identity token of the OAuth provider is not valid.") from error
    claims: Json = decoded.claims
    return claims


async def _discover(application: Application, issuer: str) -> Provider:
    try:
        async with httpx2.AsyncClient(
            transport=GuardedTransport(named_by_operator=issuer), headers=HEADERS, timeout=TIMEOUT, trust_env=False
        ) as client:
            answer = await client.get(f"{issuer}/.well-known/openid-configuration")
        document = answer.json() if answer.is_success else {}
        if document.get("issuer", "").rstrip("/") != issuer:
            raise StatusError(400, "The configured OpenID issuer does not describe itself under its own name.")
        return Provider(
            authorize_url=document["authorization_endpoint"],
            exchange_url=document["token_endpoint"],
            userinfo_url=document["userinfo_endpoint"],
            scopes=OPENID_SCOPES,
            issuers=(document["issuer"],),
            token_auth=application.provider.token_auth,
            read_profile=profiles.openid,
        )
    except httpx2.HTTPError as error:
        raise errors.OAuthProviderTemporarilyUnavailable from error
    except (KeyError, ValueError, AttributeError) as error:
        raise StatusError(400, "The configured OpenID issuer publishes no usable configuration.") from error


def _tokens(application: Application, token: Mapping[str, object]) -> Tokens:
    access_token = token.get("access_token")
    if not isinstance(access_token, str) or not access_token:
        raise ValueError("no access token")
    return Tokens(
        access_token,
        _lifetime_s(token, application.provider.token_lifetime_s),
        _optional_text(token.get("refresh_token")),
        _optional_text(token.get("id_token")),
    )


def _lifetime_s(token: Mapping[str, object], assumed_s: int) -> int:
    for name, start in (("expires_in", 0.0), ("expires_at", time.time())):
        value = token.get(name)
        if isinstance(value, str) and value.isdecimal():
            value = int(value)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return max(0, min(int(value - start), 366 * 86_400))
    return assumed_s


def _optional_text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
