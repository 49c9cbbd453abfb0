"""Permissions of a project and of its teams."""

import reflex as rx

from components import ui
from components.dashboard import lists
from components.dashboard.shell import project_page
from components.ui import tokens
from state.dashboard.permissions import (
    ContainedChoice,
    DefaultChoice,
    DefinitionDialogState,
    DefinitionRow,
    ExplainState,
    PermissionsState,
)

_COLUMNS = ("Permission", "Description", "Contains", "")


def project_permissions_page() -> rx.Component:
    """Return the permissions that users have in the whole project."""
    return _page(
        _defaults("New users get", ("sign_up", "New users"), text="Granted when somebody signs up."),
        here="project-permissions",
        title="Project permissions",
        text="What users may do in the whole project.",
        is_team=False,
    )


def team_permissions_page() -> rx.Component:
    """Return the permissions that members have in their teams."""
    return _page(
        _defaults(
            "People in teams get",
            ("creator", "Creators"),
            ("member", "Members"),
            text="Granted when somebody creates a team, or joins one.",
        ),
        here="team-permissions",
        title="Team permissions",
        text="What members may do in their team.",
        is_team=True,
    )


def _page(defaults: rx.Component, *, here: str, title: str, text: str, is_team: bool) -> rx.Component:
    create = ui.button("Create permission", icon="plus", on_click=DefinitionDialogState.open_for(""))
    table = lists.page_table(_COLUMNS, PermissionsState.rows, _row, caption=title, empty=_empty())
    return project_page(
        lists.loaded(
            rx.vstack(table, _graph(), defaults, _explain(is_team=is_team), spacing="5", width="100%"),
            error=PermissionsState.error,
            is_loading=PermissionsState.is_loading,
            on_retry=PermissionsState.load,
            skeleton=ui.table_skeleton(_COLUMNS, caption=f"{title}, loading"),
        ),
        _dialog(),
        _question(),
        here=here,
        title=title,
        text=text,
        action=create,
    )


def _chip(label: str | rx.Var[str]) -> rx.Component:
    return rx.badge(label, variant="soft", color_scheme="gray", high_contrast=True, font_family=tokens.CODE_FONT)


def _row(row: rx.vars.ObjectVar[DefinitionRow]) -> rx.Component:
    name = rx.hstack(
        lists.code(row.id),
        rx.cond(row.is_system, ui.badge("Built in", tone="info"), rx.fragment()),
        align="center",
        wrap="wrap",
        spacing="2",
    )
    menu = lists.row_menu(
        ui.text_of("Actions for ", row.id),
        rx.menu.item(ui.icon("pencil"), "Edit", on_select=DefinitionDialogState.open_for(row.id)),
        rx.menu.separator(),
        rx.menu.item(
            ui.icon("trash_2"), "Delete …", color_scheme="red", on_select=PermissionsState.ask_to_delete(row.id)
        ),
    )
    return lists.table_row(
        row.id,
        name,
        lists.cell(row.description),
        rx.table.cell(rx.hstack(rx.foreach(row.contained, _chip), wrap="wrap", spacing="1")),
        lists.actions_cell(rx.cond(row.is_system, rx.fragment(), menu)),
    )


def _empty() -> rx.Component:
    return ui.empty_state(
        "No permissions yet",
        "A permission can contain others: that makes it a role.",
        icon="shield",
        action=ui.button("Create permission", on_click=DefinitionDialogState.open_for("")),
    )


def _graph() -> rx.Component:
    return rx.cond(
        ui.has_items(PermissionsState.rows),
        ui.section(
            "What contains what",
            ui.containment(PermissionsState.nodes),
            text="Whoever has a permission also has everything that stands below it.",
        ),
    )


def _defaults(title: str, *sets: tuple[str, str], text: str) -> rx.Component:
    def row(one: rx.vars.ObjectVar[DefaultChoice]) -> rx.Component:
        return lists.table_row(one.id, lists.code(one.id), *[_default_cell(one, *pair) for pair in sets])

    columns = ("Permission", *(label for _, label in sets))
    return rx.cond(
        ui.has_items(PermissionsState.defaults),
        ui.section(
            title, lists.card_table(columns, PermissionsState.defaults, row, caption=title, empty="None."), text=text
        ),
    )


def _default_cell(one: rx.vars.ObjectVar[DefaultChoice], name: str, label: str) -> rx.Component:
    is_on = {"creator": one.for_creator, "member": one.for_member, "sign_up": one.for_sign_up}[name]
    return rx.table.cell(
        rx.checkbox(
            checked=is_on,
            on_change=lambda is_ticked: PermissionsState.switch_default(name, one.id, is_ticked),
            aria_label=ui.text_of(label, " get ", one.id),
        )
    )


def _explain(*, is_team: bool) -> rx.Component:
    fields = [
        ui.text_field("User", name="explain_user", hint="Id or e-mail address", auto_complete="off", required=True),
        ui.text_field("Permission", name="explain_permission", auto_complete="off", required=True),
    ]
    if is_team:
        fields.insert(1, ui.text_field("Team", name="explain_team", hint="Id", auto_complete="off", required=True))
    return ui.section(
        "May this user do that?",
        ui.submit_form(
            rx.grid(*fields, columns=rx.breakpoints(initial="1", md=str(len(fields))), spacing="4", width="100%"),
            rx.cond(ExplainState.error, ui.callout(ExplainState.error, tone="danger")),
            rx.box(_answer(), aria_live="polite"),
            rx.hstack(ui.button("Explain", type="submit", kind="secondary"), justify="end", width="100%"),
            on_submit=ExplainState.ask,
        ),
        text="Shows the way from what was granted to what was asked.",
    )


def _answer() -> rx.Component:
    way = rx.hstack(
        ui.badge("Yes", tone="success"),
        rx.foreach(
            ExplainState.way,
            lambda one, position: rx.hstack(
                rx.cond(position == 0, rx.text("granted", size="1"), rx.text("contains", size="1")),
                _chip(one),
                align="center",
                spacing="2",
            ),
        ),
        align="center",
        wrap="wrap",
        spacing="2",
    )
    no = rx.hstack(ui.badge("No", tone="danger"), rx.text(ExplainState.answer, size="2"), align="center", wrap="wrap")
    return rx.cond(ExplainState.answer, rx.cond(ExplainState.is_allowed, way, no))


def _dialog() -> rx.Component:
    is_new = DefinitionDialogState.id == ""
    name = rx.cond(
        is_new,
        ui.text_field(
            "Id", name="permission_id", hint="Small letters, digits, _ and :", auto_complete="off", required=True
        ),
        lists.fact("Id", lists.code(DefinitionDialogState.id)),
    )
    contained = rx.el.fieldset(
        rx.el.legend("Contains", font_size="var(--font-size-2)", font_weight="500"),
        rx.vstack(rx.foreach(DefinitionDialogState.choices, _choice), spacing="2", margin_top="var(--space-2)"),
        border="0",
        padding="0",
        margin="0",
        min_width="0",
    )
    return ui.form_dialog(
        rx.cond(is_new, "Create a permission", "Edit a permission"),
        name,
        ui.text_field(
            "Description",
            name="permission_description",
            default_value=DefinitionDialogState.description,
            auto_complete="off",
        ),
        rx.cond(ui.has_items(DefinitionDialogState.choices), contained),
        submit_label="Save",
        is_open=DefinitionDialogState.is_open,
        error=DefinitionDialogState.error,
        on_submit=DefinitionDialogState.submit,
        on_open_change=DefinitionDialogState.toggle,
    )


def _choice(one: rx.vars.ObjectVar[ContainedChoice]) -> rx.Component:
    name = ui.text_of("contains-", one.id)
    return rx.hstack(
        rx.checkbox(id=name, checked=one.is_ticked, on_change=lambda is_on: DefinitionDialogState.tick(one.id, is_on)),
        rx.el.label(lists.code(one.id), html_for=name),
        rx.cond(one.inherited_from, rx.text("from ", one.inherited_from, size="1", color=tokens.TEXT_MUTED)),
        align="center",
        spacing="2",
    )


def _question() -> rx.Component:
    return ui.question(
        "Delete this permission?",
        "Everybody who has it loses it, and other permissions no longer contain it.",
        confirm_label="Delete permission",
        is_open=PermissionsState.deleting_id != "",
        on_confirm=PermissionsState.delete,
        on_cancel=PermissionsState.stop_asking,
    )
