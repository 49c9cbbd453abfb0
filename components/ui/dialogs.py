"""Dialogs: forms that interrupt a page, and questions before something irreversible."""

from typing import Any

import reflex as rx
from reflex.event import EventType
from reflex.experimental.client_state import ClientStateVar

from components.ui import tokens
from components.ui.buttons import button
from components.ui.choices import checkbox
from components.ui.conditions import none_of
from components.ui.feedback import callout
from components.ui.fields import submit_form, text_field
from components.ui.language import say


def form_dialog(
    title: str | rx.Var[str],
    *fields: rx.Component,
    submit_label: str | rx.Var[str],
    is_open: bool | rx.Var[bool],
    pending: bool | rx.Var[bool] = False,
    error: str | rx.Var[str] = "",
    **events: Any,
) -> rx.Component:
    """Return a dialog with a form; events are `on_submit` and `on_open_change` (called with False to cancel)."""
    cancel = rx.dialog.close(button(say("cancel"), kind="secondary"))
    return rx.dialog.root(
        rx.dialog.content(
            rx.dialog.title(title, overflow_wrap="anywhere"),
            rx.form(
                rx.vstack(
                    *fields,
                    rx.cond(error, callout(error, tone="danger")),
                    rx.hstack(
                        cancel, button(submit_label, type="submit", pending=pending), justify="end", width="100%"
                    ),
                    spacing="4",
                    width="100%",
                ),
                on_submit=events.pop("on_submit"),
                custom_attrs={"noValidate": True},
            ),
            max_width=tokens.DIALOG_WIDTH,
            aria_describedby=None,
        ),
        open=is_open,
        **events,
    )


def question(
    title: str | rx.Var[str],
    text: str | rx.Var[str],
    *extra: rx.Component,
    confirm_label: str | rx.Var[str],
    is_open: bool | rx.Var[bool],
    can_confirm: bool | rx.Var[bool] = True,
    on_confirm: EventType[()],
    on_cancel: EventType[()],
) -> rx.Component:
    """Return the question before something that cannot be undone; closing it in any way cancels.

    What takes much away asks for a tick first (`tick_box`).
    """
    return rx.alert_dialog.root(
        rx.alert_dialog.content(
            rx.alert_dialog.title(title, overflow_wrap="anywhere"),
            rx.alert_dialog.description(text, size="2", color=tokens.TEXT_MUTED, overflow_wrap="anywhere"),
            *extra,
            rx.hstack(
                rx.alert_dialog.cancel(
                    button(say("cancel"), kind="secondary", id="cancel-question", on_click=on_cancel)
                ),
                rx.alert_dialog.action(
                    button(confirm_label, kind="danger", disabled=none_of(can_confirm), on_click=on_confirm)
                ),
                justify="end",
                margin_top="var(--space-5)",
            ),
            max_width=tokens.DIALOG_WIDTH,
            on_escape_key_down=on_cancel,
        ),
        open=is_open,
    )


def typed_question(
    title: str | rx.Var[str],
    text: str | rx.Var[str] | rx.Component,
    *,
    label: str,
    confirm_label: str,
    error: str | rx.Var[str],
    is_open: bool | rx.Var[bool],
    **events: Any,
) -> rx.Component:
    """Return the question before the worst: it is confirmed by typing a name into the field `confirmation`.

    Events are `on_submit` and `on_cancel`.
    """
    on_cancel = events["on_cancel"]
    return rx.alert_dialog.root(
        rx.alert_dialog.content(
            rx.alert_dialog.title(title),
            rx.alert_dialog.description(text, size="2", color=tokens.TEXT_MUTED, margin_bottom="var(--space-4)"),
            submit_form(
                text_field(label, name="confirmation", error=error, auto_complete="off"),
                rx.hstack(
                    button(say("cancel"), kind="secondary", on_click=on_cancel),
                    button(confirm_label, kind="danger", type="submit"),
                    justify="end",
                    width="100%",
                ),
                on_submit=events["on_submit"],
            ),
            max_width=tokens.DIALOG_WIDTH,
            on_escape_key_down=on_cancel,
        ),
        open=is_open,
    )


def tick_box(name: str, label: str) -> tuple[rx.Component, rx.Var[bool]]:
    """Return the box for a question and whether it is ticked; every opening of the dialog begins without the tick."""
    is_ticked = ClientStateVar.create(f"{name.replace('-', '_')}_is_ticked", default=False)
    box = rx.box(
        is_ticked,
        checkbox(label, name=name, checked=is_ticked.value.bool(), on_change=is_ticked.set_value),
        on_mount=is_ticked.set_value(False),
        margin_top="var(--space-4)",
    )
    return box, is_ticked.value.bool()
