"""The user button: who is signed in at the page around."""

import reflex as rx

from hexclave_app.languages.speaking import say
from state.base import Access, Viewer, guarded
from state.dashboard.wording import initials
from state.embed.items import ExtraItem, read_items


class UserButtonState(rx.State):
    """Avatar and names of the signed-in user."""

    is_somebody: bool = False
    name: str = ""
    email: str = ""
    initials: str = ""
    image: str = ""
    shows_info: bool = False
    has_theme_toggle: bool = False
    extra_items: list[ExtraItem] = []

    @guarded(Access.VISITOR)
    async def load(self, viewer: Viewer) -> None:
        """Show the user, or the ways in."""
        user = viewer.user if viewer.user is not None and not viewer.user.is_anonymous else None
        self.is_somebody = user is not None
        self.name = (user.display_name or user.primary_email or say("no-name")) if user else ""
        self.email = (user.primary_email or "") if user else ""
        self.image = (user.profile_image_url or "") if user else ""
        self.initials = initials(self.name) if user else ""
        wishes = self.router.url.query_parameters
        self.shows_info, self.has_theme_toggle = "show-user-info" in wishes, "color-mode-toggle" in wishes
        self.extra_items = read_items(wishes.get("extra-items", ""))
