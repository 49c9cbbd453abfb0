"""The tab of one team; sections that one may not use are not shown."""

import reflex as rx

from components import ui
from components.hosted.account.keys import keys_section
from components.hosted.account.picture import picture_button
from components.ui import say, tokens
from state.hosted.account.member_permissions import MemberPermissionsState, PermissionChoice
from state.hosted.account.team import Invitation, Member, TeamState


def team_tab() -> rx.Component:
    """Return the tab."""
    return rx.vstack(
        rx.hstack(
            ui.avatar(TeamState.initials, image=TeamState.image, size="4"),
            rx.heading(rx.el.bdi(TeamState.team_name), as_="h2", size="5", overflow_wrap="anywhere"),
            align="center",
            spacing="3",
        ),
        _own_name(),
        rx.cond(TeamState.can_update, _team()),
        rx.cond(TeamState.can_see_members, _members()),
        rx.cond(TeamState.can_invite, _invite()),
        rx.cond(ui.has_items(TeamState.invitations), _invitations()),
        keys_section(say("team-api-keys")),
        _leave(),
        spacing="5",
        width="100%",
    )


def _own_name() -> rx.Component:
    return ui.section(
        say("name-in-team"),
        ui.submit_form(
            ui.text_field(
                say("name"),
                name="own_name",
                key=ui.text_of(TeamState.team_name, TeamState.own_name),
                default_value=TeamState.own_name,
                auto_complete="off",
            ),
            ui.button(say("save"), type="submit", kind="secondary"),
            on_submit=TeamState.save_own_name,
        ),
    )


def _team() -> rx.Component:
    return ui.section(
        say("team"),
        picture_button(TeamState.save_image),
        ui.submit_form(
            ui.text_field(
                say("team-name"),
                name="new_team_name",
                key=TeamState.team_name,
                default_value=TeamState.team_name,
                auto_complete="off",
                error=TeamState.name_error,
            ),
            ui.button(say("rename"), type="submit", kind="secondary"),
            on_submit=TeamState.rename,
        ),
    )


def _members() -> rx.Component:
    return ui.section(
        say("members"),
        rx.el.ul(rx.foreach(TeamState.members, _member), list_style="none", padding="0", margin="0", width="100%"),
        ui.question(
            say("remove-member-question", name=TeamState.asked_name, team=TeamState.team_name),
            say("remove-member-text"),
            confirm_label=say("remove"),
            is_open=TeamState.asked_id != "",
            on_confirm=TeamState.remove_member(TeamState.asked_id),
            on_cancel=TeamState.keep_member,
        ),
        _permissions(),
    )


def _member(member: rx.vars.ObjectVar[Member]) -> rx.Component:
    return rx.el.li(
        rx.hstack(
            rx.hstack(
                ui.avatar(member.initials, image=member.image, size="2"),
                rx.text(_name(member), size="2", overflow_wrap="anywhere", min_width="0"),
                rx.cond(member.is_self, ui.badge(say("you"), flex_shrink="0")),
                align="center",
                flex="1 1 10rem",
                min_width="0",
            ),
            rx.cond(
                ui.all_of(TeamState.can_remove, ui.none_of(member.is_self)),
                rx.hstack(
                    ui.button(
                        say("permissions"),
                        kind="secondary",
                        size="1",
                        custom_attrs={"aria-label": say("permissions-of", name=_name(member))},
                        on_click=MemberPermissionsState.open(TeamState.team_id, member.id),
                    ),
                    ui.button(
                        say("remove"),
                        kind="secondary",
                        size="1",
                        custom_attrs={"aria-label": say("remove-member", name=_name(member))},
                        on_click=TeamState.ask_to_remove(member.id),
                    ),
                    spacing="2",
                ),
            ),
            align="center",
            wrap="wrap",
            width="100%",
        ),
        padding_y="var(--space-2)",
    )


def _permissions() -> rx.Component:
    return ui.form_dialog(
        say("permissions-of", name=MemberPermissionsState.name),
        rx.text(
            say("permissions-text", name=MemberPermissionsState.name),
            size="2",
            overflow_wrap="anywhere",
            color=tokens.TEXT_MUTED,
        ),
        rx.foreach(MemberPermissionsState.choices, _permission),
        submit_label=say("save"),
        is_open=MemberPermissionsState.user_id != "",
        pending=MemberPermissionsState.is_saving,
        error=MemberPermissionsState.error,
        on_submit=MemberPermissionsState.submit,
        on_open_change=MemberPermissionsState.close,
    )


def _permission(choice: rx.vars.ObjectVar[PermissionChoice]) -> rx.Component:
    return rx.vstack(
        ui.checkbox(choice.label, name=choice.field, default_checked=choice.is_on),
        rx.cond(
            choice.role,
            rx.text(
                say("permission-inherited", role=choice.role),
                size="1",
                color=tokens.TEXT_MUTED,
                padding_inline_start="var(--space-5)",
            ),
        ),
        spacing="1",
        key=choice.id,
    )


def _name(member: rx.vars.ObjectVar[Member]) -> rx.Var[str]:
    return rx.cond(member.name, member.name, say("no-name"))


def _invite() -> rx.Component:
    return ui.section(
        say("invite-somebody"),
        ui.submit_form(
            ui.text_field(
                say("email"),
                name="invited_email",
                type="email",
                auto_complete="off",
                key=ui.text_of(ui.count_of(TeamState.invitations)),
                error=TeamState.email_error,
            ),
            ui.button(say("invite"), type="submit", kind="secondary"),
            on_submit=TeamState.invite,
        ),
    )


def _invitations() -> rx.Component:
    return ui.section(
        say("invitations"),
        rx.el.ul(
            rx.foreach(TeamState.invitations, _invitation), list_style="none", padding="0", margin="0", width="100%"
        ),
    )


def _invitation(invitation: rx.vars.ObjectVar[Invitation]) -> rx.Component:
    return rx.el.li(
        rx.hstack(
            rx.text(invitation.email, size="2", overflow_wrap="anywhere", min_width="0"),
            rx.text(say("until", day=invitation.expires), size="1", color=tokens.TEXT_MUTED),
            rx.spacer(),
            rx.cond(
                TeamState.can_remove,
                ui.button(say("take-back"), kind="secondary", size="1", on_click=TeamState.take_back(invitation.id)),
            ),
            align="center",
            wrap="wrap",
            width="100%",
        ),
        padding_y="var(--space-2)",
    )


def _leave() -> rx.Component:
    return ui.section(
        say("leave-team"),
        ui.button(say("leave"), kind="danger", on_click=TeamState.ask_to_leave),
        ui.question(
            say("leave-team-question", team=TeamState.team_name),
            say("leave-team-text"),
            confirm_label=say("leave"),
            is_open=TeamState.is_leaving,
            on_confirm=TeamState.leave,
            on_cancel=TeamState.stay,
        ),
    )
