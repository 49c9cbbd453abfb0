"""How risky a sign-up seems, from 0 to 100 (contract 03, section 8.2).

The scorer is behind a small protocol, so that an operator with better sources can put another one into the
installation. Ours is a plain sum of what is written below: no model, nothing secret, nothing asked of anybody else. It
refuses nobody; a project's own sign-up rules decide what a score means.

| signal | bot | free-trial abuse |
|---|---:|---:|
| bot challenge not passed although it is configured | 50 | 20 |
| bot challenge could not be checked | 20 | 10 |
| throw-away mailbox | 20 | 50 |
| five or more digits in a row in the name of the mailbox | 15 | 10 |
| each sign-up from the same address in the last 24 hours (at most 5) | 8 | 8 |
| each account of the same mailbox in the last 90 days, plus-tags and dots ignored (at most 3) | 5 | 30 |
| signed in with a provider account whose address is verified | half | – |
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Protocol

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select

from hexclave_app.services.email_intelligence import base_email, is_disposable, looks_generated
from models import SignUpFact

IP_WINDOW: Final = timedelta(hours=24)
MAILBOX_WINDOW: Final = timedelta(days=90)
_MAX_SAME_IP: Final = 5
_MAX_SAME_MAILBOX: Final = 3


class BotVerdict(StrEnum):
    """What a challenge said; `error` when it could not be asked."""

    OK = "ok"
    INVALID = "invalid"
    ERROR = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskSignals:
    """What is known of a sign-up before it happens."""

    email: str | None
    has_verified_provider: bool = False
    bot_verdict: BotVerdict = BotVerdict.OK
    recent_from_ip: int = 0
    recent_of_mailbox: int = 0


@dataclass(frozen=True, slots=True)
class RiskScores:
    """Two integers from 0 to 100."""

    bot: int = 0
    free_trial_abuse: int = 0


NO_RISK: Final = RiskScores()


class RiskScorer(Protocol):
    """Anything that can judge a sign-up without waiting for somebody."""

    def score(self, signals: RiskSignals) -> RiskScores:
        """The scores of a sign-up."""
        ...


class LocalRiskScorer:
    """The sum of the table above."""

    def score(self, signals: RiskSignals) -> RiskScores:
        """The scores of a sign-up."""
        bot, abuse = _VERDICTS[signals.bot_verdict]
        if signals.email and is_disposable(signals.email):
            bot, abuse = bot + 20, abuse + 50
        if signals.email and looks_generated(signals.email):
            bot, abuse = bot + 15, abuse + 10
        same_ip = min(signals.recent_from_ip, _MAX_SAME_IP)
        same_mailbox = min(signals.recent_of_mailbox, _MAX_SAME_MAILBOX)
        bot += 8 * same_ip + 5 * same_mailbox
        abuse += 8 * same_ip + 30 * same_mailbox
        if signals.has_verified_provider:
            bot //= 2
        return RiskScores(min(bot, 100), min(abuse, 100))


_VERDICTS: Final = {BotVerdict.OK: (0, 0), BotVerdict.INVALID: (50, 20), BotVerdict.ERROR: (20, 10)}


def recent_from_ip(session: Session, *, tenancy_id: object, ip: str | None, now: datetime) -> int:
    """How many people signed up from the address lately."""
    if ip is None:
        return 0
    since = now - IP_WINDOW
    return _count(session, tenancy_id, (col(SignUpFact.ip) == ip) & (col(SignUpFact.created_at) > since))


def recent_of_mailbox(session: Session, *, tenancy_id: object, email: str | None, now: datetime) -> int:
    """How many accounts the mailbox behind the address got lately."""
    if not email:
        return 0
    since = now - MAILBOX_WINDOW
    own = (col(SignUpFact.email_base) == base_email(email)) & (col(SignUpFact.created_at) > since)
    return _count(session, tenancy_id, own)


def _count(session: Session, tenancy_id: object, condition: ColumnElement[bool]) -> int:
    wanted = select(func.count()).select_from(SignUpFact).where(col(SignUpFact.tenancy_id) == tenancy_id, condition)
    return session.exec(wanted).one()
