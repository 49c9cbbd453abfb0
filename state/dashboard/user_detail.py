"""The page about one user: what is known, and changing it."""

import uuid
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any

import reflex as rx

from hexclave_app.api.user_schemas import ServerUserUpdate
from hexclave_app.errors import StatusError
from hexclave_app.languages.speaking import say
from hexclave_app.security.password_threads import hash_password
from hexclave_app.security.passwords import check_new_password
from hexclave_app.services import notification_preferences
from hexclave_app.services.users import updates
from models.base import utc_now
from state.base import Access, Viewer, guarded
from state.dashboard import paths, unsaved
from state.dashboard.audit_log import EntryRow
from state.dashboard.email_lists import MailRow
from state.dashboard.forms import checked, json_value, known_id, ticked, typed, typed_or_none, whole_number
from state.dashboard.user_facts import (
    AccountRow,
    ApiKeyRow,
    ChannelRow,
    NamedRow,
    SessionRow,
    UserFacts,
    read_user,
)
from state.dashboard.user_history import MailChoice, read_history
from state.dashboard.users import parse_user_id

METADATA = {
    "client_metadata": say("user-client-metadata"),
    "client_read_only_metadata": say("user-client-read-only-metadata"),
    "server_metadata": say("user-server-metadata"),
}


PROFILE = "profile"
TABS = (PROFILE, "sign-in", "access", "sessions", "keys", "mails", "activity", "metadata")


class UserDetailState(rx.State):
    """The user whose page is open."""

    if TYPE_CHECKING:
        project_id: str
        opened_user: str

    is_loading: bool = True
    error: str = ""
    facts: UserFacts = UserFacts()
    channels: list[ChannelRow] = []
    teams: list[NamedRow] = []
    accounts: list[AccountRow] = []
    sessions: list[SessionRow] = []
    keys: list[ApiKeyRow] = []
    granted: list[NamedRow] = []
    grantable: list[str] = []
    providers: list[str] = []
    offers_passwords: bool = False
    events: list[EntryRow] = []
    mails: list[MailRow] = []
    mail_choices: list[MailChoice] = []
    tab: str = PROFILE

    def _error_field(self, _error: Exception) -> str:
        # Once the page is there, a refused change must not take its place.
        return "error" if not self.facts.id else ""

    @guarded(Access.PROJECT_ADMIN, supersedes=True)
    async def load(self, viewer: Viewer) -> AsyncIterator[object]:
        """Read everything anew."""
        self.is_loading, self.error, self.facts = True, "", UserFacts()
        self.events, self.mails, self.mail_choices = [], [], []
        asked = self.router.url.query_parameters.get("tab", "")
        self.tab = asked if asked in TABS else PROFILE
        yield unsaved.guard(False)
        await self._read(viewer)

    @guarded(Access.PROJECT_ADMIN)
    async def choose_tab(self, _viewer: Viewer, tab: str) -> object:
        """Show another part of the page."""
        self.tab = tab if tab in TABS else PROFILE
        return paths.show_in_address(self, {"tab": self.tab if self.tab != PROFILE else ""})

    @guarded(Access.PROJECT_ADMIN)
    async def refresh(self, viewer: Viewer) -> None:
        """Read everything again without hiding what is shown."""
        await self._read(viewer)

    @guarded(Access.PROJECT_ADMIN)
    async def save_profile(self, viewer: Viewer, form: dict[str, Any]) -> object:
        """Change the name, the country and the risk scores."""
        body = checked(
            ServerUserUpdate,
            {
                "display_name": typed_or_none(form, "display_name"),
                "country_code": typed_or_none(form, "country"),
                "risk_scores": {
                    "sign_up": {
                        "bot": whole_number(form, "risk_bot", say("user-bot-score")),
                        "free_trial_abuse": whole_number(form, "risk_abuse", say("user-abuse-score")),
                    }
                },
            },
        )
        changes = {
            "display_name": body.display_name,
            "country_code": body.country_code,
            "risk_scores": body.risk_scores.model_dump(),
        }
        await change_user(viewer, opened_user(self), changes)
        return [rx.toast.success(say("common-saved")), unsaved.guard(False), UserDetailState.refresh]

    @guarded(Access.PROJECT_ADMIN)
    async def save_metadata(self, viewer: Viewer, form: dict[str, Any]) -> object:
        """Replace the three metadata objects."""
        changes = {name: json_value(form, name, label) for name, label in METADATA.items()}
        await change_user(viewer, opened_user(self), changes)
        return [rx.toast.success(say("common-saved")), unsaved.guard(False), UserDetailState.refresh]

    @guarded(Access.PROJECT_ADMIN)
    async def choose_mails(self, viewer: Viewer, category_id: str, is_on: bool) -> object:
        """Let the user get a kind of mail, or not."""
        chosen = notification_preferences.category(known_id(category_id, say("user-no-such-mails")))
        if not chosen.can_disable:
            raise StatusError(400, say("user-no-such-mails"))
        await viewer.installation.db.run(
            notification_preferences.choose,
            tenancy_id=viewer.tenancy.id,
            user_id=opened_user(self),
            chosen=chosen,
            is_enabled=is_on is True,
        )
        return UserDetailState.refresh

    async def _read(self, viewer: Viewer) -> None:
        user_id, now, db = parse_user_id(self.opened_user), utc_now(), viewer.installation.db
        page = await db.scan(read_user, tenancy=viewer.tenancy, user_id=user_id, now=now)
        self.facts, self.channels, self.teams, self.accounts = page.facts, page.channels, page.teams, page.accounts
        self.sessions, self.keys, self.granted, self.grantable = page.sessions, page.keys, page.granted, page.grantable
        self.providers = sorted(viewer.tenancy.config.auth.oauth.providers)
        self.offers_passwords = viewer.tenancy.config.auth.password.allow_sign_in
        history = await db.scan(read_history, viewer, user_id=user_id, now=now)
        self.events, self.mails, self.mail_choices = history.events, history.mails, history.choices
        self.is_loading, self.error = False, ""


class RestrictUserState(rx.State):
    """The dialog that restricts a user."""

    if TYPE_CHECKING:
        project_id: str
        opened_user: str

    is_open: bool = False
    error: str = ""

    @guarded(Access.PROJECT_ADMIN)
    async def toggle(self, _viewer: Viewer, is_open: bool) -> None:
        """Open the dialog, or close it."""
        self.is_open, self.error = is_open is True, ""

    @guarded(Access.PROJECT_ADMIN)
    async def submit(self, viewer: Viewer, form: dict[str, Any]) -> object:
        """Restrict the user, with what they read and what only administrators read."""
        details = typed(form, "private_details")
        if not details:
            raise StatusError(400, say("user-reason-missing"))
        changes = {
            "restricted_by_admin": True,
            "restricted_by_admin_reason": typed_or_none(form, "public_reason"),
            "restricted_by_admin_private_details": details,
        }
        await change_user(viewer, opened_user(self), changes)
        self.is_open = False
        return [rx.toast.success(say("user-restricted-notice")), UserDetailState.refresh]

    @guarded(Access.PROJECT_ADMIN)
    async def lift(self, viewer: Viewer) -> object:
        """End the restriction by administrators."""
        await change_user(viewer, opened_user(self), {"restricted_by_admin": False})
        return [rx.toast.success(say("user-lifted")), UserDetailState.refresh]


class SetPasswordState(rx.State):
    """The dialog that gives the user another password."""

    if TYPE_CHECKING:
        project_id: str
        opened_user: str

    is_open: bool = False
    is_saving: bool = False
    error: str = ""

    def _error_field(self, _error: Exception) -> str:
        self.is_saving = False
        return "error"

    @guarded(Access.PROJECT_ADMIN)
    async def toggle(self, _viewer: Viewer, is_open: bool) -> None:
        """Open the dialog, or close it."""
        self.is_open, self.error, self.is_saving = is_open is True, "", False

    @guarded(Access.PROJECT_ADMIN)
    async def submit(self, viewer: Viewer, form: dict[str, Any]) -> AsyncIterator[object]:
        """Set or remove the password; every session of the user ends."""
        self.error = ""
        password = None if ticked(form, "without_password") else str(form.get("user_password", ""))
        if password is not None:
            check_new_password(password)
        self.is_saving = True
        yield None
        encoded = await hash_password(password) if password is not None else None
        await change_user(viewer, opened_user(self), {"password_hash": encoded})
        self.is_open = self.is_saving = False
        yield rx.toast.success(say("user-password-changed"))
        yield UserDetailState.refresh


def opened_user(state: rx.State) -> uuid.UUID:
    """The user that the page's address names; whether it is one of this project is for the services to say."""
    return parse_user_id(getattr(state, "opened_user", ""))


async def change_user(viewer: Viewer, user_id: uuid.UUID, changes: updates.UserChanges) -> None:
    """Change a user of the managed project as the API would."""
    await viewer.installation.db.run(
        updates.update,
        installation=viewer.installation,
        tenancy=viewer.tenancy,
        user_id=user_id,
        changes=changes,
        now=utc_now(),
    )
