"""What hosted pages look like in one project, as a style sheet: it is there before the first paint and needs no script.

The pages are built once for all projects and contain everything a project may have switched on; the sheet hides the
rest (classes `hx-…` of `components/hosted`). It is no protection: services check what a project allows.
"""

import json
import re
from dataclasses import dataclass
from typing import Final

from sqlmodel import Session

from hexclave_app.errors import ApiError
from hexclave_app.gateways.oauth.providers import PROVIDERS
from hexclave_app.installation import Installation
from hexclave_app.services.oauth import clients
from hexclave_app.services.tenancies import TenancySnapshot
from hexclave_app.settings import Settings
from models import Project

_HIDE: Final = "display:none!important"
_UNSAFE_IN_URL: Final = re.compile(r"[^A-Za-z0-9%/:?#@!$&*+,;=._~-]")


@dataclass(frozen=True, slots=True)
class OfferedProvider:
    """A provider that people can sign in with."""

    id: str
    type: str


@dataclass(frozen=True, slots=True)
class Logo:
    """Addresses of the project's sign, for light and dark pages."""

    light: str | None
    dark: str | None


def find_logo(session: Session, *, project_id: str) -> Logo:
    """The project's logo, if it has one."""
    project = session.get(Project, project_id)
    if project is None:
        return Logo(None, None)
    return Logo(project.logo_url, project.logo_dark_mode_url or project.logo_url)


def offered_providers(tenancy: TenancySnapshot, settings: Settings) -> list[OfferedProvider]:
    """Providers that are switched on and have an application, in the project's order."""
    offered = []
    for provider_id, provider in tenancy.config.auth.oauth.providers.items():
        if provider.type is None or not provider.allow_sign_in:
            continue
        try:
            clients.require_application(tenancy, settings, provider_id)
        except ApiError:
            continue  # it would only lead to an error
        offered.append(OfferedProvider(provider_id, provider.type))
    return offered


def stylesheet(installation: Installation, tenancy: TenancySnapshot, logo: Logo) -> str:
    """The sheet of a project."""
    rules = [*_methods(tenancy), *_providers(offered_providers(tenancy, installation.settings), tenancy)]
    rules.append(f".hx-name:empty::before{{content:{_css_text(tenancy.display_name)}}}")
    if logo.light:
        rules.append(f".hx-logo{{background-image:url({_css_url(logo.light)})}}")
        rules.append(f".dark .hx-logo{{background-image:url({_css_url(logo.dark or logo.light)})}}")
    else:
        rules.append(_hidden(".hx-logo"))
    return "\n".join(rules) + "\n"


def _methods(tenancy: TenancySnapshot) -> list[str]:
    auth = tenancy.config.auth
    has_password, has_code = auth.password.allow_sign_in, auth.otp.allow_sign_in
    rules = [_hidden(".hx-open" if not auth.allow_sign_up else ".hx-closed")]
    if not auth.passkey.allow_sign_in:
        rules.append(_hidden(".hx-passkey"))
    if has_password and has_code:
        rules.append(_hidden('[data-method="code"] .hx-password,[data-method="password"] .hx-code'))
    elif has_password:
        rules.append(_hidden(".hx-tabs,.hx-code"))
    elif has_code:
        rules.append(_hidden(".hx-tabs,.hx-password"))
    else:
        rules.append(_hidden(".hx-form"))
    return rules


def _providers(offered: list[OfferedProvider], tenancy: TenancySnapshot) -> list[str]:
    auth = tenancy.config.auth
    shown = {provider.id: place for place, provider in enumerate(offered) if provider.id == provider.type}
    rules = [
        _hidden(f".hx-provider-{kind}") if kind not in shown else f".hx-provider-{kind}{{order:{shown[kind]}}}"
        for kind in PROVIDERS
    ]
    has_form = auth.password.allow_sign_in or auth.otp.allow_sign_in
    if not offered:
        rules.append(_hidden(".hx-providers"))
    if not has_form or not (offered or auth.passkey.allow_sign_in):
        rules.append(_hidden(".hx-or"))
    elif not offered:
        rules.append(_hidden(".hx-sign-up .hx-or"))
    if has_form or offered or auth.passkey.allow_sign_in:
        rules.append(_hidden(".hx-none"))
    return rules


def _hidden(selector: str) -> str:
    return f"{selector}{{{_HIDE}}}"


def _css_text(text: str) -> str:
    """A string literal of CSS; everything that could end it or the sheet is an escape."""
    return '"' + "".join(one if one.isalnum() or one == " " else f"\\{ord(one):x} " for one in text) + '"'


def _css_url(url: str) -> str:
    return json.dumps(_UNSAFE_IN_URL.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), url))
