"""Known errors of the protocol layer: project authentication, access tokens, request schema."""

import json
import textwrap
from datetime import UTC, datetime

from hexclave_app.errors.base import KnownError

_EXPIRED_HINT = (
    "\n\nDebug info: Most likely, you fetched the access token before it expired (for example, in a server component,"
    " pre-rendered page, or on page load), but then didn't refresh it before it expired. If this is the case, and you're"
    " using the SDK, make sure you call getAccessToken() every time you need to use the access token. If you're not using"
    " the SDK, make sure you refresh the access token with the refresh endpoint."
)


def _expired_at(millis: int | None) -> str:
    if millis is None:
        return ""
    moment = datetime.fromtimestamp(millis / 1000, tz=UTC)
    return f" (The access token expired at {moment.isoformat(timespec='milliseconds').replace('+00:00', 'Z')}.)"


class AccessTokenExpired(KnownError):
    """User access token verified but expired; also raised by sign-out when the request carries no session."""

    code, status = "ACCESS_TOKEN_EXPIRED", 401

    def __init__(
        self,
        *,
        expired_at_millis: int | None,
        project_id: str | None,
        user_id: str | None,
        refresh_token_id: str | None,
    ) -> None:
        super().__init__(
            "Access token has expired. Please refresh it and try again."
            + _expired_at(expired_at_millis)
            + (f" Project ID: {project_id}." if project_id else "")
            + (f" User ID: {user_id}." if user_id else "")
            + (f" Refresh token ID: {refresh_token_id}." if refresh_token_id else "")
            + _EXPIRED_HINT,
            expired_at_millis=expired_at_millis,
            project_id=project_id,
            user_id=user_id,
            refresh_token_id=refresh_token_id,
        )


class AccessTypeRequired(KnownError):
    """Endpoint requires project authentication but the request carried no access type."""

    code, status = "ACCESS_TYPE_REQUIRED", 400

    def __init__(self) -> None:
        super().__init__(
            "You must specify an access level for this Stack project. Make sure project API keys are provided (eg. x-stack-publishable-client-key) and you set the x-stack-access-type header to 'client', 'server', or 'admin'.\n\nFor more information, see the docs on REST API authentication: https://docs.stack-auth.com/rest-api/overview#authentication"
        )


class AccessTypeWithoutProjectId(KnownError):
    """Access-type header present, project-id header missing or empty."""

    code, status = "ACCESS_TYPE_WITHOUT_PROJECT_ID", 400

    def __init__(self, *, access_type: str) -> None:
        super().__init__(
            f"The x-stack-access-type header was '{access_type}', but the x-stack-project-id header was not provided.\n\nFor more information, see the docs on REST API authentication: https://docs.stack-auth.com/rest-api/overview#authentication",
            request_type=access_type,
        )


class AdminAccessTokenExpired(KnownError):
    """Admin access token is well-formed but past its expiry."""

    code, status = "ADMIN_ACCESS_TOKEN_EXPIRED", 401

    def __init__(self, *, expired_at_millis: int | None) -> None:
        super().__init__(
            "Admin access token has expired. Please refresh it and try again." + _expired_at(expired_at_millis),
            expired_at_millis=expired_at_millis,
        )


class AllOverloadsFailed(KnownError):
    """Endpoint with several overloads where more than one distinct error remains after merging."""

    code, status = "ALL_OVERLOADS_FAILED", 400

    def __init__(self, *, overload_errors: list[dict[str, object]]) -> None:
        blocks = "\n\n".join(
            textwrap.indent(f"Overload {number}: {json.dumps(error, indent=2)}", "  ")
            for number, error in enumerate(overload_errors, start=1)
        )
        super().__init__(
            f"This endpoint has multiple overloads, but they all failed to process the request.\n\n{blocks}",
            overload_errors=overload_errors,
        )


class AnonymousAuthenticationNotAllowed(KnownError):
    """Valid access token of an anonymous user and the allow-anonymous header is not 'true'."""

    code, status = "ANONYMOUS_AUTHENTICATION_NOT_ALLOWED", 401

    def __init__(self) -> None:
        super().__init__(
            "X-Stack-Access-Token is for an anonymous user, but anonymous users are not enabled. Set the X-Stack-Allow-Anonymous-User header of this request to 'true' to allow anonymous users."
        )


class BodyParsingError(KnownError):
    """Request body cannot be decoded: invalid UTF-8, invalid JSON, invalid form data, or unknown Content-Type.
    Raised before authentication. Messages in use: 'Request body cannot be parsed as UTF-8', 'Invalid JSON in
    request body', 'Invalid form data in request body', 'Unknown content type in request body: {content_type}'. No
    details, so the SDK itself fails to decode it.
    """

    code, status = "BODY_PARSING_ERROR", 400

    def __init__(self, *, message: str) -> None:
        super().__init__(f"{message}")


class BranchDoesNotExist(KnownError):
    """Branch-id header names no branch of the project; checked only after the keys are accepted."""

    code, status = "BRANCH_DOES_NOT_EXIST", 400

    def __init__(self, *, branch_id: str) -> None:
        super().__init__(f"The branch with ID {branch_id} does not exist.", branch_id=branch_id)


class CannotGetOwnUserWithoutUser(KnownError):
    """The id 'me' (or an endpoint that means the current user) used without a signed-in user. Wins over access-type
    and schema errors.
    """

    code, status = "CANNOT_GET_OWN_USER_WITHOUT_USER", 400

    def __init__(self) -> None:
        super().__init__("You have specified 'me' as a userId, but did not provide authentication for a user.")


class CurrentProjectNotFound(KnownError):
    """Project-id header names no project."""

    code, status = "CURRENT_PROJECT_NOT_FOUND", 400

    def __init__(self, *, project_id: str) -> None:
        super().__init__(
            f"The current project with ID {project_id} was not found. Please check the value of the x-stack-project-id header.",
            project_id=project_id,
        )


class ExpectedInternalProject(KnownError):
    """Endpoint that only exists for the internal project (e.g. project listing/creation for dashboard users) called
    for another project.
    """

    code, status = "EXPECTED_INTERNAL_PROJECT", 401

    def __init__(self) -> None:
        super().__init__("The project ID is expected to be internal.")


class InsufficientAccessType(KnownError):
    """Access type is valid but not among those that the endpoint accepts."""

    code, status = "INSUFFICIENT_ACCESS_TYPE", 401

    def __init__(self, *, actual_access_type: str, allowed_access_types: list[str]) -> None:
        allowed = " or ".join(f"'{name}'" for name in allowed_access_types)
        super().__init__(
            f"The x-stack-access-type header must be {allowed}, but was '{actual_access_type}'.",
            actual_access_type=actual_access_type,
            allowed_access_types=allowed_access_types,
        )


class InvalidAccessType(KnownError):
    """Access-type header is not client/server/admin. No details, so the SDK itself fails to decode it."""

    code, status = "INVALID_ACCESS_TYPE", 400

    def __init__(self, *, access_type: str) -> None:
        super().__init__(
            f"The x-stack-access-type header must be 'client', 'server', or 'admin', but was '{access_type}'."
        )


class InvalidProjectForAccessToken(KnownError):
    """User access token belongs to another project than the project-id header."""

    code, status = "INVALID_PROJECT_FOR_ACCESS_TOKEN", 401

    def __init__(self, *, expected_project_id: str, actual_project_id: str) -> None:
        super().__init__(
            f'Access token not valid for this project. Expected project ID "{expected_project_id}", but the token is for project ID "{actual_project_id}".',
            expected_project_id=expected_project_id,
            actual_project_id=actual_project_id,
        )


class ProjectNotFound(KnownError):
    """Project named in a body/query does not exist or is not managed by the caller."""

    code, status = "PROJECT_NOT_FOUND", 404

    def __init__(self, *, project_id: str) -> None:
        super().__init__(
            f"Project {project_id} not found or is not accessible with the current user.", project_id=project_id
        )


class RestrictedUserNotAllowed(KnownError):
    """Valid access token of a restricted user and neither the allow-restricted nor the allow-anonymous header is
    'true'.
    """

    code, status = "RESTRICTED_USER_NOT_ALLOWED", 403

    def __init__(self, *, restricted_reason: dict[str, str]) -> None:
        super().__init__(
            f"The user in the access token is in restricted state. Reason: {restricted_reason['type']}. Please pass the X-Stack-Allow-Restricted-User header if this is intended.",
            restricted_reason=restricted_reason,
        )


class SchemaError(KnownError):
    """Request (auth shape, body, query, params, headers, method) does not match the endpoint schema; see
    01-protocol.md section 6.3. Also raised by handlers for semantic input errors (message is then free text).
    """

    code, status = "SCHEMA_ERROR", 400

    def __init__(self, *, message: str) -> None:
        super().__init__(f"{message}", message=message)


class UnparsableAccessToken(KnownError):
    """User access token cannot be decoded or verified (format, audience, signature, issuer), for any reason but
    expiry.
    """

    code, status = "UNPARSABLE_ACCESS_TOKEN", 401

    def __init__(self) -> None:
        super().__init__("Access token is not parsable.")


class UnsupportedError(KnownError):
    """Reserved: defined and decoded by the SDK, not raised by the reference server of April. Stand-in for a code
    that the receiver does not know.
    """

    code, status = "UNSUPPORTED_ERROR", 500

    def __init__(self, *, original_error_code: str) -> None:
        super().__init__(
            f"An error occurred that is not currently supported (possibly because it was added in a version of Stack that is newer than this client). The original unsupported error code was: {original_error_code}",
            originalErrorCode=original_error_code,
        )


class UserAuthenticationRequired(KnownError):
    """Endpoint needs a signed-in user and the request has none."""

    code, status = "USER_AUTHENTICATION_REQUIRED", 401

    def __init__(self) -> None:
        super().__init__("User authentication required for this endpoint.")
