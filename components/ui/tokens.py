"""The few colours, widths and radii everything is made of; all of them follow the theme and the colour mode."""

from typing import Final, Literal, get_args

import reflex as rx

Tone = Literal["neutral", "info", "success", "warning", "danger"]
ColorScheme = Literal["gray", "indigo", "green", "amber", "red"]

TONE_COLORS: Final[dict[Tone, ColorScheme]] = {
    "neutral": "gray",
    "info": "indigo",
    "success": "green",
    "warning": "amber",
    "danger": "red",
}
# A colour never stands alone: every tone has its own sign.
TONE_ICONS: Final[dict[Tone, str]] = {
    "neutral": "circle",
    "info": "info",
    "success": "circle_check",
    "warning": "triangle_alert",
    "danger": "circle_x",
}

TEXT: Final = rx.color("gray", 12)
TEXT_MUTED: Final = rx.color("gray", 11)
BORDER: Final = rx.color("gray", 5)
SURFACE: Final = "var(--color-panel-solid)"
CANVAS: Final = rx.color("gray", 1)
ACCENT: Final = rx.color("accent", 9)
DANGER_TEXT: Final = rx.color("red", 11)

FORM_WIDTH: Final = "23.75rem"  # 380 px, the column of hosted pages (contract 08, section 2)
CONTENT_WIDTH: Final = "72rem"
DIALOG_WIDTH: Final = "28rem"
SIDEBAR_WIDTH: Final = "15.5rem"  # 248 px (contract 08, section 4.1)
RAIL_WIDTH: Final = "4rem"  # 64 px, the folded sidebar (contract 08, section 4.1)
HEADER_HEIGHT: Final = "3.5rem"  # 56 px (contract 08, section 4.1)
ONE_LINE: Final = {"overflow": "hidden", "text_overflow": "ellipsis", "white_space": "nowrap"}
HIDDEN_FROM_SIGHT: Final = {  # but read out by assistive technology
    "position": "absolute",
    "width": "1px",
    "height": "1px",
    "overflow": "hidden",
    "clip_path": "inset(50%)",
    "white_space": "nowrap",
}
CODE_FONT: Final = "var(--code-font-family)"

# Charts are drawn by a library that does not know the theme's variables: indigo 9 and 11, slate 11 and 5 of each mode.
CHART_FONT: Final = "Inter Variable, Inter on Arial, system-ui, sans-serif"  # assets/typeface.css
CHART_LIGHT: Final = {"bar": "#3e63dd", "line": "#f76b15", "text": "#60646c", "grid": "#e0e1e6"}
CHART_DARK: Final = {"bar": "#9eb1ff", "line": "#ff801f", "text": "#b0b4ba", "grid": "#2e3135"}

# Step 9 of green, amber and red, which both modes share: what went well, what waits, what went wrong.
CHART_OUTCOMES: Final = ("#30a46c", "#ffc53d", "#e5484d")


def tone_color(tone: Tone) -> ColorScheme:
    """Return the colour scale of a tone; refuses tones outside the list."""
    if tone not in TONE_COLORS:
        msg = f"Unknown tone {tone!r}; there are {', '.join(get_args(Tone))}."
        raise ValueError(msg)
    return TONE_COLORS[tone]
