"""The demo provider: "Sign in with …" on a developer's machine that has no keys for a provider yet.

It stands in for the shared applications, and only where both the public URL and the address that the server listens at
are this machine. Whoever reaches it may say to be anybody, so its word counts little: addresses are never verified,
which keeps it out of every account that it has not made itself.
"""

import base64
import binascii
import ipaddress
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidTag

from hexclave_app.config.trusted_domains import is_loopback
from hexclave_app.errors import StatusError
from hexclave_app.gateways.oauth.client import Application, Started
from hexclave_app.gateways.oauth.profiles import Profile, profile
from hexclave_app.gateways.oauth.providers import PROVIDERS
from hexclave_app.installation import Installation
from hexclave_app.services.contact_channels import normalise_email
from hexclave_app.settings import Settings

PATH: Final = "/auth/oauth/demo"
NAMES: Final = {"github": "GitHub", "gitlab": "GitLab", "linkedin": "LinkedIn"}
_PURPOSE: Final = "demo-provider"
_ID_PREFIX: Final = "demo:"  # no real provider names its accounts like this


def is_offered(settings: Settings, provider_type: str) -> bool:
    """Whether the demo stands in for the shared application of a provider."""
    operators = settings.oauth.get(provider_type)
    has_keys = operators is not None and bool(operators.client_id or operators.client_secret or operators.issuer)
    return (
        provider_type in PROVIDERS and not has_keys and settings.is_local and _is_loopback_address(settings.bind_host)
    )


def application(provider_type: str) -> Application:
    """The stand-in's own application; its provider has no address, because nobody is asked over the network."""
    nowhere = replace(PROVIDERS[provider_type], authorize_url="", exchange_url="", userinfo_url="", issuers=())
    return Application(nowhere, client_id="demo", client_secret="", is_demo=True)


def start(settings: Settings, provider_type: str, *, state: str) -> Started:
    """The demo's page for a flow."""
    return Started(f"{settings.origin}/api/v1{PATH}/{provider_type}?state={state}", scopes=[])


def issue_code(installation: Installation, *, state: str, email: str, name: str) -> str:
    """A code that says who somebody wants to be; good for this flow only, which in turn works once."""
    told = json.dumps({"email": email, "name": name}).encode()
    return base64.urlsafe_b64encode(installation.sealer(_PURPOSE).seal(told, context=state)).decode()


def open_code(installation: Installation, *, state: str, code: str) -> Profile:
    """Whom a code names."""
    try:
        sealed = base64.urlsafe_b64decode(code)
        told = json.loads(installation.sealer(_PURPOSE).open(sealed, context=state))
    except (binascii.Error, ValueError, InvalidTag):
        raise StatusError(400, "The demo provider does not know this code.") from None
    email = normalise_email(told["email"])
    return profile(f"{_ID_PREFIX}{email}", name=told["name"], email=email, verified=False)


def is_own_page(headers: Mapping[str, str]) -> bool:
    """Whether the demo's own page on this machine asks: a foreign name that leads here does not count.

    Programs, which send neither header of browsers, may say to be anybody on the machine they run on anyway.
    """
    host, origin = headers.get("host", ""), headers.get("origin")
    is_same = origin is None or urlsplit(origin).netloc == host
    return is_loopback(f"http://{host}") and is_same and headers.get("sec-fetch-site") in (None, "same-origin")


def _is_loopback_address(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
