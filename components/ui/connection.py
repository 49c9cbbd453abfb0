"""What every page says while it has lost the server; Reflex's own notice speaks English only."""

import reflex as rx
from reflex_components_core.core.banner import (  # type: ignore[import-untyped]  # Reflex ships it without types
    has_hydration_payload_error,
    has_too_many_connection_errors,
)

from components.ui.conditions import any_of
from components.ui.feedback import callout
from components.ui.language import ReadingDirection, say


def connection_notice() -> rx.Component:
    """Return the notice; it is not there while all is well."""
    return ReadingDirection.create(
        rx.cond(
            any_of(has_too_many_connection_errors, has_hydration_payload_error),
            rx.box(
                rx.box(
                    callout(say("connection-lost"), tone="warning"),
                    background="var(--color-panel-solid)",
                ),
                position="fixed",
                bottom="var(--space-4)",
                inset_inline="var(--space-4)",
                max_width="30rem",
                margin_x="auto",
                z_index="10",
            ),
        )
    )


def toaster() -> rx.Component:
    """Return the place where toasts appear; its name is only heard."""
    return rx.toast.provider(custom_attrs={"containerAriaLabel": say("notices")})
