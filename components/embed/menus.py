"""The user button and the team switcher: a button with a menu below it.

The menu is a `<details>` in the flow of the part, so that the frame grows with it; `assets/embed_frame.js` closes it.
"""

from typing import Any

import reflex as rx
from reflex.event import EventType

from components import ui
from components.embed.frame import embedded_part
from components.ui import say, tokens
from state.embed.frame import EmbedState
from state.embed.items import ExtraItem
from state.embed.teams import TeamChoice, TeamSwitcherState
from state.embed.user import UserButtonState

_MENU_WIDTH = "15rem"


def user_button() -> rx.Component:
    """Return who is signed in, with the ways to the account and out."""
    return embedded_part(
        _menu(
            rx.cond(
                UserButtonState.is_somebody,
                ui.avatar(UserButtonState.initials, image=UserButtonState.image, size="2", radius="full"),
                rx.center(ui.icon("circle_user_round", size=24), width="var(--space-6)", height="var(--space-6)"),
            ),
            rx.cond(
                ui.all_of(UserButtonState.shows_info, UserButtonState.is_somebody),
                _two_lines(UserButtonState.name, UserButtonState.email),
            ),
            title=say("account"),
            label=rx.cond(
                ui.all_of(UserButtonState.is_somebody, UserButtonState.shows_info),
                say("account"),
                rx.cond(
                    UserButtonState.is_somebody,
                    say("account-of", name=UserButtonState.name),
                    say("account-of-nobody"),
                ),
            ),
            items=rx.cond(UserButtonState.is_somebody, _account_items(), _entrance_items()),
        ),
        width="max-content",
    )


def team_switcher() -> rx.Component:
    """Return the chosen team, with the others below."""
    return embedded_part(
        _menu(
            rx.cond(
                TeamSwitcherState.chosen_name,
                ui.avatar(TeamSwitcherState.chosen_initials, image=TeamSwitcherState.chosen_image, size="1"),
                ui.icon("users", size=18),
            ),
            rx.text(TeamSwitcherState.shown_name, size="2", weight="medium", style=tokens.ONE_LINE),
            ui.icon("chevrons_up_down", size=16),
            title=say("teams"),
            label=say("team"),
            items=rx.cond(TeamSwitcherState.is_somebody, _team_items(), _entrance_items()),
        ),
        width="max-content",
    )


def _menu(*button: rx.Component, title: rx.Var[str], label: rx.Var[str], items: rx.Component) -> rx.Component:
    return rx.box(rx.el.h1(title, style=tokens.HIDDEN_FROM_SIGHT), _details(*button, label=label, items=items))


def _details(*button: rx.Component, label: rx.Var[str], items: rx.Component) -> rx.Component:
    return rx.el.details(
        rx.el.summary(
            rx.el.span(label, style=tokens.HIDDEN_FROM_SIGHT),
            *button,
            style={
                "display": "inline-flex",
                "align_items": "center",
                "gap": "var(--space-2)",
                "max_width": _MENU_WIDTH,
                "padding": "var(--space-1)",
                "border_radius": "var(--radius-4)",
                "color": tokens.TEXT,
                "cursor": "pointer",
                "list_style": "none",
                "vertical_align": "top",
                "_hover": {"background": rx.color("gray", 4)},
                "_focus_visible": {"outline": f"2px solid {rx.color('accent', 8)}"},
                "&::-webkit-details-marker": {"display": "none"},
            },
        ),
        rx.box(
            items,
            class_name="hx-items",
            width=_MENU_WIDTH,
            margin_top="var(--space-1)",
            padding="var(--space-2)",
            text_align="start",
            background=tokens.SURFACE,
            border=f"1px solid {tokens.BORDER}",
            border_radius="var(--radius-4)",
        ),
        class_name="hx-menu",
        style={"[data-align='end'] &": {"text_align": "end"}},
    )


def _account_items() -> rx.Component:
    return rx.fragment(
        rx.box(_two_lines(UserButtonState.name, UserButtonState.email), padding="var(--space-2)"),
        _item("settings", say("account-settings"), tells="navigate:account-settings"),
        rx.foreach(UserButtonState.extra_items, _extra_item),
        rx.cond(UserButtonState.has_theme_toggle, _item("sun_moon", say("light-or-dark"), tells="toggle-theme:theme")),
        _item("log_out", say("sign-out"), on_click=EmbedState.sign_out),
    )


def _entrance_items() -> rx.Component:
    return rx.fragment(
        _item("log_in", say("sign-in"), tells="navigate:sign-in"),
        _item("user_plus", say("sign-up"), tells="navigate:sign-up"),
        rx.cond(UserButtonState.has_theme_toggle, _item("sun_moon", say("light-or-dark"), tells="toggle-theme:theme")),
    )


def _extra_item(item: rx.vars.ObjectVar[ExtraItem]) -> rx.Component:
    return _item("dot", item.text, tells=ui.text_of("item:", item.id))


def _team_items() -> rx.Component:
    return rx.fragment(
        rx.cond(
            TeamSwitcherState.chosen_name,
            rx.fragment(
                _label(say("current-team")),
                _item(
                    "settings",
                    say("settings-of-team", team=TeamSwitcherState.chosen_name),
                    tells=ui.text_of("navigate:account-settings#team-", TeamSwitcherState.chosen_id),
                ),
            ),
        ),
        rx.cond(
            ui.all_of(TeamSwitcherState.allows_null, TeamSwitcherState.chosen_name),
            _item("user", TeamSwitcherState.null_label, on_click=TeamSwitcherState.choose("")),
        ),
        rx.cond(TeamSwitcherState.has_many, _search()),
        rx.cond(TeamSwitcherState.is_found, rx.fragment(), _note(say("no-such-team"), role="status")),
        rx.cond(
            ui.has_items(TeamSwitcherState.others),
            rx.fragment(
                _label(say("other-teams")),
                rx.box(
                    rx.foreach(TeamSwitcherState.others, _team_item),
                    max_height="20rem",
                    overflow_y="auto",
                ),
            ),
            rx.cond(
                ui.any_of(TeamSwitcherState.chosen_name, ui.none_of(TeamSwitcherState.is_found)),
                rx.fragment(),
                _note(say("in-no-team")),
            ),
        ),
        rx.cond(
            TeamSwitcherState.can_create,
            _item("circle_plus", say("create-a-team"), tells="navigate:team-creation"),
        ),
    )


def _search() -> rx.Component:
    return rx.box(
        rx.input(
            rx.input.slot(ui.icon("search")),
            placeholder=say("search-teams"),
            aria_label=say("search-teams"),
            type="search",
            max_length=60,
            key=TeamSwitcherState.chosen_id,
            on_change=TeamSwitcherState.find.debounce(150),
            width="100%",
        ),
        padding="var(--space-2)",
    )


def _note(text: rx.Var[str], **props: Any) -> rx.Component:
    return rx.text(text, size="2", color=tokens.TEXT_MUTED, padding="var(--space-2)", **props)


def _team_item(team: rx.vars.ObjectVar[TeamChoice]) -> rx.Component:
    return _row(
        ui.avatar(team.initials, image=team.image, size="1"),
        team.name,
        on_click=TeamSwitcherState.choose(team.id),
        key=team.id,
    )


def _label(text: rx.Var[str]) -> rx.Component:
    return rx.text(text, size="1", weight="medium", color=tokens.TEXT_MUTED, padding="var(--space-2)")


def _two_lines(first: rx.Var[str] | str, second: rx.Var[str] | str) -> rx.Component:
    return rx.box(
        rx.text(first, size="2", weight="medium", style=tokens.ONE_LINE),
        rx.cond(second != first, rx.text(second, size="1", color=tokens.TEXT_MUTED, style=tokens.ONE_LINE)),
        min_width="0",
        text_align="start",
    )


def _item(icon: str, label: object, *, tells: object = "", on_click: EventType[()] | None = None) -> rx.Component:
    props: dict[str, Any] = {"on_click": on_click} if on_click is not None else {"custom_attrs": {"data-tells": tells}}
    return _row(ui.icon(icon, size=16), label, **props)


def _row(sign: rx.Component, label: object, **props: Any) -> rx.Component:
    return rx.el.button(
        sign,
        rx.el.span(label, style=tokens.ONE_LINE, min_width="0"),
        type="button",
        style={
            "display": "flex",
            "align_items": "center",
            "gap": "var(--space-2)",
            "width": "100%",
            "min_height": "var(--space-6)",
            "padding": "0 var(--space-2)",
            "border": "0",
            "border_radius": "var(--radius-3)",
            "background": "transparent",
            "color": tokens.TEXT,
            "font": "inherit",
            "font_size": "var(--font-size-2)",
            "text_align": "start",
            "cursor": "pointer",
            "_hover": {"background": rx.color("gray", 4)},
            "_focus_visible": {"outline": f"2px solid {rx.color('accent', 8)}"},
        },
        **props,
    )
