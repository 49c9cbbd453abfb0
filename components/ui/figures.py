"""Numbers: one with its name, bars over days that follow the theme, and a map of countries."""

from collections.abc import Sequence
from typing import Final

import reflex as rx
from plotly.graph_objs.layout import Template  # type: ignore[import-untyped]  # plotly comes without types

from components.ui import tokens
from components.ui.icons import icon
from components.ui.layout import card

CHART_HEIGHT: Final = "18rem"
MAP_STEPS: Final = (5, 7, 8, 9, 11)  # of the accent scale, for few to many
WORLD: Final = (921, 432)  # width and height of the outlines in assets/world.js
_MAP_LOOK: Final = {
    "& .hx-map": {
        "position": "relative",
        "aspect_ratio": f"{WORLD[0]} / {WORLD[1]}",
        "width": "100%",
        "align_self": "start",
    },
    "& .hx-map svg": {"display": "block", "width": "100%", "overflow": "visible"},
    "& .hx-map :is(path, circle)": {
        "fill": rx.color("gray", 4),
        "stroke": tokens.SURFACE,
        "stroke_width": "0.75",
        "vector_effect": "non-scaling-stroke",
    },
    "& .hx-map [data-step]": {"cursor": "pointer"},
    **{
        f"& .hx-map [data-step='{step}']": {"fill": rx.color("accent", shade)}
        for step, shade in enumerate(MAP_STEPS, start=1)
    },
    "& .hx-map [data-pointed]": {"stroke": tokens.TEXT, "stroke_width": "2"},
    "& .hx-map-tip": {
        "position": "absolute",
        "z_index": "1",
        "display": "grid",
        "width": "max-content",
        "max_width": "16rem",
        "padding": "var(--space-2) var(--space-3)",
        "border_radius": "var(--radius-3)",
        "background": tokens.TEXT,
        "color": tokens.CANVAS,
        "font_size": "var(--font-size-1)",
        "pointer_events": "none",
    },
    "@media (prefers-reduced-motion: no-preference)": {
        "& .hx-map :is(path, circle)": {"transition": "stroke-width 150ms"}
    },
    "@media (forced-colors: active)": {
        "& .hx-map :is(path, circle)": {"forced_color_adjust": "none"},
        "& .hx-map-tip": {"border": "1px solid"},
    },
}


class WorldMap(rx.Component):
    """A map beside what stands in it (`assets/world_map.js`)."""

    library = "$/public/world_map.js"
    tag = "WorldMap"

    places: rx.Var[list[object]]
    label: rx.Var[str]


def world_map(places: object, *children: rx.Component, label: str | rx.Var[str]) -> rx.Component:
    """Return a map of countries with what stands beside it: the list that says the same in words.

    A place has `id` (two letters), `label`, `users`, `address` and its `step` of the colours, from 1 on. What has the
    attribute `data-country` in the children shows its country on the map while it is pointed at.
    """
    return WorldMap.create(
        *children,
        places=places,
        label=label,
        style={
            "display": "grid",
            "grid_template_columns": "minmax(0, 1fr)",
            "gap": "var(--space-5)",
            "width": "100%",
            "@media (min-width: 64em)": {"grid_template_columns": "minmax(0, 7fr) minmax(0, 5fr)"},
            **_MAP_LOOK,
        },
    )


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
