"""Whether a callback or redirect URL may be used (contract 03, section 1.10)."""

from hexclave_app import errors
from hexclave_app.config.trusted_domains import is_trusted_url
from hexclave_app.services.tenancies import TenancySnapshot
from hexclave_app.settings import Settings


def require_trusted(url: str, *, tenancy: TenancySnapshot, settings: Settings) -> None:
    """Raise REDIRECT_URL_NOT_WHITELISTED for a URL that is not on a trusted domain or the project's hosted origin."""
    if not is_trusted_url(url, config=tenancy.config, hosted_origin=settings.hosted_origin(tenancy.project_id)):
        raise errors.RedirectUrlNotWhitelisted
