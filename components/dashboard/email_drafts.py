"""Drafts of a project: the list, and the four steps of the opened one."""

from typing import Final

import reflex as rx

from components import ui
from components.dashboard import lists
from components.dashboard.email_editor import editor
from components.dashboard.email_lists import mail_list, or_editor, outcome_card
from components.dashboard.email_recipients import recipient_picker
from components.dashboard.email_reputation import reputation_card
from components.dashboard.email_settings import settings_link
from components.dashboard.shell import project_page
from components.ui import tokens, words, words_around
from state.dashboard.email_draft_mails import DraftMailsState
from state.dashboard.email_drafts import (
    BLANK,
    LATER,
    NOW,
    RECIPIENTS,
    SCHEDULE,
    SENT,
    WRITE,
    DraftRow,
    DraftsState,
)
from state.dashboard.email_recipients import EVERYBODY, RecipientsState

_COLUMNS: Final = (words("emails-drafts-column-draft"), words("emails-drafts-column-sent"))
_STEPS: Final = (
    (WRITE, words("emails-drafts-step-write")),
    (RECIPIENTS, words("emails-drafts-step-recipients")),
    (SCHEDULE, words("emails-drafts-step-schedule")),
    (SENT, words("emails-drafts-step-sent")),
)
_TIMES: Final = ((NOW, words("emails-drafts-now")), (LATER, words("emails-drafts-later")))


def page() -> rx.Component:
    """Return the list of drafts, or the opened one."""
    return project_page(
        lists.loaded(
            rx.cond(DraftsState.opened_id, or_editor(_draft()), _list()),
            error=DraftsState.error,
            is_loading=DraftsState.is_loading,
            on_retry=DraftsState.load,
            skeleton=ui.table_skeleton(_COLUMNS, caption=words("emails-drafts-loading")),
        ),
        _create_dialog(),
        ui.question(
            words("emails-drafts-delete-title"),
            words("emails-drafts-delete-text"),
            confirm_label=words("emails-drafts-delete"),
            is_open=DraftsState.is_asking,
            on_confirm=DraftsState.delete,
            on_cancel=DraftsState.ask_to_delete(False),
        ),
        here="email-drafts",
        title=words("emails-drafts-title"),
        text=words("emails-drafts-text"),
    )


def _list() -> rx.Component:
    new = ui.button(words("emails-drafts-new"), icon="plus", on_click=DraftsState.toggle_creating(True))
    empty = ui.empty_state(words("emails-drafts-none"), words("emails-drafts-none-text"), icon="file_pen", action=new)
    tables = rx.vstack(
        rx.hstack(rx.spacer(), new, width="100%"),
        _table(words("emails-drafts-active"), DraftsState.rows),
        rx.cond(ui.has_items(DraftsState.history), _table(words("emails-drafts-history"), DraftsState.history)),
        spacing="5",
        width="100%",
    )
    has_any = ui.any_of(ui.has_items(DraftsState.rows), ui.has_items(DraftsState.history))
    return rx.vstack(_shared_server(), rx.cond(has_any, tables, ui.table_empty(empty)), spacing="5", width="100%")


def _table(title: str, rows: list[DraftRow]) -> rx.Component:
    return rx.vstack(
        rx.heading(title, as_="h2", size="3"),
        ui.card(
            lists.card_table(_COLUMNS, rows, _row, caption=title, empty=words("emails-drafts-none-active")),
            padding="var(--space-2) var(--space-3)",
        ),
        spacing="3",
        width="100%",
    )


def _row(row: rx.vars.ObjectVar[DraftRow]) -> rx.Component:
    sent = rx.cond(row.sent, row.sent, words("emails-drafts-not-yet"))
    return lists.linked_row(row.id, rx.table.row_header_cell(lists.row_link(row.name, row.address)), lists.cell(sent))


def _draft() -> rx.Component:
    state = DraftsState
    return rx.vstack(
        _shared_server(),
        _steps(),
        rx.match(
            state.step,
            (RECIPIENTS, _framed(_recipients())),
            (SCHEDULE, _framed(_schedule())),
            (SENT, _framed(_sent())),
            _write(),
        ),
        spacing="5",
        width="100%",
    )


def _shared_server() -> rx.Component:
    text = words_around("emails-drafts-shared", settings=settings_link())
    return rx.cond(DraftsState.is_shared, ui.callout(text, tone="warning"))


def _steps() -> rx.Component:
    return rx.el.nav(
        rx.el.ol(
            *[rx.el.li(_step(number, value, label)) for number, (value, label) in enumerate(_STEPS, start=1)],
            display="flex",
            flex_wrap="wrap",
            gap="var(--space-2)",
            list_style="none",
            padding="0",
            margin="0",
        ),
        aria_label=words("emails-drafts-steps"),
    )


def _step(number: int, value: str, label: str) -> rx.Component:
    is_here = DraftsState.step == value
    return rx.button(
        rx.text(f"{number}", size="1", weight="bold", aria_hidden=True),
        label,
        type="button",
        variant=rx.cond(is_here, "soft", "surface"),
        color_scheme=rx.cond(is_here, "indigo", "gray"),
        high_contrast=True,
        custom_attrs={"aria-current": rx.cond(is_here, "step", "false")},
        on_click=DraftsState.go(value),
    )


def _framed(content: rx.Component) -> rx.Component:
    """A step under the name of the draft."""
    return rx.vstack(
        rx.hstack(
            ui.button(
                words("emails-drafts-all"), kind="secondary", icon="arrow_left", on_click=DraftsState.close_editor
            ),
            rx.heading(DraftsState.opened_name, as_="h2", size="4", overflow_wrap="anywhere"),
            align="center",
            wrap="wrap",
            spacing="4",
            width="100%",
        ),
        content,
        ui.question(
            words("emails-editor-leave-title"),
            words("emails-editor-leave-text"),
            confirm_label=words("emails-editor-leave"),
            is_open=DraftsState.is_leaving,
            on_confirm=DraftsState.leave,
            on_cancel=DraftsState.stay,
        ),
        spacing="5",
        width="100%",
    )


def _write() -> rx.Component:
    theme = ui.select_field(
        words("emails-theme-label"),
        rx.foreach(DraftsState.themes, lambda theme: rx.select.item(theme[1], value=theme[0])),
        name="draft-theme",
        value=DraftsState.theme,
        on_change=DraftsState.choose_theme,
    )
    return editor(
        DraftsState,
        ui.button(words("emails-drafts-delete"), kind="danger", on_click=DraftsState.ask_to_delete(True)),
        ui.button(words("emails-design-save"), kind="secondary", on_click=DraftsState.save),
        ui.button(words("emails-drafts-next"), on_click=DraftsState.go(RECIPIENTS)),
        back=words("emails-drafts-all"),
        noun=words("emails-drafts-noun"),
        fields=theme,
    )


def _recipients() -> rx.Component:
    card = ui.section(
        words("emails-recipients"),
        recipient_picker(),
        rx.hstack(
            ui.button(words("emails-drafts-next"), on_click=DraftsState.go(SCHEDULE)), justify="end", width="100%"
        ),
    )
    return rx.box(card, width="100%", max_width="48rem")


def _schedule() -> rx.Component:
    to_all = words("emails-drafts-to-all", number=RecipientsState.everybody)
    to_some = words("emails-drafts-to-some", number=RecipientsState.number)
    card = ui.section(
        words("emails-drafts-when"),
        rx.text(rx.cond(RecipientsState.to == EVERYBODY, to_all, to_some), size="2"),
        rx.segmented_control.root(
            *[rx.segmented_control.item(label, value=value) for value, label in _TIMES],
            value=rx.cond(DraftsState.is_later, LATER, NOW),
            on_change=DraftsState.choose_time,
            aria_label=words("emails-drafts-when"),
        ),
        ui.submit_form(
            rx.cond(
                DraftsState.is_later,
                ui.text_field(
                    words("emails-drafts-at"),
                    name="scheduled_at",
                    type="datetime-local",
                    hint=words("emails-drafts-at-hint"),
                    auto_complete="off",
                ),
            ),
            rx.cond(DraftsState.send_error, ui.callout(DraftsState.send_error, tone="danger")),
            rx.hstack(
                ui.button(
                    rx.cond(DraftsState.is_later, words("emails-drafts-plan"), words("emails-drafts-send")),
                    type="submit",
                    icon="send",
                    pending=DraftsState.is_busy,
                ),
                justify="end",
                width="100%",
            ),
            on_submit=DraftsState.send,
        ),
    )
    return rx.box(card, width="100%", max_width="48rem")


def _sent() -> rx.Component:
    state = DraftMailsState
    return lists.loaded(
        rx.vstack(
            outcome_card(
                state.parts,
                rx.cond(state.opened_text, rx.text(state.opened_text, size="2", color=tokens.TEXT_MUTED)),
                _steering(),
            ),
            reputation_card(),
            mail_list(state, place="draft", caption=words("emails-title")),
            spacing="5",
            width="100%",
        ),
        error=state.error,
        is_loading=state.is_loading,
        on_retry=state.refresh,
        skeleton=lists.cards_skeleton(words("emails-title")),
    )


def _steering() -> rx.Component:
    """What has not left yet, and what can be done about it."""
    state = DraftMailsState
    running = words("emails-drafts-unsent", number=DraftMailsState.running)
    paused = words("emails-drafts-held", number=DraftMailsState.paused)
    cancel = ui.button(words("emails-drafts-cancel"), kind="danger", icon="ban", on_click=state.ask_to_cancel(True))
    pause = ui.button(words("emails-drafts-pause"), kind="secondary", icon="pause", on_click=state.pause_all)
    resume = ui.button(words("emails-drafts-resume"), kind="secondary", icon="play", on_click=state.resume_all)
    return rx.fragment(
        rx.cond(state.running > 0, rx.text(running, size="2")),
        rx.cond(state.paused > 0, rx.text(paused, size="2")),
        rx.cond(state.partly, ui.callout(state.partly, tone="warning")),
        rx.hstack(
            rx.cond(state.running > 0, pause),
            rx.cond(state.paused > 0, resume),
            rx.cond(ui.any_of(state.running > 0, state.paused > 0), cancel),
            wrap="wrap",
            spacing="3",
        ),
        ui.question(
            words("emails-drafts-cancel-title"),
            words("emails-drafts-cancel-text"),
            confirm_label=words("emails-drafts-cancel"),
            is_open=state.is_cancelling,
            on_confirm=state.cancel_all,
            on_cancel=state.ask_to_cancel(False),
        ),
    )


def _create_dialog() -> rx.Component:
    return ui.form_dialog(
        words("emails-drafts-new"),
        ui.text_field(
            words("emails-drafts-name"), name="draft_name", error=DraftsState.name_error, auto_complete="off"
        ),
        ui.select_field(
            words("emails-drafts-from"),
            rx.foreach(DraftsState.templates, lambda template: rx.select.item(template[1], value=template[0])),
            name="draft_from",
            default_value=BLANK,
        ),
        submit_label=words("emails-drafts-create"),
        is_open=DraftsState.is_creating,
        pending=DraftsState.is_busy,
        on_submit=DraftsState.create,
        on_open_change=DraftsState.toggle_creating,
    )
