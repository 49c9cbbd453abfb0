"""Whom one sign-up rule matched of late."""

import uuid
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

import reflex as rx

from hexclave_app.errors import StatusError
from hexclave_app.languages.speaking import say
from hexclave_app.services import sign_up_rule_history
from models import SignUpRuleTrigger
from state.base import Access, Viewer, guarded
from state.dashboard.rule_settings import name_of
from state.dashboard.wording import exact, provider_name

PAGE_SIZE: Final = 50
MOST: Final = 1_000
"""Matches that are shown at the most: more are not read by anybody, and each further page sends all of them again."""
METHODS: Final = {
    "password": say("sign-up-rules-password"),
    "otp": say("sign-up-rules-otp"),
    "oauth": say("sign-up-rules-oauth"),
    "passkey": say("sign-up-rules-passkey"),
}


@dataclass(frozen=True)
class MatchRow:
    """A match as the dialog shows it."""

    id: str
    at: str
    email: str
    method: str
    action: str


class RuleHistoryState(rx.State):
    """The dialog with the matches of one rule, newest first."""

    if TYPE_CHECKING:
        project_id: str

    is_open: bool = False
    is_loading: bool = False
    error: str = ""
    name: str = ""
    rows: list[MatchRow] = []
    has_more: bool = False
    _rule_id: str = ""
    _last: tuple[datetime, uuid.UUID] | None = None

    def _error_field(self, _error: Exception) -> str:
        return "error" if self.is_open else ""

    @guarded(Access.PROJECT_ADMIN, supersedes=True)
    async def open_for(self, viewer: Viewer, rule_id: str) -> AsyncIterator[object]:
        """Show the newest matches of a rule."""
        rule = viewer.tenancy.config.auth.sign_up_rules.get(rule_id)
        if rule is None:
            raise StatusError(404, say("sign-up-rules-gone"))
        self._rule_id, self.name = rule_id, name_of(rule_id, rule)
        self._begin_anew()
        self.is_open = True
        yield None
        await self._read(viewer)

    @guarded(Access.PROJECT_ADMIN, supersedes=True)
    async def reload(self, viewer: Viewer) -> AsyncIterator[object]:
        """Show the newest matches again."""
        self._begin_anew()
        yield None
        await self._read(viewer)

    @guarded(Access.PROJECT_ADMIN, supersedes=True)
    async def show_more(self, viewer: Viewer) -> None:
        """Show older ones below."""
        if self.has_more:
            await self._read(viewer)

    @guarded(Access.PROJECT_ADMIN)
    async def toggle(self, _viewer: Viewer, is_open: bool) -> None:
        """Close the dialog."""
        self.is_open = is_open is True and self._rule_id != ""

    def _begin_anew(self) -> None:
        self.rows, self._last, self.error, self.has_more, self.is_loading = [], None, "", False, True

    async def _read(self, viewer: Viewer) -> None:
        page = await viewer.installation.db.scan(
            sign_up_rule_history.history,
            tenancy_id=viewer.tenancy.id,
            rule_id=self._rule_id,
            limit=PAGE_SIZE,
            after=self._last,
        )
        self.rows = [*self.rows, *_rows(page.triggers)]
        if page.triggers:
            self._last = (page.triggers[-1].created_at, page.triggers[-1].id)
        self.has_more, self.is_loading = page.has_more and len(self.rows) < MOST, False


def _rows(triggers: Sequence[SignUpRuleTrigger]) -> list[MatchRow]:
    return [
        MatchRow(
            str(one.id),
            exact(one.created_at),
            one.email or say("sign-up-rules-no-address"),
            provider_name(one.oauth_provider) if one.oauth_provider else METHODS.get(one.auth_method, one.auth_method),
            one.action,
        )
        for one in triggers
    ]
