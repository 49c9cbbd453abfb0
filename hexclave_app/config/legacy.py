"""The flat views of the configuration that the published SDK reads and writes.

Reading goes from the complete configuration to snake_case fields; writing goes to dotted keys of the environment.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Final, cast

from pydantic import JsonValue

from hexclave_app.config.ordering import compare_key
from hexclave_app.config.overrides import Override
from hexclave_app.config.schema import CompleteConfig
from hexclave_app.config.schema_access import SYSTEM_TEAM_PERMISSION_IDS
from hexclave_app.config.schema_auth import OAuthProvider
from hexclave_app.config.schema_emails import EmailServer

__all__ = ["admin_view", "compare_key", "new_project_defaults", "public_view", "to_override"]

JsonObject = dict[str, JsonValue]

MANAGED_SMTP_HOST: Final = "smtp.resend.com"
MANAGED_SMTP_PORT: Final = 465
MANAGED_SMTP_USERNAME: Final = "resend"

_SCALAR_KEYS: Final = {
    "allow_localhost": "domains.allowLocalhost",
    "sign_up_enabled": "auth.allowSignUp",
    "credential_enabled": "auth.password.allowSignIn",
    "magic_link_enabled": "auth.otp.allowSignIn",
    "passkey_enabled": "auth.passkey.allowSignIn",
    "client_team_creation_enabled": "teams.allowClientTeamCreation",
    "create_team_on_sign_up": "teams.createPersonalTeamOnSignUp",
    "client_user_deletion_enabled": "users.allowClientUserDeletion",
    "allow_user_api_keys": "apiKeys.enabled.user",
    "allow_team_api_keys": "apiKeys.enabled.team",
    "oauth_account_merge_strategy": "auth.oauth.accountMergeStrategy",
    "email_theme": "emails.selectedThemeId",
    "require_email_verification": "onboarding.requireEmailVerification",
}
_PERMISSION_KEYS: Final = {
    "team_creator_default_permissions": "rbac.defaultPermissions.teamCreator",
    "team_member_default_permissions": "rbac.defaultPermissions.teamMember",
    "user_default_permissions": "rbac.defaultPermissions.signUp",
}


def public_view(config: CompleteConfig) -> JsonObject:
    """The `config` of the project as every client may see it."""
    return {
        "sign_up_enabled": config.auth.allow_sign_up,
        "credential_enabled": config.auth.password.allow_sign_in,
        "magic_link_enabled": config.auth.otp.allow_sign_in,
        "passkey_enabled": config.auth.passkey.allow_sign_in,
        "client_team_creation_enabled": config.teams.allow_client_team_creation,
        "client_user_deletion_enabled": config.users.allow_client_user_deletion,
        "allow_localhost": config.domains.allow_localhost,
        "allow_user_api_keys": config.api_keys.enabled.user,
        "allow_team_api_keys": config.api_keys.enabled.team,
        "enabled_oauth_providers": [{"id": provider.type} for _, provider in _sign_in_providers(config)],
        "domains": _domains(config),
    }


def admin_view(config: CompleteConfig) -> JsonObject:
    """The `config` of the project as its administrators see it, secrets included."""
    defaults = config.rbac.default_permissions
    team_ids = {*SYSTEM_TEAM_PERMISSION_IDS, *_permission_ids(config, "team")}
    return {
        **public_view(config),
        "create_team_on_sign_up": config.teams.create_personal_team_on_sign_up,
        "oauth_account_merge_strategy": config.auth.oauth.account_merge_strategy,
        "oauth_providers": [_provider(config_id, provider) for config_id, provider in _sign_in_providers(config)],
        "email_config": _email_config(config.emails.server),
        "email_theme": config.emails.selected_theme_id,
        "team_creator_default_permissions": _permission_list(defaults.team_creator, team_ids),
        "team_member_default_permissions": _permission_list(defaults.team_member, team_ids),
        "user_default_permissions": _permission_list(defaults.sign_up, _permission_ids(config, "project")),
    }


def to_override(patch: Mapping[str, JsonValue], *, new_id: Callable[[], str]) -> Override:
    """Translate given legacy fields into environment keys; lists replace their whole record.

    The patch is already validated and holds only the fields that were sent; an unknown field is a KeyError.
    """
    override: Override = {}
    for name, value in patch.items():
        if name == "oauth_providers":
            override["auth.oauth.providers"] = _provider_record(_objects(value), new_id)
        elif name == "domains":
            override["domains.trustedDomains"] = {
                new_id(): {"baseUrl": entry["domain"], "handlerPath": entry["handler_path"]}
                for entry in _objects(value)
            }
        elif name == "email_config":
            override["emails.server"] = _server_object(cast("JsonObject", value))
        elif name in _PERMISSION_KEYS:
            override[_PERMISSION_KEYS[name]] = {str(entry["id"]): True for entry in _objects(value)}
        else:
            override[_SCALAR_KEYS[name]] = value
    return override


def new_project_defaults() -> Override:
    """The environment override of a fresh project; merge the translated request over it."""
    return {
        "rbac.permissions.team_member": {
            "scope": "team",
            "description": "Default permission for team members",
            "containedPermissionIds": {"$read_members": True, "$invite_members": True},
        },
        "rbac.permissions.team_admin": {
            "scope": "team",
            "description": "Default permission for team admins",
            "containedPermissionIds": dict.fromkeys(SYSTEM_TEAM_PERMISSION_IDS, True),
        },
        "rbac.defaultPermissions.teamCreator": {"team_admin": True},
        "rbac.defaultPermissions.teamMember": {"team_member": True},
        "auth.password.allowSignIn": True,
        "apps.installed.authentication.enabled": True,
        "apps.installed.emails.enabled": True,
        "domains.allowLocalhost": True,
    }


def _sign_in_providers(config: CompleteConfig) -> list[tuple[str, OAuthProvider]]:
    enabled = [(key, provider) for key, provider in config.auth.oauth.providers.items() if provider.allow_sign_in]
    return sorted(enabled, key=lambda entry: (compare_key(entry[1].type or ""), compare_key(entry[0])))


def _domains(config: CompleteConfig) -> list[JsonValue]:
    entries = [
        (domain.base_url, domain.handler_path)
        for domain in config.domains.trusted_domains.values()
        if domain.base_url is not None
    ]
    entries.sort(key=lambda entry: compare_key(entry[0]))
    return [{"domain": base_url, "handler_path": handler_path} for base_url, handler_path in entries]


def _provider(config_id: str, provider: OAuthProvider) -> JsonObject:
    head: JsonObject = {"provider_config_id": config_id, "id": provider.type}
    if provider.is_shared:
        return {**head, "type": "shared"}
    bundles = provider.apple_bundles or {}
    bundle_ids: list[JsonValue] = [bundle.bundle_id for bundle in bundles.values() if bundle.bundle_id is not None]
    return {
        **head,
        "type": "standard",
        **_given(
            client_id=provider.client_id,
            client_secret=provider.client_secret,
            facebook_config_id=provider.facebook_config_id,
            microsoft_tenant_id=provider.microsoft_tenant_id,
            apple_bundle_ids=bundle_ids or None,
        ),
    }


def _email_config(server: EmailServer) -> JsonObject:
    """The mail server in flat form; what is not configured is left out."""
    if server.is_shared:
        return {"type": "shared"}
    if server.provider != "managed":
        return {
            "type": "standard",
            **_given(
                host=server.host,
                port=server.port,
                username=server.username,
                password=server.password,
                sender_name=server.sender_name,
                sender_email=server.sender_email,
            ),
        }
    local_part, subdomain = server.managed_sender_local_part, server.managed_subdomain
    return {
        "type": "standard",
        "host": MANAGED_SMTP_HOST,
        "port": MANAGED_SMTP_PORT,
        "username": MANAGED_SMTP_USERNAME,
        **_given(
            password=server.password,
            sender_name=server.sender_name,
            sender_email=f"{local_part}@{subdomain}" if local_part and subdomain else None,
        ),
    }


def _permission_ids(config: CompleteConfig, scope: str) -> set[str]:
    return {key for key, permission in config.rbac.permissions.items() if permission.scope == scope}


def _permission_list(granted: Mapping[str, bool], existing: set[str]) -> list[JsonValue]:
    ids = [key for key, is_granted in granted.items() if is_granted and key in existing]
    return [{"id": key} for key in sorted(ids, key=compare_key)]


def _provider_record(providers: Iterable[JsonObject], new_id: Callable[[], str]) -> JsonObject:
    return {str(provider["id"]): _provider_entry(provider, new_id) for provider in providers}


def _provider_entry(provider: JsonObject, new_id: Callable[[], str]) -> JsonObject:
    bundle_ids = provider.get("apple_bundle_ids")
    # mypy cannot see that the schema allows only a list here
    bundles: JsonObject = {new_id(): {"bundleId": bundle} for bundle in bundle_ids or []}  # type: ignore[union-attr]  # checked by the schema before
    return {
        "type": provider["id"],
        "isShared": provider["type"] == "shared",
        "allowSignIn": True,
        "allowConnectedAccounts": True,
        **_given(
            clientId=provider.get("client_id"),
            clientSecret=provider.get("client_secret"),
            facebookConfigId=provider.get("facebook_config_id"),
            microsoftTenantId=provider.get("microsoft_tenant_id"),
            appleBundles=bundles or None,
        ),
    }


def _server_object(email_config: JsonObject) -> JsonObject:
    if email_config["type"] == "shared":
        return {"isShared": True}
    return {
        "isShared": False,
        "provider": "smtp",
        **_given(
            host=email_config.get("host"),
            port=email_config.get("port"),
            username=email_config.get("username"),
            password=email_config.get("password"),
            senderName=email_config.get("sender_name"),
            senderEmail=email_config.get("sender_email"),
        ),
    }


def _given(**values: JsonValue) -> JsonObject:
    return {name: value for name, value in values.items() if value is not None}


def _objects(value: JsonValue) -> list[JsonObject]:
    return cast("list[JsonObject]", value)
