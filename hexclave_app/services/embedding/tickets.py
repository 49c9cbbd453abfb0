"""What a window that an embedded part opens has to know: sealed, because it travels through addresses and a cookie.

OAuth, second factors and everything else that is never framed happen in a window of the hosted pages. The ticket says
for which page it was opened; only pages of our own host can open such a window (`/embed/open` looks at the initiator).
"""

import base64
import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Final

from cryptography.exceptions import InvalidTag

from hexclave_app.installation import Installation

LIFETIME: Final = timedelta(hours=12)  # a page may stand open that long before its button is pressed
WINDOW_LIFETIME: Final = timedelta(minutes=15)  # to sign in within the window
ATTEMPT_LIFETIME: Final = timedelta(minutes=5)  # that of the attempt code
_PURPOSE: Final = "embed-window"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """For which page a window signs somebody in."""

    origin: str
    nonce: str
    """Of the load of the embedded part: the challenge to a verifier that only the page's script knows."""
    return_url: str
    attempt_code: str = ""
    """A sign-in that waits for its second factor."""


def seal(installation: Installation, project_id: str, ticket: Ticket, *, expires_at: datetime) -> str:
    """The ticket as text for an address or a cookie."""
    told = {**asdict(ticket), "expires_at": expires_at.timestamp()}
    sealed = installation.sealer(_PURPOSE).seal(json.dumps(told).encode(), context=project_id)
    return base64.urlsafe_b64encode(sealed).rstrip(b"=").decode()


def unseal(installation: Installation, project_id: str, text: str, *, now: datetime) -> Ticket | None:
    """The ticket; None when it is not ours, of another project, or too old."""
    try:
        sealed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        told = json.loads(installation.sealer(_PURPOSE).open(sealed, context=project_id))
    except (ValueError, InvalidTag):
        return None
    if told.pop("expires_at") <= now.timestamp():
        return None
    return Ticket(**told)


def cookie_name(project_id: str, *, is_secure: bool) -> str:
    """The cookie of a window that was opened by an embedded part."""
    return f"{'__Host-' if is_secure else ''}hexclave-embed-{project_id}"


def cookie_header(installation: Installation, project_id: str, ticket: Ticket, *, now: datetime) -> str:
    """The `Set-Cookie` by which the window knows where to return to."""
    is_secure = installation.settings.is_secure
    value = seal(installation, project_id, ticket, expires_at=now + WINDOW_LIFETIME)
    parts = [
        f"{cookie_name(project_id, is_secure=is_secure)}={value}",
        "Path=/",
        f"Max-Age={int(WINDOW_LIFETIME.total_seconds())}",
        "HttpOnly",
        "SameSite=Lax",
    ]
    return "; ".join([*parts, "Secure"] if is_secure else parts)
