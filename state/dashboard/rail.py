"""Whether the sidebar is folded up to its icons; the browser remembers it."""

import reflex as rx

from state.base import Access, Viewer, guarded

_NARROW = "narrow"


class RailState(rx.State):
    """The sidebar."""

    rail_width: str = rx.LocalStorage("", name="hexclave-rail")

    @rx.var
    def is_narrow(self) -> bool:
        """Whether only icons are shown."""
        return str(self.rail_width) == _NARROW

    @guarded(Access.DASHBOARD)
    async def toggle(self, _viewer: Viewer) -> None:
        """Fold the sidebar up, or unfold it."""
        self.rail_width = "" if self.is_narrow else _NARROW
