"""Request schemas of projects, with the flat config of the published SDK (contract 02, sections 1.4, 4.2 and 4.3)."""

from typing import Annotated, Any, ClassVar, Self

from pydantic import ConfigDict, Field, model_validator

from hexclave_app.api.protocol.fields import (
    Boolean,
    FieldError,
    NullableText,
    Rule,
    Schema,
    Text,
    Uuid,
    is_email,
    is_url,
    matches,
    not_empty,
    nullable,
    number,
    one_of,
    text,
)
from hexclave_app.config.apps import APPS
from hexclave_app.security.passwords import MAX_LENGTH
from hexclave_app.settings import OAUTH_PROVIDERS
from models import OnboardingStatus

_MAX_IMAGE_CHARS = 1_000_000
_SIGN_IN_METHODS = ("credential", "magicLink", "passkey", "google", "github", "microsoft")
_MERGE_STRATEGIES = ("link_method", "raise_error", "allow_duplicates")
_STARTS_WITH_HTTP = matches(r"^https?://", "URL must start with http:// or https://")
_STARTS_WITH_SLASH = matches("^/", "Handler path must start with /")

ImageUrl = Annotated[str | None, Rule(nullable(text(is_url, max_length=_MAX_IMAGE_CHARS)))]


class OnboardingState(Schema):
    """Unsaved choices of the set-up wizard."""

    selected_config_choice: Annotated[str, Rule(one_of(("create-new", "link-existing")))]
    selected_apps: list[Annotated[str, Rule(one_of([app.id for app in APPS]))]]
    selected_sign_in_methods: list[Annotated[str, Rule(one_of(_SIGN_IN_METHODS))]]
    selected_email_theme_id: NullableText
    selected_payments_country: Annotated[str, Rule(one_of(("US", "OTHER")))]


class PermissionId(Schema):
    """A permission of a default set."""

    id: Text


class Domain(Schema):
    """A trusted domain."""

    domain: Annotated[str, Rule(text(is_url, _STARTS_WITH_HTTP))]
    handler_path: Annotated[str, Rule(text(_STARTS_WITH_SLASH))]


class _SharedOrStandard(Schema):
    """Own credentials come with fields of their own; shared ones need none."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    type: Annotated[str, Rule(one_of(("shared", "standard")))]
    _needed: ClassVar[tuple[str, ...]] = ()

    @model_validator(mode="after")
    def _check_needed(self) -> Self:
        if self.type == "standard":
            problems = [problem for name in self._needed if (problem := self._problem(name)) is not None]
            if problems:
                raise FieldError(*problems)
        return self

    def _problem(self, name: str) -> str | None:
        if name not in self.model_fields_set:
            return f"{{path}}.{name} must be defined"
        return f"{{path}}.{name} must not be empty" if getattr(self, name) == "" else None


class OAuthProvider(_SharedOrStandard):
    """A sign-in provider."""

    _needed = ("client_id", "client_secret")

    id: Annotated[str, Rule(one_of(OAUTH_PROVIDERS))]
    client_id: Text = ""
    client_secret: Text = ""
    facebook_config_id: Text = ""
    microsoft_tenant_id: Text = ""
    apple_bundle_ids: list[Annotated[str, Rule(text(not_empty))]] = Field(default_factory=list)


class EmailConfig(_SharedOrStandard):
    """The mail server."""

    _needed = ("host", "port", "username", "password", "sender_name", "sender_email")

    host: Text = ""
    port: Annotated[int | float, Rule(number(minimum=0, maximum=65_535))] = 0
    username: Text = ""
    password: Annotated[str, Rule(text(max_length=MAX_LENGTH))] = ""
    sender_name: Text = ""
    sender_email: Annotated[str, Rule(text(is_email))] = ""


class LegacyConfig(Schema):
    """The flat config; fields that are not given stay as they are."""

    sign_up_enabled: Boolean = False
    credential_enabled: Boolean = False
    magic_link_enabled: Boolean = False
    passkey_enabled: Boolean = False
    client_team_creation_enabled: Boolean = False
    client_user_deletion_enabled: Boolean = False
    allow_localhost: Boolean = False
    allow_user_api_keys: Boolean = False
    allow_team_api_keys: Boolean = False
    create_team_on_sign_up: Boolean = False
    require_email_verification: Boolean = False
    oauth_account_merge_strategy: Annotated[str, Rule(one_of(_MERGE_STRATEGIES))] = ""
    oauth_providers: list[OAuthProvider] = Field(default_factory=list)
    domains: list[Domain] = Field(default_factory=list)
    email_config: EmailConfig = EmailConfig(type="shared")
    email_theme: Text = ""
    team_creator_default_permissions: list[PermissionId] = Field(default_factory=list)
    team_member_default_permissions: list[PermissionId] = Field(default_factory=list)
    user_default_permissions: list[PermissionId] = Field(default_factory=list)


class ProjectUpdate(Schema):
    """What can be changed about a project; fields that are not given stay as they are."""

    display_name: Text = ""
    description: NullableText = None
    logo_url: ImageUrl = None
    logo_full_url: ImageUrl = None
    logo_dark_mode_url: ImageUrl = None
    logo_full_dark_mode_url: ImageUrl = None
    is_production_mode: Boolean = False
    onboarding_status: Annotated[OnboardingStatus, Rule(one_of([status.value for status in OnboardingStatus]))] = (
        OnboardingStatus.COMPLETED
    )
    onboarding_state: OnboardingState | None = None
    config: LegacyConfig = LegacyConfig()

    def project_fields(self) -> dict[str, Any]:
        """The given fields of the project itself; images still as they were sent."""
        return self.model_dump(exclude_unset=True, exclude={"config", "owner_team_id"})

    def legacy_config(self) -> dict[str, Any]:
        """The given fields of the flat config."""
        return self.config.model_dump(exclude_unset=True)


class ProjectCreate(ProjectUpdate):
    """A new project."""

    display_name: Text
    owner_team_id: Uuid
    is_development_environment: Boolean = False
