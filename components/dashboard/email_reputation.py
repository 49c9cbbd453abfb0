"""The card about the sender's reputation, and the boost."""

from typing import Any

import reflex as rx

from components import ui
from components.ui import tokens, words, words_around
from state.dashboard.email_reputation import Meter, ReputationState


class Countdown(rx.Component):
    """The time until a moment, as it runs out (`assets/countdown.js`)."""

    library = "$/public/countdown.js"
    tag = "CountDown"

    until: rx.Var[int]

    @classmethod
    def get_event_triggers(cls) -> dict[str, Any]:
        """The moment has come."""
        return {**super().get_event_triggers(), "on_end": rx.event.no_args_event_spec}


def reputation_card() -> rx.Component:
    """Return what was sent in the last hour beside what may be sent, and how it was received."""
    state = ReputationState
    full = words("emails-reputation-full")
    return rx.cond(
        state.is_loading,
        rx.skeleton(rx.box(height="9rem", width="100%"), width="100%"),
        ui.card(
            rx.vstack(
                rx.hstack(
                    rx.heading(words("emails-reputation"), as_="h2", size="3"),
                    rx.text(words("emails-reputation-hour"), size="2", color=tokens.TEXT_MUTED),
                    rx.spacer(),
                    rx.cond(state.boosted_until > 0, _boosted(), _boost()),
                    align="center",
                    wrap="wrap",
                    spacing="3",
                    width="100%",
                ),
                rx.grid(
                    _meter(words("emails-reputation-sent-label"), state.sent, bad=full),
                    _meter(words("emails-reputation-bounces-label"), state.bounces),
                    _meter(words("emails-reputation-spam-label"), state.spam),
                    columns=rx.breakpoints(initial="1", md="3"),
                    spacing="5",
                    width="100%",
                ),
                spacing="4",
                width="100%",
            ),
            padding="var(--space-4) var(--space-5)",
        ),
    )


def _boost() -> rx.Component:
    return ui.button(words("emails-boost"), kind="secondary", icon="rocket", on_click=ReputationState.boost)


def _boosted() -> rx.Component:
    left = Countdown.create(until=ReputationState.boosted_until, on_end=ReputationState.load)
    return rx.hstack(
        ui.badge(words("emails-boosted-badge"), tone="success"),
        rx.text(words_around("emails-boost-left", time=left), size="2"),
        align="center",
        wrap="wrap",
        spacing="2",
    )


def _meter(label: str, meter: Meter, *, bad: str = words("emails-reputation-bad")) -> rx.Component:
    state = rx.cond(
        meter.is_bad, ui.badge(bad, tone="danger"), ui.badge(words("emails-reputation-good"), tone="success")
    )
    return rx.vstack(
        rx.hstack(rx.text(label, size="2", weight="medium"), state, align="center", spacing="2"),
        rx.box(
            rx.box(
                width=ui.text_of(meter.filled, "%"),
                height="100%",
                background=rx.cond(meter.is_bad, "var(--red-9)", "var(--accent-9)"),
            ),
            aria_hidden=True,  # the words below say the same
            width="100%",
            height="var(--space-1)",
            border_radius="var(--radius-2)",
            overflow="hidden",
            background=rx.color("gray", 4),
        ),
        rx.text(meter.text, size="1", color=tokens.TEXT_MUTED),
        spacing="2",
        width="100%",
    )
