"""Mails: queueing them in the transaction of what they tell about, and everything until they are delivered."""

from hexclave_app.services.emails.queueing import (
    EMAIL_VERIFICATION,
    MAGIC_LINK,
    PASSWORD_RESET,
    SIGN_IN_INVITATION,
    TEAM_INVITATION,
    queue,
    queue_notice,
    queue_to_stranger,
)

__all__ = [
    "EMAIL_VERIFICATION",
    "MAGIC_LINK",
    "PASSWORD_RESET",
    "SIGN_IN_INVITATION",
    "TEAM_INVITATION",
    "queue",
    "queue_notice",
    "queue_to_stranger",
]
