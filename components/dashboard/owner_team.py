"""The dialog about the people of a team that owns projects."""

import reflex as rx

from components import ui
from components.ui import tokens, words
from state.dashboard.owner_team import InvitedRow, OwnerTeamState, PersonRow


def gear(team: rx.Var[str], name: rx.Var[str]) -> rx.Component:
    """Return the button beside a team's name."""
    return ui.icon_button(
        "users",
        words("projects-team-open", team=name),
        on_click=OwnerTeamState.open_for(team),
    )


def dialog() -> rx.Component:
    """Return the dialog, and the question before somebody goes."""
    return rx.fragment(
        rx.dialog.root(
            rx.dialog.content(
                rx.dialog.title(words("projects-team-title", team=OwnerTeamState.team_name)),
                rx.dialog.description(words("projects-team-text"), size="2", color=tokens.TEXT_MUTED),
                rx.vstack(
                    rx.cond(OwnerTeamState.error, ui.callout(OwnerTeamState.error, tone="danger")),
                    _invite(),
                    _members(),
                    rx.cond(ui.has_items(OwnerTeamState.invited), _invited()),
                    rx.hstack(
                        rx.dialog.close(ui.button(words("projects-team-close"), kind="secondary")),
                        justify="end",
                        width="100%",
                    ),
                    spacing="5",
                    width="100%",
                    margin_top="var(--space-4)",
                ),
                max_width=tokens.DIALOG_WIDTH,
            ),
            open=OwnerTeamState.is_open,
            on_open_change=OwnerTeamState.close,
        ),
        _question(),
    )


def _invite() -> rx.Component:
    seats = rx.text(OwnerTeamState.seats, size="1", color=tokens.TEXT_MUTED, role="status")
    return rx.vstack(
        rx.cond(
            OwnerTeamState.is_full,
            ui.callout(words("projects-team-full"), tone="warning"),
            ui.submit_form(
                ui.text_field(
                    words("projects-team-email"),
                    name="invited_email",
                    type="email",
                    auto_complete="off",
                    error=OwnerTeamState.email_error,
                    key=ui.text_of(OwnerTeamState.round),
                    required=True,
                ),
                rx.hstack(
                    ui.button(words("projects-team-invite"), type="submit", pending=OwnerTeamState.is_inviting),
                    justify="end",
                    width="100%",
                ),
                on_submit=OwnerTeamState.invite,
            ),
        ),
        seats,
        width="100%",
    )


def _members() -> rx.Component:
    return rx.el.section(
        rx.heading(words("projects-team-members"), as_="h2", size="2", margin_bottom="var(--space-2)"),
        rx.el.ul(rx.foreach(OwnerTeamState.people, _member), style=_LIST),
        style={"width": "100%"},
    )


def _member(one: rx.vars.ObjectVar[PersonRow]) -> rx.Component:
    leave = ui.button(words("projects-team-leave"), kind="danger", size="1", on_click=OwnerTeamState.ask(one.id))
    others = rx.hstack(
        rx.cond(
            one.is_admin,
            rx.fragment(),
            ui.button(
                words("projects-team-appoint"),
                kind="secondary",
                size="1",
                aria_label=words("projects-team-appoint-of", name=one.name),
                on_click=OwnerTeamState.appoint(one.id),
            ),
        ),
        ui.button(
            words("projects-team-remove"),
            kind="danger",
            size="1",
            aria_label=words("projects-team-remove-of", name=one.name),
            on_click=OwnerTeamState.ask(one.id),
        ),
        wrap="wrap",
        spacing="2",
    )
    badges = rx.hstack(
        rx.cond(one.is_viewer, ui.badge(words("projects-team-you"), tone="neutral")),
        rx.cond(one.is_admin, ui.badge(words("projects-team-admin"), tone="info")),
        spacing="2",
        wrap="wrap",
    )
    return _entry(
        rx.hstack(
            ui.avatar(one.initials),
            rx.vstack(
                rx.hstack(
                    rx.text(one.name, size="2", weight="medium", overflow_wrap="anywhere"),
                    badges,
                    spacing="2",
                    wrap="wrap",
                ),
                rx.cond(
                    one.email != one.name,
                    rx.text(one.email, size="1", color=tokens.TEXT_MUTED, overflow_wrap="anywhere"),
                ),
                spacing="0",
                min_width="0",
            ),
            spacing="3",
            align="center",
            min_width="0",
        ),
        rx.cond(one.is_viewer, leave, rx.cond(OwnerTeamState.may_remove, others)),
        one.id,
    )


def _invited() -> rx.Component:
    return rx.el.section(
        rx.heading(words("projects-team-pending"), as_="h2", size="2", margin_bottom="var(--space-2)"),
        rx.el.ul(rx.foreach(OwnerTeamState.invited, _invitation), style=_LIST),
        style={"width": "100%"},
    )


def _invitation(one: rx.vars.ObjectVar[InvitedRow]) -> rx.Component:
    revoke = ui.button(
        words("projects-team-revoke"),
        kind="secondary",
        size="1",
        aria_label=words("projects-team-revoke-of", email=one.email),
        on_click=OwnerTeamState.ask_to_revoke(one.id),
    )
    told = rx.vstack(
        rx.text(one.email, size="2", overflow_wrap="anywhere"),
        rx.text(words("projects-team-pending-until", day=one.until), size="1", color=tokens.TEXT_MUTED),
        spacing="0",
        min_width="0",
    )
    return _entry(told, revoke, one.id)


_LIST = {"list_style": "none", "margin": "0", "padding": "0", "width": "100%"}


def _entry(what: rx.Component, actions: rx.Component, key: rx.Var[str]) -> rx.Component:
    return rx.el.li(
        what,
        actions,
        key=key,
        style={
            "display": "flex",
            "flex_wrap": "wrap",
            "justify_content": "space-between",
            "align_items": "center",
            "gap": "var(--space-2)",
            "padding": "var(--space-2) 0",
            "border_top": f"1px solid {tokens.BORDER}",
        },
    )


def _question() -> rx.Component:
    is_leaving = OwnerTeamState.asked_name == ""
    leaving = ui.question(
        rx.cond(
            is_leaving,
            words("projects-team-leave-title"),
            words("projects-team-remove-title", name=OwnerTeamState.asked_name),
        ),
        rx.cond(is_leaving, words("projects-team-leave-text"), words("projects-team-remove-text")),
        confirm_label=rx.cond(is_leaving, words("projects-team-leave"), words("projects-team-remove")),
        is_open=OwnerTeamState.asked != "",
        on_confirm=OwnerTeamState.remove,
        on_cancel=OwnerTeamState.stop_asking,
    )
    revoking = ui.question(
        words("projects-team-revoke-title"),
        words("projects-team-revoke-text", email=OwnerTeamState.asked_email),
        confirm_label=words("projects-team-revoke"),
        is_open=OwnerTeamState.asked_invitation != "",
        on_confirm=OwnerTeamState.revoke(OwnerTeamState.asked_invitation),
        on_cancel=OwnerTeamState.stop_asking,
    )
    return rx.fragment(leaving, revoking)
