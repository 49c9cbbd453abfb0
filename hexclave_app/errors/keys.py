"""Known errors of project keys and admin access tokens."""

from hexclave_app.errors.base import KnownError


class AdminAccessTokenIsNotAdmin(KnownError):
    """Admin access token is not of project internal, or its user is not a member of the team that owns the requested
    project.
    """

    code, status = "ADMIN_ACCESS_TOKEN_IS_NOT_ADMIN", 401

    def __init__(self) -> None:
        super().__init__("Admin access token does not have the required permissions to access this project.")


class AdminAuthenticationRequired(KnownError):
    """Access type admin without (or with empty) super secret admin key and without admin access token."""

    code, status = "ADMIN_AUTHENTICATION_REQUIRED", 401

    def __init__(self) -> None:
        super().__init__("The super secret admin key must be provided.")


class ClientAuthenticationRequired(KnownError):
    """Reserved: defined and decoded by the SDK, not raised by the reference server of April. Superseded by
    PUBLISHABLE_CLIENT_KEY_REQUIRED_FOR_PROJECT.
    """

    code, status = "CLIENT_AUTHENTICATION_REQUIRED", 401

    def __init__(self) -> None:
        super().__init__("The publishable client key must be provided.")


class ClientOrAdminAuthenticationRequired(KnownError):
    """Reserved: defined and decoded by the SDK, not raised by the reference server of April."""

    code, status = "CLIENT_OR_ADMIN_AUTHENTICATION_REQUIRED", 401

    def __init__(self) -> None:
        super().__init__("Either the publishable client key or the super secret admin key must be provided.")


class ClientOrServerAuthenticationRequired(KnownError):
    """Reserved: defined and decoded by the SDK, not raised by the reference server of April."""

    code, status = "CLIENT_OR_SERVER_AUTHENTICATION_REQUIRED", 401

    def __init__(self) -> None:
        super().__init__("Either the publishable client key or the secret server key must be provided.")


class ClientOrServerOrAdminAuthenticationRequired(KnownError):
    """Reserved: defined and decoded by the SDK, not raised by the reference server of April."""

    code, status = "CLIENT_OR_SERVER_OR_ADMIN_AUTHENTICATION_REQUIRED", 401

    def __init__(self) -> None:
        super().__init__(
            "Either the publishable client key, the secret server key, or the super secret admin key must be provided."
        )


class InvalidProjectForAdminAccessToken(KnownError):
    """Reserved: defined and decoded by the SDK, not raised by the reference server of April. (A token of a non-
    internal project yields ADMIN_ACCESS_TOKEN_IS_NOT_ADMIN.)
    """

    code, status = "INVALID_PROJECT_FOR_ADMIN_ACCESS_TOKEN", 401

    def __init__(self) -> None:
        super().__init__("Admin access tokens must be created on the internal project.")


class InvalidPublishableClientKey(KnownError):
    """Access type client with a publishable client key that is unknown, revoked, expired or of another project (also
    when the project does not require a key).
    """

    code, status = "INVALID_PUBLISHABLE_CLIENT_KEY", 401

    def __init__(self, *, project_id: str) -> None:
        super().__init__(
            f'The publishable key is not valid for the project "{project_id}". Does the project and/or the key exist?',
            project_id=project_id,
        )


class InvalidSecretServerKey(KnownError):
    """Access type server with an unknown/revoked/expired/foreign secret server key."""

    code, status = "INVALID_SECRET_SERVER_KEY", 401

    def __init__(self, *, project_id: str) -> None:
        super().__init__(
            f'The secret server key is not valid for the project "{project_id}". Does the project and/or the key exist?',
            project_id=project_id,
        )


class InvalidSuperSecretAdminKey(KnownError):
    """Access type admin with an unknown/revoked/expired/foreign super secret admin key."""

    code, status = "INVALID_SUPER_SECRET_ADMIN_KEY", 401

    def __init__(self, *, project_id: str) -> None:
        super().__init__(
            f'The super secret admin key is not valid for the project "{project_id}". Does the project and/or the key exist?',
            project_id=project_id,
        )


class ProjectKeyWithoutAccessType(KnownError):
    """A project key or admin access token header is present (non-empty) but the access-type header is missing."""

    code, status = "PROJECT_KEY_WITHOUT_ACCESS_TYPE", 400

    def __init__(self) -> None:
        super().__init__(
            "Either an API key or an admin access token was provided, but the x-stack-access-type header is missing. Set it to 'client', 'server', or 'admin' as appropriate."
        )


class PublishableClientKeyRequiredForProject(KnownError):
    """Access type client without a key (or with the no-key sentinel) while the project requires publishable client
    keys; also on the OAuth endpoints. Also raised when the branch does not exist and no key is sent.
    """

    code, status = "PUBLISHABLE_CLIENT_KEY_REQUIRED_FOR_PROJECT", 401

    def __init__(self, *, project_id: str | None) -> None:
        super().__init__(
            "Publishable client keys are required for this project. Create one in Project Keys, or disable this requirement there to allow keyless client access.",
            project_id=project_id,
        )


class ServerAuthenticationRequired(KnownError):
    """Access type server without (or with empty) secret server key and without admin access token."""

    code, status = "SERVER_AUTHENTICATION_REQUIRED", 401

    def __init__(self) -> None:
        super().__init__("The secret server key must be provided.")


class UnparsableAdminAccessToken(KnownError):
    """Admin access token fails verification for any reason but expiry (bad signature, wrong issuer, restricted or
    anonymous dashboard user).
    """

    code, status = "UNPARSABLE_ADMIN_ACCESS_TOKEN", 401

    def __init__(self) -> None:
        super().__init__("Admin access token is not parsable.")
