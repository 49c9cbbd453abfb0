"""What new users must do before they count, and who would be shut out by asking for more."""

from collections.abc import Mapping
from typing import Final

import reflex as rx

from hexclave_app.languages.speaking import say
from hexclave_app.services import projects
from models.base import JsonValue
from state.base import Viewer
from state.dashboard.staged import Consequence, StagedState
from state.dashboard.staged_settings import Present, Settings, Switch
from state.dashboard.wording import grouped, users_counted

MAX_SHOWN: Final = 10
VERIFICATION: Final = "verification"
REQUIREMENTS: Final[Settings] = {
    VERIFICATION: Switch("onboarding.requireEmailVerification", say("onboarding-verification"))
}


class OnboardingState(StagedState, rx.State):
    """The requirement of a verified address."""

    def _settings(self, _present: Present) -> Settings:
        return REQUIREMENTS

    async def _consequences(self, viewer: Viewer, staged: Mapping[str, JsonValue]) -> list[Consequence]:
        return await who_is_restricted(viewer, staged)


async def who_is_restricted(viewer: Viewer, staged: Mapping[str, JsonValue]) -> list[Consequence]:
    """Whom requiring a verified address restricts; nothing when it is not required anew, or restricts nobody."""
    if staged.get(VERIFICATION) is not True:
        return []
    users, number = await viewer.installation.db.scan(
        projects.preview_affected_users, tenancy=viewer.tenancy, require_email_verification=True, limit=MAX_SHOWN
    )
    if not number:
        return []
    people = [
        say(
            "onboarding-person",
            name=user.display_name or say("common-no-name"),
            address=user.primary_email or say("onboarding-no-address"),
        )
        for user in users
    ]
    others = number - len(users)
    more = [say("onboarding-more", count=others, number=grouped(others))] if others > 0 else []
    return [Consequence(say("onboarding-restricts", users=users_counted(number)), [*people, *more])]
