"""The overview of a project."""

from typing import Final

import reflex as rx
from plotly.graph_objs.layout import Template  # type: ignore[import-untyped]  # plotly comes without types

from components import ui
from components.dashboard.reveal import snippet_tabs
from components.dashboard.shell import project_page
from components.ui import tokens
from components.ui.icons import icon
from state.dashboard import paths
from state.dashboard.overview import Day, OverviewState
from state.dashboard.shell import ShellState

_CHART_HEIGHT: Final = "18rem"


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
    return rx.grid(
        _tile("users", "Users", OverviewState.total),
        _tile("activity", "Active in the last 24 hours", OverviewState.active),
        _tile("user_plus", "Sign-ups in 30 days", OverviewState.recent),
        columns=rx.breakpoints(initial="1", sm="3"),
        spacing="4",
        width="100%",
    )


def _tile(icon_name: str, label: str, value: str | rx.Var[str]) -> rx.Component:
    figure = rx.cond(OverviewState.is_loading, rx.skeleton(rx.text("000", size="7")), rx.text(value, size="7"))
    return ui.card(
        rx.vstack(
            rx.hstack(icon(icon_name), rx.text(label, size="2"), color=tokens.TEXT_MUTED, align="center", spacing="2"),
            rx.box(figure, font_weight="600"),
            spacing="2",
        ),
        padding="var(--space-4)",
    )


def _chart() -> rx.Component:
    plot = rx.plotly.basic(
        data=OverviewState.chart,
        template=rx.color_mode_cond(light=_look(tokens.CHART_LIGHT), dark=_look(tokens.CHART_DARK)).to(Template),
        config={"displayModeBar": False, "responsive": True},
        use_resize_handler=True,
        width="100%",
        height="100%",
    )
    return ui.section(
        "Sign-ups per day",
        rx.cond(
            OverviewState.is_loading,
            rx.skeleton(rx.box(height=_CHART_HEIGHT)),
            rx.vstack(
                rx.box(
                    plot,
                    role="img",
                    aria_label=ui.text_of("Sign-ups per day: ", OverviewState.summary),
                    width="100%",
                    height=_CHART_HEIGHT,
                    min_width="0",
                    overflow="hidden",  # until the chart has followed a narrower screen
                ),
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


def _look(colors: dict[str, str]) -> dict[str, object]:
    axis = {"gridcolor": colors["grid"], "zeroline": False, "automargin": True}
    return {
        "layout": {
            "autosize": True,
            "colorway": [colors["bar"]],
            "font": {"color": colors["text"], "size": 12},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "margin": {"l": 36, "r": 8, "t": 8, "b": 36},
            "bargap": 0.3,
            "showlegend": False,
            "xaxis": {**axis, "showgrid": False, "type": "date", "tickformat": "%-d %b", "fixedrange": True},
            "yaxis": {**axis, "rangemode": "tozero", "tickformat": ",d", "nticks": 5, "fixedrange": True},
        }
    }
