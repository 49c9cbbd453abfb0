"""Configuration of sign-in: methods, OAuth providers, sign-up rules."""

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from hexclave_app.config.markers import (
    ANY_PERMISSION_IDS,
    ENVIRONMENT,
    USER_IDS,
    Number,
    Required,
    Section,
    whole_number,
)

OAuthProviderType: TypeAlias = Literal[
    "google",
    "github",
    "microsoft",
    "spotify",
    "facebook",
    "discord",
    "gitlab",
    "bitbucket",
    "linkedin",
    "apple",
    "x",
    "twitch",
]
AccountMergeStrategy: TypeAlias = Literal["link_method", "raise_error", "allow_duplicates"]


class SignInMethod(Section):
    """Switch of one way to sign in."""

    allow_sign_in: bool = False


class AppleBundle(Section):
    """A bundle id accepted as audience of native sign-in."""

    bundle_id: Annotated[str | None, Required()] = None


class OAuthProvider(Section):
    """One OAuth provider; shared providers use the platform's development application."""

    type: OAuthProviderType | None = None
    allow_sign_in: bool = False
    allow_connected_accounts: bool = False
    is_shared: Annotated[bool, ENVIRONMENT] = True
    client_id: Annotated[str | None, ENVIRONMENT] = None
    client_secret: Annotated[str | None, ENVIRONMENT] = None
    facebook_config_id: Annotated[str | None, ENVIRONMENT] = None
    microsoft_tenant_id: Annotated[str | None, ENVIRONMENT] = None
    apple_bundles: Annotated[dict[str, AppleBundle] | None, ENVIRONMENT, USER_IDS] = None


class OAuth(Section):
    """OAuth sign-in and connected accounts."""

    account_merge_strategy: AccountMergeStrategy = "link_method"
    # the id pattern of providers happens to be that of permissions
    providers: Annotated[dict[str, OAuthProvider], ANY_PERMISSION_IDS] = Field(default_factory=dict)


class SignUpRuleAction(Section):
    """What a matching rule does; the message is for the project, never for the end user."""

    type: Literal["allow", "reject", "restrict", "log"] = "allow"
    message: str | None = None


class SignUpRule(Section):
    """A condition over the sign-up context (CEL) and its consequence; higher priority runs first."""

    enabled: bool = False
    display_name: str | None = None
    priority: Annotated[Number, whole_number(0)] = 0
    condition: str | None = None
    action: SignUpRuleAction = SignUpRuleAction()


class Auth(Section):
    """Sign-in and sign-up; the rendered sign-up rules are in the order of their evaluation."""

    allow_sign_up: bool = True
    password: SignInMethod = SignInMethod()
    otp: SignInMethod = SignInMethod()
    passkey: SignInMethod = SignInMethod()
    oauth: OAuth = OAuth()
    sign_up_rules: Annotated[dict[str, SignUpRule], USER_IDS] = Field(default_factory=dict)
    sign_up_rules_default_action: Literal["allow", "reject"] = "allow"
