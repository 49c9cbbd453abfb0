"""The apps of a project that a link can lead to, and the addresses of their pages for links."""

from dataclasses import dataclass
from typing import Any, Final

from hexclave_app.config.schema import CompleteConfig
from hexclave_app.errors import StatusError
from hexclave_app.languages.speaking import say
from state.base import Viewer
from state.dashboard.forms import typed

HOSTED: Final = "hosted"
LOCALHOST: Final = "localhost"
_HANDLER: Final = "/handler"


@dataclass(frozen=True)
class Target:
    """An app that a link can lead to."""

    id: str
    label: str


def targets_of(viewer: Viewer) -> list[Target]:
    """What can be chosen: the hosted pages, the trusted domains that name one place, and a developer's machine."""
    config = viewer.tenancy.config
    found = [Target(HOSTED, say("user-mail-hosted")), *(Target(one, one) for one in _apps(config))]
    return [*found, Target(LOCALHOST, say("user-mail-localhost"))] if config.domains.allow_localhost else found


def page_address(viewer: Viewer, target: str, page: str, form: dict[str, Any]) -> str:
    """The page of a target; what is no offered target is refused, and the services check it once more."""
    config = viewer.tenancy.config
    if target == HOSTED:
        return f"{viewer.installation.settings.hosted_origin(viewer.tenancy.project_id)}{_HANDLER}/{page}"
    if target == LOCALHOST and config.domains.allow_localhost:
        port, path = typed(form, "target_port"), typed(form, "target_path") or _HANDLER
        if not (port.isascii() and port.isdigit() and 0 < int(port) < 65_536) or not path.startswith("/"):
            raise StatusError(400, say("user-mail-localhost-wrong"))
        return f"http://localhost:{port}{path.rstrip('/')}/{page}"
    apps = _apps(config)
    if target not in apps:
        raise StatusError(400, say("user-mail-unknown"))
    return f"{target.rstrip('/')}{apps[target].rstrip('/')}/{page}"


def _apps(config: CompleteConfig) -> dict[str, str]:
    """The trusted domains that name one place, with the path of their handler."""
    domains = config.domains.trusted_domains.values()
    return {one.base_url: one.handler_path for one in domains if one.base_url and "*" not in one.base_url}
