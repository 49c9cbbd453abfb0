"""What new users must do before they count."""

import reflex as rx

from components import ui
from components.dashboard import lists
from components.dashboard.pushed import pushed_notice
from components.dashboard.saving import staged_bar, staged_switch
from components.dashboard.shell import project_page
from components.ui import words
from state.dashboard.onboarding import VERIFICATION, OnboardingState
from state.dashboard.staged import StagedState


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
        staged_bar(OnboardingState),
        here="onboarding",
        title=words("onboarding-title"),
        text=words("onboarding-text"),
    )


def verification_switch(state: type[StagedState]) -> rx.Component:
    """Return the switch that asks new users for a verified address."""
    return staged_switch(
        state,
        VERIFICATION,
        words("onboarding-verification"),
        words("onboarding-verification-text"),
        element="require-verification",
    )


def _requirement() -> rx.Component:
    return ui.section(
        words("onboarding-requirements"),
        pushed_notice(OnboardingState),
        verification_switch(OnboardingState),
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
