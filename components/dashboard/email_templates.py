"""Templates of a project: the list and the editor with its preview."""

from typing import Final

import reflex as rx

from components import ui
from components.dashboard import lists
from components.dashboard.email_editor import design_editor
from components.dashboard.email_settings import settings_link
from components.dashboard.shell import project_page
from components.ui import words, words_around
from state.dashboard import paths
from state.dashboard.email_templates import TemplateRow, TemplatesState
from state.dashboard.shell import ShellState

_COLUMNS: Final = (words("emails-templates-column"), words("emails-design-kind"), "")


def page() -> rx.Component:
    """Return the list of templates, or the editor of the opened one."""
    return project_page(
        lists.loaded(
            rx.cond(TemplatesState.opened_id, _editor(), _list()),
            error=TemplatesState.error,
            is_loading=TemplatesState.is_loading,
            on_retry=TemplatesState.load,
            skeleton=ui.table_skeleton(_COLUMNS, caption=words("emails-templates-loading")),
        ),
        _create_dialog(),
        _delete_question(),
        here="email-templates",
        title=words("emails-templates-title"),
        text=words("emails-templates-text", example="{{ user.displayName }}"),
    )


def _list() -> rx.Component:
    return rx.vstack(
        rx.cond(
            TemplatesState.is_shared,
            ui.callout(words_around("emails-templates-shared", settings=settings_link()), tone="warning"),
            rx.hstack(
                rx.spacer(),
                ui.button(words("emails-template-new"), icon="plus", on_click=TemplatesState.toggle_creating(True)),
                width="100%",
            ),
        ),
        ui.card(
            ui.data_table(
                _COLUMNS,
                rx.foreach(TemplatesState.rows, _row),
                caption=words("emails-templates-caption"),
                only_wide=_COLUMNS[1:2],
            ),
            padding="var(--space-2) var(--space-3)",
        ),
        spacing="5",
        width="100%",
    )


def _row(row: rx.vars.ObjectVar[TemplateRow]) -> rx.Component:
    mails = rx.link(
        words("emails-template-mails"),
        href=paths.email_source(ShellState.project.id, f"template-{row.id}"),
        aria_label=words("emails-template-mails-named", name=row.name),
        size="2",
        white_space="nowrap",
    )
    kind = rx.cond(
        row.is_built_in,
        ui.badge(words("emails-design-built-in")),
        ui.badge(words("emails-design-own"), tone="info"),
    )
    return lists.linked_row(
        row.id,
        rx.table.row_header_cell(lists.row_link(row.name, _address(row))),
        ui.wide_cell(kind),
        lists.actions_cell(lists.above(mails)),
    )


def _address(row: rx.vars.ObjectVar[TemplateRow]) -> str:
    return paths.email_template(ShellState.project.id, row.id)  # type: ignore[arg-type]  # formatted in the browser


def _editor() -> rx.Component:
    return design_editor(
        TemplatesState,
        rx.cond(~TemplatesState.is_shared, _actions()),
        back=words("emails-templates-all"),
        noun=words("emails-template-noun"),
        fields=_theme(),
    )


def _actions() -> rx.Component:
    return rx.hstack(
        ui.button(
            rx.cond(TemplatesState.is_built_in, words("emails-design-restore"), words("emails-design-delete")),
            kind="danger",
            on_click=TemplatesState.ask_to_delete(True),
        ),
        ui.button(words("emails-design-save"), pending=TemplatesState.is_saving, on_click=TemplatesState.save),
        spacing="3",
    )


def _theme() -> rx.Component:
    return ui.select_field(
        words("emails-theme-label"),
        rx.foreach(TemplatesState.themes, lambda theme: rx.select.item(theme[1], value=theme[0])),
        name="template-theme",
        value=TemplatesState.theme,
        on_change=TemplatesState.choose_theme,
    )


def _create_dialog() -> rx.Component:
    return ui.form_dialog(
        words("emails-template-new"),
        ui.text_field(
            words("emails-design-name"), name="template_name", error=TemplatesState.name_error, auto_complete="off"
        ),
        submit_label=words("emails-design-create"),
        is_open=TemplatesState.is_creating,
        on_submit=TemplatesState.create,
        on_open_change=TemplatesState.toggle_creating,
    )


def _delete_question() -> rx.Component:
    return ui.question(
        rx.cond(
            TemplatesState.is_built_in, words("emails-design-restore-title"), words("emails-template-delete-title")
        ),
        words("emails-template-delete-text"),
        confirm_label=rx.cond(
            TemplatesState.is_built_in, words("emails-design-restore-confirm"), words("emails-design-delete")
        ),
        is_open=TemplatesState.is_asking,
        on_confirm=TemplatesState.delete,
        on_cancel=TemplatesState.ask_to_delete(False),
    )
