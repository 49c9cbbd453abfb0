"""Brings the typeface of all pages: Inter, served by ourselves, in pieces of which a browser fetches what it shows."""

from typing import Unpack

from reflex_base.plugins.base import CommonContext, Plugin

PACKAGE = "@fontsource-variable/inter"


class Typeface(Plugin):
    """Adds the npm package and its style sheet; `assets/typeface.css` puts it to use."""

    def get_frontend_dependencies(self, **context: Unpack[CommonContext]) -> tuple[str, ...]:  # noqa: ARG002 -- Reflex's signature
        """Name the npm package."""
        return (PACKAGE,)

    def get_stylesheet_paths(self, **context: Unpack[CommonContext]) -> tuple[str, ...]:  # noqa: ARG002 -- Reflex's signature
        """Name the sheet with upright letters of every weight."""
        return (f"{PACKAGE}/wght.css",)
