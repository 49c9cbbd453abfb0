"""What an error means to a person on a hosted page. On the wire and in the dashboard errors keep their own texts."""

from collections.abc import Mapping

from hexclave_app.errors import ApiError, KnownError, StatusError, TooManyAttempts
from hexclave_app.languages.catalog import arguments_for
from hexclave_app.languages.speaking import say


def explained(error: ApiError) -> str:
    """The error in the language of the page; one that we have no words for keeps its English text."""
    if isinstance(error, TooManyAttempts):
        return say("error-too-many-attempts", seconds=error.retry_after_s)
    if isinstance(error, KnownError):
        told = _told(error.code, error.details)
    else:
        told = say(error.message_key) if isinstance(error, StatusError) and error.message_key else None
    return told or say("error-other", message=error.message)


def explained_code(code: str) -> str | None:
    """The same for a code that somebody has written into an address."""
    return _told(code, {})


def _told(code: str, details: Mapping[str, object]) -> str | None:
    key = f"error-{code.lower().replace('_', '-')}"
    wanted = arguments_for(key)
    if wanted is None or not wanted <= details.keys():
        return None
    return say(key, **{name: value for name in wanted if isinstance(value := details[name], int | str)})
