"""The charts of the overview: what they show in words, and as figures that the page colours."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import log
from typing import Final

import plotly.graph_objects as go  # type: ignore[import-untyped]  # plotly comes without types

from hexclave_app.languages.speaking import say
from state.dashboard.wording import grouped

SIGN_UPS: Final = "sign-ups"
USERS: Final = "users"
MAILS: Final = "mails"
MAP_COLOURS: Final = 5
_FEW: Final = 6
_WEEK: Final = 7


@dataclass(frozen=True)
class Day:
    """The numbers of one UTC day."""

    date: str
    label: str
    sign_ups: int
    users: int
    delivered: int = 0
    waiting: int = 0
    failed: int = 0
    last_date: str = ""
    """Where several days are shown as one: the last of them."""


@dataclass(frozen=True)
class Change:
    """A number beside that of as many days before: how it is written, and whether it grew."""

    value: str = ""
    percent: str = ""
    has_grown: bool = True
    words: str = ""


@dataclass(frozen=True)
class Place:
    """A country on the map."""

    id: str
    label: str
    users: str
    """How many, and their share of all users."""
    step: int
    """Its colour, from 1 for few users to `MAP_COLOURS` for the most."""
    address: str


def change(number: int, before: int) -> Change:
    """How a number has changed; without anything before there is nothing to compare with."""
    if not before:
        return Change(grouped(number))
    percent = round(100 * (number - before) / before)
    return Change(
        grouped(number),
        f"{percent:+,} %".replace("-", "−"),
        percent >= 0,
        say("overview-before", number=grouped(before)),
    )


def written(day: date) -> str:
    """A day as people read it."""
    return day.strftime("%-d %b %Y")


def sign_up_chart(days: Sequence[Day]) -> go.Figure:
    """Bars of sign-ups with their average over a week."""
    counts = [day.sign_ups for day in days]
    figure = go.Figure(data=[_bars(days, counts, say("overview-bars"), say("overview-bar", number="<b>%{y:,}</b>"))])
    if len(days) > _WEEK:
        average = go.Scatter(
            x=[day.date for day in days],
            y=_averages(counts),
            mode="lines",
            line={"width": 2},
            hovertemplate=f"{say('overview-average', number='%{y:.1f}')}<extra></extra>",
            name=say("overview-average-name"),
        )
        figure.add_trace(average)
    return _finished(figure, max(counts, default=0))


def user_chart(days: Sequence[Day]) -> go.Figure:
    """How many users there were at the end of each day."""
    line = go.Scatter(
        x=[day.date for day in days],
        y=[day.users for day in days],
        mode="lines",
        fill="tozeroy",
        hovertemplate=f"%{{x|%-d %b %Y}}<br>{say('overview-users-then', number='<b>%{y:,}</b>')}<extra></extra>",
        name=say("overview-users"),
    )
    return _finished(go.Figure(data=[line]), max((day.users for day in days), default=0))


def mail_chart(days: Sequence[Day]) -> go.Figure:
    """Mails by what became of them, one upon the other."""
    parts = (
        ([day.delivered for day in days], say("overview-mails-delivered")),
        ([day.waiting for day in days], say("overview-mails-waiting")),
        ([day.failed for day in days], say("overview-mails-failed")),
    )
    figure = go.Figure(data=[_bars(days, counts, name, f"{name} <b>%{{y:,}}</b>") for counts, name in parts])
    figure.update_layout(barmode="stack")
    return _finished(figure, max((day.delivered + day.waiting + day.failed for day in days), default=0))


def map_step(count: int, most: int) -> int:
    """The colour of a country: by the logarithm of its users, so that a few large ones leave shades for the others."""
    if count >= most:
        return MAP_COLOURS
    return 1 + int((MAP_COLOURS - 1) * log(count) / log(most))


def _bars(days: Sequence[Day], counts: Sequence[int], name: str, text: str) -> go.Bar:
    return go.Bar(
        x=[day.date for day in days],
        y=list(counts),
        hovertemplate=f"%{{x|%-d %b %Y}}<br>{text}<extra></extra>",
        name=name,
    )


def _averages(counts: Sequence[int]) -> list[float]:
    """Of each day and the six before it, as far as the series goes back."""
    windows = [counts[max(0, place - _WEEK + 1) : place + 1] for place in range(len(counts))]
    return [round(sum(window) / len(window), 2) for window in windows]


def _finished(figure: go.Figure, highest: int) -> go.Figure:
    figure.update_layout(template=None)
    if highest < _FEW:
        figure.update_yaxes(dtick=1)  # half users do not exist
    return figure
