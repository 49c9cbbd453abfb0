"""Themes of a project: the list and the editor with a sample mail."""

from typing import Final

import reflex as rx

from components import ui
from components.dashboard import lists
from components.dashboard.email_editor import design_editor
from components.dashboard.email_preview import device_frames
from components.dashboard.shell import project_page
from components.ui import words
from state.dashboard import paths
from state.dashboard.email_themes import ThemeRow, ThemesState
from state.dashboard.shell import ShellState

_COLUMNS: Final = (words("emails-themes-column"), words("emails-design-kind"), "")


def page() -> rx.Component:
    """Return the list of themes, or the editor of the opened one."""
    return project_page(
        lists.loaded(
            rx.cond(ThemesState.opened_id, _editor(), _list()),
            error=ThemesState.error,
            is_loading=ThemesState.is_loading,
            on_retry=ThemesState.load,
            skeleton=ui.table_skeleton(_COLUMNS, caption=words("emails-themes-loading")),
        ),
        _create_dialog(),
        _delete_question(),
        here="email-themes",
        title=words("emails-themes-title"),
        text=words("emails-themes-text"),
    )


def _list() -> rx.Component:
    return rx.vstack(
        rx.hstack(
            rx.spacer(),
            ui.button(words("emails-theme-new"), icon="plus", on_click=ThemesState.toggle_creating(True)),
            width="100%",
        ),
        ui.card(
            ui.data_table(_COLUMNS, rx.foreach(ThemesState.rows, _row), caption=words("emails-themes-caption")),
            padding="var(--space-2) var(--space-3)",
        ),
        rx.cond(ThemesState.active_preview, _active()),
        spacing="5",
        width="100%",
    )


def _active() -> rx.Component:
    """The theme that is in use, around a sample."""
    frames = device_frames(
        ThemesState.active_preview, ThemesState.active_preview_dark, title=words("emails-settings-theme-preview")
    )
    return ui.section(words("emails-themes-active", name=rx.Var.create(ThemesState.active_name)), frames)


def _row(row: rx.vars.ObjectVar[ThemeRow]) -> rx.Component:
    kind = rx.hstack(
        rx.cond(
            row.is_built_in,
            ui.badge(words("emails-design-built-in")),
            ui.badge(words("emails-design-own"), tone="info"),
        ),
        rx.cond(row.is_active, ui.badge(words("emails-theme-in-use"), tone="success")),
        wrap="wrap",
        spacing="2",
    )
    menu = lists.row_menu(
        words("common-actions-for", name=row.name),
        rx.menu.item(ui.icon("copy"), words("emails-theme-duplicate"), on_select=ThemesState.duplicate(row.id)),
        rx.menu.item(
            ui.icon("check"), words("emails-theme-use"), disabled=row.is_active, on_select=ThemesState.activate(row.id)
        ),
    )
    return lists.linked_row(
        row.id,
        rx.table.row_header_cell(lists.row_link(row.name, _address(row))),
        rx.table.cell(kind),
        lists.actions_cell(lists.above(menu)),
    )


def _address(row: rx.vars.ObjectVar[ThemeRow]) -> str:
    return paths.email_theme(ShellState.project.id, row.id)  # type: ignore[arg-type]  # formatted in the browser


def _editor() -> rx.Component:
    return design_editor(
        ThemesState,
        rx.cond(
            ThemesState.is_active,
            ui.badge(words("emails-theme-in-use"), tone="success"),
            ui.button(
                words("emails-theme-use"), kind="secondary", on_click=ThemesState.activate(ThemesState.opened_id)
            ),
        ),
        ui.button(
            words("emails-theme-duplicate"),
            kind="secondary",
            icon="copy",
            on_click=ThemesState.duplicate(ThemesState.opened_id),
        ),
        ui.button(
            rx.cond(ThemesState.is_built_in, words("emails-design-restore"), words("emails-design-delete")),
            kind="danger",
            on_click=ThemesState.ask_to_delete(True),
        ),
        ui.button(words("emails-design-save"), pending=ThemesState.is_saving, on_click=ThemesState.save),
        back=words("emails-themes-all"),
        noun=words("emails-theme-noun"),
    )


def _create_dialog() -> rx.Component:
    return ui.form_dialog(
        words("emails-theme-new"),
        ui.text_field(
            words("emails-design-name"),
            name="theme_name",
            error=ThemesState.name_error,
            auto_complete="off",
            hint=words("emails-theme-new-hint"),
        ),
        submit_label=words("emails-design-create"),
        is_open=ThemesState.is_creating,
        on_submit=ThemesState.create,
        on_open_change=ThemesState.toggle_creating,
    )


def _delete_question() -> rx.Component:
    return ui.question(
        rx.cond(ThemesState.is_built_in, words("emails-design-restore-title"), words("emails-theme-delete-title")),
        rx.cond(
            ThemesState.is_built_in,
            words("emails-theme-restore-text"),
            rx.cond(ThemesState.is_active, words("emails-theme-delete-used"), words("emails-theme-delete-text")),
        ),
        confirm_label=rx.cond(
            ThemesState.is_built_in, words("emails-design-restore-confirm"), words("emails-design-delete")
        ),
        is_open=ThemesState.is_asking,
        on_confirm=ThemesState.delete,
        on_cancel=ThemesState.ask_to_delete(False),
    )
