"""Puts the module that says the texts of pages (`components/ui/language.js`) among the modules of the page build."""

from pathlib import Path
from typing import Final, Unpack

from reflex_base.plugins.base import Plugin, PreCompileContext

_SOURCE: Final = Path(__file__).resolve().parent.parent / "components" / "ui" / "language.js"


class PageLanguage(Plugin):
    """Makes `$/utils/language` a module that components can import."""

    def pre_compile(self, **context: Unpack[PreCompileContext]) -> None:
        """Register the module; it is copied before anything is bundled."""
        context["add_save_task"](_module)


def _module() -> tuple[str, str]:
    return "utils/language.js", _SOURCE.read_text(encoding="utf-8")
