"""Drafts of a project: the list, the editor with its preview, and the dialog that sends."""

from typing import Final

import reflex as rx

from components import ui
from components.dashboard.email_editor import editor
from components.dashboard.shell import project_page
from state.dashboard.email_drafts import EVERYBODY, SOME_USERS, DraftRow, DraftsState

_COLUMNS: Final = ("Draft", "Sent", "")


def page() -> rx.Component:
    """Return the list of drafts, or the editor of the opened one."""
    return project_page(
        rx.cond(
            DraftsState.error,
            ui.error_state(DraftsState.error, on_retry=DraftsState.load),
            rx.cond(
                DraftsState.is_loading,
                ui.table_skeleton(_COLUMNS, caption="Drafts, loading"),
                rx.cond(DraftsState.opened_id, _editor(), _list()),
            ),
        ),
        _create_dialog(),
        _send_dialog(),
        ui.question(
            "Delete this draft?",
            "What was sent from it stays. This cannot be undone.",
            confirm_label="Delete",
            is_open=DraftsState.is_asking,
            on_confirm=DraftsState.delete,
            on_cancel=DraftsState.ask_to_delete(False),
        ),
        here="email-drafts",
        title="E-mail drafts",
        text="News and notices that you write once and send to your users.",
    )


def _list() -> rx.Component:
    new = ui.button("New draft", icon="plus", on_click=DraftsState.toggle_creating(True))
    empty = ui.empty_state("No drafts yet", "Write the first e-mail to your users.", icon="file_pen", action=new)
    return rx.cond(
        ui.has_items(DraftsState.rows),
        rx.vstack(
            rx.hstack(rx.spacer(), new, width="100%"),
            ui.card(
                ui.data_table(_COLUMNS, rx.foreach(DraftsState.rows, _row), caption="Drafts"),
                padding="var(--space-2) var(--space-3)",
            ),
            spacing="5",
            width="100%",
        ),
        ui.table_empty(empty),
    )


def _row(row: rx.vars.ObjectVar[DraftRow]) -> rx.Component:
    return rx.table.row(
        rx.table.row_header_cell(rx.text(row.name, size="2", weight="medium", overflow_wrap="anywhere")),
        rx.table.cell(rx.text(rx.cond(row.sent, row.sent, "Not yet"), size="2")),
        rx.table.cell(
            ui.button(
                "Open",
                kind="secondary",
                size="1",
                custom_attrs={"aria-label": ui.text_of("Open ", row.name)},
                on_click=DraftsState.open_draft(row.id),
            ),
            text_align="right",
        ),
        key=row.id,
        align="center",
    )


def _editor() -> rx.Component:
    return rx.vstack(
        rx.cond(
            DraftsState.is_shared,
            ui.callout("Sending needs an e-mail server of the project's own.", tone="warning"),
        ),
        rx.cond(ui.any_of(DraftsState.unsent, DraftsState.delivered), _outcome()),
        editor(
            DraftsState,
            ui.button("Delete", kind="danger", on_click=DraftsState.ask_to_delete(True)),
            ui.button("Save", kind="secondary", on_click=DraftsState.save),
            ui.button("Send …", icon="send", on_click=DraftsState.toggle_sending(True)),
            back="All drafts",
            noun="draft",
            fields=_theme(),
        ),
        spacing="5",
        width="100%",
    )


def _outcome() -> rx.Component:
    stop = rx.fragment(
        ui.button("Stop sending", kind="danger", icon="ban", on_click=DraftsState.ask_to_stop(True)),
        ui.question(
            "Stop sending this draft?",
            "What has not left yet is cancelled for good; what has left cannot be called back.",
            confirm_label="Stop sending",
            is_open=DraftsState.is_stopping,
            on_confirm=DraftsState.stop,
            on_cancel=DraftsState.ask_to_stop(False),
        ),
    )
    return ui.card(
        rx.hstack(
            rx.vstack(
                rx.heading("Sent from this draft", as_="h2", size="3"),
                rx.cond(DraftsState.delivered, rx.text(DraftsState.delivered, size="2")),
                rx.cond(DraftsState.unsent, rx.text(DraftsState.unsent, size="2")),
                spacing="1",
            ),
            rx.spacer(),
            rx.cond(DraftsState.unsent, stop),
            align="center",
            wrap="wrap",
            spacing="4",
            width="100%",
        ),
        width="100%",
        padding="var(--space-4) var(--space-5)",
    )


def _theme() -> rx.Component:
    return ui.select_field(
        "Theme",
        rx.foreach(DraftsState.themes, lambda theme: rx.select.item(theme[1], value=theme[0])),
        name="draft-theme",
        value=DraftsState.theme,
        on_change=DraftsState.choose_theme,
    )


def _create_dialog() -> rx.Component:
    return ui.form_dialog(
        "New draft",
        ui.text_field("Name", name="draft_name", error=DraftsState.name_error, auto_complete="off"),
        submit_label="Create",
        is_open=DraftsState.is_creating,
        on_submit=DraftsState.create,
        on_open_change=DraftsState.toggle_creating,
    )


def _send_dialog() -> rx.Component:
    return ui.form_dialog(
        "Send this draft",
        ui.select_field(
            "To",
            [(SOME_USERS, "Some users"), (EVERYBODY, "Everybody")],
            name="recipients",
            default_value=SOME_USERS,
            hint="Everybody includes anonymous and restricted users; who has no address is skipped.",
        ),
        rx.text(ui.text_of("The project has ", DraftsState.everybody, "."), size="2"),
        ui.text_area(
            "E-mail addresses of the users", name="recipient", rows="3", hint="One in each line, or with commas between"
        ),
        ui.text_field("Not before (UTC)", name="scheduled_at", hint="Such as 2030-12-31 18:00; empty means now"),
        submit_label="Send",
        is_open=DraftsState.is_sending,
        pending=DraftsState.is_busy,
        error=DraftsState.send_error,
        on_submit=DraftsState.send,
        on_open_change=DraftsState.toggle_sending,
    )
