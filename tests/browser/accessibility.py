"""Finds what axe-core calls an accessibility problem, and what does not fit on the screen."""

import os
import shutil
import subprocess
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Page

from tests.browser.styles import unstyled

FOLDER = Path(__file__).parent
AXE = FOLDER / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
SCHEMES: tuple[Literal["dark", "light"], ...] = ("dark", "light")  # the last one stays
WIDTHS = (320, 768, 1440)


@lru_cache(maxsize=1)
def axe_source() -> str:
    """The locked axe-core, installed at first use."""
    if not AXE.exists():
        binaries = Path(sys.executable).parent
        npm = shutil.which("npm", path=str(binaries)) or "npm"
        path = f"{binaries}{os.pathsep}{os.environ.get('PATH', '')}"
        subprocess.run([npm, "ci", "--ignore-scripts"], cwd=FOLDER, check=True, env=os.environ | {"PATH": path})
    return AXE.read_text(encoding="utf-8")


# What is half faded in has no contrast yet. An animation that was cancelled has ended, too; endless ones do not count.
_END_OF_ANIMATIONS = """() => Promise.allSettled(
    document.getAnimations().filter(one => one.effect.getComputedTiming().endTime !== Infinity).map(one => one.finished)
)"""


def problems(page: Page) -> list[str]:
    """Every violation on the page as it is now in both colour schemes, with the elements concerned, and lost styles."""
    page.evaluate(axe_source())
    found = unstyled(page)
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        page.evaluate(_END_OF_ANIMATIONS)
        violations: list[dict[str, Any]] = page.evaluate(
            "rules => axe.run({runOnly: rules}).then(result => result.violations)", RULES
        )
        found += [f"{scheme} {one['id']}: {[node['html'][:160] for node in one['nodes'][:3]]}" for one in violations]
    return found


# A dialog has its own box above the page: neither it nor what is in it may stand out.
# Pages that measure themselves follow a new width some frames later; what stays too wide is too wide.
_OVERFLOW = """async () => {
    const page = document.documentElement;
    const measure = () => {
        const dialogs = [...document.querySelectorAll('[role=dialog], [role=alertdialog]')].map(one => Math.max(
            Math.floor(one.getBoundingClientRect().right) - page.clientWidth, one.scrollWidth - one.clientWidth));
        return Math.max(page.scrollWidth - page.clientWidth, ...dialogs);
    };
    for (let frames = 60; frames > 0 && measure() !== 0; frames--) {
        await new Promise(requestAnimationFrame);
    }
    return measure();
}"""


def overflow(page: Page, width: int) -> int:
    """How many pixels of the page or of an open dialog stand out at that width of the screen."""
    page.set_viewport_size({"width": width, "height": 900})
    pixels: int = page.evaluate(_OVERFLOW)
    return pixels
