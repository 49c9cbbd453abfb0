"""Known errors of OAuth, passkeys and CLI sign-in."""

from hexclave_app.errors.base import KnownError


class AppleBundleIdNotConfigured(KnownError):
    """Native Apple sign-in without configured bundle ids."""

    code, status = "APPLE_BUNDLE_ID_NOT_CONFIGURED", 400

    def __init__(self) -> None:
        super().__init__(
            "Apple Sign In is enabled, but no Bundle IDs are configured. Please add your app's Bundle ID in the Stack Auth dashboard under OAuth Providers > Apple > Apple Bundle IDs."
        )


class CliAuthError(KnownError):
    """Reserved: defined and decoded by the SDK, not raised by the reference server of April."""

    code, status = "CLI_AUTH_ERROR", 400

    def __init__(self, *, message: str) -> None:
        super().__init__(f"{message}")


class CliAuthExpiredError(KnownError):
    """Reserved: defined and decoded by the SDK, not raised by this server."""

    code, status = "CLI_AUTH_EXPIRED_ERROR", 400

    def __init__(self, *, message: str = "CLI authentication request expired. Please try again.") -> None:
        super().__init__(message)


class CliAuthUsedError(KnownError):
    """Reserved: defined and decoded by the SDK, not raised by this server."""

    code, status = "CLI_AUTH_USED_ERROR", 400

    def __init__(self, *, message: str = "This authentication token has already been used.") -> None:
        super().__init__(message)


class InvalidAppleCredentials(KnownError):
    """Native Apple identity token fails verification."""

    code, status = "INVALID_APPLE_CREDENTIALS", 400

    def __init__(self) -> None:
        super().__init__("The Apple Sign In credentials could not be verified. Please try signing in again.")


class InvalidAuthorizationCode(KnownError):
    """OAuth token endpoint: authorization code unknown, used, expired or not of this client."""

    code, status = "INVALID_AUTHORIZATION_CODE", 400

    def __init__(self) -> None:
        super().__init__("The given authorization code is invalid.")


class InvalidOAuthClientIdOrSecret(KnownError):
    """OAuth authorize/token: client id is not a project (optionally project#branch) or the client secret is not a
    valid publishable client key.
    """

    code, status = "INVALID_OAUTH_CLIENT_ID_OR_SECRET", 400

    def __init__(self, *, client_id: str | None) -> None:
        super().__init__(
            "The OAuth client ID or secret is invalid. The client ID must be equal to the project ID (potentially with a hash and a branch ID), and the client secret must be a publishable client key.",
            client_id=client_id,
        )


class InvalidPollingCode(KnownError):
    """CLI auth polling with an unknown code."""

    code, status = "INVALID_POLLING_CODE", 400

    def __init__(self) -> None:
        super().__init__("The polling code is invalid or does not exist.")


class InvalidScope(KnownError):
    """OAuth scope other than 'legacy' (empty is reported as '<empty string>'). The SDK reads `details.scope`."""

    code, status = "INVALID_SCOPE", 400

    def __init__(self, *, scope: str) -> None:
        super().__init__(f'The scope "{scope}" is not a valid OAuth scope for Stack.', scope=scope)


class InvalidSharedOAuthProviderId(KnownError):
    """Reserved: defined and decoded by the SDK, not raised by the reference server of April."""

    code, status = "INVALID_SHARED_OAUTH_PROVIDER_ID", 400

    def __init__(self, *, provider_id: str) -> None:
        super().__init__(f"The shared OAuth provider with ID {provider_id} is not valid.", provider_id=provider_id)


class InvalidStandardOAuthProviderId(KnownError):
    """Provider id is not one of the standard providers."""

    code, status = "INVALID_STANDARD_OAUTH_PROVIDER_ID", 400

    def __init__(self, *, provider_id: str) -> None:
        super().__init__(f"The standard OAuth provider with ID {provider_id} is not valid.", provider_id=provider_id)


class OAuthAccessTokenNotAvailable(KnownError):
    """Reserved: defined and decoded by the SDK, not raised by the reference server of April. Used by newer servers
    when a provider access token cannot be obtained or refreshed.
    """

    code, status = "OAUTH_ACCESS_TOKEN_NOT_AVAILABLE", 400

    def __init__(self, *, provider: str, details: str) -> None:
        super().__init__(
            f"Failed to retrieve an OAuth access token for the connected account (provider: {provider}). {details}",
            provider=provider,
            details=details,
        )


class OAuthAccessTokenNotAvailableWithSharedOAuthKeys(KnownError):
    """Provider access token requested while the provider uses shared keys."""

    code, status = "OAUTH_ACCESS_TOKEN_NOT_AVAILABLE_WITH_SHARED_OAUTH_KEYS", 400

    def __init__(self) -> None:
        super().__init__(
            "Access tokens are not available with shared OAuth keys. Please add your own OAuth keys on the Stack dashboard to use access tokens."
        )


class OAuthConnectionAlreadyConnectedToAnotherUser(KnownError):
    """Linking a provider account that belongs to another user."""

    code, status = "OAUTH_CONNECTION_ALREADY_CONNECTED_TO_ANOTHER_USER", 409

    def __init__(self) -> None:
        super().__init__("The OAuth connection is already connected to another user.")


class OAuthConnectionDoesNotHaveRequiredScope(KnownError):
    """No stored provider token covers the requested scopes."""

    code, status = "OAUTH_CONNECTION_DOES_NOT_HAVE_REQUIRED_SCOPE", 400

    def __init__(self) -> None:
        super().__init__("The OAuth connection does not have the required scope.")


class OAuthConnectionNotConnectedToUser(KnownError):
    """Connected-account token requested for a provider (account) the user has not connected."""

    code, status = "OAUTH_CONNECTION_NOT_CONNECTED_TO_USER", 400

    def __init__(self) -> None:
        super().__init__("The OAuth connection is not connected to any user.")


class OAuthExtraScopeNotAvailableWithSharedOAuthKeys(KnownError):
    """Extra provider scopes requested while the provider uses shared keys."""

    code, status = "OAUTH_EXTRA_SCOPE_NOT_AVAILABLE_WITH_SHARED_OAUTH_KEYS", 400

    def __init__(self) -> None:
        super().__init__(
            "Extra scopes are not available with shared OAuth keys. Please add your own OAuth keys on the Stack dashboard to use extra scopes."
        )


class OAuthProviderAccessDenied(KnownError):
    """Upstream provider reported access_denied."""

    code, status = "OAUTH_PROVIDER_ACCESS_DENIED", 400

    def __init__(self) -> None:
        super().__init__("The OAuth provider denied access to the user.")


class OAuthProviderAccountIdAlreadyUsedForSignIn(KnownError):
    """OAuth-provider CRUD: another entry with the same provider account id already allows sign-in."""

    code, status = "OAUTH_PROVIDER_ACCOUNT_ID_ALREADY_USED_FOR_SIGN_IN", 400

    def __init__(self) -> None:
        super().__init__("A provider with the same account ID is already used for signing in.")


class OAuthProviderNotFoundOrNotEnabled(KnownError):
    """OAuth provider id unknown or disabled in the project."""

    code, status = "OAUTH_PROVIDER_NOT_FOUND_OR_NOT_ENABLED", 400

    def __init__(self) -> None:
        super().__init__("The OAuth provider is not found or not enabled.")


class OAuthProviderTemporarilyUnavailable(KnownError):
    """Upstream provider answered 429/5xx or temporarily_unavailable."""

    code, status = "OAUTH_PROVIDER_TEMPORARILY_UNAVAILABLE", 503

    def __init__(self) -> None:
        super().__init__("The OAuth provider is temporarily unavailable. Please try again later.")


class OuterOAuthTimeout(KnownError):
    """OAuth callback arrives after the outer authorization expired."""

    code, status = "OUTER_OAUTH_TIMEOUT", 408

    def __init__(self) -> None:
        super().__init__("The OAuth flow has timed out. Please sign in again.")


class PasskeyAuthenticationFailed(KnownError):
    """WebAuthn assertion rejected or passkey unknown. The SDK reads `details.message`."""

    code, status = "PASSKEY_AUTHENTICATION_FAILED", 400

    def __init__(self, *, message: str) -> None:
        super().__init__(message, message=message)


class PasskeyAuthenticationNotEnabled(KnownError):
    """Passkey endpoints while the project has passkeys disabled."""

    code, status = "PASSKEY_AUTHENTICATION_NOT_ENABLED", 400

    def __init__(self) -> None:
        super().__init__("Passkey authentication is not enabled for this project.")


class PasskeyRegistrationFailed(KnownError):
    """WebAuthn registration response rejected. The SDK reads `details.message`."""

    code, status = "PASSKEY_REGISTRATION_FAILED", 400

    def __init__(self, *, message: str) -> None:
        super().__init__(message, message=message)


class PasskeyWebauthnError(KnownError):
    """Raised by the SDK in the browser for WebAuthn API errors; not sent by the server."""

    code, status = "PASSKEY_WEBAUTHN_ERROR", 400

    def __init__(self, *, message: str, code: str) -> None:
        super().__init__(f"{message}", message=message, code=code)


class ProviderRejected(KnownError):
    """Reserved: defined and decoded by the SDK, not raised by the reference server of April. Upstream OAuth provider
    refused a token refresh.
    """

    code, status = "PROVIDER_REJECTED", 401

    def __init__(self) -> None:
        super().__init__(
            "The provider refused to refresh their token. This usually means that the provider used to authenticate the user no longer regards this session as valid, and the user must re-authenticate."
        )


class UserAlreadyConnectedToAnotherOAuthConnection(KnownError):
    """Reserved: defined and decoded by the SDK, not raised by the reference server of April."""

    code, status = "USER_ALREADY_CONNECTED_TO_ANOTHER_OAUTH_CONNECTION", 409

    def __init__(self) -> None:
        super().__init__(
            "The user is already connected to another OAuth account. Did you maybe selected the wrong account?"
        )
