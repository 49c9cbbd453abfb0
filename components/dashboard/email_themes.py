"""Themes of a project: the list and the editor with a sample mail."""

from typing import Final

import reflex as rx

from components import ui
from components.dashboard import lists
from components.dashboard.email_editor import editor
from components.dashboard.shell import project_page
from state.dashboard.email_themes import ThemeRow, ThemesState

_COLUMNS: Final = ("Theme", "Kind", "")


def page() -> rx.Component:
    """Return the list of themes, or the editor of the opened one."""
    return project_page(
        lists.loaded(
            rx.cond(ThemesState.opened_id, _editor(), _list()),
            error=ThemesState.error,
            is_loading=ThemesState.is_loading,
            on_retry=ThemesState.load,
            skeleton=ui.table_skeleton(_COLUMNS, caption="Themes, loading"),
        ),
        _create_dialog(),
        _delete_question(),
        here="email-themes",
        title="E-mail themes",
        text="What your e-mails look like: the frame around every template. Sources are MJML with placeholders.",
    )


def _list() -> rx.Component:
    return rx.vstack(
        rx.hstack(
            rx.spacer(),
            ui.button("New theme", icon="plus", on_click=ThemesState.toggle_creating(True)),
            width="100%",
        ),
        ui.card(
            ui.data_table(_COLUMNS, rx.foreach(ThemesState.rows, _row), caption="Themes"),
            padding="var(--space-2) var(--space-3)",
        ),
        spacing="5",
        width="100%",
    )


def _row(row: rx.vars.ObjectVar[ThemeRow]) -> rx.Component:
    kind = rx.hstack(
        rx.cond(row.is_built_in, ui.badge("Built-in"), ui.badge("Own", tone="info")),
        rx.cond(row.is_active, ui.badge("In use", tone="success")),
        wrap="wrap",
        spacing="2",
    )
    menu = lists.row_menu(
        ui.text_of("Actions for ", row.name),
        rx.menu.item(ui.icon("copy"), "Duplicate", on_select=ThemesState.duplicate(row.id)),
        rx.menu.item(
            ui.icon("check"), "Use for all e-mails", disabled=row.is_active, on_select=ThemesState.activate(row.id)
        ),
    )
    opening = ui.button(
        "Open",
        kind="secondary",
        size="1",
        custom_attrs={"aria-label": ui.text_of("Open ", row.name)},
        on_click=ThemesState.open_theme(row.id),
    )
    return lists.table_row(row.id, lists.strong(row.name), rx.table.cell(kind), lists.actions_cell(opening, menu))


def _editor() -> rx.Component:
    return editor(
        ThemesState,
        rx.cond(
            ThemesState.is_active,
            ui.badge("In use", tone="success"),
            ui.button("Use for all e-mails", kind="secondary", on_click=ThemesState.activate(ThemesState.opened_id)),
        ),
        ui.button("Duplicate", kind="secondary", icon="copy", on_click=ThemesState.duplicate(ThemesState.opened_id)),
        ui.button(
            rx.cond(ThemesState.is_built_in, "Restore the default", "Delete"),
            kind="danger",
            on_click=ThemesState.ask_to_delete(True),
        ),
        ui.button("Save", pending=ThemesState.is_saving, on_click=ThemesState.save),
        back="All themes",
        noun="theme",
    )


def _create_dialog() -> rx.Component:
    return ui.form_dialog(
        "New theme",
        ui.text_field(
            "Name",
            name="theme_name",
            error=ThemesState.name_error,
            auto_complete="off",
            hint="It begins as a copy of Default Light.",
        ),
        submit_label="Create",
        is_open=ThemesState.is_creating,
        on_submit=ThemesState.create,
        on_open_change=ThemesState.toggle_creating,
    )


def _delete_question() -> rx.Component:
    in_use = " It is in use: Default Light takes its place."
    return ui.question(
        rx.cond(ThemesState.is_built_in, "Restore the default?", "Delete this theme?"),
        rx.cond(
            ThemesState.is_built_in,
            "What you changed in this theme is lost. This cannot be undone.",
            ui.text_of(
                "Templates with this theme fall back to the theme of the project.",
                rx.cond(ThemesState.is_active, in_use, ""),
                " This cannot be undone.",
            ),
        ),
        confirm_label=rx.cond(ThemesState.is_built_in, "Restore", "Delete"),
        is_open=ThemesState.is_asking,
        on_confirm=ThemesState.delete,
        on_cancel=ThemesState.ask_to_delete(False),
    )
