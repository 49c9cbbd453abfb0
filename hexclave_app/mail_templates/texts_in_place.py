"""Changing a literal text of a source where it stands, as somebody typed it into a preview. Pure."""

import html
from collections.abc import Mapping
from typing import Any, Final

MAX_TEXT_LENGTH: Final = 5_000  # characters


def replaced(source: str, region: Mapping[str, Any], text: str) -> str | None:
    """The source with another text in a marked region; None when the region is not of this source, or nothing is left.

    What was typed stays text: neither markup nor a placeholder can be made of it.
    """
    start, end = region["loc"]["start"], region["loc"]["end"]
    typed = " ".join(text.split())
    if source[start:end] != region["originalText"] or not typed or len(typed) > MAX_TEXT_LENGTH:
        return None
    return source[:start] + html.escape(typed, quote=False).replace("{", "&#123;") + source[end:]
