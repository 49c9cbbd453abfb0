"""Keeping programs from signing up: what a challenge's token is worth (contract 03, section 8.1)."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import structlog

from hexclave_app import errors
from hexclave_app.config.trusted_domains import is_trusted_host
from hexclave_app.errors import StatusError
from hexclave_app.gateways.turnstile import Turnstile, TurnstileUnavailable
from hexclave_app.services.risk_scores import BotVerdict
from hexclave_app.services.tenancies import TenancySnapshot
from hexclave_app.settings import Settings

log = structlog.get_logger()

MAX_TOKEN_CHARS: Final = 2048  # what the service documents
_FAILED: Final = "The bot challenge was not passed. Please try again."
_UNAVAILABLE: Final = "The bot challenge could not be completed. Please try again later or with another network."


class Action(StrEnum):
    """What the token must have been made for."""

    PASSWORD = "sign_up_with_credential"  # noqa: S105 - an action, not a password
    MAGIC_LINK = "send_magic_link_email"
    OAUTH = "oauth_authenticate"


@dataclass(frozen=True, slots=True)
class BotChallenge:
    """What a request says about its challenge; nothing when the client runs none."""

    token: str | None = None
    phase: str | None = None
    is_unavailable: bool = False


@dataclass(frozen=True, slots=True)
class BotAssessment:
    """What became of the challenge; JSON-serialisable, because it travels with codes and flows."""

    status: BotVerdict = BotVerdict.OK
    visible: BotVerdict | None = None

    def stored(self) -> dict[str, str | None]:
        """The shape kept with a code."""
        return {"status": self.status.value, "visible": self.visible.value if self.visible else None}

    @classmethod
    def from_stored(cls, stored: dict[str, str | None] | None) -> "BotAssessment":
        """The assessment of a code; codes from before there were any have none."""
        if not stored:
            return cls()
        visible = stored.get("visible")
        return cls(BotVerdict(stored.get("status") or "ok"), BotVerdict(visible) if visible else None)


NO_CHALLENGE: Final = BotChallenge()
NOT_ASSESSED: Final = BotAssessment()


async def assess(
    tenancy: TenancySnapshot, settings: Settings, challenge: BotChallenge, *, action: Action, ip: str | None
) -> BotAssessment:
    """Judge the request's challenge; raises BOT_CHALLENGE_REQUIRED after a failed invisible one."""
    if challenge.is_unavailable and (challenge.token or challenge.phase):
        raise StatusError(400, "A bot challenge cannot have a token and be unavailable.")
    if not settings.turnstile_secret_key:
        return BotAssessment()
    if challenge.is_unavailable:
        return BotAssessment(BotVerdict.ERROR, BotVerdict.ERROR)
    verdict = await _judge(tenancy, settings, challenge.token or "", action=action, ip=ip)
    if challenge.phase == "visible":
        return BotAssessment(BotVerdict.INVALID, verdict)
    if challenge.phase == "invisible" and verdict is not BotVerdict.OK:
        raise errors.BotChallengeRequired
    return BotAssessment(verdict)


def require_passed(assessment: BotAssessment, settings: Settings) -> None:
    """Raise BOT_CHALLENGE_FAILED when a visible challenge was not passed, unless the operator lets such people in."""
    if assessment.visible in (None, BotVerdict.OK) or settings.turnstile_let_failed_in:
        return
    raise errors.BotChallengeFailed(message=_UNAVAILABLE if assessment.visible is BotVerdict.ERROR else _FAILED)


def risk_of(assessment: BotAssessment) -> BotVerdict:
    """What the scores make of it: who passed the visible challenge passed."""
    return assessment.visible or assessment.status


async def _judge(
    tenancy: TenancySnapshot, settings: Settings, token: str, *, action: Action, ip: str | None
) -> BotVerdict:
    if not token or len(token) > MAX_TOKEN_CHARS:
        return BotVerdict.INVALID
    try:
        found = await Turnstile(settings.turnstile_secret_key, settings.turnstile_verify_url).verify(token, ip=ip)
    except TurnstileUnavailable as error:
        log.warning("bot challenge could not be checked", reason=str(error))
        return BotVerdict.ERROR
    is_ours = not found.hostname or is_trusted_host(
        found.hostname, config=tenancy.config, hosted_origin=settings.hosted_origin(tenancy.project_id)
    )
    is_meant = not found.action or found.action == action
    return BotVerdict.OK if found.success and is_ours and is_meant else BotVerdict.INVALID
