"""What people typed and what pages sent along, before anything is done with it."""

import uuid
from typing import Any, Final
from unicodedata import decimal, normalize

from pydantic import ValidationError

from hexclave_app.api.auth_schemas import PasswordSignIn
from hexclave_app.languages.speaking import say
from hexclave_app.security.hashing import token_hash
from hexclave_app.services.browser_sessions import read_cookie
from hexclave_app.services.callers import AccessType, Caller
from state.base import Refused, Viewer

_ANY_PASSWORD = "stands in where only the address is checked"  # noqa: S105 - no password
_MAX_TYPED_CODE: Final = 100  # more is no code


def typed_email(form: dict[str, Any]) -> str | None:
    """The e-mail address of a form; None when it is none."""
    try:
        return PasswordSignIn.model_validate({"email": form.get("email"), "password": _ANY_PASSWORD}).email
    except ValidationError:
        return None


def typed_code(text: object) -> str:
    """Letters and digits of a one-time code as it was mailed or shown, whatever digits a keyboard has for them."""
    letters = normalize("NFKC", str(text)[:_MAX_TYPED_CODE])
    return "".join(str(decimal(one)) if one.isdecimal() else one for one in letters if one.isalnum())


def typed_digits(text: object) -> str:
    """The digits of a code that has nothing else."""
    return "".join(one for one in typed_code(text) if one.isdecimal())


def known_id(text: str) -> uuid.UUID:
    """The id that a page sent back; anything else names nothing."""
    try:
        return uuid.UUID(text)
    except ValueError:
        raise Refused(say("gone")) from None


def login_token(viewer: Viewer, cookie_header: str) -> str | None:
    """The refresh token of the browser's login."""
    is_secure = viewer.installation.settings.is_secure
    return read_cookie(cookie_header, viewer.host_tenancy.project_id, is_secure=is_secure)


def login_hash(viewer: Viewer, cookie_header: str) -> str:
    """What the browser's own session is found by."""
    return token_hash(login_token(viewer, cookie_header) or "")


def caller_of(viewer: Viewer) -> Caller:
    """The viewer as a client of the API: only the rights of the signed-in user count."""
    return Caller(
        AccessType.CLIENT,
        viewer.host_tenancy,
        viewer.user,
        session_id=None,
        refresh_token=None,
        end_user=viewer.end_user,
    )
