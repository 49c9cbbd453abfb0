"""Bases of every deliberate failure (contract 01, section 6)."""

import math
from collections.abc import Sequence
from datetime import timedelta

UNVERIFIED_EMAIL_HINT = (
    " but the email is not verified. Please login to your existing account with the method you used to sign up, and then"
    " verify your email to sign in with this login method."
)


class ApiError(Exception):
    """A failure that the caller can act on; one handler turns it into an answer."""

    status: int = 400

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class StatusError(ApiError):
    """A plain error: status and text, no code (contract 01, section 6.2)."""

    def __init__(self, status: int, message: str, *, message_key: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.message_key = message_key
        """The message that hosted pages show instead (`languages/texts/<language>/errors.ftl`)."""


class TooManyAttempts(ApiError):
    """Somebody has to wait before the next try (429 with `Retry-After`)."""

    status = 429

    def __init__(self, *, retry_after: timedelta) -> None:
        self.retry_after = retry_after
        self.retry_after_s = math.ceil(retry_after.total_seconds())
        super().__init__(f"Too many attempts. Please wait {self.retry_after_s} seconds and try again.")


class KnownError(ApiError):
    """One row of `docs/contract/known-errors.csv`: stable code, status, typed details."""

    code: str

    def __init__(self, message: str, /, **details: object) -> None:
        super().__init__(message)
        self.details = details

    def body(self) -> dict[str, object]:
        """The JSON body, keys in the order of the contract; `details` is absent when there are none."""
        result: dict[str, object] = {"code": self.code}
        if self.details:
            result["details"] = self.details
        result["error"] = self.message
        return result


def all_known_errors() -> Sequence[type[KnownError]]:
    """Every concrete known error class, sorted by code."""
    return sorted(KnownError.__subclasses__(), key=lambda error: error.code)
