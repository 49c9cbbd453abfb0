"""Pieces that tell the user what happened and what to do next."""

from typing import Any

import reflex as rx
from reflex.event import EventType

from components.ui import icons, tokens
from components.ui.buttons import button
from components.ui.language import say
from components.ui.tokens import Tone, tone_color


def badge(label: str | rx.Var[str], *, tone: Tone = "neutral", **props: Any) -> rx.Component:
    """Return a status badge: a sign and a word in the colour of the tone."""
    return rx.badge(
        icons.icon(tokens.TONE_ICONS[tone], size=12),
        label,
        color_scheme=tone_color(tone),
        variant="soft",
        high_contrast=True,
        radius="full",
        **props,
    )


def callout(text: str | rx.Var[str] | rx.Component, *, tone: Tone = "info", **props: Any) -> rx.Component:
    """Return a message within a page; warnings and errors are announced at once."""
    return rx.callout(
        text,
        icon=tokens.TONE_ICONS[tone],
        color_scheme=tone_color(tone),
        high_contrast=tone in ("warning", "success"),  # amber on amber and green on green are too pale to read
        role="alert" if tone in ("warning", "danger") else "status",
        size="1",
        width="100%",
        **props,
    )


def message_card(
    title: str | rx.Var[str],
    text: str | rx.Var[str] = "",
    *,
    primary: rx.Component | None = None,
    secondary: rx.Component | None = None,
    tone: Tone | None = None,
    **props: Any,
) -> rx.Component:
    """Return the card that is a whole page: a title, a text, and up to two buttons side by side (secondary left)."""
    actions = [action for action in (secondary, primary) if action is not None]
    return rx.vstack(
        _tone_sign(tone) if tone else rx.fragment(),
        rx.heading(title, as_="h1", size="5", text_align="center", overflow_wrap="anywhere"),
        rx.text(text, size="2", color=tokens.TEXT_MUTED, text_align="center", overflow_wrap="anywhere")
        if not _is_blank(text)
        else rx.fragment(),
        rx.hstack(*actions, spacing="3", justify="center", wrap="wrap", margin_top="var(--space-2)")
        if actions
        else rx.fragment(),
        spacing="3",
        align="center",
        width="100%",
        **props,
    )


def empty_state(
    title: str, text: str, *, icon: str = "inbox", action: rx.Component | None = None, **props: Any
) -> rx.Component:
    """Return what a list shows when it has no rows: what is missing and the next step."""
    return rx.vstack(
        rx.center(
            icons.icon(icon, size=22, color=tokens.TEXT_MUTED),
            background=rx.color("gray", 3),
            border_radius="var(--radius-4)",
            padding="var(--space-3)",
        ),
        rx.text(title, weight="medium", size="3"),
        rx.text(text, color=tokens.TEXT_MUTED, size="2", text_align="center", max_width=tokens.FORM_WIDTH),
        action if action is not None else rx.fragment(),
        spacing="3",
        align="center",
        padding="var(--space-7) var(--space-4)",
        width="100%",
        **props,
    )


def error_state(text: str | rx.Var[str], *, on_retry: EventType[()]) -> rx.Component:
    """Return what a list shows when it could not be loaded, with a way to try again."""
    return rx.vstack(
        callout(text, tone="danger"),
        button(say("try-again"), kind="secondary", icon="refresh_cw", on_click=on_retry),
        spacing="3",
        align="center",
        padding_y="var(--space-5)",
        width="100%",
    )


def _tone_sign(tone: Tone) -> rx.Component:
    return rx.center(
        icons.icon(tokens.TONE_ICONS[tone], size=24, color=rx.color(tone_color(tone), 11)),
        background=rx.color(tone_color(tone), 3),
        border_radius="var(--radius-6)",
        padding="var(--space-3)",
    )


def _is_blank(text: str | rx.Var[str]) -> bool:
    return isinstance(text, str) and not text
