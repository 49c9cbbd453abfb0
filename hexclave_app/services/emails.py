"""Queueing mails: rows in the transaction of what they tell about. Rendering and sending is the workers' work."""

import json
import uuid

from sqlmodel import Session

from hexclave_app.config.builtins import TEMPLATE_IDS
from hexclave_app.installation import Installation
from models import EmailOutbox

EMAIL_VERIFICATION = TEMPLATE_IDS["email_verification"]
MAGIC_LINK = TEMPLATE_IDS["magic_link"]
PASSWORD_RESET = TEMPLATE_IDS["password_reset"]
SIGN_IN_INVITATION = TEMPLATE_IDS["sign_in_invitation"]
TEAM_INVITATION = TEMPLATE_IDS["team_invitation"]
API_KEY_REVOKED = "5c1d7e0b-6f0a-4f0e-9d3e-0f2b7a4c8e11"
"""Not a template: a notice whose variables are its own `subject` and `html`, sent as they are and without a theme."""


def queue(
    session: Session,
    *,
    installation: Installation,
    tenancy_id: uuid.UUID,
    template_id: str,
    recipient: str,
    variables: dict[str, str],
    user_id: uuid.UUID | None = None,
) -> None:
    """Queue one mail of a template; the variables are sealed because they carry codes."""
    mail_id = uuid.uuid4()
    sealed = installation.sealer("mail").seal(json.dumps(variables).encode(), context=str(mail_id))
    session.add(
        EmailOutbox(
            tenancy_id=tenancy_id,
            id=mail_id,
            template_id=template_id,
            recipient_email=recipient,
            user_id=user_id,
            variables_sealed=sealed,
        )
    )
