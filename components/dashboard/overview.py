"""The overview of a project."""

import reflex as rx

from components import ui
from components.dashboard.reveal import snippet_tabs
from components.dashboard.shell import project_page
from components.ui import tokens, words
from state.dashboard import paths
from state.dashboard.overview import Day, OverviewState
from state.dashboard.shell import ShellState


def page() -> rx.Component:
    """Return the figures of the open project."""
    return project_page(
        rx.cond(
            OverviewState.error,
            ui.error_state(OverviewState.error, on_retry=OverviewState.load),
            rx.fragment(
                _tiles(), rx.cond(ui.any_of(OverviewState.is_loading, OverviewState.has_users), _chart(), _next_steps())
            ),
        ),
        here="overview",
        title=words("overview-title"),
    )


def _tiles() -> rx.Component:
    loading = OverviewState.is_loading
    return rx.grid(
        ui.stat("users", words("overview-users"), OverviewState.total, is_loading=loading),
        ui.stat("activity", words("overview-active"), OverviewState.active, is_loading=loading),
        ui.stat("user_plus", words("overview-recent"), OverviewState.recent, is_loading=loading),
        columns=rx.breakpoints(initial="1", sm="3"),
        spacing="4",
        width="100%",
    )


def _chart() -> rx.Component:
    return ui.section(
        words("overview-chart"),
        rx.cond(
            OverviewState.is_loading,
            rx.skeleton(rx.box(height=ui.CHART_HEIGHT)),
            rx.vstack(
                ui.day_chart(OverviewState.chart, label=words("overview-chart-says", summary=OverviewState.summary)),
                rx.text(OverviewState.summary, size="2", color=tokens.TEXT_MUTED),
                _numbers(),
                width="100%",
            ),
        ),
        text=words("overview-chart-text"),
    )


def _numbers() -> rx.Component:
    return rx.el.details(
        rx.el.summary(words("overview-numbers"), cursor="pointer", font_size="var(--font-size-2)"),
        rx.box(
            ui.data_table(
                (words("overview-column-day"), words("overview-column-sign-ups")),
                rx.foreach(OverviewState.days, _day),
                caption=words("overview-numbers-table"),
            ),
            max_height="20rem",
            overflow_y="auto",
            tab_index=0,
            role="region",
            aria_label=words("overview-numbers-region"),
        ),
        width="100%",
    )


def _day(day: rx.vars.ObjectVar[Day]) -> rx.Component:
    return rx.table.row(rx.table.row_header_cell(day.label), rx.table.cell(day.count))


def _next_steps() -> rx.Component:
    first_user = ui.section(
        words("overview-first-user"),
        rx.hstack(ui.link_button(words("overview-open-sign-up"), ShellState.hosted_sign_up_url, opens_new_tab=True)),
        text=words("overview-first-user-text"),
    )
    connect = ui.section(
        words("overview-connect"),
        ui.code_snippet("npm install @stackframe/js", label=words("overview-installation")),
        snippet_tabs(OverviewState.guide),
        text=words("overview-connect-text"),
        action=ui.link_button(words("overview-keys"), paths.keys(ShellState.project.id), kind="secondary"),
    )
    return rx.vstack(first_user, connect, spacing="5", width="100%")
