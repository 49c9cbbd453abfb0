"""How a project stands with those who receive its mails: the last hour beside what it may send, and the boost."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import reflex as rx

from hexclave_app.languages.speaking import say
from hexclave_app.services.emails import capacity
from hexclave_app.services.emails.capacity import Reputation
from models.base import millis, utc_now
from state.base import Access, Viewer, guarded

MAX_BOUNCE_RATE: Final = 0.05
MAX_SPAM_RATE: Final = 0.001


@dataclass(frozen=True)
class Meter:
    """A number beside its limit."""

    text: str = ""
    filled: int = 0
    """In percent of the limit, at most 100."""
    is_bad: bool = False


class ReputationState(rx.State):
    """The card about the sender's reputation."""

    if TYPE_CHECKING:
        project_id: str

    is_loading: bool = True
    sent: Meter = Meter()
    bounces: Meter = Meter()
    spam: Meter = Meter()
    boosted_until: int = 0
    """The end of the boost in milliseconds; 0 without one."""

    @guarded(Access.PROJECT_ADMIN)
    async def load(self, viewer: Viewer) -> None:
        """Read the numbers."""
        await self._read(viewer)

    @guarded(Access.PROJECT_ADMIN)
    async def boost(self, viewer: Viewer) -> object:
        """Quadruple the capacity for four hours."""
        await viewer.installation.db.run(
            capacity.activate_boost,
            tenancy_id=viewer.tenancy.id,
            per_hour=viewer.installation.settings.email_capacity_per_hour,
            now=utc_now(),
        )
        await self._read(viewer)
        return rx.toast.success(say("emails-boosted"))

    async def _read(self, viewer: Viewer) -> None:
        found = await viewer.installation.db.scan(
            capacity.reputation,
            tenancy_id=viewer.tenancy.id,
            default_per_hour=viewer.installation.settings.email_capacity_per_hour,
            now=utc_now(),
        )
        self._show(found)
        self.is_loading = False

    def _show(self, found: Reputation) -> None:
        hour, per_hour = found.hour, int(found.per_hour)
        self.sent = Meter(
            say("emails-reputation-sent", sent=f"{hour.sent:,}", capacity=f"{per_hour:,}"),
            _share(hour.sent, per_hour),
            hour.sent >= per_hour,
        )
        bounce_rate, spam_rate = _rate(hour.bounced, hour.sent), _rate(hour.marked_as_spam, hour.sent)
        self.bounces = Meter(
            say("emails-reputation-rate", rate=f"{100 * bounce_rate:.1f}", limit="5", number=hour.bounced),
            _share(bounce_rate, MAX_BOUNCE_RATE),
            bounce_rate > MAX_BOUNCE_RATE,
        )
        self.spam = Meter(
            say("emails-reputation-rate", rate=f"{100 * spam_rate:.2f}", limit="0.1", number=hour.marked_as_spam),
            _share(spam_rate, MAX_SPAM_RATE),
            spam_rate > MAX_SPAM_RATE,
        )
        self.boosted_until = millis(found.boosted_until) if found.boosted_until else 0


def _rate(number: int, sent: int) -> float:
    """The share of what was sent; a report may come after the hour in which its mail was the only one."""
    return number / max(sent, number, 1)


def _share(number: float, limit: float) -> int:
    return min(100, round(100 * number / limit)) if limit else 100
