"""Templates of a project: the list and the editor with its preview."""

from typing import Final

import reflex as rx

from components import ui
from components.dashboard.email_editor import editor
from components.dashboard.shell import project_page
from state.dashboard.email_templates import TemplateRow, TemplatesState

_COLUMNS: Final = ("Template", "Kind", "")


def page() -> rx.Component:
    """Return the list of templates, or the editor of the opened one."""
    return project_page(
        rx.cond(
            TemplatesState.error,
            ui.error_state(TemplatesState.error, on_retry=TemplatesState.load),
            rx.cond(
                TemplatesState.is_loading,
                ui.table_skeleton(_COLUMNS, caption="Templates, loading"),
                rx.cond(TemplatesState.opened_id, _editor(), _list()),
            ),
        ),
        _create_dialog(),
        _delete_question(),
        here="email-templates",
        title="E-mail templates",
        text="What your e-mails say. Sources are MJML with placeholders such as {{ user.displayName }}.",
    )


def _list() -> rx.Component:
    return rx.vstack(
        rx.cond(
            TemplatesState.is_shared,
            ui.callout("Templates can be changed once the project has an e-mail server of its own.", tone="warning"),
            rx.hstack(
                rx.spacer(),
                ui.button("New template", icon="plus", on_click=TemplatesState.toggle_creating(True)),
                width="100%",
            ),
        ),
        ui.card(
            ui.data_table(_COLUMNS, rx.foreach(TemplatesState.rows, _row), caption="Templates"),
            padding="var(--space-2) var(--space-3)",
        ),
        spacing="5",
        width="100%",
    )


def _row(row: rx.vars.ObjectVar[TemplateRow]) -> rx.Component:
    return rx.table.row(
        rx.table.row_header_cell(rx.text(row.name, size="2", weight="medium", overflow_wrap="anywhere")),
        rx.table.cell(rx.cond(row.is_built_in, ui.badge("Built-in"), ui.badge("Own", tone="info"))),
        rx.table.cell(
            ui.button(
                "Open",
                kind="secondary",
                size="1",
                custom_attrs={"aria-label": ui.text_of("Open ", row.name)},
                on_click=TemplatesState.open_template(row.id),
            ),
            text_align="right",
        ),
        key=row.id,
        align="center",
    )


def _editor() -> rx.Component:
    return editor(
        TemplatesState,
        rx.cond(~TemplatesState.is_shared, _actions()),
        back="All templates",
        noun="template",
        fields=_theme(),
    )


def _actions() -> rx.Component:
    return rx.hstack(
        ui.button(
            rx.cond(TemplatesState.is_built_in, "Restore the default", "Delete"),
            kind="danger",
            on_click=TemplatesState.ask_to_delete(True),
        ),
        ui.button("Save", pending=TemplatesState.is_saving, on_click=TemplatesState.save),
        spacing="3",
    )


def _theme() -> rx.Component:
    return ui.select_field(
        "Theme",
        rx.foreach(TemplatesState.themes, lambda theme: rx.select.item(theme[1], value=theme[0])),
        name="template-theme",
        value=TemplatesState.theme,
        on_change=TemplatesState.choose_theme,
    )


def _create_dialog() -> rx.Component:
    return ui.form_dialog(
        "New template",
        ui.text_field("Name", name="template_name", error=TemplatesState.name_error, auto_complete="off"),
        submit_label="Create",
        is_open=TemplatesState.is_creating,
        on_submit=TemplatesState.create,
        on_open_change=TemplatesState.toggle_creating,
    )


def _delete_question() -> rx.Component:
    return ui.question(
        rx.cond(TemplatesState.is_built_in, "Restore the default?", "Delete this template?"),
        "Mails that are queued already keep their text. This cannot be undone.",
        confirm_label=rx.cond(TemplatesState.is_built_in, "Restore", "Delete"),
        is_open=TemplatesState.is_asking,
        on_confirm=TemplatesState.delete,
        on_cancel=TemplatesState.ask_to_delete(False),
    )
