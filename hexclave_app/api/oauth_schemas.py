"""Request schemas of OAuth (contract 03, section 10)."""

from typing import Annotated

from pydantic import ConfigDict

from hexclave_app.api.auth_schemas import WithBotChallenge
from hexclave_app.api.protocol.fields import (
    Boolean,
    NullableText,
    OptionalBoolean,
    OptionalText,
    OptionalUrl,
    OptionalUserIdOrMe,
    Rule,
    Schema,
    Text,
    Url,
    UserIdOrMe,
    Uuid,
    is_email,
    matches,
    not_empty,
    nullable,
    one_of,
    text,
)

CodeChallenge = Annotated[str, Rule(text(matches(r"^[A-Za-z0-9._~-]{43,128}$")))]
S256 = Annotated[str, Rule(one_of(("S256",)))]


class ProviderPath(Schema):
    """Which provider of the project."""

    provider_id: Text


class AuthorizeQuery(WithBotChallenge):
    """Start of a flow; parameters that we do not know are ignored, as OAuth wants it."""

    model_config = ConfigDict(extra="ignore", frozen=True)
    client_id: Text
    client_secret: Text
    redirect_uri: Url
    scope: Text
    state: Text
    grant_type: Annotated[str | None, Rule(one_of(("authorization_code",)))] = None
    code_challenge: CodeChallenge
    code_challenge_method: S256
    response_type: Annotated[str, Rule(one_of(("code",)))]
    type: Annotated[str, Rule(one_of(("authenticate", "link")))] = "authenticate"
    token: OptionalText = None
    provider_scope: OptionalText = None
    error_redirect_uri: OptionalUrl = None
    error_redirect_url: OptionalUrl = None
    after_callback_redirect_url: OptionalUrl = None
    stack_response_mode: Annotated[str | None, Rule(one_of(("redirect", "json")))] = None
    hexclave_response_mode: Annotated[str | None, Rule(one_of(("redirect", "json")))] = None

    @property
    def wants_json(self) -> bool:
        """Whether the app navigates by itself."""
        return (self.hexclave_response_mode or self.stack_response_mode) == "json"


class CallbackAnswer(Schema):
    """What a provider sends back, in the query or (Apple) in a form."""

    model_config = ConfigDict(extra="ignore", frozen=True)
    state: OptionalText = None
    code: OptionalText = None
    error: OptionalText = None
    iss: OptionalText = None


class DemoFlow(Schema):
    """Which flow the demo provider's page belongs to."""

    state: Annotated[str, Rule(text(not_empty))]


class DemoChoice(DemoFlow):
    """Who somebody wants to be, or that they do not agree."""

    email: OptionalText = None
    name: OptionalText = None
    action: Annotated[str, Rule(one_of(("sign-in", "cancel")))]


class AppleSignIn(Schema):
    """What Apple gave a native app."""

    id_token: Annotated[str, Rule(text(not_empty))]


class TokenRequest(Schema):
    """Body of the OAuth token endpoint; unknown keys are allowed there."""

    model_config = ConfigDict(extra="ignore", frozen=True)
    grant_type: NullableText = None
    client_id: NullableText = None
    client_secret: NullableText = None
    refresh_token: NullableText = None
    code: NullableText = None
    redirect_uri: NullableText = None
    code_verifier: NullableText = None


class CrossDomainAuthorize(Schema):
    """Hand the session to another domain of the project."""

    redirect_uri: Url
    state: Annotated[str, Rule(text(not_empty, max_length=512))]
    code_challenge: CodeChallenge
    code_challenge_method: S256 = "S256"
    after_callback_redirect_url: OptionalUrl = None


class UserPath(Schema):
    """Whose accounts."""

    user_id: UserIdOrMe


class ConnectedProviderPath(Schema):
    """Any account of a user at a provider."""

    user_id: UserIdOrMe
    provider_id: Text


class ConnectedAccountPath(Schema):
    """One account of a user at a provider."""

    user_id: UserIdOrMe
    provider_id: Text
    provider_account_id: Text


class AccessTokenRequest(Schema):
    """What a provider's access token must be good for, separated by spaces."""

    scope: NullableText = None


class LinkedAccountsQuery(Schema):
    """Whose linked accounts; all of the project's without a user."""

    user_id: OptionalUserIdOrMe = None


class LinkedAccountPath(Schema):
    """One linked account of a user."""

    user_id: UserIdOrMe
    provider_id: Uuid


class LinkedAccountCreate(Schema):
    """A provider account that a server attaches to a user."""

    user_id: UserIdOrMe
    provider_config_id: Text
    account_id: Annotated[str, Rule(text(not_empty))]
    email: Annotated[str | None, Rule(nullable(text(is_email)))] = None
    allow_sign_in: Boolean
    allow_connected_accounts: Boolean


class LinkedAccountChange(Schema):
    """What a user may change of a linked account."""

    allow_sign_in: OptionalBoolean = None
    allow_connected_accounts: OptionalBoolean = None


class LinkedAccountServerChange(LinkedAccountChange):
    """What a server may change of a linked account."""

    email: Annotated[str | None, Rule(nullable(text(is_email)))] = None
    account_id: Annotated[str | None, Rule(text(not_empty))] = None
