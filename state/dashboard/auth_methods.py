"""How people sign in to a project and sign up for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import reflex as rx
from pydantic import JsonValue
from sqlmodel import Session

from hexclave_app.config.overrides import Level
from hexclave_app.config.schema_auth import OAuthProvider
from hexclave_app.errors import StatusError
from hexclave_app.gateways.oauth.providers import PROVIDERS
from hexclave_app.languages.speaking import say
from hexclave_app.services import project_configs, tenancies
from models.projects import DEFAULT_BRANCH_ID
from state.base import Access, Viewer, guarded
from state.dashboard.config_saves import is_pushed, propose
from state.dashboard.forms import ticked, typed, typed_or_none
from state.dashboard.onboarding import REQUIREMENTS, who_is_restricted
from state.dashboard.staged import Consequence, StagedState
from state.dashboard.staged_settings import Choice, Present, Settings, Switch
from state.dashboard.wording import provider_name

STRATEGIES: Final = {
    "link_method": say("auth-methods-strategy-link"),
    "raise_error": say("auth-methods-strategy-refuse"),
    "allow_duplicates": say("auth-methods-strategy-second"),
}
_SETTINGS: Final[Settings] = {
    "password": Switch("auth.password.allowSignIn", say("auth-methods-password")),
    "otp": Switch("auth.otp.allowSignIn", say("auth-methods-otp")),
    "passkey": Switch("auth.passkey.allowSignIn", say("auth-methods-passkey")),
    "sign_up": Switch("auth.allowSignUp", say("auth-methods-sign-up-switch")),
    "strategy": Choice("auth.oauth.accountMergeStrategy", say("auth-methods-strategy"), STRATEGIES),
    "self_deletion": Switch("users.allowClientUserDeletion", say("auth-methods-deletion-switch")),
    **REQUIREMENTS,
}
_METHODS: Final = ("password", "otp", "passkey")
SHARED: Final = ("google", "github", "microsoft", "spotify")
"""Providers for which shared keys are offered (contract 08, section 4.8)."""
CONSOLES: Final = {
    "google": "https://console.cloud.google.com/apis/credentials",
    "github": "https://github.com/settings/developers",
    "microsoft": "https://entra.microsoft.com",
    "spotify": "https://developer.spotify.com/dashboard",
    "facebook": "https://developers.facebook.com/apps",
    "discord": "https://discord.com/developers/applications",
    "gitlab": "https://gitlab.com/-/user_settings/applications",
    "bitbucket": "https://bitbucket.org/account/settings",
    "linkedin": "https://www.linkedin.com/developers/apps",
    "apple": "https://developer.apple.com/account/resources/identifiers/list/serviceId",
    "x": "https://developer.x.com/en/portal/dashboard",
    "twitch": "https://dev.twitch.tv/console/apps",
}
"""Where each provider hands out keys."""
_PROVIDERS: Final = "auth.oauth.providers"


@dataclass(frozen=True)
class ProviderRow:
    """An OAuth provider as the list shows it."""

    id: str
    name: str
    is_shared: bool
    allows_sign_in: bool
    allows_connected: bool


class AuthMethodsState(StagedState, rx.State):
    """The ways to sign in, and what is asked of new users."""

    rows: list[ProviderRow] = []
    addable: list[tuple[str, str]] = []
    sign_in_url: str = ""
    project_name: str = ""
    signs_in_with: list[str] = []
    """The providers that the sign-in page offers."""
    is_adding: bool = False
    provider_search: str = ""
    removing_id: str = ""

    def _begin_anew(self) -> None:
        super()._begin_anew()
        self._forget()

    def _forget(self) -> None:
        super()._forget()
        self.removing_id = self.provider_search = ""
        self.is_adding = False

    def _settings(self, _present: Present) -> Settings:
        return _SETTINGS

    @guarded(Access.PROJECT_ADMIN)
    async def toggle_adding(self, viewer: Viewer, is_adding: bool) -> None:
        """Open the dialog with the providers to choose from, or close it."""
        self.is_adding, self.provider_search = is_adding is True, ""
        await self._show_page(viewer)

    @guarded(Access.PROJECT_ADMIN, supersedes=True)
    async def search_provider(self, viewer: Viewer, text: str) -> None:
        """Look for a provider by its name."""
        self.provider_search = str(text).strip().lower()
        await self._show_page(viewer)

    @guarded(Access.PROJECT_ADMIN)
    async def ask_to_remove(self, _viewer: Viewer, provider_id: str) -> None:
        """Open the question for one provider."""
        self.removing_id = str(provider_id)

    @guarded(Access.PROJECT_ADMIN)
    async def stop_asking(self, _viewer: Viewer) -> None:
        """Close the question."""
        self.removing_id = ""

    @guarded(Access.PROJECT_ADMIN)
    async def remove(self, viewer: Viewer) -> object:
        """Take the provider away, with its keys."""
        provider_id, self.removing_id = self.removing_id, ""
        if await is_pushed(viewer):
            await propose(self, viewer, {f"{_PROVIDERS}.{provider_id}": None})
            return None
        await viewer.installation.db.run(_remove, project_id=viewer.tenancy.project_id, provider_id=provider_id)
        return [rx.toast.success(say("auth-methods-removed")), AuthMethodsState.refresh]

    async def _consequences(self, viewer: Viewer, staged: Mapping[str, JsonValue]) -> list[Consequence]:
        found = []
        if "sign_up" in staged:
            text = say("auth-methods-sign-up-opens" if staged["sign_up"] else "auth-methods-sign-up-closes")
            found.append(Consequence(text, []))
        if not staged.keys().isdisjoint(_METHODS) and not self._offers_any():
            found.append(Consequence(say("auth-methods-nobody-signs-in"), []))
        return [*found, *await who_is_restricted(viewer, staged)]

    def _offers_any(self) -> bool:
        return bool(self.signs_in_with) or any(self.switches[name] for name in _METHODS)

    async def _show_page(self, viewer: Viewer) -> None:
        found = viewer.tenancy.config.auth.oauth.providers
        self.rows = [_row(one, found[one]) for one in sorted(found) if found[one].type is not None]
        known = {row.id for row in self.rows}
        offered = [(one, provider_name(one)) for one in PROVIDERS if one not in known]
        self.addable = [one for one in offered if self.provider_search in one[1].lower()]
        self.signs_in_with = [row.id for row in self.rows if row.allows_sign_in]
        self.project_name = viewer.tenancy.display_name
        origin = viewer.installation.settings.hosted_origin(viewer.tenancy.project_id)
        self.sign_in_url = f"{origin}/handler/sign-in"


class ProviderDialogState(rx.State):
    """The dialog that configures one provider; stored secrets never come back to the browser."""

    if TYPE_CHECKING:
        project_id: str

    is_open: bool = False
    error: str = ""
    id: str = ""
    name: str = ""
    callback_url: str = ""
    can_be_shared: bool = False
    is_shared: bool = False
    allows_sign_in: bool = True
    allows_connected: bool = True
    client_id: str = ""
    has_secret: bool = False
    extra_name: str = ""
    extra_label: str = ""
    extra_value: str = ""
    keys_url: str = ""
    """Where the provider hands out keys."""

    @guarded(Access.PROJECT_ADMIN)
    async def open_for(self, viewer: Viewer, provider_id: str) -> None:
        """Show what is configured for a provider, or an empty form for a new one."""
        if provider_id not in PROVIDERS:
            raise StatusError(404, say("auth-methods-unknown-provider"))
        stored = viewer.tenancy.config.auth.oauth.providers.get(provider_id)
        provider = stored or OAuthProvider(allow_sign_in=True, allow_connected_accounts=True)
        self.id, self.name, self.error = provider_id, provider_name(provider_id), ""
        self.callback_url = f"{viewer.installation.settings.origin}/api/v1/auth/oauth/callback/{provider_id}"
        self.can_be_shared = provider_id in SHARED
        self.is_shared = self.can_be_shared and provider.is_shared
        self.allows_sign_in, self.allows_connected = provider.allow_sign_in, provider.allow_connected_accounts
        self.client_id, self.has_secret = provider.client_id or "", bool(provider.client_secret)
        self.keys_url = CONSOLES[provider_id]
        self.extra_name, self.extra_label, self.extra_value = _extra(provider_id, provider)
        self.is_open = True
        (await self.get_state(AuthMethodsState)).is_adding = False

    @guarded(Access.PROJECT_ADMIN)
    async def toggle(self, _viewer: Viewer, is_open: bool) -> None:
        """Close the dialog."""
        self.is_open = is_open is True and self.id != ""

    @guarded(Access.PROJECT_ADMIN)
    async def share(self, _viewer: Viewer, is_shared: bool) -> None:
        """Choose shared keys, or the project's own."""
        self.is_shared = is_shared is True and self.can_be_shared

    @guarded(Access.PROJECT_ADMIN)
    async def submit(self, viewer: Viewer, form: dict[str, Any]) -> object:
        """Store the provider: its keys always, its use where the configuration is not kept elsewhere."""
        stored = viewer.tenancy.config.auth.oauth.providers.get(self.id)
        use = _use(self.id, form)
        if await is_pushed(viewer) and (stored is None or use != _use_of(self.id, stored)):
            await propose(self, viewer, {f"{_PROVIDERS}.{self.id}": use})
            self.is_open = False
            return None
        await viewer.installation.db.run(
            _store, project_id=viewer.tenancy.project_id, provider_id=self.id, form=form, is_shared=self.is_shared
        )
        self.is_open = False
        return [rx.toast.success(say("common-saved")), AuthMethodsState.refresh]


def _row(provider_id: str, provider: OAuthProvider) -> ProviderRow:
    return ProviderRow(
        provider_id,
        provider_name(provider_id),
        provider.is_shared,
        provider.allow_sign_in,
        provider.allow_connected_accounts,
    )


def _extra(provider_id: str, provider: OAuthProvider) -> tuple[str, str, str]:
    """The one field that only this provider has: its key, label and value."""
    bundles = provider.apple_bundles or {}
    extras = {
        "facebook": ("facebookConfigId", say("auth-methods-configuration-id"), provider.facebook_config_id or ""),
        "microsoft": ("microsoftTenantId", say("auth-methods-tenant-id"), provider.microsoft_tenant_id or ""),
        "apple": (
            "appleBundles",
            say("auth-methods-bundle-ids"),
            ", ".join(one.bundle_id for one in bundles.values() if one.bundle_id),
        ),
    }
    return extras.get(provider_id, ("", "", ""))


def _store(session: Session, *, project_id: str, provider_id: str, form: dict[str, Any], is_shared: bool) -> None:
    if provider_id not in PROVIDERS:
        raise StatusError(404, say("auth-methods-unknown-provider"))
    project_configs.lock_project(session, project_id)
    stored = tenancies.load(session, project_id, DEFAULT_BRANCH_ID).config.auth.oauth.providers.get(provider_id)
    key, branch = f"{_PROVIDERS}.{provider_id}", _use(provider_id, form)
    kept = stored.model_dump(mode="json", by_alias=True, exclude_none=True) if stored is not None else {}
    environment = {name: value for name, value in kept.items() if name not in branch}
    environment |= {} if is_shared else _own_keys(provider_id, stored, form)
    environment["isShared"] = is_shared
    if stored is None or branch != _use_of(provider_id, stored):
        project_configs.require_unlinked(session, project_id=project_id)
    if not project_configs.is_pushed(session, project_id=project_id):
        # The whole provider in one piece: single keys would have nothing to hold them in an override without it.
        project_configs.patch_pushable(session, project_id=project_id, config={key: branch})
    own = {f"{key}.{name}": value for name, value in environment.items()}
    project_configs.patch(session, project_id=project_id, level=Level.ENVIRONMENT, config=own)


def _use(provider_id: str, form: Mapping[str, Any]) -> dict[str, JsonValue]:
    """What belongs to the branch: that there is the provider, and what for."""
    return {
        "type": provider_id,
        "allowSignIn": ticked(form, "provider_sign_in"),
        "allowConnectedAccounts": ticked(form, "provider_connected"),
    }


def _use_of(provider_id: str, stored: OAuthProvider) -> dict[str, JsonValue]:
    return {
        "type": stored.type and provider_id,
        "allowSignIn": stored.allow_sign_in,
        "allowConnectedAccounts": stored.allow_connected_accounts,
    }


def _own_keys(provider_id: str, stored: OAuthProvider | None, form: dict[str, Any]) -> dict[str, JsonValue]:
    client_id, secret = typed(form, "provider_client_id"), typed(form, "provider_client_secret")
    if not client_id:
        raise StatusError(400, say("auth-methods-client-id-missing"))
    if not secret and not (stored and stored.client_secret and stored.client_id == client_id):
        raise StatusError(400, say("auth-methods-client-secret-missing"))
    own: dict[str, JsonValue] = {"clientId": client_id}
    if secret:
        own["clientSecret"] = secret
    extra = typed_or_none(form, "provider_extra")
    if provider_id == "apple":
        ids = [one.strip() for one in (extra or "").split(",") if one.strip()]
        own["appleBundles"] = {f"bundle-{number}": {"bundleId": one} for number, one in enumerate(ids)}
    elif extra is not None and provider_id in ("facebook", "microsoft"):
        own["facebookConfigId" if provider_id == "facebook" else "microsoftTenantId"] = extra
    return own


def _remove(session: Session, *, project_id: str, provider_id: str) -> None:
    project_configs.lock_project(session, project_id)
    project_configs.require_unlinked(session, project_id=project_id)
    if provider_id not in tenancies.load(session, project_id, DEFAULT_BRANCH_ID).config.auth.oauth.providers:
        raise StatusError(404, say("auth-methods-provider-gone"))
    for level in (Level.BRANCH, Level.ENVIRONMENT):
        project_configs.reset(session, project_id=project_id, level=level, keys=[f"{_PROVIDERS}.{provider_id}"])
