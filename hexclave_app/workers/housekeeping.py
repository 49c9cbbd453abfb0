"""Periodic jobs of the server process, each safe to run twice and in several processes at once."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

import structlog
from sqlalchemy import and_, delete, or_
from sqlmodel import Session, col

from hexclave_app.installation import current_installation
from hexclave_app.services import attempts, sign_up_rule_history
from hexclave_app.services.bulk.uploads import UploadedFiles
from hexclave_app.services.emails import send_keys
from hexclave_app.services.oauth import flows as oauth_flows
from hexclave_app.services.unused_files import remove_unused
from models import CliAuthAttempt, LoginClaim, VerificationCode, VerificationCodeType
from models.base import utc_now

log = structlog.get_logger()

KEPT_AFTER_EXPIRY = timedelta(days=30)  # so that an old link still says "expired" and not "unknown"
KEPT_WITHOUT_LINK = timedelta(hours=1)  # pages ask for these by themselves, and anybody may have as many as they like
WITHOUT_LINK = (
    VerificationCodeType.MFA_ATTEMPT,
    VerificationCodeType.PASSKEY_REGISTRATION_CHALLENGE,
    VerificationCodeType.PASSKEY_AUTHENTICATION_CHALLENGE,
)


def delete_login_claims(session: Session, *, now: datetime) -> None:
    """Remove claims that nobody fetched."""
    session.execute(delete(LoginClaim).where(col(LoginClaim.expires_at) < now))


def delete_verification_codes(session: Session, *, now: datetime) -> None:
    """Remove codes that expired long ago, and soon those that were never in a mail."""
    expires_at = col(VerificationCode.expires_at)
    is_without_link = col(VerificationCode.type).in_(WITHOUT_LINK)
    is_over = or_(expires_at < now - KEPT_AFTER_EXPIRY, and_(is_without_link, expires_at < now - KEPT_WITHOUT_LINK))
    session.execute(delete(VerificationCode).where(is_over))


def delete_cli_attempts(session: Session, *, now: datetime) -> None:
    """Remove sign-ins of command lines that ended long ago."""
    session.execute(delete(CliAuthAttempt).where(col(CliAuthAttempt.expires_at) < now - KEPT_AFTER_EXPIRY))


def discard_uploads(_session: Session, *, now: datetime) -> None:  # noqa: ARG001 - files have their own clock
    """Remove files of imports that were never begun."""
    UploadedFiles(current_installation().settings.data_dir).discard_old()


def write_key_uses(session: Session, *, now: datetime) -> None:
    """Store when project keys were last used."""
    current_installation().key_uses.write(session, now=now)


@dataclass(frozen=True)
class Job:
    """A service function and how often it runs."""

    work: Callable[..., None]
    every: timedelta


@dataclass(frozen=True)
class Flow:
    """A job that does more than change rows, and how often it runs."""

    work: Callable[..., Awaitable[object]]
    every: timedelta


SCHEDULE = (
    Job(attempts.forget_old, timedelta(minutes=30)),
    Job(send_keys.forget_old, timedelta(hours=1)),
    Job(sign_up_rule_history.forget_old, timedelta(hours=1)),
    Job(oauth_flows.delete_expired, timedelta(minutes=30)),
    Job(delete_cli_attempts, timedelta(hours=6)),
    Job(delete_login_claims, timedelta(minutes=10)),
    Job(write_key_uses, timedelta(minutes=1)),
    Job(discard_uploads, timedelta(hours=6)),
    Job(delete_verification_codes, timedelta(hours=1)),
)


FLOWS = (Flow(remove_unused, timedelta(minutes=10)),)


async def run() -> None:
    """Run both schedules until the server stops; a failing job is logged and tried again at its next time."""
    await asyncio.gather(
        *(_repeat(partial(_in_transaction, job.work), job.work.__name__, job.every) for job in SCHEDULE),
        *(_repeat(partial(flow.work, current_installation()), flow.work.__name__, flow.every) for flow in FLOWS),
    )


async def _in_transaction(work: Callable[..., None], *, now: datetime) -> None:
    await current_installation().db.run(work, now=now)


async def _repeat(work: Callable[..., Awaitable[object]], name: str, every: timedelta) -> None:
    while True:
        await asyncio.sleep(every.total_seconds())
        try:
            await work(now=utc_now())
        except Exception:  # the edge of a job: logged, and the next run tries again
            log.exception("periodic job failed", job=name)
