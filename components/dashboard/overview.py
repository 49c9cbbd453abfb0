"""The overview of a project."""

import reflex as rx

from components import ui
from components.dashboard.reveal import snippet_tabs
from components.dashboard.shell import project_page
from components.ui import tokens
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
        title="Overview",
    )


def _tiles() -> rx.Component:
    loading = OverviewState.is_loading
    return rx.grid(
        ui.stat("users", "Users", OverviewState.total, is_loading=loading),
        ui.stat("activity", "Active in the last 24 hours", OverviewState.active, is_loading=loading),
        ui.stat("user_plus", "Sign-ups in 30 days", OverviewState.recent, is_loading=loading),
        columns=rx.breakpoints(initial="1", sm="3"),
        spacing="4",
        width="100%",
    )


def _chart() -> rx.Component:
    return ui.section(
        "Sign-ups per day",
        rx.cond(
            OverviewState.is_loading,
            rx.skeleton(rx.box(height=ui.CHART_HEIGHT)),
            rx.vstack(
                ui.day_chart(OverviewState.chart, label=ui.text_of("Sign-ups per day: ", OverviewState.summary)),
                rx.text(OverviewState.summary, size="2", color=tokens.TEXT_MUTED),
                _numbers(),
                width="100%",
            ),
        ),
        text="The last 30 days, in UTC.",
    )


def _numbers() -> rx.Component:
    return rx.el.details(
        rx.el.summary("Show the numbers", cursor="pointer", font_size="var(--font-size-2)"),
        rx.box(
            ui.data_table(("Day", "Sign-ups"), rx.foreach(OverviewState.days, _day), caption="Sign-ups per day"),
            max_height="20rem",
            overflow_y="auto",
            tab_index=0,
            role="region",
            aria_label="Sign-ups per day, as numbers",
        ),
        width="100%",
    )


def _day(day: rx.vars.ObjectVar[Day]) -> rx.Component:
    return rx.table.row(rx.table.row_header_cell(day.label), rx.table.cell(day.count))


def _next_steps() -> rx.Component:
    first_user = ui.section(
        "1. Create the first user",
        rx.hstack(ui.link_button("Open the sign-up page", ShellState.hosted_sign_up_url, opens_new_tab=True)),
        text="The hosted pages work without a line of code. Whoever signs up there appears here at once.",
    )
    connect = ui.section(
        "2. Connect your application",
        ui.code_snippet("npm install @stackframe/js", label="Installation"),
        snippet_tabs(OverviewState.guide),
        text="Put in the keys that were shown when the project was created, or make new ones.",
        action=ui.link_button("Project keys", paths.keys(ShellState.project.id), kind="secondary"),
    )
    return rx.vstack(first_user, connect, spacing="5", width="100%")
