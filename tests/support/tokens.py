"""Access tokens for tests, genuine and forged."""

import base64
import json
import time
import uuid
from collections.abc import Mapping

from hexclave_app.installation import Installation
from hexclave_app.security.tokens import UserKind

LONG_AGO_S = 100_000


def claims_of(kind: UserKind, project_id: str, user_id: uuid.UUID) -> dict[str, object]:
    """The claims of a user's token, as far as the server reads them."""
    reasons = {UserKind.ANONYMOUS: "anonymous", UserKind.RESTRICTED: "email_not_verified"}
    return {
        "sub": str(user_id),
        "project_id": project_id,
        "branch_id": "main",
        "refresh_token_id": str(uuid.uuid4()),
        "is_anonymous": kind is UserKind.ANONYMOUS,
        "is_restricted": kind is not UserKind.NORMAL,
        "restricted_reason": {"type": reasons[kind]} if kind in reasons else None,
    }


def token_for(
    installation: Installation,
    project_id: str,
    kind: UserKind = UserKind.NORMAL,
    *,
    user_id: uuid.UUID | None = None,
    age_s: int = 0,
) -> str:
    """A genuine token, issued `age_s` seconds ago, of a user who need not exist."""
    claims = claims_of(kind, project_id, user_id or uuid.uuid4())
    return installation.tokens.sign(project_id, kind, claims, now_s=int(time.time()) - age_s)


def b64u(data: bytes) -> str:
    """Base64url without padding, as JOSE writes it."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unsigned_parts(header: Mapping[str, object], claims: Mapping[str, object]) -> str:
    """The first two parts of a JWS, to be signed by the forger."""
    return f"{b64u(json.dumps(header).encode())}.{b64u(json.dumps(claims).encode())}"


def decoded_part(token: str, index: int) -> dict[str, object]:
    """Header (0) or claims (1) of a token, unverified."""
    part = token.split(".")[index]
    value: dict[str, object] = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    return value
