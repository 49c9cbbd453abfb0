"""Numbers: one with its name, and bars over days that follow the theme."""

from collections.abc import Sequence
from typing import Final

import reflex as rx
from plotly.graph_objs.layout import Template  # type: ignore[import-untyped]  # plotly comes without types

from components.ui import tokens
from components.ui.icons import icon
from components.ui.layout import card

CHART_HEIGHT: Final = "18rem"


def stat(
    icon_name: str, label: str, value: str | rx.Var[str], *, is_loading: bool | rx.Var[bool] = False
) -> rx.Component:
    """Return a card with a number and what it counts."""
    figure = rx.cond(is_loading, rx.skeleton(rx.text("000", size="7")), rx.text(value, size="7"))
    return card(
        rx.vstack(
            rx.hstack(icon(icon_name), rx.text(label, size="2"), color=tokens.TEXT_MUTED, align="center", spacing="2"),
            rx.box(figure, font_weight="600"),
            spacing="2",
        ),
        padding="var(--space-4)",
    )


def day_chart(figure: object, *, label: str | rx.Var[str], colours: Sequence[str] = ()) -> rx.Component:
    """Return a Plotly figure over days in the colours of the theme; the label says what it shows.

    `colours` are for series that mean something good or bad; without them series are told apart only.
    """
    plot = rx.plotly.basic(
        data=figure,
        template=rx.color_mode_cond(
            light=_look(tokens.CHART_LIGHT, colours), dark=_look(tokens.CHART_DARK, colours)
        ).to(Template),
        config={"displayModeBar": False, "responsive": True},
        use_resize_handler=True,
        width="100%",
        height="100%",
    )
    return rx.box(
        plot,
        role="img",
        aria_label=label,
        width="100%",
        height=CHART_HEIGHT,
        min_width="0",
        overflow="hidden",  # until the chart has followed a narrower screen
    )


def _look(colors: dict[str, str], series: Sequence[str]) -> dict[str, object]:
    axis = {"gridcolor": colors["grid"], "zeroline": False, "automargin": True}
    return {
        "layout": {
            "autosize": True,
            "colorway": [*series] or [colors["bar"], colors["line"]],
            "font": {"color": colors["text"], "size": 12, "family": tokens.CHART_FONT},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "margin": {"l": 36, "r": 8, "t": 8, "b": 36},
            "bargap": 0.3,
            "showlegend": False,
            "xaxis": {**axis, "showgrid": False, "type": "date", "tickformat": "%-d %b", "fixedrange": True},
            "yaxis": {**axis, "rangemode": "tozero", "tickformat": ",d", "nticks": 5, "fixedrange": True},
        }
    }
