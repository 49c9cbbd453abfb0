"""The overview of a project: how many users there are, and how many sign up per day."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import plotly.graph_objects as go  # type: ignore[import-untyped]  # plotly comes without types
import reflex as rx

from hexclave_app.languages.speaking import say
from hexclave_app.services.tenancies import KeyKind
from hexclave_app.services.users import statistics
from hexclave_app.services.users.statistics import UserFigures
from models.base import utc_now
from state.base import Access, Viewer, guarded
from state.dashboard.reveal import Snippets, snippets_of
from state.dashboard.wording import grouped

_FEW = 6
_PLACEHOLDERS = {KeyKind.CLIENT: "pck_…", KeyKind.SERVER: "ssk_…"}


@dataclass(frozen=True)
class Day:
    """Sign-ups of one UTC day."""

    date: str
    label: str
    count: int


class OverviewState(rx.State):
    """The figures of the open project."""

    if TYPE_CHECKING:
        project_id: str

    is_loading: bool = True
    error: str = ""
    total: str = ""
    active: str = ""
    days: list[Day] = []
    has_users: bool = False
    guide: Snippets = Snippets()

    @rx.var
    def recent(self) -> str:
        """Sign-ups in the whole series."""
        return grouped(sum(day.count for day in self.days))

    @rx.var
    def summary(self) -> str:
        """The chart in one sentence."""
        if not self.days:
            return ""
        best = max(self.days, key=lambda day: day.count)
        total = sum(day.count for day in self.days)
        return say(
            "overview-summary",
            count=total,
            number=grouped(total),
            days=len(self.days),
            day=best.label,
            most=grouped(best.count),
        )

    @rx.var
    def chart(self) -> go.Figure:
        """Bars over days; the page adds the colours of the theme."""
        bars = go.Bar(
            x=[day.date for day in self.days],
            y=[day.count for day in self.days],
            hovertemplate=f"%{{x|%-d %b %Y}}<br>{say('overview-bar', number='<b>%{y:,}</b>')}<extra></extra>",
            name=say("overview-bars"),
        )
        figure = go.Figure(data=[bars])
        figure.update_layout(template=None)
        if max((day.count for day in self.days), default=0) < _FEW:
            figure.update_yaxes(dtick=1)  # half users do not exist
        return figure

    @guarded(Access.PROJECT_ADMIN, supersedes=True)
    async def load(self, viewer: Viewer) -> AsyncIterator[object]:
        """Count everything anew."""
        self.is_loading, self.error = True, ""
        yield None
        await self._count(viewer)

    @guarded(Access.PROJECT_ADMIN, supersedes=True)
    async def refresh(self, viewer: Viewer) -> None:
        """Count again without hiding what is shown."""
        await self._count(viewer)

    async def _count(self, viewer: Viewer) -> None:
        db, project_id = viewer.installation.db, viewer.tenancy.project_id
        self.guide = snippets_of(project_id, _PLACEHOLDERS, origin=viewer.installation.settings.origin)
        self._show(await db.scan(statistics.figures, tenancy=viewer.tenancy, now=utc_now()))

    def _show(self, figures: UserFigures) -> None:
        self.total, self.active = grouped(figures.total), grouped(figures.active_last_day)
        self.days = [Day(one.day.isoformat(), one.day.strftime("%-d %b %Y"), one.count) for one in figures.sign_ups]
        self.has_users = figures.total > 0
        self.is_loading = False
