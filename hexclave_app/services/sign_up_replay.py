"""What a condition of a sign-up rule would have said about those who signed up already."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlmodel import Session, col

from hexclave_app.services.risk_scores import RiskScores
from hexclave_app.services.sign_up_conditions import matches
from hexclave_app.services.sign_up_rules import AuthMethod, SignUpFacts
from hexclave_app.services.tenancies import TenancySnapshot
from hexclave_app.services.users.records import UserRecord, from_row, select_records
from models import User

MOST: Final = 500
"""The newest sign-ups that are looked at: a second of work at the most."""
_SHOWN: Final = 10


@dataclass(frozen=True, slots=True)
class Replay:
    """The answer: whom the condition matches, newest first."""

    looked_at: int
    matched: int
    examples: Sequence[UserRecord]


def replay(session: Session, *, tenancy: TenancySnapshot, condition: str) -> Replay:
    """Try the condition on the newest users; raises ConditionError. Nothing is written or counted."""
    newest = (
        select_records()
        .where(col(User.tenancy_id) == tenancy.id, col(User.is_anonymous).is_(False))
        .order_by(col(User.signed_up_at).desc(), col(User.id).desc())
        .limit(MOST)
    )
    users = [from_row(row) for row in session.connection().execute(newest)]
    found = [user for user in users if matches(condition, facts_of(user).variables())]
    return Replay(len(users), len(found), found[:_SHOWN])


def facts_of(user: UserRecord) -> SignUpFacts:
    """What is still known of a sign-up. How somebody came in is not kept, so it is guessed from what they have now."""
    method: AuthMethod = "oauth" if user.oauth_accounts else "passkey"
    if user.has_password:
        method = "password"
    elif user.has_otp and not user.oauth_accounts:
        method = "otp"
    return SignUpFacts(
        email=user.primary_email,
        auth_method=method,
        oauth_provider=user.oauth_accounts[0].provider_config_id if method == "oauth" else None,
        country_code=user.country_code,
        risk=RiskScores(user.risk_bot, user.risk_free_trial_abuse),
    )
