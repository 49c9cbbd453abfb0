"""The providers' marks, drawn inline from `marks.json`: nothing is loaded from anywhere.

Brands have their own colours, not the theme's.
"""

import json
from pathlib import Path
from typing import Final, NamedTuple

import reflex as rx


class Brand(NamedTuple):
    """A provider's name, and the paths of its mark with their colours."""

    name: str
    paths: list[tuple[str, str]]


BRANDS: Final[dict[str, Brand]] = {
    provider: Brand(**brand)
    for provider, brand in json.loads(Path(__file__).with_name("marks.json").read_text(encoding="utf-8")).items()
}


def brand_mark(provider: str, *, size: str = "18") -> rx.Component:
    """Return a provider's mark; decoration beside its name."""
    paths = [rx.el.svg.path(d=path, fill=color) for path, color in BRANDS[provider].paths]
    return rx.el.svg(
        *paths,
        view_box="0 0 24 24",
        width=size,
        height=size,
        custom_attrs={"aria-hidden": "true", "focusable": "false"},
        flex_shrink="0",
    )
