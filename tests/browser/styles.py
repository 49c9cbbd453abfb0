"""Finds elements whose style the lean sheet (`hexclave_app/lean_styles.py`) should have kept and did not."""

import re
from functools import lru_cache

from playwright.sync_api import Page

from hexclave_app import frontend
from hexclave_app.lean_styles import SHEET

_WEB = frontend.ROOT / ".web"
_CLASS = re.compile(r"\.((?:xs\\:|sm\\:|md\\:|lg\\:|xl\\:)?rt-[\w-]+)")
# A colour whose scale is missing has no value.
_FOUND = """dropped => [...document.querySelectorAll('[class], [data-accent-color]')].flatMap(one => [
    ...[...one.classList].filter(name => dropped.includes(name)),
    ...(one.matches('[data-accent-color]:not([data-accent-color=""])')
        && !getComputedStyle(one).getPropertyValue('--accent-9').trim() ? [one.dataset.accentColor] : []),
])"""


@lru_cache(maxsize=1)
def dropped() -> list[str]:
    """The classes of Radix Themes that pages are delivered without."""
    whole = (_WEB / "node_modules" / "@radix-ui" / "themes" / "styles.css").read_text()
    return sorted(_classes(whole) - _classes((_WEB / "styles" / SHEET).read_text()))


def unstyled(page: Page) -> list[str]:
    """Every class and colour on the page as it is now that has no style any more."""
    found: list[str] = page.evaluate(_FOUND, dropped())
    return [f"no style: {one}" for one in sorted(set(found))]


def _classes(css: str) -> set[str]:
    return {name.replace("\\", "") for name in _CLASS.findall(css)}
