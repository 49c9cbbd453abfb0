"""Inputs that choose: switches, check boxes, selects."""

from collections.abc import Sequence
from typing import Any, Final

import reflex as rx

from components.ui import tokens
from components.ui.fields import form_field, note_id

# The theme writes placeholders too pale to be read by everybody.
_PLACEHOLDER: Final = {"&[data-placeholder] .rt-SelectTriggerInner": {"color": tokens.TEXT_MUTED}}


def switch_row(label: str, text: str = "", *, name: str, **props: Any) -> rx.Component:
    """Return a switch with its label and explanation; options go to the switch (`checked`, `on_change`, ...)."""
    return rx.hstack(
        rx.vstack(
            rx.el.label(label, html_for=name, font_size="var(--font-size-2)", font_weight="500", color=tokens.TEXT),
            rx.text(text, size="1", color=tokens.TEXT_MUTED, id=note_id(name)) if text else rx.fragment(),
            spacing="1",
        ),
        rx.spacer(),
        rx.switch(id=name, name=name, custom_attrs={"aria-describedby": note_id(name)} if text else {}, **props),
        align="center",
        spacing="4",
        width="100%",
    )


def checkbox(label: str | rx.Var[str], *, name: str | rx.Var[str], margin_top: str = "0", **props: Any) -> rx.Component:
    """Return a check box with its label; in a form its value is there only while it is ticked."""
    return rx.hstack(
        rx.checkbox(id=name, name=name, **props),
        rx.el.label(label, html_for=name, font_size="var(--font-size-2)", color=tokens.TEXT),
        align="center",
        spacing="2",
        margin_top=margin_top,
    )


def select_field(
    label: str | rx.Var[str],
    options: Sequence[tuple[str, str | rx.Var[str]]] | rx.Component,
    *,
    name: str,
    error: str | rx.Var[str] = "",
    hint: str | rx.Var[str] = "",
    **props: Any,
) -> rx.Component:
    """Return a labelled select; options are pairs of value and text, or a `foreach` of `rx.select.item`."""
    return form_field(label, _select(label, options, name=name, size="3", **props), name=name, error=error, hint=hint)


def select_box(
    label: str | rx.Var[str],
    options: Sequence[tuple[str, str | rx.Var[str]]] | rx.Component,
    *,
    name: str | rx.Var[str],
    **props: Any,
) -> rx.Component:
    """Return a select for a bar above a list, whose label only assistive technology reads."""
    return _select(label, options, name=name, aria_label=label, size="2", **props)


def _select(
    label: str | rx.Var[str],
    options: Sequence[tuple[str, str | rx.Var[str]]] | rx.Component,
    *,
    name: str | rx.Var[str],
    aria_label: str | rx.Var[str] | None = None,
    **props: Any,
) -> rx.Component:
    items = (
        [options]
        if isinstance(options, rx.Component)
        else [rx.select.item(text, value=value) for value, text in options]
    )
    named = {"aria-label": aria_label} if aria_label is not None else {"aria-describedby": note_id(name)}
    return rx.select.root(
        rx.select.trigger(
            id=name,
            placeholder=label,
            custom_attrs=named,
            width="auto" if aria_label is not None else "100%",
            max_width="100%",
            style=_PLACEHOLDER,
        ),
        rx.select.content(rx.select.group(*items)),
        name=name,
        **props,
    )
