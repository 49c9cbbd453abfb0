"""Permissions of a project and of its teams."""

import reflex as rx

from components import ui
from components.dashboard import lists
from components.dashboard.pushed import pushed_notice
from components.dashboard.saving import staged_bar
from components.dashboard.shell import project_page
from components.ui import tokens, words
from state.dashboard.permission_graph import NODE_HEIGHT, NODE_WIDTH
from state.dashboard.permission_holders import HolderRow, HoldersState
from state.dashboard.permissions import (
    ContainedChoice,
    DefaultChoice,
    DefinitionDialogState,
    DefinitionRow,
    ExplainState,
    PermissionsState,
)

_COLUMNS = (
    words("permissions-column-permission"),
    words("permissions-column-description"),
    words("permissions-column-contains"),
    words("permissions-column-granted"),
    "",
)
_ONLY_WIDE = _COLUMNS[1:3]
# Where there is room the drawing shows what the tree says; screen readers have the tree everywhere.
_ONLY_READ_OUT_WHERE_WIDE = {
    "@media (min-width: 1024px)": {**tokens.HIDDEN_FROM_SIGHT, "& ul": {"overflow": "visible"}}
}


def project_permissions_page() -> rx.Component:
    """Return the permissions that users have in the whole project."""
    return _page(
        _defaults(
            words("permissions-defaults-users"),
            ("sign_up", words("permissions-new-users")),
            text=words("permissions-defaults-users-text"),
        ),
        here="project-permissions",
        title=words("permissions-of-project"),
        text=words("permissions-of-project-text"),
        is_team=False,
    )


def team_permissions_page() -> rx.Component:
    """Return the permissions that members have in their teams."""
    return _page(
        _defaults(
            words("permissions-defaults-teams"),
            ("creator", words("permissions-creators")),
            ("member", words("permissions-members")),
            text=words("permissions-defaults-teams-text"),
        ),
        here="team-permissions",
        title=words("permissions-of-teams"),
        text=words("permissions-of-teams-text"),
        is_team=True,
    )


def _page(defaults: rx.Component, *, here: str, title: str, text: str, is_team: bool) -> rx.Component:
    create = ui.button(words("permissions-create"), icon="plus", on_click=DefinitionDialogState.open_for(""))
    nothing = ui.empty_state(words("permissions-none-found"), words("permissions-none-found-text"), icon="search_x")
    found = lists.page_table(_COLUMNS, PermissionsState.rows, _row, caption=title, empty=nothing, only_wide=_ONLY_WIDE)
    search = lists.search(
        words("permissions-search"),
        words("permissions-search-hint"),
        opened=PermissionsState.opened,
        on_change=PermissionsState.change_search.debounce(150),
        max_length=200,
        width="100%",
    )
    table = rx.cond(
        PermissionsState.has_any,
        rx.vstack(search, found, spacing="4", width="100%"),
        ui.table_empty(_empty()),
    )
    return project_page(
        pushed_notice(PermissionsState),
        lists.loaded(
            rx.vstack(table, _graph(), defaults, _explain(is_team=is_team), spacing="5", width="100%"),
            error=PermissionsState.error,
            is_loading=PermissionsState.is_loading,
            on_retry=PermissionsState.load,
            skeleton=ui.table_skeleton(_COLUMNS, caption=words("common-loading", what=title)),
        ),
        _dialog(),
        _holders_dialog(is_team=is_team),
        _question(),
        staged_bar(PermissionsState),
        here=here,
        title=title,
        text=text,
        action=create,
    )


def _chip(label: str | rx.Var[str]) -> rx.Component:
    return rx.badge(label, variant="soft", color_scheme="gray", high_contrast=True, font_family=tokens.CODE_FONT)


def _row(row: rx.vars.ObjectVar[DefinitionRow]) -> rx.Component:
    built_in = rx.tooltip(
        rx.box(ui.badge(words("permissions-built-in"), tone="info"), tab_index=0),
        content=words("permissions-built-in-text"),
    )
    holders = rx.button(
        row.granted,
        type="button",
        variant="ghost",
        size="2",
        aria_label=words("permissions-who-has", count=row.granted, permission=row.id),
        on_click=HoldersState.open_for(row.id),
    )
    name = rx.hstack(
        lists.code(row.id),
        rx.cond(row.is_system, built_in, rx.fragment()),
        align="center",
        wrap="wrap",
        spacing="2",
    )
    menu = lists.row_menu(
        words("common-actions-for", name=row.id),
        rx.menu.item(ui.icon("pencil"), words("permissions-edit"), on_select=DefinitionDialogState.open_for(row.id)),
        rx.menu.separator(),
        rx.menu.item(
            ui.icon("trash_2"),
            words("permissions-delete"),
            color_scheme="red",
            on_select=PermissionsState.ask_to_delete(row.id),
        ),
    )
    return lists.table_row(
        row.id,
        name,
        ui.wide_cell(rx.text(row.description, size="2")),
        ui.wide_cell(rx.hstack(rx.foreach(row.contained, _chip), wrap="wrap", spacing="1")),
        rx.table.cell(holders),
        lists.actions_cell(rx.cond(row.is_system, rx.fragment(), menu)),
    )


def _empty() -> rx.Component:
    return ui.empty_state(
        words("permissions-none"),
        words("permissions-none-text"),
        icon="shield",
        action=ui.button(words("permissions-create"), on_click=DefinitionDialogState.open_for("")),
    )


def _graph() -> rx.Component:
    drawing = PermissionsState.drawing
    picture = ui.permission_graph(
        drawing.nodes,
        drawing.edges,
        width=drawing.width,
        height=drawing.height,
        node_width=NODE_WIDTH,
        node_height=NODE_HEIGHT,
    )
    return rx.cond(
        PermissionsState.has_any,
        ui.section(
            words("permissions-graph"),
            rx.box(picture, display=rx.breakpoints(initial="none", md="block"), width="100%"),
            rx.box(ui.containment(PermissionsState.nodes), style=_ONLY_READ_OUT_WHERE_WIDE, width="100%"),
            text=words("permissions-graph-text"),
        ),
    )


def _defaults(title: str, *sets: tuple[str, str], text: str) -> rx.Component:
    def row(one: rx.vars.ObjectVar[DefaultChoice]) -> rx.Component:
        return lists.table_row(one.id, lists.code(one.id), *[_default_cell(one, name) for name, _ in sets])

    columns = (words("permissions-column-permission"), *(label for _, label in sets))
    return rx.cond(
        ui.has_items(PermissionsState.defaults),
        ui.section(
            title,
            lists.card_table(columns, PermissionsState.defaults, row, caption=title, empty=words("common-none")),
            text=text,
        ),
    )


def _default_cell(one: rx.vars.ObjectVar[DefaultChoice], name: str) -> rx.Component:
    is_on = {"creator": one.for_creator, "member": one.for_member, "sign_up": one.for_sign_up}[name]
    return rx.table.cell(
        rx.checkbox(
            checked=is_on,
            on_change=lambda is_ticked: PermissionsState.switch(ui.text_of(f"{name}:", one.id), is_ticked),
            aria_label=words("permissions-default", who=name, permission=one.id),
        )
    )


def _explain(*, is_team: bool) -> rx.Component:
    fields = [
        ui.text_field(
            words("permissions-explain-user"),
            name="explain_user",
            hint=words("permissions-explain-user-hint"),
            auto_complete="off",
            required=True,
        ),
        ui.text_field(
            words("permissions-explain-permission"), name="explain_permission", auto_complete="off", required=True
        ),
    ]
    if is_team:
        fields.insert(
            1,
            ui.text_field(
                words("permissions-explain-team"),
                name="explain_team",
                hint=words("permissions-explain-team-hint"),
                auto_complete="off",
                required=True,
            ),
        )
    return ui.section(
        words("permissions-explain"),
        ui.submit_form(
            rx.grid(*fields, columns=rx.breakpoints(initial="1", md=str(len(fields))), spacing="4", width="100%"),
            rx.cond(ExplainState.error, ui.callout(ExplainState.error, tone="danger")),
            rx.box(_answer(), aria_live="polite"),
            rx.hstack(
                ui.button(words("permissions-explain-ask"), type="submit", kind="secondary"),
                justify="end",
                width="100%",
            ),
            on_submit=ExplainState.ask,
        ),
        text=words("permissions-explain-text"),
    )


def _answer() -> rx.Component:
    way = rx.hstack(
        ui.badge(words("permissions-yes"), tone="success"),
        rx.foreach(
            ExplainState.way,
            lambda one, position: rx.hstack(
                rx.cond(
                    position == 0,
                    rx.text(words("permissions-granted"), size="1"),
                    rx.text(words("permissions-contains"), size="1"),
                ),
                _chip(one),
                align="center",
                spacing="2",
            ),
        ),
        align="center",
        wrap="wrap",
        spacing="2",
    )
    no = rx.hstack(
        ui.badge(words("permissions-no"), tone="danger"),
        rx.text(ExplainState.answer, size="2"),
        align="center",
        wrap="wrap",
    )
    return rx.cond(ExplainState.answer, rx.cond(ExplainState.is_allowed, way, no))


def _dialog() -> rx.Component:
    is_new = DefinitionDialogState.id == ""
    name = rx.cond(
        is_new,
        ui.text_field(
            words("permissions-id"),
            name="permission_id",
            hint=words("permissions-id-hint"),
            auto_complete="off",
            required=True,
        ),
        lists.fact(words("permissions-id"), lists.code(DefinitionDialogState.id)),
    )
    contained = rx.el.fieldset(
        rx.el.legend(words("permissions-contained"), font_size="var(--font-size-2)", font_weight="500"),
        rx.vstack(rx.foreach(DefinitionDialogState.choices, _choice), spacing="2", margin_top="var(--space-2)"),
        border="0",
        padding="0",
        margin="0",
        min_width="0",
    )
    return ui.form_dialog(
        rx.cond(is_new, words("permissions-create-title"), words("permissions-edit-title")),
        name,
        ui.text_field(
            words("permissions-description"),
            name="permission_description",
            default_value=DefinitionDialogState.description,
            auto_complete="off",
        ),
        rx.cond(ui.has_items(DefinitionDialogState.choices), contained),
        submit_label=words("common-save"),
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
        rx.cond(
            one.inherited_from,
            rx.text(words("permissions-from", permission=one.inherited_from), size="1", color=tokens.TEXT_MUTED),
        ),
        align="center",
        spacing="2",
    )


def _question() -> rx.Component:
    box, is_ticked = ui.tick_box("permission-deletion-tick", words("permissions-deletion-tick"))
    return ui.question(
        words("permissions-deletion"),
        words("permissions-deletion-text"),
        box,
        confirm_label=words("permissions-deletion-confirm"),
        is_open=PermissionsState.deleting_id != "",
        on_confirm=PermissionsState.delete,
        on_cancel=PermissionsState.stop_asking,
        can_confirm=is_ticked,
    )


def _holders_dialog(*, is_team: bool) -> rx.Component:
    columns = [words("permissions-holder"), words("permissions-through")]
    if is_team:
        columns.insert(1, words("permissions-in-team"))

    def row(one: rx.vars.ObjectVar[HolderRow]) -> rx.Component:
        name = rx.link(one.name, href=one.address, size="2", underline="always", overflow_wrap="anywhere")
        way = rx.cond(one.through, _chip(one.through), rx.text(words("permissions-itself"), size="2"))
        cells = [lists.cell(one.team)] if is_team else []
        return lists.table_row(one.key, name, *cells, rx.table.cell(way))

    table = lists.card_table(columns, HoldersState.rows, row, caption=words("permissions-holders"), empty="")
    return rx.dialog.root(
        rx.dialog.content(
            rx.dialog.title(words("permissions-holders-title", permission=HoldersState.id), overflow_wrap="anywhere"),
            rx.dialog.description(HoldersState.counted, size="2", color=tokens.TEXT_MUTED),
            rx.box(rx.cond(ui.has_items(HoldersState.rows), table), padding_y="var(--space-4)"),
            rx.hstack(rx.dialog.close(ui.button(words("common-close"), kind="secondary")), justify="end"),
            max_width="40rem",
        ),
        open=HoldersState.is_open,
        on_open_change=HoldersState.toggle,
    )
