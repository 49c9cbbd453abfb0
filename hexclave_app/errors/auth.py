"""Known errors of authentication."""

from hexclave_app.errors.base import UNVERIFIED_EMAIL_HINT, KnownError


class AnonymousAccountsNotEnabled(KnownError):
    """Reserved: defined and decoded by the SDK, not raised by the reference server of April."""

    code, status = "ANONYMOUS_ACCOUNTS_NOT_ENABLED", 400

    def __init__(self) -> None:
        super().__init__("Anonymous accounts are not enabled for this project.")


class BotChallengeFailed(KnownError):
    """Visible bot challenge was not passed or could not be completed."""

    code, status = "BOT_CHALLENGE_FAILED", 400

    def __init__(self, *, message: str) -> None:
        super().__init__(f"{message}", message=message)


class BotChallengeRequired(KnownError):
    """Invisible bot challenge was not passed; client must repeat the call with a visible challenge token."""

    code, status = "BOT_CHALLENGE_REQUIRED", 409

    def __init__(self) -> None:
        super().__init__("An additional bot challenge is required before sign-up can continue.")


class CannotDeleteCurrentSession(KnownError):
    """Deleting, by id, the session that the caller is using (sign-out endpoint must be used instead)."""

    code, status = "CANNOT_DELETE_CURRENT_SESSION", 400

    def __init__(self) -> None:
        super().__init__("Cannot delete the current session.")


class ContactChannelAlreadyUsedForAuthBySomeoneElse(KnownError):
    """Making a contact channel usable for auth while another account already uses the value for auth."""

    code, status = "CONTACT_CHANNEL_ALREADY_USED_FOR_AUTH_BY_SOMEONE_ELSE", 409

    def __init__(self, *, contact_channel_value: str | None, would_work_if_email_was_verified: bool = False) -> None:
        shown = f'"({contact_channel_value})"' if contact_channel_value else ""
        super().__init__(
            f"This email {shown} is already used for authentication by another account"
            + (UNVERIFIED_EMAIL_HINT if would_work_if_email_was_verified else "."),
            type="email",
            contact_channel_value=contact_channel_value,
            would_work_if_email_was_verified=would_work_if_email_was_verified,
        )


class EmailAlreadyVerified(KnownError):
    """Sending a verification mail for a contact channel that is already verified."""

    code, status = "EMAIL_ALREADY_VERIFIED", 409

    def __init__(self) -> None:
        super().__init__("The e-mail is already verified.")


class EmailIsNotPrimaryEmail(KnownError):
    """Legacy send-verification-code endpoint called with an email that is not the primary email of the current user."""

    code, status = "EMAIL_IS_NOT_PRIMARY_EMAIL", 400

    def __init__(self, *, email: str, primary_email: str | None) -> None:
        super().__init__(
            f"The given e-mail ({email}) must equal the user's primary e-mail ({primary_email}).",
            email=email,
            primary_email=primary_email,
        )


class EmailNotAssociatedWithUser(KnownError):
    """Reserved: defined and decoded by the SDK, not raised by the reference server of April."""

    code, status = "EMAIL_NOT_ASSOCIATED_WITH_USER", 400

    def __init__(self) -> None:
        super().__init__("The e-mail is not associated with a user that could log in with that e-mail.")


class EmailNotVerified(KnownError):
    """Reserved: defined and decoded by the SDK, not raised by the reference server of April."""

    code, status = "EMAIL_NOT_VERIFIED", 400

    def __init__(self) -> None:
        super().__init__("The email is not verified.")


class EmailPasswordMismatch(KnownError):
    """Password sign-in with unknown email or wrong password."""

    code, status = "EMAIL_PASSWORD_MISMATCH", 400

    def __init__(self) -> None:
        super().__init__("Wrong e-mail or password.")


class InvalidTotpCode(KnownError):
    """Wrong TOTP code."""

    code, status = "INVALID_TOTP_CODE", 400

    def __init__(self) -> None:
        super().__init__("The TOTP code is invalid. Please try again.")


class MultiFactorAuthenticationRequired(KnownError):
    """Any sign-in of a user with TOTP enabled; attempt_code goes to the MFA sign-in endpoint."""

    code, status = "MULTI_FACTOR_AUTHENTICATION_REQUIRED", 400

    def __init__(self, *, attempt_code: str) -> None:
        super().__init__("Multi-factor authentication is required for this user.", attempt_code=attempt_code)


class PasswordAuthenticationNotEnabled(KnownError):
    """Password endpoints while the project has password auth disabled."""

    code, status = "PASSWORD_AUTHENTICATION_NOT_ENABLED", 400

    def __init__(self) -> None:
        super().__init__("Password authentication is not enabled for this project.")


class PasswordConfirmationMismatch(KnownError):
    """Password update with a wrong current password."""

    code, status = "PASSWORD_CONFIRMATION_MISMATCH", 400

    def __init__(self) -> None:
        super().__init__("Passwords do not match.")


class PasswordRequirementsNotMet(KnownError):
    """The password is one that guessers try first (our own use of what the contract has as an abstract parent).

    The SDK hands `details` to the error that it builds and takes its text from `details.message`.
    """

    code, status = "PASSWORD_REQUIREMENTS_NOT_MET", 400

    def __init__(self, *, message: str) -> None:
        super().__init__(message, message=message)


class PasswordTooLong(KnownError):
    """Password longer than 70 UTF-16 units. Note the camelCase details key."""

    code, status = "PASSWORD_TOO_LONG", 400

    def __init__(self, *, max_length: int) -> None:
        super().__init__(f"Password too long. Maximum length is {max_length}.", maxLength=max_length)


class PasswordTooShort(KnownError):
    """Password shorter than 8 UTF-16 units."""

    code, status = "PASSWORD_TOO_SHORT", 400

    def __init__(self, *, min_length: int) -> None:
        super().__init__(f"Password too short. Minimum length is {min_length}.", min_length=min_length)


class RedirectUrlNotWhitelisted(KnownError):
    """A callback/redirect URL is not under a trusted domain of the project."""

    code, status = "REDIRECT_URL_NOT_WHITELISTED", 400

    def __init__(self) -> None:
        super().__init__(
            "Redirect URL not whitelisted. Did you forget to add this domain to the trusted domains list on the Stack Auth dashboard?"
        )


class RefreshTokenNotFoundOrExpired(KnownError):
    """Refresh token unknown in this project, expired, revoked, or its user is deleted; sign-out of a session already
    gone.
    """

    code, status = "REFRESH_TOKEN_NOT_FOUND_OR_EXPIRED", 401

    def __init__(self) -> None:
        super().__init__("Refresh token not found for this project, or the session has expired/been revoked.")


class SignUpNotEnabled(KnownError):
    """A sign-in flow would create a user while sign-ups are disabled."""

    code, status = "SIGN_UP_NOT_ENABLED", 400

    def __init__(self) -> None:
        super().__init__(
            "Creation of new accounts is not enabled for this project. Please ask the project owner to enable it."
        )


class SignUpRejected(KnownError):
    """A sign-up rule rejected the sign-up."""

    code, status = "SIGN_UP_REJECTED", 403

    def __init__(self, *, message: str = "Your sign up was rejected by an administrator's sign-up rule.") -> None:
        super().__init__(message, message=message)


class UserDoesNotHavePassword(KnownError):
    """Password update for a user without a password."""

    code, status = "USER_DOES_NOT_HAVE_PASSWORD", 400

    def __init__(self) -> None:
        super().__init__("This user does not have password authentication enabled.")


class VerificationCodeAlreadyUsed(KnownError):
    """Verification code already consumed."""

    code, status = "VERIFICATION_CODE_ALREADY_USED", 409

    def __init__(self) -> None:
        super().__init__("The verification link has already been used.")


class VerificationCodeExpired(KnownError):
    """Verification code past its expiry."""

    code, status = "VERIFICATION_CODE_EXPIRED", 400

    def __init__(self) -> None:
        super().__init__("The verification code has expired.")


class VerificationCodeMaxAttemptsReached(KnownError):
    """Too many attempts on the code (nonce); code is dead."""

    code, status = "VERIFICATION_CODE_MAX_ATTEMPTS_REACHED", 400

    def __init__(self) -> None:
        super().__init__(
            "The verification code nonce has reached the maximum number of attempts. This code is not valid anymore."
        )


class VerificationCodeNotFound(KnownError):
    """Verification code unknown for this project/branch/type."""

    code, status = "VERIFICATION_CODE_NOT_FOUND", 404

    def __init__(self) -> None:
        super().__init__("The verification code does not exist for this project.")
