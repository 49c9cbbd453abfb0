"""State of the design page: proves that events of the browser reach the server."""

import reflex as rx


class DesignState(rx.State):
    """Counts presses of the sample button and refuses the sample form."""

    presses: int = 0
    error: str = ""

    @rx.event
    def press(self) -> None:
        """Count one press."""
        self.presses += 1

    @rx.event
    def submit(self, form: dict[str, str]) -> None:
        """Show what a field error looks like."""
        is_long_enough = len(form.get("password", "")) >= 8
        self.error = "" if is_long_enough else "Choose a password of at least 8 characters."
