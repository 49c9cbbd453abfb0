"""What new users must do before they count."""

import reflex as rx

from components import ui
from components.dashboard import lists
from components.dashboard.shell import project_page
from components.dashboard.switches import pushed_notice
from components.ui import tokens, words
from state.dashboard.onboarding import OnboardingState


def page() -> rx.Component:
    """Return the requirements of the open project."""
    return project_page(
        lists.loaded(
            rx.vstack(_requirement(), _about(), spacing="5", width="100%"),
            error=OnboardingState.error,
            is_loading=OnboardingState.is_loading,
            on_retry=OnboardingState.load,
            skeleton=lists.cards_skeleton(words("onboarding-title"), 2),
        ),
        verification_question(),
        here="onboarding",
        title=words("onboarding-title"),
        text=words("onboarding-text"),
    )


def verification_switch() -> rx.Component:
    """Return the switch that asks new users for a verified address."""
    return ui.switch_row(
        words("onboarding-verification"),
        words("onboarding-verification-text"),
        name="require-verification",
        checked=OnboardingState.requires_verification,
        on_change=OnboardingState.switch,
    )


def _requirement() -> rx.Component:
    return ui.section(
        words("onboarding-requirements"),
        pushed_notice(OnboardingState),
        verification_switch(),
        text=words("onboarding-requirements-text"),
    )


def _about() -> rx.Component:
    return ui.section(
        words("onboarding-about"),
        rx.text(
            words("onboarding-about-text"),
            size="2",
        ),
    )


def verification_question() -> rx.Component:
    """Return the question before people are shut out who have no verified address."""
    people = rx.el.ul(
        rx.foreach(OnboardingState.affected_users, _person),
        rx.cond(OnboardingState.more, rx.el.li(rx.text(OnboardingState.more, size="2", color=tokens.TEXT_MUTED))),
        list_style="none",
        margin="var(--space-3) 0 0",
        padding="0",
    )
    return ui.question(
        words("onboarding-question", users=OnboardingState.affected),
        words("onboarding-question-text"),
        people,
        confirm_label=words("onboarding-question-confirm"),
        is_open=OnboardingState.is_asking,
        on_confirm=OnboardingState.confirm,
        on_cancel=OnboardingState.stop_asking,
    )


def _person(entry: rx.vars.ArrayVar[tuple[str, str]]) -> rx.Component:
    return rx.el.li(
        rx.text(words("onboarding-person", name=entry[0], address=entry[1]), size="2", overflow_wrap="anywhere")
    )
