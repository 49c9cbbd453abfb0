"""What new users must do before they count, and who would be shut out by asking for more."""

from typing import Final

import reflex as rx

from hexclave_app.languages.speaking import say
from hexclave_app.services import projects
from state.base import Access, Viewer, guarded
from state.dashboard.config_saves import save_pushable
from state.dashboard.switches import PushableState
from state.dashboard.wording import grouped, users_counted

MAX_SHOWN: Final = 10
_REQUIREMENT: Final = "onboarding.requireEmailVerification"


class OnboardingState(PushableState, rx.State):
    """The requirement of a verified address."""

    requires_verification: bool = False
    is_asking: bool = False
    affected: str = ""
    affected_users: list[tuple[str, str]] = []
    more: str = ""

    def _forget(self) -> None:
        self.is_asking, self.affected, self.affected_users, self.more = False, "", [], ""

    def _begin_anew(self) -> None:
        self._forget()

    @guarded(Access.PROJECT_ADMIN)
    async def switch(self, viewer: Viewer, is_on: bool) -> object:
        """Turn the requirement off at once; turn it on after a question, when it would restrict anybody."""
        if is_on is not True:
            return await self._save(viewer, is_on=False)
        users, number = await viewer.installation.db.scan(
            projects.preview_affected_users, tenancy=viewer.tenancy, require_email_verification=True, limit=MAX_SHOWN
        )
        if not number:
            return await self._save(viewer, is_on=True)
        self.affected = users_counted(number)
        self.affected_users = [
            (user.display_name or say("common-no-name"), user.primary_email or say("onboarding-no-address"))
            for user in users
        ]
        others = number - len(users)
        self.more = say("onboarding-more", count=others, number=grouped(others)) if others > 0 else ""
        self.is_asking = True
        return None

    @guarded(Access.PROJECT_ADMIN)
    async def confirm(self, viewer: Viewer) -> object:
        """Turn the requirement on in spite of those it restricts."""
        return await self._save(viewer, is_on=True)

    @guarded(Access.PROJECT_ADMIN)
    async def stop_asking(self, _viewer: Viewer) -> None:
        """Close the question; nothing changes."""
        self._forget()

    async def _save(self, viewer: Viewer, *, is_on: bool) -> object:
        self._forget()
        is_saved = await save_pushable(self, viewer, {_REQUIREMENT: is_on})
        return OnboardingState.refresh if is_saved else None

    async def _show(self, viewer: Viewer) -> None:
        self.requires_verification = viewer.tenancy.config.onboarding.require_email_verification
