"""State of the design page: proves that events of the browser reach the server."""

from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go  # type: ignore[import-untyped]  # plotly comes without types
import reflex as rx

from state.dashboard.differences import DiffLine
from state.dashboard.permission_graph import Drawing, drawn


@dataclass(frozen=True)
class SampleNode:
    """A line of the sample tree."""

    key: str
    id: str
    depth: int
    inside: str
    is_repeated: bool


class DesignState(rx.State):
    """Counts presses of the sample button, refuses the sample form, opens the sample dialogs."""

    presses: int = 0
    error: str = ""
    has_form: bool = False
    has_question: bool = False
    has_worst: bool = False
    nodes: list[SampleNode] = [
        SampleNode("1", "team_admin", 0, "", is_repeated=False),
        SampleNode("2", "team_member", 1, "team_admin", is_repeated=False),
        SampleNode("3", "read", 2, "team_member", is_repeated=False),
    ]

    drawing: Drawing = drawn(
        {"team_admin": ["team_member", "$update_team"], "team_member": ["read"], "read": [], "$update_team": []}
    )
    order: list[str] = ["Ada", "Ben", "Cleo"]
    lines: list[DiffLine] = [
        DiffLine(" ", "{"),
        DiffLine("-", '  "allowSignUp": true'),
        DiffLine("+", '  "allowSignUp": false'),
        DiffLine(" ", "}"),
    ]

    @rx.var
    def chart(self) -> go.Figure:
        """Seven days."""
        days = [f"2026-01-{day:02}" for day in range(1, 8)]
        figure = go.Figure(data=[go.Bar(x=days, y=[1, 2, 2, 3, 5, 6, 8])])
        figure.update_layout(template=None)
        return figure

    @rx.event
    def put(self, name: str, place: int) -> None:
        """Give a sample row another place."""
        self._put(name, place)

    @rx.event
    def move(self, name: str, is_up: bool) -> None:
        """Move a sample row by one place."""
        self._put(name, max(self.order.index(name) + (-1 if is_up else 1), 0))

    @rx.event
    def press(self) -> None:
        """Count one press."""
        self.presses += 1

    @rx.event
    def submit(self, form: dict[str, str]) -> None:
        """Show what a field error looks like."""
        is_long_enough = len(form.get("password", "")) >= 8
        self.error = "" if is_long_enough else "Choose a password of at least 8 characters."

    @rx.event
    def toggle_form(self, is_open: bool) -> None:
        """Open the sample form, or close it."""
        self.has_form = is_open

    @rx.event
    def open_form(self) -> None:
        """Open the sample form."""
        self.has_form = True

    @rx.event
    def ask(self) -> None:
        """Open the sample question."""
        self.has_question = True

    @rx.event
    def ask_the_worst(self) -> None:
        """Open the sample question that asks for a name."""
        self.has_worst = True

    @rx.event
    def close(self, _form: dict[str, Any] | None = None) -> None:
        """Close the sample dialogs."""
        self.has_form = self.has_question = self.has_worst = False

    def _put(self, name: str, place: int) -> None:
        others = [one for one in self.order if one != name]
        self.order = [*others[:place], name, *others[place:]]
