"""The frame of the account settings: tabs beside the open one; on small screens one after the other."""

from typing import Any

import reflex as rx

from components import ui
from components.hosted.account import access, keys, profile, sign_in, team
from components.hosted.frame import working
from components.hosted.steps import team_form
from components.ui import say, tokens
from hexclave_app.pages import routes
from state.embed.items import ICONS, ExtraItem
from state.hosted.account import shell
from state.hosted.account.shell import AccountState, TeamTab
from state.hosted.project import HostedState

_RAIL = "12.5rem"  # 200 px
_CONTENT = "50rem"  # 800 px


def account_settings() -> rx.Component:
    """Return the page."""
    return ui.ReadingDirection.create(
        rx.box(
            ui.skip_link(),
            _bar(),
            rx.el.main(
                settings(),
                id=ui.MAIN_ID,
                tab_index=-1,
                outline="none",
                width="100%",
                max_width="66rem",
                margin_x="auto",
                flex="1",
                padding="var(--space-5) var(--space-4) var(--space-9)",
            ),
            rx.el.footer(ui.language_switch(), padding="0 var(--space-4) var(--space-5)"),
            display="flex",
            flex_direction="column",
            background=tokens.CANVAS,
            min_height="100vh",
        )
    )


def settings() -> rx.Component:
    """Return what the page is about, without the bar on top."""
    return rx.cond(
        AccountState.error,
        ui.message_card(say("page-not-available"), AccountState.error, tone="warning"),
        rx.cond(AccountState.is_ready, rx.fragment(_acting(), _columns()), working(say("loading-page"))),
    )


def _bar() -> rx.Component:
    return rx.el.header(
        rx.hstack(
            rx.box(
                class_name="hx-logo",
                width="1.75rem",
                height="1.75rem",
                flex_shrink="0",
                background_size="contain",
                background_position="center",
                background_repeat="no-repeat",
            ),
            rx.link(
                rx.text(
                    HostedState.project_name,
                    class_name="hx-name",
                    weight="bold",
                    size="4",
                    style=tokens.ONE_LINE,
                    dir="auto",
                ),
                href=routes.HOME,
                color=tokens.TEXT,
                underline="none",
                min_width="0",
            ),
            rx.spacer(),
            ui.theme_switch(),
            align="center",
            spacing="3",
            max_width="66rem",
            margin_x="auto",
            padding="var(--space-3) var(--space-4)",
        ),
        background=tokens.SURFACE,
        border_bottom=f"1px solid {tokens.BORDER}",
    )


def _acting() -> rx.Component:
    minutes = AccountState.acting_minutes
    notice = rx.box(ui.callout(say("acting-as", minutes=minutes), tone="warning"), margin_bottom="var(--space-5)")
    return rx.cond(minutes > 0, notice)


def _columns() -> rx.Component:
    return rx.flex(
        rx.el.nav(
            rx.vstack(
                rx.heading(say("account-settings"), as_="h1", size="5", margin_bottom="var(--space-2)"),
                _tab(shell.PROFILE, say("profile"), "contact"),
                _tab(shell.AUTH, say("emails-and-sign-in"), "shield_check"),
                _tab(shell.NOTIFICATIONS, say("notifications"), "bell"),
                _tab(shell.SESSIONS, say("active-sessions"), "monitor"),
                rx.cond(AccountState.has_user_keys, _tab(shell.API_KEYS, say("api-keys"), "key_round")),
                _tab(shell.SETTINGS, say("settings"), "settings"),
                rx.foreach(AccountState.extra_items, _extra_item),
                rx.cond(
                    ui.any_of(AccountState.can_create_teams, ui.has_items(AccountState.teams)),
                    rx.text(
                        say("teams"), size="1", weight="medium", color=tokens.TEXT_MUTED, margin_top="var(--space-3)"
                    ),
                ),
                rx.foreach(AccountState.teams, _team_tab),
                rx.cond(AccountState.can_create_teams, _tab(shell.NEW_TEAM, say("create-a-team"), "circle_plus")),
                spacing="1",
                width="100%",
                align="stretch",
            ),
            aria_label=say("account-settings"),
            width=["100%", "100%", _RAIL],
            flex_shrink="0",
            display=[_when_open("none", "block")] * 2 + ["block"],
        ),
        rx.vstack(
            rx.box(
                ui.button(say("all-settings"), kind="quiet", icon="arrow_left", on_click=AccountState.close_tab),
                display=["block", "block", "none"],
                padding_x="var(--space-2)",
            ),
            _open_tab(),
            spacing="5",
            width="100%",
            min_width="0",
            max_width=_CONTENT,
            display=[_when_open("flex", "none")] * 2 + ["flex"],
        ),
        gap="var(--space-7)",
        align="start",
        width="100%",
    )


def _when_open(opened: str, closed: str) -> object:
    return rx.cond(AccountState.is_open, opened, closed)


def _open_tab() -> rx.Component:
    return rx.match(
        AccountState.tab,
        (shell.AUTH, sign_in.auth_tab()),
        (shell.NOTIFICATIONS, access.notifications_tab()),
        (shell.SESSIONS, access.sessions_tab()),
        (shell.API_KEYS, keys.keys_section(say("api-keys"))),
        (shell.SETTINGS, profile.settings_tab()),
        (shell.TEAM, team.team_tab()),
        (shell.NEW_TEAM, ui.section(say("create-a-team"), team_form())),
        profile.profile_tab(),
    )


def _tab(tab: str, label: rx.Var[str], icon: str) -> rx.Component:
    return _tab_button(
        ui.icon(icon, size=16), label, is_open=AccountState.tab == tab, on_click=AccountState.open_tab(tab)
    )


def _extra_item(item: rx.vars.ObjectVar[ExtraItem]) -> rx.Component:
    """Return an entry that only tells the page around of itself (`assets/embed_frame.js`)."""
    icons = [(name, ui.icon(name.replace("-", "_"), size=16)) for name in ICONS]
    return _tab_button(
        rx.match(item.icon, *icons, ui.icon("dot", size=16)),
        item.text,
        is_open=False,
        custom_attrs={"data-tells": ui.text_of("item:", item.id)},
    )


def _team_tab(team: rx.vars.ObjectVar[TeamTab]) -> rx.Component:
    return _tab_button(
        ui.avatar(team.initials, image=team.image, size="1"),
        team.name,
        is_open=ui.all_of(AccountState.tab == shell.TEAM, AccountState.team_id == team.id),
        on_click=AccountState.open_tab(ui.text_of("team-", team.id)),
    )


def _tab_button(
    sign: rx.Component, label: object, *, is_open: object, custom_attrs: dict[str, Any] | None = None, **events: Any
) -> rx.Component:
    return rx.el.button(
        sign,
        rx.el.span(label, style=tokens.ONE_LINE, min_width="0", dir="auto"),
        type="button",
        custom_attrs={"aria-current": rx.cond(is_open, "page", "false"), **(custom_attrs or {})},
        **events,
        style={
            "display": "flex",
            "align_items": "center",
            "gap": "var(--space-2)",
            "width": "100%",
            "min_height": "var(--space-7)",
            "padding": "0 var(--space-3)",
            "border": "0",
            "border_radius": "var(--radius-3)",
            "font": "inherit",
            "font_size": "var(--font-size-2)",
            "text_align": "start",
            "cursor": "pointer",
            "color": tokens.TEXT,
            "font_weight": rx.cond(is_open, "600", "400"),
            "background": rx.cond(is_open, rx.color("accent", 3), "transparent"),
            "_hover": {"background": rx.color("gray", 3)},
            "_focus_visible": {"outline": f"2px solid {rx.color('accent', 8)}"},
        },
    )
