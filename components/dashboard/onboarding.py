"""What new users must do before they count."""

import reflex as rx

from components import ui
from components.dashboard import lists
from components.dashboard.shell import project_page
from components.ui import tokens
from state.dashboard.onboarding import OnboardingState


def page() -> rx.Component:
    """Return the requirements of the open project."""
    return project_page(
        lists.loaded(
            rx.vstack(_requirement(), _about(), spacing="5", width="100%"),
            error=OnboardingState.error,
            is_loading=OnboardingState.is_loading,
            on_retry=OnboardingState.load,
            skeleton=lists.cards_skeleton("Onboarding", 2),
        ),
        _question(),
        here="onboarding",
        title="Onboarding",
        text="What people must do before they may use your application.",
    )


def _requirement() -> rx.Component:
    return ui.section(
        "Requirements",
        rx.cond(
            OnboardingState.is_pushed,
            ui.callout(
                "These settings come from a pushed configuration. Change them where it is kept.", tone="warning"
            ),
        ),
        ui.switch_row(
            "Verified e-mail address",
            "Users without one are restricted until they open the link in the mail, those you have already included.",
            name="require-verification",
            checked=OnboardingState.requires_verification,
            disabled=OnboardingState.is_pushed,
            on_change=OnboardingState.switch,
        ),
        text="Turning a requirement on shows first whom it would restrict.",
    )


def _about() -> rx.Component:
    return ui.section(
        "How it works",
        rx.text(
            "Restricted users are signed in, but your application does not see them until they have done what is "
            "asked: the SDK leads them to a page that says what is missing.",
            size="2",
        ),
    )


def _question() -> rx.Component:
    people = rx.el.ul(
        rx.foreach(OnboardingState.affected_users, _person),
        rx.cond(OnboardingState.more, rx.el.li(rx.text(OnboardingState.more, size="2", color=tokens.TEXT_MUTED))),
        list_style="none",
        margin="var(--space-3) 0 0",
        padding="0",
    )
    return ui.question(
        ui.text_of("Restrict ", OnboardingState.affected, "?"),
        "They have no verified address. They stay signed in, but are asked to verify one before they go on.",
        people,
        confirm_label="Require verification",
        is_open=OnboardingState.is_asking,
        on_confirm=OnboardingState.confirm,
        on_cancel=OnboardingState.stop_asking,
    )


def _person(entry: rx.vars.ArrayVar[tuple[str, str]]) -> rx.Component:
    return rx.el.li(rx.text(entry[0], " · ", entry[1], size="2", overflow_wrap="anywhere"))
