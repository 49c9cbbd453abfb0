"""Which pages may frame the embedded parts of a project (contract 08, section 3.17)."""

from typing import Final
from urllib.parse import parse_qs

from hexclave_app.config.schema import CompleteConfig
from hexclave_app.config.trusted_domains import is_trusted_url
from hexclave_app.config.urls import DEFAULT_PORTS, parse_origin
from hexclave_app.installation import Installation, current_installation
from hexclave_app.services.browser_sessions import hosted_project
from hexclave_app.services.tenancies import TenancySnapshot
from hexclave_app.settings import Settings
from models.projects import INTERNAL_PROJECT_ID

PARENT_PARAMETER: Final = "parent"
NOBODY: Final = "'none'"
_ANY_DEPTH: Final = "**."
_LOCALHOST: Final = ("http://localhost:*", "http://127.0.0.1:*")
_WEB: Final = frozenset({"http", "https"})


async def frame_ancestors_for(host: str, query: str) -> str:
    """The `frame-ancestors` of an embedded page as it was asked for."""
    installation = current_installation()
    tenancy = await installation.db.read(hosted_project, installation=installation, host=host)
    if tenancy is None:
        return NOBODY
    return frame_ancestors(tenancy, installation.settings, parse_qs(query, keep_blank_values=True))


def frame_ancestors(tenancy: TenancySnapshot, settings: Settings, query: dict[str, list[str]]) -> str:
    """Exactly the declared parent if the project trusts it; without one, what CSP can say of all trusted ones."""
    if tenancy.project_id == INTERNAL_PROJECT_ID:
        return NOBODY  # the dashboard's people never sign in inside of another page
    declared = query.get(PARENT_PARAMETER)
    if declared is None:
        return " ".join(_sources(tenancy.config)) or NOBODY
    is_trusted = len(declared) == 1 and is_embedding_origin(declared[0], tenancy, settings)
    return declared[0] if is_trusted else NOBODY


def is_embedding_origin(origin: str, tenancy: TenancySnapshot, settings: Settings) -> bool:
    """Whether the text is the origin of a page, as browsers write it, that may embed parts of this project."""
    if tenancy.project_id == INTERNAL_PROJECT_ID or _serialized(origin) != origin:
        return False
    return is_trusted_url(origin, config=tenancy.config, hosted_origin=settings.hosted_origin(tenancy.project_id))


def belongs_to(url: str, origin: str) -> bool:
    """Whether a page has this origin."""
    return _serialized(url) == origin


def is_trusted_parent(installation: Installation, tenancy: TenancySnapshot, *, origin: str, return_url: str) -> bool:
    """Whether a page may have a session, and whether the place to come back to is its own."""
    return is_embedding_origin(origin, tenancy, installation.settings) and belongs_to(return_url, origin)


def _serialized(url: str) -> str | None:
    """The origin of a URL as browsers write it; None for what a policy cannot say (opaque origins, IPv6)."""
    parsed = parse_origin(url)
    if parsed is None or parsed.scheme not in _WEB or parsed.host.startswith("["):
        return None
    port = "" if parsed.port == DEFAULT_PORTS[parsed.scheme] else f":{parsed.port}"
    return f"{parsed.scheme}://{parsed.host}{port}"


def _sources(config: CompleteConfig) -> list[str]:
    domains = config.domains
    patterns = [domain.base_url for domain in domains.trusted_domains.values() if domain.base_url is not None]
    said = [source for source in map(_source, patterns) if source is not None]
    return sorted(set(said)) + list(_LOCALHOST if domains.allow_localhost else ())


def _source(pattern: str) -> str | None:
    """What CSP calls the same origins; its `*.` is any depth, which is our `**.`, and it knows no other star."""
    if "*" not in pattern:
        return _serialized(pattern)
    scheme, _, rest = pattern.partition("://")
    if not rest.startswith(_ANY_DEPTH) or "*" in rest.removeprefix(_ANY_DEPTH):
        return None
    base = _serialized(f"{scheme}://{rest.removeprefix(_ANY_DEPTH)}")
    return base.replace("://", "://*.", 1) if base is not None else None
