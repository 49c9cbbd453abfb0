"""Creating accounts by people themselves: the gate that every sign-up method goes through (contract 03, section 8)."""

import uuid
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session, col, select

from hexclave_app import errors
from hexclave_app.installation import Installation
from hexclave_app.services import internal_project, passkeys, risk_scores, sign_up_rule_history, sign_up_rules
from hexclave_app.services.contact_channels import normalise_email
from hexclave_app.services.email_intelligence import base_email
from hexclave_app.services.risk_scores import RiskScores, RiskSignals
from hexclave_app.services.sessions import SignInContext
from hexclave_app.services.sign_up_rules import Outcome, SignUpFacts
from hexclave_app.services.tenancies import TenancySnapshot
from hexclave_app.services.users import creation
from hexclave_app.services.users.creation import UserCreateData
from hexclave_app.services.users.records import UserRecord
from hexclave_app.services.users.updates import revoke_sessions
from models import SignUpFact, User, UserSession
from models.projects import INTERNAL_PROJECT_ID


def require_open(tenancy: TenancySnapshot) -> None:
    """Raise SIGN_UP_NOT_ENABLED when nobody may register."""
    if not tenancy.config.auth.allow_sign_up:
        raise errors.SignUpNotEnabled


def apply_rules(session: Session, context: SignInContext, facts: SignUpFacts) -> Outcome:
    """What the project's rules say about a sign-up; the triggers are recorded even if it is then refused."""
    risk = score(session, context.installation, tenancy_id=context.tenancy.id, facts=facts, now=context.now)
    outcome = sign_up_rules.evaluate(context.tenancy.config.auth, replace(facts, risk=risk))
    return replace(
        outcome, recorded=sign_up_rules.record(session, tenancy=context.tenancy, outcome=outcome, now=context.now)
    )


def score(
    session: Session, installation: Installation, *, tenancy_id: uuid.UUID, facts: SignUpFacts, now: datetime
) -> RiskScores:
    """How risky the sign-up seems."""
    signals = RiskSignals(
        email=facts.email,
        has_verified_provider=facts.has_verified_provider,
        bot_verdict=facts.bot_verdict,
        recent_from_ip=risk_scores.recent_from_ip(session, tenancy_id=tenancy_id, ip=facts.ip, now=now),
        recent_of_mailbox=risk_scores.recent_of_mailbox(session, tenancy_id=tenancy_id, email=facts.email, now=now),
    )
    return installation.risk_scorer.score(signals)


def register(
    session: Session,
    context: SignInContext,
    *,
    data: UserCreateData,
    anonymous_user_id: uuid.UUID | None,
    outcome: Outcome | None = None,
) -> UserRecord:
    """Create the account, or upgrade the anonymous user of the request in place, if there still is one.

    The outcome of the rules, which everybody but anonymous visitors goes through, restricts and describes the account.
    """
    installation, tenancy, now = context.installation, context.tenancy, context.now
    is_dashboard_account = tenancy.project_id == INTERNAL_PROJECT_ID and not data.is_anonymous
    if is_dashboard_account:
        internal_project.before_sign_up(session, settings=installation.settings, code=context.set_up_code)
    if outcome is not None:
        data = _judged(data, outcome)
    if anonymous_user_id is not None and _lock_anonymous(session, tenancy_id=tenancy.id, user_id=anonymous_user_id):
        if data.password_hash is not None:
            revoke_sessions(session, tenancy_id=tenancy.id, user_id=anonymous_user_id)
            # Like its sessions: what opened the account before must not open it beside the password.
            passkeys.remove(session, tenancy_id=tenancy.id, user_id=anonymous_user_id)
        if data.restricted_by_admin:
            _restrict(session, tenancy, anonymous_user_id, data.restricted_by_admin_private_details)
        user = creation.upgrade_anonymous(session, tenancy=tenancy, user_id=anonymous_user_id, data=data, now=now)
    else:
        user = creation.create(session, installation=installation, tenancy=tenancy, data=data)
    if is_dashboard_account:
        internal_project.after_sign_up(
            session, tenancy=tenancy, user_id=user.id, mode=installation.settings.dashboard_sign_up_mode
        )
    if outcome is not None:
        _remember(session, tenancy_id=tenancy.id, user_id=user.id, facts=outcome.facts, now=now)
        sign_up_rule_history.attribute(session, tenancy_id=tenancy.id, ids=outcome.recorded, user_id=user.id)
    return user


def _judged(data: UserCreateData, outcome: Outcome) -> UserCreateData:
    return replace(
        data,
        country_code=outcome.facts.country_code,
        restricted_by_admin=outcome.restricted_by is not None,
        restricted_by_admin_private_details=outcome.private_details(),
        risk_bot=outcome.facts.risk.bot,
        risk_free_trial_abuse=outcome.facts.risk.free_trial_abuse,
    )


def _remember(
    session: Session, *, tenancy_id: uuid.UUID, user_id: uuid.UUID, facts: SignUpFacts, now: datetime
) -> None:
    """Keep from where and with which mailbox somebody came, to recognise the next sign-up."""
    session.add(
        SignUpFact(
            tenancy_id=tenancy_id,
            id=user_id,
            created_at=now,
            ip=facts.ip,
            ip_is_trusted=facts.ip_is_trusted,
            email_normalised=normalise_email(facts.email) if facts.email else None,
            email_base=base_email(facts.email) if facts.email else None,
        )
    )


def _restrict(session: Session, tenancy: TenancySnapshot, user_id: uuid.UUID, private_details: str | None) -> None:
    """Restrict the anonymous user before the upgrade, which tells the webhooks what the user has become."""
    user = session.get(User, {"tenancy_id": tenancy.id, "id": user_id})
    if user is None:
        raise errors.UserNotFound
    known = (user.restricted_by_admin_private_details, private_details)
    user.restricted_by_admin = True
    user.restricted_by_admin_private_details = "\n\n".join(text for text in known if text) or None


def _lock_anonymous(session: Session, *, tenancy_id: uuid.UUID, user_id: uuid.UUID) -> bool:
    """Reserve an anonymous user for its one upgrade; False when it is gone or has become somebody meanwhile."""
    # Sessions before their user, the order in which refreshes lock them.
    own_sessions = select(UserSession.id).where(
        col(UserSession.tenancy_id) == tenancy_id, col(UserSession.user_id) == user_id
    )
    session.exec(own_sessions.with_for_update()).all()
    is_anonymous = select(User.is_anonymous).where(col(User.tenancy_id) == tenancy_id, col(User.id) == user_id)
    return session.exec(is_anonymous.with_for_update(key_share=True)).first() is True
