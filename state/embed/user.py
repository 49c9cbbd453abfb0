"""The user button: who is signed in at the page around."""

import json
import re
from dataclasses import dataclass
from typing import Final

import reflex as rx

from hexclave_app.languages.speaking import say
from state.base import Access, Viewer, guarded
from state.dashboard.wording import initials

_MAX_ITEMS: Final = 10
_MAX_CHARS: Final = 60
_ITEM_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True)
class ExtraItem:
    """An entry that the page around has added to the menu."""

    id: str
    text: str


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


def read_items(text: str) -> list[ExtraItem]:
    """The entries of the attribute `extra-items`; what is not well-formed is left out."""
    try:
        told = json.loads(text or "[]")
    except ValueError:
        return []
    items = [one for one in told if isinstance(one, dict)] if isinstance(told, list) else []
    read = [ExtraItem(str(one.get("id", "")), str(one.get("text", ""))[:_MAX_CHARS]) for one in items[:_MAX_ITEMS]]
    return [one for one in read if one.text and _ITEM_ID.fullmatch(one.id)]
