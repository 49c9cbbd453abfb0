"""Who takes part in a flow: the app that asks, and our application at the provider (contract 03, section 10.1)."""

import re
from dataclasses import replace
from datetime import datetime
from typing import Final
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from sqlmodel import Session

from hexclave_app import errors
from hexclave_app.config.schema_auth import OAuthProvider
from hexclave_app.config.trusted_domains import is_accepted_native_url, is_trusted_url
from hexclave_app.gateways.oauth.client import Application
from hexclave_app.gateways.oauth.providers import PROVIDERS
from hexclave_app.installation import Installation
from hexclave_app.services.callers import check_client_key
from hexclave_app.services.oauth import demo
from hexclave_app.services.tenancies import TenancySnapshot
from hexclave_app.settings import Settings
from models.projects import DEFAULT_BRANCH_ID

SCOPE: Final = "legacy"
_TENANT: Final = re.compile(r"[A-Za-z0-9.-]{1,100}")
_URL_CHARACTERS: Final = "%/:?#[]@!$&'()*+,;=-._~"


def require_tenancy(session: Session, installation: Installation, *, client_id: str) -> TenancySnapshot:
    """The tenancy of a client id, `project` or `project#branch`."""
    project_id, _, branch_id = client_id.partition("#")
    tenancy = installation.tenancies.find(session, project_id, branch_id or DEFAULT_BRANCH_ID)
    if tenancy is None:
        raise errors.InvalidOAuthClientIdOrSecret(client_id=client_id)
    return tenancy


def require_client(
    session: Session, installation: Installation, *, client_id: str, client_secret: str | None, now: datetime
) -> TenancySnapshot:
    """The tenancy of a client whose secret is right; the token endpoint has its own error for a wrong one."""
    tenancy = require_tenancy(session, installation, client_id=client_id)
    try:
        check_client_key(tenancy, client_secret or None, now)
    except errors.InvalidPublishableClientKey:
        raise errors.InvalidOAuthClientIdOrSecret(client_id=client_id) from None
    return tenancy


def known_client(
    installation: Installation, *, client_id: str, client_secret: str | None, now: datetime
) -> TenancySnapshot | None:
    """The client's tenancy as this process remembers it, perhaps outdated; None when only the database can tell."""
    project_id, _, branch_id = client_id.partition("#")
    tenancy = installation.tenancies.peek(project_id, branch_id or DEFAULT_BRANCH_ID)
    if tenancy is None:
        return None
    try:
        check_client_key(tenancy, client_secret or None, now)
    except errors.KnownError:
        return None
    return tenancy


def require_provider(tenancy: TenancySnapshot, provider_id: str) -> OAuthProvider:
    """The configured provider; one that the project does not have is not enabled."""
    found = tenancy.config.auth.oauth.providers.get(provider_id)
    if found is None or found.type is None:
        raise errors.OAuthProviderNotFoundOrNotEnabled
    return found


def require_application(tenancy: TenancySnapshot, settings: Settings, provider_id: str) -> Application:
    """Our application at a provider: the project's own, or the one that all projects of this installation share."""
    config = require_provider(tenancy, provider_id)
    provider, operators = PROVIDERS[str(config.type)], settings.oauth.get(str(config.type))
    client_id, client_secret = config.client_id, config.client_secret
    if config.is_shared and demo.is_offered(settings, str(config.type)):
        return demo.application(str(config.type))
    if config.is_shared:
        client_id, client_secret = (operators.client_id, operators.client_secret) if operators else (None, None)
    if not client_id or not client_secret:
        raise errors.OAuthProviderNotFoundOrNotEnabled
    if config.type == "microsoft":
        tenant = config.microsoft_tenant_id or "consumers"
        if not _TENANT.fullmatch(tenant):
            raise errors.OAuthProviderNotFoundOrNotEnabled
        provider = replace(
            provider,
            authorize_url=provider.authorize_url.replace("{tenant}", tenant),
            exchange_url=provider.exchange_url.replace("{tenant}", tenant),
        )
    if config.type == "facebook" and config.facebook_config_id:
        provider = replace(provider, extra={**provider.extra, "config_id": config.facebook_config_id})
    return Application(provider, client_id, client_secret, operators.issuer if operators else "")


def callback_url(settings: Settings, provider_type: str) -> str:
    """Where the provider sends people back to."""
    return f"{settings.origin}/api/v1/auth/oauth/callback/{provider_type}"


def is_allowed_target(url: str, *, tenancy: TenancySnapshot, settings: Settings) -> bool:
    """Whether people, codes or errors may be sent to the URL: a trusted one, or a native app of a project with any."""
    if is_accepted_native_url(url):
        domains = tenancy.config.domains
        return domains.allow_localhost or bool(domains.trusted_domains)
    return is_trusted_url(url, config=tenancy.config, hosted_origin=settings.hosted_origin(tenancy.project_id))


def require_target(url: str, *, tenancy: TenancySnapshot, settings: Settings) -> None:
    """Raise REDIRECT_URL_NOT_WHITELISTED for any other URL."""
    if not is_allowed_target(url, tenancy=tenancy, settings=settings):
        raise errors.RedirectUrlNotWhitelisted


def with_query(url: str, values: dict[str, str]) -> str:
    """The URL with query parameters set; its other ones are kept."""
    parts = urlsplit(url)
    kept = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name not in values]
    return quote(urlunsplit(parts._replace(query=urlencode([*kept, *values.items()]))), safe=_URL_CHARACTERS)
