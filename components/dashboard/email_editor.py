"""The editor of a source: text, previews, assistant, and the question before changes are lost."""

from typing import Any, Final

import reflex as rx

from components import ui
from components.dashboard.chat import chat_line
from components.dashboard.email_preview import preview_frames
from components.ui import words
from state.dashboard.email_assistance import Assisted
from state.dashboard.email_designs import DesignPage

_TYPING_PAUSE_MS: Final = 400  # the preview follows when the hands rest
_LOG_HEIGHT: Final = "20rem"
# S(ource), P(review), A(ssistant): the preview stands beside the source, or below it where there is no room.
_AREAS: Final = rx.breakpoints(initial="'S' 'P' 'A'", lg="'S P' 'A P'")


def editor(
    state: type[Assisted], *actions: rx.Component, back: str, noun: str, fields: rx.Component | None = None
) -> rx.Component:
    """Return the opened source with its previews and its assistant; `fields` stand above the text."""
    return rx.vstack(
        rx.hstack(
            ui.button(back, kind="secondary", icon="arrow_left", on_click=state.close_editor),
            rx.heading(state.opened_name, as_="h2", size="4", overflow_wrap="anywhere"),
            rx.box(rx.cond(state.is_changed, ui.badge(words("emails-editor-unsaved"), tone="warning")), role="status"),
            rx.spacer(),
            ui.button(
                words("emails-editor-undo"),
                kind="secondary",
                icon="undo_2",
                disabled=ui.none_of(state.can_undo),
                on_click=state.undo,
            ),
            *actions,
            align="center",
            wrap="wrap",
            spacing="4",
            width="100%",
        ),
        rx.grid(
            rx.box(_source(state, noun, fields), grid_area="S", min_width="0"),
            rx.box(
                preview_frames(state, title=words("emails-editor-preview", noun=noun)),
                grid_area="P",
                min_width="0",
            ),
            rx.box(_assistant(state), grid_area="A", min_width="0"),
            columns=rx.breakpoints(initial="1", lg="2"),
            grid_template_areas=_AREAS,
            grid_template_rows="auto 1fr",
            align="start",
            spacing="5",
            width="100%",
        ),
        _leave_question(state),
        spacing="5",
        width="100%",
    )


def design_editor(state: type[DesignPage], *actions: rx.Component, **parts: Any) -> rx.Component:
    """Return the editor of a template or theme, with a word when somebody else saves it meanwhile."""
    overtaken = rx.hstack(
        ui.callout(words("emails-design-overtaken"), tone="warning"),
        ui.button(words("emails-design-load-theirs"), kind="secondary", on_click=state.load_theirs),
        align="center",
        wrap="wrap",
        spacing="3",
        role="status",
    )
    return rx.vstack(
        rx.cond(state.is_overtaken, overtaken), editor(state, *actions, **parts), spacing="5", width="100%"
    )


def _source(state: type[Assisted], noun: str, fields: rx.Component | None) -> rx.Component:
    return ui.card(
        rx.vstack(
            fields if fields is not None else rx.fragment(),
            ui.text_area(
                words("emails-editor-source"),
                name=f"{noun}-source",
                default_value=state.source,
                is_code=True,
                rows="24",
                on_change=state.edit.debounce(_TYPING_PAUSE_MS),
                key=ui.text_of(state.opened_id, "-", state.round),
            ),
            rx.cond(state.problem, ui.callout(state.problem, tone="danger")),
            spacing="4",
            width="100%",
        ),
        min_width="0",
        width="100%",
    )


def _assistant(state: type[Assisted]) -> rx.Component:
    return ui.card(
        rx.vstack(
            rx.heading(words("emails-assistant"), as_="h3", size="3"),
            rx.cond(state.has_assistant, _chat(state), _off()),
            spacing="4",
            width="100%",
        ),
        min_width="0",
        width="100%",
    )


def _off() -> rx.Component:
    return ui.callout(words("emails-assistant-off"))


def _chat(state: type[Assisted]) -> rx.Component:
    return rx.fragment(
        rx.cond(
            ui.has_items(state.chat),
            rx.vstack(
                rx.foreach(state.chat, chat_line),
                role="log",
                aria_label=words("emails-assistant-chat"),
                tab_index=0,
                spacing="3",
                width="100%",
                max_height=_LOG_HEIGHT,
                overflow_y="auto",
            ),
            rx.text(words("emails-assistant-hint"), size="2"),
        ),
        rx.cond(state.chat_problem, ui.callout(state.chat_problem, tone="danger")),
        rx.cond(ui.has_items(state.changes), _proposal(state)),
        ui.submit_form(
            ui.text_area(
                words("emails-assistant-wish"),
                name="question",
                rows="3",
                key=ui.text_of(state.chat_round),
                max_length=4000,
            ),
            rx.hstack(
                ui.button(words("emails-assistant-ask"), type="submit", icon="sparkles", pending=state.is_thinking),
                justify="end",
                width="100%",
            ),
            on_submit=state.ask_assistant,
        ),
    )


def _proposal(state: type[Assisted]) -> rx.Component:
    return rx.vstack(
        rx.heading(words("emails-assistant-change"), as_="h4", size="2"),
        ui.differences(state.changes, label=words("emails-assistant-change")),
        rx.hstack(
            ui.button(words("emails-assistant-discard"), kind="secondary", on_click=state.discard_change),
            ui.button(words("emails-assistant-accept"), icon="check", on_click=state.accept_change),
            justify="end",
            spacing="3",
            width="100%",
        ),
        spacing="3",
        width="100%",
    )


def _leave_question(state: type[Assisted]) -> rx.Component:
    return ui.question(
        words("emails-editor-leave-title"),
        words("emails-editor-leave-text"),
        confirm_label=words("emails-editor-leave"),
        is_open=state.is_leaving,
        on_confirm=state.leave,
        on_cancel=state.stay,
    )
