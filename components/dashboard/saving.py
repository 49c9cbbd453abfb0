"""Changes that wait for a click: nothing is saved before it, they can be taken back, and leaving asks first.

Settings are staged: each change is kept in the page's state, and the bar at its foot saves or discards all of them.
What belongs to one record (a user, a team) is a form of its own.
"""

from typing import Any, Final

import reflex as rx
from reflex.event import EventType

from components import ui
from components.ui import tokens, words
from state.dashboard import unsaved
from state.dashboard.staged import Consequence, StagedState

WATCHED: Final[dict[str, Any]] = {"on_change": unsaved.guard(True)}
"""What every field of such a form needs; the form's handler and its page say `unsaved.guard(False)`."""
# What has the focus is never below the bar, and notices do not cover its buttons.
_ROOM: Final = "7rem"
_ROOM_BELOW: Final = {
    "html:has(&)": {"scroll_padding_bottom": _ROOM},
    "html:has(&) [data-sonner-toaster][data-y-position=bottom]": {"bottom": _ROOM},
}


def staged_form(*fields: rx.Component, on_submit: EventType[dict[str, Any]]) -> rx.Component:
    """Return a form with the ways to save what was changed, or to discard it."""
    return ui.submit_form(
        *fields,
        rx.hstack(
            ui.button(words("common-discard"), kind="secondary", type="reset", on_click=unsaved.guard(False)),
            ui.button(words("common-save"), type="submit"),
            justify="end",
            width="100%",
        ),
        on_submit=on_submit,
    )


def staged_switch(
    state: type[StagedState], name: str, label: str, text: str, *, element: str, **props: Any
) -> rx.Component:
    """Return the switch of one setting; its name in events is `name`, in the page `element`."""
    return ui.switch_row(
        label,
        text,
        name=element,
        checked=state.switches[name],
        on_change=lambda is_on: state.switch(name, is_on),
        **props,
    )


def staged_text(state: type[StagedState], name: str, label: str, **props: Any) -> rx.Component:
    """Return the field of one setting; Enter saves."""
    field = ui.text_field(
        label,
        name=name,
        key=ui.text_of(name, state.texts_version),
        default_value=state.texts[name],
        error=state.wrong[name],
        on_change=lambda text: state.write(name, text),
        **props,
    )
    return ui.submit_form(field, on_submit=state.save)


def staged_bar(state: type[StagedState]) -> rx.Component:
    """Return what is there while anything is staged: how much, what it writes, Save and Discard; with its question."""
    counted = words("common-staged-count", count=state.staged_count)
    is_staged, is_comparing = ui.any_of(state.staged_count), ui.any_of(state.is_comparing)
    bar = rx.vstack(
        rx.foreach(state.conflicts, _conflict),
        rx.cond(is_comparing, _lines(state)),
        rx.hstack(
            rx.text(counted, size="2", weight="medium", flex="1 1 auto"),
            ui.button(
                rx.cond(is_comparing, words("common-staged-hide"), words("common-staged-show")),
                kind="quiet",
                on_click=state.compare(~is_comparing),
                custom_attrs={"aria-expanded": rx.cond(is_comparing, "true", "false")},
            ),
            ui.button(words("common-discard"), kind="secondary", on_click=state.discard),
            ui.button(words("common-save"), pending=state.is_saving, on_click=state.save),
            align="center",
            justify="end",
            wrap="wrap",
            column_gap="var(--space-4)",
            row_gap="var(--space-2)",
            width="100%",
        ),
        role="region",
        aria_label=words("common-staged"),
        spacing="3",
        width="100%",
        position="sticky",
        bottom="var(--space-4)",
        z_index="1",
        padding="var(--space-3) var(--space-4)",
        background=tokens.SURFACE,
        border_radius="var(--radius-4)",
        box_shadow="var(--shadow-5)",
        style=_ROOM_BELOW,
    )
    return rx.fragment(
        rx.box(rx.cond(is_staged, counted, ""), role="status", style=tokens.HIDDEN_FROM_SIGHT),
        rx.cond(is_staged, bar),
        _question(state),
    )


def _lines(state: type[StagedState]) -> rx.Component:
    return ui.differences(state.staged_lines, label=words("common-staged-changes"), max_height="min(20rem, 35vh)")


def _conflict(text: rx.Var[str]) -> rx.Component:
    return ui.callout(text, tone="warning")


def _question(state: type[StagedState]) -> rx.Component:
    return ui.question(
        words("common-staged-question"),
        words("common-staged-question-text"),
        rx.el.ul(
            rx.foreach(state.consequences, _consequence),
            margin="var(--space-3) 0 0",
            padding_inline_start="var(--space-4)",
            list_style="disc",
            max_height="40vh",
            overflow="auto",
        ),
        confirm_label=words("common-save"),
        is_open=state.is_asking_to_save,
        on_confirm=state.save_anyway,
        on_cancel=state.stop_saving,
    )


def _consequence(one: rx.vars.ObjectVar[Consequence]) -> rx.Component:
    people = rx.el.ul(rx.foreach(one.people, _person), list_style="none", margin="0", padding="0")
    return rx.el.li(rx.text(one.text, size="2"), rx.cond(ui.has_items(one.people), people, rx.fragment()))


def _person(person: rx.Var[str]) -> rx.Component:
    return rx.el.li(rx.text(person, size="2", color=tokens.TEXT_MUTED, overflow_wrap="anywhere"))
