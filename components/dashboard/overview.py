"""The overview of a project."""

from typing import Any, Final

import reflex as rx

from components import ui
from components.dashboard import lists
from components.dashboard.overview_lists import (
    countries,
    delivery,
    quick_access,
    ranks,
    recent_mails,
    recent_sign_ups,
)
from components.dashboard.rail import where_installed
from components.dashboard.reveal import revealed_keys, snippet_tabs
from components.dashboard.shell import project_page
from components.ui import tokens, words
from state.dashboard import paths
from state.dashboard.overview import ALL, CUSTOM, OverviewState
from state.dashboard.overview_charts import MAILS, SIGN_UPS, USERS, Day
from state.dashboard.reveal import RevealState
from state.dashboard.shell import ShellState

_RANGES: Final = (
    ("7", words("overview-range-days", count=7)),
    ("30", words("overview-range-days", count=30)),
    ("90", words("overview-range-days", count=90)),
    ("365", words("overview-range-year")),
    (ALL, words("overview-range-all")),
)
_CHARTS: Final = (
    (SIGN_UPS, words("overview-bars"), OverviewState.sign_ups, ()),
    (USERS, words("overview-users"), OverviewState.growth, ()),
    (MAILS, words("overview-mails"), OverviewState.mails, tokens.CHART_OUTCOMES),
)


def page() -> rx.Component:
    """Return the figures of the open project."""
    return project_page(
        rx.cond(
            OverviewState.error,
            ui.error_state(OverviewState.error, on_retry=OverviewState.load),
            rx.cond(ui.any_of(OverviewState.is_loading, OverviewState.has_users), _figures(), _next_steps()),
        ),
        _days_dialog(),
        here="overview",
        title=words("overview-title"),
        action=rx.cond(OverviewState.has_users, _ranges()),
    )


def _figures() -> rx.Component:
    halves = rx.breakpoints(initial="1", md="2")
    return rx.vstack(
        _tiles(),
        _charts(),
        rx.grid(recent_sign_ups(), recent_mails(), columns=halves, spacing="4", width="100%"),
        countries(),
        rx.grid(
            ranks(words("overview-methods"), OverviewState.methods, empty=words("overview-no-methods")),
            delivery(),
            columns=halves,
            spacing="4",
            width="100%",
        ),
        quick_access(),
        spacing="4",
        width="100%",
    )


def _ranges() -> rx.Component:
    segments = rx.segmented_control.root(
        *[rx.segmented_control.item(label, value=value) for value, label in _RANGES],
        value=OverviewState.range,
        on_change=OverviewState.choose_range,
        aria_label=words("overview-range"),
        display=rx.breakpoints(initial="none", sm="inline-grid"),
    )
    narrow = rx.box(
        ui.select_box(
            words("overview-range"),
            [*_RANGES, (CUSTOM, words("overview-range-custom"))],
            name="overview-range",
            value=OverviewState.range,
            on_change=OverviewState.choose_range,
        ),
        display=rx.breakpoints(initial="block", sm="none"),
    )
    return rx.hstack(
        segments,
        narrow,
        ui.icon_button("calendar_range", words("overview-range-custom"), on_click=OverviewState.toggle_custom(True)),
        ui.icon_button("refresh_cw", words("overview-refresh"), on_click=OverviewState.refresh),
        align="center",
        wrap="wrap",
        spacing="4",
    )


def _days_dialog() -> rx.Component:
    return ui.form_dialog(
        words("overview-range-custom"),
        ui.text_field(
            words("overview-first-day"), name="first_day", type="date", default_value=OverviewState.first_day
        ),
        ui.text_field(words("overview-last-day"), name="last_day", type="date", default_value=OverviewState.last_day),
        submit_label=words("overview-show"),
        is_open=OverviewState.is_custom_open,
        error=OverviewState.problem,
        on_submit=OverviewState.choose_days,
        on_open_change=OverviewState.toggle_custom,
    )


def _tiles() -> rx.Component:
    users = paths.users(ShellState.project.id)
    lately = f"{users}?lastActiveOrder=desc"
    return rx.grid(
        _tile("users", words("overview-users"), OverviewState.total, users),
        _tile("activity", words("overview-active-month"), OverviewState.active_month, lately),
        _tile("zap", words("overview-active"), OverviewState.active_day, lately),
        where_installed(
            {"emails"},
            _tile("mail", words("overview-mails"), OverviewState.mails.value, paths.emails(ShellState.project.id)),
        ),
        columns=rx.breakpoints(initial="1", xs="2", md="4"),
        spacing="4",
        width="100%",
    )


def _tile(icon: str, label: str, value: str | rx.Var[str], address: str | rx.Var[str]) -> rx.Component:
    figure = rx.cond(OverviewState.is_loading, rx.skeleton(rx.text("000", size="7")), rx.text(value, size="7"))
    return lists.link_card(
        rx.vstack(
            rx.hstack(ui.icon(icon), rx.text(label, size="2"), color=tokens.TEXT_MUTED, align="center", spacing="2"),
            rx.box(figure, font_weight="600", style={"fontVariantNumeric": "tabular-nums"}),
            spacing="2",
        ),
        href=address,
    )


def _charts() -> rx.Component:
    tabs = rx.tabs.root(
        rx.tabs.list(*[_pill(value, label, told) for value, label, told, _ in _CHARTS], wrap="wrap"),
        *[
            rx.tabs.content(
                ui.day_chart(
                    OverviewState.chart,
                    label=words("overview-chart-says", what=label, summary=OverviewState.summary),
                    colours=colours,
                ),
                value=value,
                padding_top="var(--space-4)",
            )
            for value, label, _, colours in _CHARTS
        ],
        value=OverviewState.chart_name,
        on_change=OverviewState.choose_chart,
        width="100%",
    )
    content = rx.vstack(
        rx.text(OverviewState.span, size="2", color=tokens.TEXT_MUTED),
        tabs,
        rx.text(OverviewState.summary, size="2", color=tokens.TEXT_MUTED),
        _numbers(),
        width="100%",
        min_width="0",
    )
    return ui.card(
        rx.el.section(
            rx.cond(OverviewState.is_loading, rx.skeleton(rx.box(height=ui.CHART_HEIGHT, width="100%")), content),
            aria_label=words("overview-charts"),
            width="100%",
        )
    )


def _pill(value: str, label: str, told: Any) -> rx.Component:  # the type checker sees the value of a var
    colour = rx.cond(told.has_grown, rx.color("green", 11), rx.color("red", 11))
    percent = rx.text(told.percent, size="1", weight="medium", color=colour, title=told.words)
    return rx.tabs.trigger(
        rx.vstack(
            rx.text(label, size="1"),
            rx.hstack(
                rx.text(told.value, size="4", weight="bold", style={"fontVariantNumeric": "tabular-nums"}),
                rx.cond(told.percent, percent),
                align="baseline",
                spacing="2",
            ),
            spacing="1",
            align="start",
        ),
        value=value,
        height="auto",
        padding_y="var(--space-2)",
    )


def _numbers() -> rx.Component:
    table = ui.data_table(
        (
            words("overview-column-day"),
            words("overview-column-sign-ups"),
            words("overview-users"),
            words("overview-mails-delivered"),
            words("overview-mails-failed"),
        ),
        rx.foreach(OverviewState.days, _day),
        caption=words("overview-numbers-table"),
    )
    return rx.el.details(
        rx.el.summary(words("overview-numbers"), cursor="pointer", font_size="var(--font-size-2)"),
        rx.box(
            table,
            max_height="20rem",
            overflow_y="auto",
            tab_index=0,
            role="region",
            aria_label=words("overview-numbers-region"),
        ),
        ui.button(
            words("overview-download"), kind="secondary", size="1", icon="download", on_click=OverviewState.download
        ),
        width="100%",
    )


def _day(day: rx.vars.ObjectVar[Day]) -> rx.Component:
    last = rx.cond(day.last_date, day.last_date, day.date)
    address = f"{paths.users(ShellState.project.id)}?from={day.date}&to={last}"
    return lists.table_row(
        day.date,
        rx.link(day.label, href=address, size="2"),
        lists.cell(ui.text_of(day.sign_ups)),
        lists.cell(ui.text_of(day.users)),
        lists.cell(ui.text_of(day.delivered)),
        lists.cell(ui.text_of(day.failed)),
    )


def _next_steps() -> rx.Component:
    first_user = ui.section(
        words("overview-first-user"),
        rx.hstack(ui.link_button(words("overview-open-sign-up"), ShellState.hosted_sign_up_url, opens_new_tab=True)),
        text=words("overview-first-user-text"),
    )
    make = ui.button(
        words("overview-create-keys"), kind="secondary", icon="key_round", on_click=OverviewState.create_keys
    )
    connect = ui.section(
        words("overview-connect"),
        ui.code_snippet("npm install @stackframe/js", label=words("overview-installation")),
        rx.cond(
            ui.has_items(RevealState.keys),
            revealed_keys(),
            rx.vstack(rx.hstack(make), snippet_tabs(OverviewState.guide), spacing="4", width="100%", min_width="0"),
        ),
        text=words("overview-connect-text"),
        action=ui.link_button(words("overview-keys"), paths.keys(ShellState.project.id), kind="secondary"),
    )
    return rx.vstack(first_user, connect, spacing="5", width="100%")
