"""Entries that the page around adds to an embedded part: what they say, never what they do."""

import json
import re
from dataclasses import dataclass
from typing import Final

ICONS: Final = ("contact", "shield-check", "bell", "monitor", "key", "settings", "circle-plus", "credit-card")
_MAX_ITEMS: Final = 10
_MAX_CHARS: Final = 60
_ITEM_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True)
class ExtraItem:
    """An entry."""

    id: str
    text: str
    icon: str = ""
    """One of `ICONS`, or nothing."""


def read_items(text: str) -> list[ExtraItem]:
    """The entries of the attribute `extra-items`; what is not well-formed is left out."""
    try:
        told = json.loads(text or "[]")
    except ValueError:
        return []
    items = [one for one in told if isinstance(one, dict)] if isinstance(told, list) else []
    read = [_read(one) for one in items[:_MAX_ITEMS]]
    return [one for one in read if one.text and _ITEM_ID.fullmatch(one.id)]


def _read(told: dict[str, object]) -> ExtraItem:
    icon = told.get("icon")
    shown = icon if isinstance(icon, str) and icon in ICONS else ""
    return ExtraItem(str(told.get("id", "")), str(told.get("text", ""))[:_MAX_CHARS], shown)
