"""Form fields: a real label, a hint or an error that is tied to the input and announced."""

from typing import Any, Final

import reflex as rx
from reflex.experimental.client_state import ClientStateVar

from components.ui import icons, tokens
from components.ui.early import BUSY_STYLE
from components.ui.language import say

_INVALID: Final = {"&:has(input[aria-invalid=true])": {"box_shadow": "inset 0 0 0 1px var(--red-9)"}}


def form_field(
    label: str | rx.Var[str],
    control: rx.Component,
    *,
    name: str,
    error: str | rx.Var[str] = "",
    hint: str | rx.Var[str] = "",
    aside: rx.Component | None = None,
) -> rx.Component:
    """Return a labelled control; `control` must carry `id=name` and the attributes of `described_by`."""
    return rx.vstack(
        rx.hstack(
            rx.el.label(label, html_for=name, font_size="var(--font-size-2)", font_weight="500", color=tokens.TEXT),
            aside if aside is not None else rx.fragment(),
            justify="between",
            align="baseline",
            width="100%",
        ),
        control,
        rx.box(
            rx.cond(error, _error_text(error), _hint_text(hint)),
            id=note_id(name),
            aria_live="polite",
        ),
        spacing="1",
        width="100%",
    )


def text_field(
    label: str | rx.Var[str],
    *,
    name: str,
    error: str | rx.Var[str] = "",
    hint: str | rx.Var[str] = "",
    aside: rx.Component | None = None,
    prefix: str | rx.Var[str] = "",
    **props: Any,
) -> rx.Component:
    """Return a labelled text input; further options go to the input (`type`, `auto_complete`, `value`, ...).

    A prefix stands before what is typed and is no part of it.
    """
    props.setdefault("size", "3")
    slots = [] if isinstance(prefix, str) and not prefix else [rx.input.slot(prefix)]
    control = rx.input(
        *slots, id=name, name=name, width="100%", custom_attrs=described_by(name, error), style=_INVALID, **props
    )
    return form_field(label, control, name=name, error=error, hint=hint, aside=aside)


def password_field(
    label: str | rx.Var[str],
    *,
    name: str,
    error: str | rx.Var[str] = "",
    hint: str | rx.Var[str] = "",
    aside: rx.Component | None = None,
    **props: Any,
) -> rx.Component:
    """Return a labelled password input that can be shown; only the browser knows whether it is shown."""
    is_shown = ClientStateVar.create(f"{name.replace('-', '_')}_is_shown", default=False)
    toggle = rx.icon_button(
        rx.cond(is_shown.value, icons.icon("eye_off"), icons.icon("eye")),
        type="button",
        variant="ghost",
        color_scheme="gray",
        aria_label=rx.cond(is_shown.value, say("hide-password"), say("show-password")),
        on_click=is_shown.set_value(~is_shown.value.bool()),
    )
    control = rx.input(
        rx.input.slot(toggle, side="right"),
        id=name,
        name=name,
        type=rx.cond(is_shown.value, "text", "password"),
        width="100%",
        size="3",
        custom_attrs=described_by(name, error),
        style=_INVALID,
        **props,
    )
    return rx.fragment(is_shown, form_field(label, control, name=name, error=error, hint=hint, aside=aside))


def text_area(
    label: str | rx.Var[str],
    *,
    name: str,
    error: str | rx.Var[str] = "",
    hint: str | rx.Var[str] = "",
    is_code: bool = False,
    **props: Any,
) -> rx.Component:
    """Return a labelled field of several lines; code is written in fixed-width letters."""
    if is_code:
        props.setdefault("font_family", tokens.CODE_FONT)
        props.setdefault("spell_check", False)
    control = rx.text_area(id=name, name=name, width="100%", custom_attrs=described_by(name, error), **props)
    return form_field(label, control, name=name, error=error, hint=hint)


def submit_form(*children: rx.Component, **props: Any) -> rx.Component:
    """Return a form in one column; native validation is off because the errors are ours.

    Its method keeps the browser from putting what was typed into the address, should no script run.
    """
    return rx.form(
        rx.vstack(*children, spacing="4", width="100%"),
        custom_attrs={"noValidate": True, "method": "dialog"},
        width="100%",
        style=BUSY_STYLE,
        **props,
    )


def described_by(name: str, error: str | rx.Var[str]) -> dict[str, Any]:
    """Return the attributes that tie an input to its note and mark it while it has an error."""
    return {"aria-describedby": note_id(name), "aria-invalid": rx.cond(error, "true", "false")}


def note_id(name: str | rx.Var[str]) -> str:
    """Return the id of the note below the field of that name."""
    return f"{name}-note"


def _hint_text(hint: str | rx.Var[str]) -> rx.Component | str:
    if isinstance(hint, str) and not hint:
        return ""
    return rx.text(hint, size="1", color=tokens.TEXT_MUTED)


def _error_text(error: str | rx.Var[str]) -> rx.Component:
    return rx.hstack(
        icons.icon("circle_alert", size=14, color=tokens.DANGER_TEXT),
        rx.text(error, size="1", color=tokens.DANGER_TEXT, role="alert"),
        spacing="1",
        align="center",
    )
