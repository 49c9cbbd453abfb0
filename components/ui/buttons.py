"""Buttons do things, link buttons go to places."""

from typing import Any, Final, Literal, get_args

import reflex as rx

from components.ui import icons

Kind = Literal["primary", "secondary", "quiet", "danger"]

# The theme's own colour under the pointer is too pale for white text in the dark.
_SOLID_HOVER: Final = {"background": "var(--accent-9)", "filter": "brightness(0.92)"}
_LOOKS: Final[dict[Kind, dict[str, Any]]] = {
    "primary": {"variant": "solid", "_hover": _SOLID_HOVER},
    "secondary": {"variant": "surface", "color_scheme": "gray"},
    "quiet": {"variant": "ghost", "color_scheme": "gray"},
    "danger": {"variant": "surface", "color_scheme": "red"},  # white on solid red is too pale to read
}


def button(
    label: str | rx.Var[str],
    *,
    kind: Kind = "primary",
    icon: str = "",
    pending: bool | rx.Var[bool] = False,
    **props: Any,
) -> rx.Component:
    """Return a button that is disabled and shows a spinner while `pending`."""
    contents = (icons.icon(icon), label) if icon else (label,)
    props.setdefault("type", "button")
    return rx.button(*contents, loading=pending, **_look(kind), **props)


def icon_button(icon: str, label: str | rx.Var[str], *, kind: Kind = "quiet", **props: Any) -> rx.Component:
    """Return a button that shows only an icon; the label is what it is called for assistive technology."""
    return rx.icon_button(
        icons.icon(icon, size=18), aria_label=label, title=label, type="button", **_look(kind), **props
    )


def toggle_button(label: str | rx.Var[str], *, is_on: bool | rx.Var[bool], **props: Any) -> rx.Component:
    """Return a button that stays pressed, to choose what a list shows."""
    return rx.button(
        label,
        type="button",
        size="2",
        variant=rx.cond(is_on, "soft", "surface"),
        color_scheme=rx.cond(is_on, "indigo", "gray"),
        high_contrast=True,
        custom_attrs={"aria-pressed": rx.cond(is_on, "true", "false")},
        **props,
    )


def link_button(
    label: str | rx.Var[str],
    href: str | rx.Var[str],
    *,
    kind: Kind = "primary",
    opens_new_tab: bool = False,
    **props: Any,
) -> rx.Component:
    """Return a link that looks like a button."""
    look = _look(kind)
    # The link needs the colours, too: its own defaults would win over the button's.
    link = rx.link(
        label,
        href=href,
        is_external=opens_new_tab,
        underline="none",
        color="var(--accent-contrast)" if look["variant"] == "solid" else "var(--accent-a11)",
        color_scheme=look.get("color_scheme"),
    )
    return rx.button(link, as_child=True, **look, **props)


def _look(kind: Kind) -> dict[str, Any]:
    if kind not in _LOOKS:
        msg = f"Unknown kind of button {kind!r}; there are {', '.join(get_args(Kind))}."
        raise ValueError(msg)
    return _LOOKS[kind]
