"""The sign of each app."""

from typing import Final

import reflex as rx

from components.ui.icons import icon

_ICONS: Final = (
    ("authentication", "lock_keyhole"),
    ("fraud-protection", "shield_alert"),
    ("teams", "users_round"),
    ("rbac", "shield"),
    ("api-keys", "key_square"),
    ("payments", "credit_card"),
    ("emails", "mail"),
    ("data-vault", "vault"),
    ("webhooks", "webhook"),
    ("launch-checklist", "rocket"),
    ("vercel", "triangle"),
    ("analytics", "chart_column"),
    ("session-replays", "circle_play"),
)


def app_mark(app_id: str | rx.Var[str], *, size: int = 20) -> rx.Component:
    """Return the icon of an app on its tile."""
    signs = [(name, icon(sign, size=size)) for name, sign in _ICONS]
    return rx.center(
        rx.match(app_id, *signs, icon("layout_grid", size=size)),
        background=rx.color("accent", 3),
        color=rx.color("accent", 11),
        border_radius="var(--radius-4)",
        padding="var(--space-2)",
        flex_shrink="0",
        custom_attrs={"aria-hidden": "true"},
    )
