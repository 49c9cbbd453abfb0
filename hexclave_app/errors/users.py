"""Known errors of users, teams, permissions, API keys and the data vault."""

from hexclave_app.errors.base import UNVERIFIED_EMAIL_HINT, KnownError


class ApiKeyExpired(KnownError):
    """User/team API key check: key expired."""

    code, status = "API_KEY_EXPIRED", 401

    def __init__(self) -> None:
        super().__init__("API key has expired.")


class ApiKeyNotFound(KnownError):
    """User/team API key (or internal API key set) not found."""

    code, status = "API_KEY_NOT_FOUND", 404

    def __init__(self) -> None:
        super().__init__("API key not found.")


class ApiKeyRevoked(KnownError):
    """User/team API key check: key revoked."""

    code, status = "API_KEY_REVOKED", 401

    def __init__(self) -> None:
        super().__init__("API key has been revoked.")


class ContainedPermissionNotFound(KnownError):
    """Permission definition lists a contained permission that does not exist."""

    code, status = "CONTAINED_PERMISSION_NOT_FOUND", 400

    def __init__(self, *, permission_id: str) -> None:
        super().__init__(
            f'Contained permission with ID "{permission_id}" not found. Make sure you created it on the dashboard.',
            permission_id=permission_id,
        )


class DataVaultStoreDoesNotExist(KnownError):
    """Data-vault get/set on a store id that is not configured."""

    code, status = "DATA_VAULT_STORE_DOES_NOT_EXIST", 400

    def __init__(self, *, store_id: str) -> None:
        super().__init__(f"Data vault store with ID {store_id} does not exist.", store_id=store_id)


class DataVaultStoreHashedKeyDoesNotExist(KnownError):
    """Data-vault get for a hashed key with no value."""

    code, status = "DATA_VAULT_STORE_HASHED_KEY_DOES_NOT_EXIST", 400

    def __init__(self, *, store_id: str, hashed_key: str) -> None:
        super().__init__(
            f"Data vault store with ID {store_id} does not contain a key with hash {hashed_key}.",
            store_id=store_id,
            hashed_key=hashed_key,
        )


class PermissionIdAlreadyExists(KnownError):
    """Creating/renaming a permission definition to an id already used in either scope."""

    code, status = "PERMISSION_ID_ALREADY_EXISTS", 400

    def __init__(self, *, permission_id: str) -> None:
        super().__init__(
            f'Permission with ID "{permission_id}" already exists. Choose a different ID.', permission_id=permission_id
        )


class PermissionNotFound(KnownError):
    """Permission definition or granted permission not found."""

    code, status = "PERMISSION_NOT_FOUND", 404

    def __init__(self, *, permission_id: str) -> None:
        super().__init__(
            f'Permission "{permission_id}" not found. Make sure you created it on the dashboard.',
            permission_id=permission_id,
        )


class ProjectPermissionRequired(KnownError):
    """Caller lacks a project permission."""

    code, status = "PROJECT_PERMISSION_REQUIRED", 401

    def __init__(self, *, user_id: str, permission_id: str) -> None:
        super().__init__(
            f"User {user_id} does not have permission {permission_id}.", user_id=user_id, permission_id=permission_id
        )


class PublicApiKeyCannotBeRevoked(KnownError):
    """Secret-scanner revocation endpoint called for a public key."""

    code, status = "PUBLIC_API_KEY_CANNOT_BE_REVOKED", 400

    def __init__(self) -> None:
        super().__init__("Public API keys cannot be revoked by the secretscanner endpoint.")


class TeamAlreadyExists(KnownError):
    """Constructor exists but is not in the SDK registry: the SDK cannot decode it and the reference server never
    raises it.
    """

    code, status = "TEAM_ALREADY_EXISTS", 409

    def __init__(self, *, team_id: str) -> None:
        super().__init__(f"Team {team_id} already exists.", team_id=team_id)


class TeamInvitationEmailMismatch(KnownError):
    """(Newer server only.) Accepting an invitation that was sent to an email the user does not own/verified."""

    code, status = "TEAM_INVITATION_EMAIL_MISMATCH", 403

    def __init__(self) -> None:
        super().__init__(
            "This team invitation was sent to a different email address. Sign in with the invited email, or add and verify that email on your account, then try again."
        )


class TeamInvitationRestrictedUserNotAllowed(KnownError):
    """Restricted (or anonymous) user tries to accept a team invitation."""

    code, status = "TEAM_INVITATION_RESTRICTED_USER_NOT_ALLOWED", 403

    def __init__(self, *, restricted_reason: dict[str, str]) -> None:
        super().__init__(
            f"Restricted users cannot accept team invitations. Reason: {restricted_reason['type']}. Please complete the onboarding process before accepting team invitations.",
            restricted_reason=restricted_reason,
        )


class TeamMembershipAlreadyExists(KnownError):
    """Adding a user to a team they are already in."""

    code, status = "TEAM_MEMBERSHIP_ALREADY_EXISTS", 409

    def __init__(self) -> None:
        super().__init__("Team membership already exists.")


class TeamMembershipNotFound(KnownError):
    """User is not a member of the team."""

    code, status = "TEAM_MEMBERSHIP_NOT_FOUND", 404

    def __init__(self, *, team_id: str, user_id: str) -> None:
        super().__init__(f"User {user_id} is not found in team {team_id}.", team_id=team_id, user_id=user_id)


class TeamNotFound(KnownError):
    """Team id not found in the project."""

    code, status = "TEAM_NOT_FOUND", 404

    def __init__(self, *, team_id: str) -> None:
        super().__init__(f"Team {team_id} not found.", team_id=team_id)


class TeamPermissionNotFound(KnownError):
    """Revoking a team permission that the user does not have (same message as TEAM_PERMISSION_REQUIRED, status 401)."""

    code, status = "TEAM_PERMISSION_NOT_FOUND", 401

    def __init__(self, *, team_id: str, user_id: str, permission_id: str) -> None:
        super().__init__(
            f"User {user_id} does not have permission {permission_id} in team {team_id}.",
            team_id=team_id,
            user_id=user_id,
            permission_id=permission_id,
        )


class TeamPermissionRequired(KnownError):
    """Caller lacks a team permission."""

    code, status = "TEAM_PERMISSION_REQUIRED", 401

    def __init__(self, *, team_id: str, user_id: str, permission_id: str) -> None:
        super().__init__(
            f"User {user_id} does not have permission {permission_id} in team {team_id}.",
            team_id=team_id,
            user_id=user_id,
            permission_id=permission_id,
        )


class UserEmailAlreadyExists(KnownError):
    """The email is already used for authentication by another user of the project."""

    code, status = "USER_EMAIL_ALREADY_EXISTS", 409

    def __init__(self, *, email: str, would_work_if_email_was_verified: bool = False) -> None:
        super().__init__(
            f'A user with email "{email}" already exists'
            + (UNVERIFIED_EMAIL_HINT if would_work_if_email_was_verified else "."),
            email=email,
            would_work_if_email_was_verified=would_work_if_email_was_verified,
        )


class UserIdDoesNotExist(KnownError):
    """A user id given in a body or as a target (create session, send email, verification mail) does not exist."""

    code, status = "USER_ID_DOES_NOT_EXIST", 400

    def __init__(self, *, user_id: str) -> None:
        super().__init__(f"The given user with the ID {user_id} does not exist.", user_id=user_id)


class UserNotFound(KnownError):
    """User addressed by path/id does not exist in the project."""

    code, status = "USER_NOT_FOUND", 404

    def __init__(self) -> None:
        super().__init__("User not found.")


class WrongApiKeyType(KnownError):
    """User API key given to the team check endpoint or vice versa."""

    code, status = "WRONG_API_KEY_TYPE", 400

    def __init__(self, *, expected_type: str, actual_type: str) -> None:
        super().__init__(
            f"This endpoint is for {expected_type} API keys, but a {actual_type} API key was provided.",
            expected_type=expected_type,
            actual_type=actual_type,
        )


class WrongPermissionScope(KnownError):
    """Permission id exists but in the other scope (team/project)."""

    code, status = "WRONG_PERMISSION_SCOPE", 404

    def __init__(self, *, permission_id: str, expected_scope: str, actual_scope: str) -> None:
        super().__init__(
            f'Permission "{permission_id}" not found. (It was found for a different scope "{actual_scope}", but scope "{expected_scope}" was expected.)',
            permission_id=permission_id,
            expected_scope=expected_scope,
            actual_scope=actual_scope,
        )
