"""The page about one team."""

import reflex as rx

from components import ui
from components.dashboard import lists
from components.dashboard.shell import project_page
from components.dashboard.user_detail import key_row, metadata_fields
from components.ui import tokens
from state.dashboard import paths
from state.dashboard.shell import ShellState
from state.dashboard.team_changes import AddMemberState, MemberPermissionsState, PermissionChoice, TeamQuestionState
from state.dashboard.team_detail import MemberRow, TeamDetailState
from state.dashboard.user_facts import NamedRow


def page() -> rx.Component:
    """Return one team with everything that administrators may do."""
    return project_page(
        lists.loaded(
            rx.vstack(_head(), _members(), _invitations(), _keys(), _metadata(), spacing="5", width="100%"),
            error=TeamDetailState.error,
            is_loading=TeamDetailState.is_loading,
            on_retry=TeamDetailState.load,
            skeleton=lists.cards_skeleton("Team"),
        ),
        _add_dialog(),
        _permissions_dialog(),
        _question(),
        here="teams",
        title="Team",
        parent=("Teams", paths.teams),
    )


def _head() -> rx.Component:
    facts = TeamDetailState.facts
    known = rx.grid(
        lists.fact("Team id", ui.copy_value(facts.id, label="team id")),
        lists.fact("Created", rx.text(facts.created, size="2")),
        lists.fact("Size", rx.text(facts.member_count, size="2")),
        columns=rx.breakpoints(initial="1", md="3"),
        spacing="4",
        width="100%",
    )
    return ui.section(
        facts.name,
        known,
        ui.submit_form(
            ui.text_field("Name", name="team_name", default_value=facts.name, auto_complete="off", required=True),
            rx.hstack(ui.button("Save", type="submit"), justify="end", width="100%"),
            on_submit=TeamDetailState.save_name,
        ),
        action=ui.button(
            "Delete team", kind="danger", icon="trash_2", on_click=TeamQuestionState.ask("team", facts.id)
        ),
    )


def _members() -> rx.Component:
    return ui.section(
        "Members",
        lists.card_table(
            ("Member", "E-mail", "Permissions", ""),
            TeamDetailState.members,
            _member_row,
            caption="Members",
            empty="Nobody yet.",
            only_wide=("E-mail",),
        ),
        action=ui.button("Add member", kind="secondary", icon="user_plus", on_click=AddMemberState.toggle(True)),
    )


def _member_row(row: rx.vars.ObjectVar[MemberRow]) -> rx.Component:
    address = paths.user(ShellState.project.id, row.id)  # type: ignore[arg-type]  # formatted in the browser
    person = rx.hstack(
        ui.avatar(row.initials),
        rx.link(row.name, href=address, size="2", weight="medium", color=tokens.TEXT, overflow_wrap="anywhere"),
        align="center",
        spacing="3",
    )
    badges = rx.hstack(
        rx.foreach(row.permissions, lambda one: rx.badge(one, variant="soft", color_scheme="gray", high_contrast=True)),
        wrap="wrap",
        spacing="1",
    )
    menu = lists.row_menu(
        ui.text_of("Actions for ", row.name),
        rx.menu.item("Permissions …", on_select=MemberPermissionsState.open_for(row.id)),
        rx.menu.separator(),
        rx.menu.item("Remove …", color_scheme="red", on_select=TeamQuestionState.ask("member", row.id)),
    )
    return lists.table_row(
        row.id,
        person,
        ui.wide_cell(rx.text(row.email, size="2", overflow_wrap="anywhere")),
        rx.table.cell(badges),
        lists.actions_cell(menu),
    )


def _invitations() -> rx.Component:
    return rx.cond(
        ui.has_items(TeamDetailState.invitations),
        ui.section(
            "Pending invitations",
            lists.card_table(
                ("E-mail", ""), TeamDetailState.invitations, _invitation_row, caption="Invitations", empty="None."
            ),
        ),
    )


def _invitation_row(row: rx.vars.ObjectVar[NamedRow]) -> rx.Component:
    revoke = ui.button("Take back", kind="secondary", size="1", on_click=TeamQuestionState.ask("invitation", row.id))
    return lists.table_row(row.id, lists.strong(row.name), lists.actions_cell(revoke))


def _keys() -> rx.Component:
    return rx.cond(
        ui.has_items(TeamDetailState.keys),
        ui.section(
            "API keys",
            lists.card_table(
                ("Description", "Key", "Status", "Expires", ""),
                TeamDetailState.keys,
                lambda row: key_row(row, TeamQuestionState.ask("key", row.id)),
                caption="API keys",
                empty="None.",
            ),
        ),
    )


def _metadata() -> rx.Component:
    facts = TeamDetailState.facts
    return ui.section(
        "Metadata",
        ui.submit_form(
            *metadata_fields(facts.client_metadata, facts.client_read_only_metadata, facts.server_metadata),
            rx.hstack(ui.button("Save", type="submit"), justify="end", width="100%"),
            on_submit=TeamDetailState.save_metadata,
        ),
        text="Any JSON that your application keeps with the team.",
    )


def _add_dialog() -> rx.Component:
    return ui.form_dialog(
        "Add a member",
        ui.text_field("E-mail", name="member_email", type="email", auto_complete="off", required=True),
        ui.checkbox("Mail an invitation instead of adding the user at once", name="member_invite"),
        submit_label="Add member",
        is_open=AddMemberState.is_open,
        error=AddMemberState.error,
        on_submit=AddMemberState.submit,
        on_open_change=AddMemberState.toggle,
    )


def _permissions_dialog() -> rx.Component:
    return rx.dialog.root(
        rx.dialog.content(
            rx.dialog.title(ui.text_of("Permissions of ", MemberPermissionsState.name)),
            rx.dialog.description("Every tick applies at once.", size="2", margin_bottom="var(--space-4)"),
            rx.vstack(rx.foreach(MemberPermissionsState.choices, _choice), spacing="3", width="100%"),
            rx.hstack(rx.dialog.close(ui.button("Done", kind="secondary")), justify="end", margin_top="var(--space-5)"),
            max_width=tokens.DIALOG_WIDTH,
        ),
        open=MemberPermissionsState.user_id != "",
        on_open_change=MemberPermissionsState.close,
    )


def _choice(one: rx.vars.ObjectVar[PermissionChoice]) -> rx.Component:
    name = ui.text_of("member-permission-", one.id)
    return rx.hstack(
        rx.checkbox(
            id=name, checked=one.is_direct, on_change=lambda is_on: MemberPermissionsState.switch(one.id, is_on)
        ),
        rx.vstack(
            rx.el.label(lists.code(one.id), html_for=name),
            rx.cond(one.description, rx.text(one.description, size="1", color=tokens.TEXT_MUTED)),
            spacing="0",
        ),
        rx.spacer(),
        rx.cond(
            one.inherited_from,
            rx.text("from ", one.inherited_from, size="1", color=tokens.TEXT_MUTED, white_space="nowrap"),
        ),
        align="center",
        width="100%",
        spacing="3",
    )


def _question() -> rx.Component:
    return ui.question(
        TeamQuestionState.title,
        TeamQuestionState.text,
        confirm_label=TeamQuestionState.confirm_label,
        is_open=TeamQuestionState.kind != "",
        on_confirm=TeamQuestionState.confirm,
        on_cancel=TeamQuestionState.stop_asking,
    )
