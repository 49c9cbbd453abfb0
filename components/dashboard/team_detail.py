"""The page about one team."""

import reflex as rx

from components import ui
from components.dashboard import lists
from components.dashboard.saving import WATCHED, staged_form
from components.dashboard.shell import project_page
from components.dashboard.user_detail import metadata_fields
from components.dashboard.user_sessions import key_row
from components.ui import tokens, words
from state.dashboard import paths
from state.dashboard.shell import ShellState
from state.dashboard.team_changes import (
    TICKED,
    AddMemberState,
    MemberPermissionsState,
    PermissionChoice,
    TeamQuestionState,
)
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
            skeleton=lists.cards_skeleton(words("team-title")),
        ),
        _add_dialog(),
        _permissions_dialog(),
        _questions(),
        here="teams",
        title=words("team-title"),
        parent=(words("teams-title"), paths.teams),
    )


def _head() -> rx.Component:
    facts = TeamDetailState.facts
    known = rx.grid(
        lists.fact(words("team-id"), ui.copy_value(facts.id, label=words("team-copied-id"))),
        lists.fact(words("team-created"), rx.text(facts.created, size="2")),
        lists.fact(words("team-size"), rx.text(facts.member_count, size="2")),
        columns=rx.breakpoints(initial="1", md="3"),
        spacing="4",
        width="100%",
    )
    return ui.section(
        facts.name,
        known,
        staged_form(
            ui.text_field(
                words("team-display-name"),
                name="team_name",
                default_value=facts.name,
                auto_complete="off",
                required=True,
                **WATCHED,
            ),
            on_submit=TeamDetailState.save_name,
        ),
        action=ui.button(
            words("team-delete"), kind="danger", icon="trash_2", on_click=TeamQuestionState.ask("team", facts.id)
        ),
    )


def _members() -> rx.Component:
    return ui.section(
        words("team-members"),
        lists.card_table(
            (words("team-column-member"), words("team-column-email"), words("team-column-permissions"), ""),
            TeamDetailState.members,
            _member_row,
            caption=words("team-members"),
            empty=words("team-no-members"),
            only_wide=(words("team-column-email"),),
        ),
        action=rx.hstack(
            rx.link(words("team-as-users"), href=_as_users(), size="2"),
            ui.button(
                words("team-add-member"), kind="secondary", icon="user_plus", on_click=AddMemberState.toggle(True)
            ),
            align="center",
            spacing="4",
            wrap="wrap",
        ),
    )


def _as_users() -> str | rx.Var[str]:
    """The table of users with the members of the team, where they can be searched and changed together."""
    return f"{paths.users(ShellState.project.id)}?team={TeamDetailState.facts.id}"


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
        words("common-actions-for", name=row.name),
        rx.menu.item(words("team-edit-permissions"), on_select=MemberPermissionsState.open_for(row.id)),
        rx.menu.separator(),
        rx.menu.item(
            words("team-remove-member"), color_scheme="red", on_select=TeamQuestionState.ask("member", row.id)
        ),
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
            words("team-invitations"),
            lists.card_table(
                (words("team-column-invited"), ""),
                TeamDetailState.invitations,
                _invitation_row,
                caption=words("team-invitations-table"),
                empty=words("common-none"),
            ),
        ),
    )


def _invitation_row(row: rx.vars.ObjectVar[NamedRow]) -> rx.Component:
    revoke = ui.button(
        words("team-revoke-invitation"),
        kind="secondary",
        size="1",
        on_click=TeamQuestionState.ask("invitation", row.id),
    )
    return lists.table_row(row.id, lists.strong(row.name), lists.actions_cell(revoke))


def _keys() -> rx.Component:
    return rx.cond(
        ui.has_items(TeamDetailState.keys),
        ui.section(
            words("team-keys"),
            lists.card_table(
                (
                    words("team-column-description"),
                    words("team-column-key"),
                    words("team-column-status"),
                    words("team-column-expires"),
                    "",
                ),
                TeamDetailState.keys,
                lambda row: key_row(row, TeamQuestionState.ask("key", row.id)),
                caption=words("team-keys"),
                empty=words("common-none"),
            ),
        ),
    )


def _metadata() -> rx.Component:
    facts = TeamDetailState.facts
    return ui.section(
        words("team-metadata"),
        staged_form(
            *metadata_fields(facts.client_metadata, facts.client_read_only_metadata, facts.server_metadata),
            on_submit=TeamDetailState.save_metadata,
        ),
        text=words("team-metadata-text"),
    )


def _add_dialog() -> rx.Component:
    search = rx.input(
        rx.input.slot(ui.icon("search")),
        aria_label=words("team-search-users"),
        placeholder=words("team-search-users"),
        type="search",
        auto_complete="off",
        max_length=200,
        on_change=AddMemberState.search.debounce(200),
        width="100%",
        size="3",
    )
    nobody = rx.text(words("team-nobody-found"), size="2", color=tokens.TEXT_MUTED)
    found = rx.vstack(rx.foreach(AddMemberState.found, _found), spacing="1", width="100%")
    return ui.form_dialog(
        words("team-add-title"),
        search,
        rx.box(
            rx.cond(ui.has_items(AddMemberState.found), found, rx.cond(AddMemberState.searched, nobody, rx.fragment())),
            aria_live="polite",
            width="100%",
        ),
        ui.text_field(words("team-add-email"), name="member_email", type="email", auto_complete="off"),
        ui.checkbox(words("team-add-invite"), name="member_invite"),
        submit_label=words("team-add-submit"),
        is_open=AddMemberState.is_open,
        error=AddMemberState.error,
        on_submit=AddMemberState.submit,
        on_open_change=AddMemberState.toggle,
    )


def _found(user: rx.vars.ObjectVar[NamedRow]) -> rx.Component:
    return rx.hstack(
        rx.vstack(
            rx.text(user.name, size="2", weight="medium", max_width="100%", **tokens.ONE_LINE),
            rx.text(user.since, size="1", color=tokens.TEXT_MUTED, max_width="100%", **tokens.ONE_LINE),
            spacing="0",
            flex="1",
            min_width="0",
        ),
        ui.button(
            words("team-add-user"),
            kind="secondary",
            size="1",
            aria_label=words("team-add-user-of", name=user.name),
            on_click=AddMemberState.add(user.id),
        ),
        align="center",
        width="100%",
        key=user.id,
    )


def _permissions_dialog() -> rx.Component:
    return rx.dialog.root(
        rx.dialog.content(
            rx.dialog.title(words("team-permissions-of", name=MemberPermissionsState.name)),
            rx.dialog.description(words("team-permissions-text"), size="2", margin_bottom="var(--space-4)"),
            rx.vstack(rx.foreach(MemberPermissionsState.choices, _choice), spacing="3", width="100%"),
            rx.hstack(
                rx.dialog.close(ui.button(words("common-done"), kind="secondary")),
                justify="end",
                margin_top="var(--space-5)",
            ),
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
            rx.text(
                words("team-permission-from", permission=one.inherited_from),
                size="1",
                color=tokens.TEXT_MUTED,
                white_space="nowrap",
            ),
        ),
        align="center",
        width="100%",
        spacing="3",
    )


def _questions() -> rx.Component:
    is_ticked = ui.any_of(*(TeamQuestionState.kind == kind for kind in TICKED))
    box, can_confirm = ui.tick_box("end-team", words("users-deletion-tick"))
    texts = (TeamQuestionState.title, TeamQuestionState.text)
    asked = {
        "confirm_label": TeamQuestionState.confirm_label,
        "on_confirm": TeamQuestionState.confirm,
        "on_cancel": TeamQuestionState.stop_asking,
    }
    return rx.fragment(
        ui.question(*texts, is_open=ui.all_of(TeamQuestionState.kind != "", ui.none_of(is_ticked)), **asked),
        ui.question(*texts, box, is_open=is_ticked, can_confirm=can_confirm, **asked),
    )
