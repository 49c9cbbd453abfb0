"""How people and projects look in one square."""

from typing import Any

import reflex as rx


def avatar(initials: str | rx.Var[str], *, image: str | rx.Var[str] = "", **props: Any) -> rx.Component:
    """Return a picture, or the initials where there is none; decoration beside a written name."""
    props.setdefault("size", "2")
    return rx.avatar(
        src=image, fallback=initials, variant="soft", color_scheme="indigo", aria_hidden=True, flex_shrink="0", **props
    )
