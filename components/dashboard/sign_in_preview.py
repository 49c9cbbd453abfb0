"""What the hosted sign-in page will look like, beside the switches that change it."""

from collections.abc import Mapping

import reflex as rx

from components import ui
from components.hosted.marks import BRANDS, brand_mark
from components.ui import tokens, words

Condition = bool | rx.Var[bool]


def sign_in_preview(
    name: str | rx.Var[str],
    *,
    password: Condition,
    code: Condition,
    passkey: Condition,
    providers: Mapping[str, Condition],
) -> rx.Component:
    """Return a picture of the page, which neither keyboard nor screen reader meets: the switches say the same."""
    has_form, has_other = ui.any_of(password, code), ui.any_of(passkey, *providers.values())
    picture = ui.card(
        rx.vstack(
            rx.text(words("setup-preview-title"), size="5", weight="bold"),
            rx.text(
                words("setup-preview-project", project=name),
                size="2",
                color=tokens.TEXT_MUTED,
                overflow_wrap="anywhere",
            ),
            *[rx.cond(is_on, _line(brand_mark(kind), BRANDS[kind].name)) for kind, is_on in providers.items()],
            rx.cond(passkey, _line(ui.icon("fingerprint"), words("setup-preview-passkey"))),
            rx.cond(
                ui.all_of(has_form, has_other), rx.text(words("setup-preview-or"), size="1", color=tokens.TEXT_MUTED)
            ),
            rx.cond(has_form, _field(words("setup-preview-email"))),
            rx.cond(ui.all_of(password, ui.none_of(code)), _field(words("setup-preview-password"))),
            rx.cond(ui.all_of(password, code), rx.text(words("setup-preview-tabs"), size="1", color=tokens.TEXT_MUTED)),
            rx.cond(has_form, _filled(rx.cond(code, words("setup-preview-send"), words("setup-preview-submit")))),
            rx.cond(
                ui.none_of(has_form, has_other),
                rx.text(words("setup-preview-nobody"), size="2", color=tokens.TEXT_MUTED),
            ),
            spacing="3",
            align="center",
            width="100%",
        ),
        max_width="20rem",
        margin_x="auto",
        padding="var(--space-5)",
    )
    return rx.center(
        picture,
        background=tokens.CANVAS,
        border_radius="var(--radius-4)",
        padding="var(--space-5) var(--space-4)",
        width="100%",
        custom_attrs={"aria-hidden": "true"},
    )


def _line(mark: rx.Component, text: str) -> rx.Component:
    return rx.hstack(
        mark,
        rx.text(text, size="2", weight="medium"),
        justify="center",
        align="center",
        border=f"1px solid {rx.color('gray', 7)}",
        border_radius="var(--radius-3)",
        height="var(--space-7)",
        width="100%",
    )


def _field(label: str) -> rx.Component:
    return rx.vstack(
        rx.text(label, size="1", weight="medium"),
        rx.box(
            border=f"1px solid {rx.color('gray', 7)}",
            border_radius="var(--radius-3)",
            height="var(--space-7)",
            width="100%",
        ),
        spacing="1",
        width="100%",
    )


def _filled(text: str | rx.Var[str]) -> rx.Component:
    return rx.center(
        rx.text(text, size="2", weight="medium", color="var(--accent-contrast)"),
        background=tokens.ACCENT,
        border_radius="var(--radius-3)",
        height="var(--space-7)",
        width="100%",
    )
