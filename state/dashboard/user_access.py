"""How one user signs in, and what the user may do: addresses, provider accounts, permissions, impersonation."""

from typing import TYPE_CHECKING, Any

import reflex as rx

from hexclave_app.api.contact_channel_schemas import ServerChannelCreate
from hexclave_app.api.oauth_schemas import LinkedAccountCreate
from hexclave_app.errors import StatusError
from hexclave_app.languages.speaking import say
from hexclave_app.services import contact_channel_changes, permission_grants
from hexclave_app.services.contact_channel_changes import NewChannel
from hexclave_app.services.oauth import linked_accounts
from hexclave_app.services.oauth.linked_accounts import LinkedAccountData
from hexclave_app.services.permission_grants import Holder
from state.base import Access, Viewer, guarded
from state.dashboard.forms import checked, known_id, ticked, typed, typed_or_none
from state.dashboard.undoing import undoable
from state.dashboard.user_detail import UserDetailState, opened_user
from state.dashboard.user_facts import AccountRow

_CHANNEL_SWITCHES = ("is_verified", "used_for_auth", "is_primary")
_ACCOUNT_SWITCHES = ("allow_sign_in", "allow_connected_accounts")
_NO_CHANNEL = say("user-channel-gone")
_NO_ACCOUNT = say("user-account-gone")


class ChannelsState(rx.State):
    """The e-mail addresses of the user: the dialog that adds one, and the menus of the others."""

    if TYPE_CHECKING:
        project_id: str
        opened_user: str

    is_open: bool = False
    error: str = ""

    def _error_field(self, _error: Exception) -> str:
        return "error" if self.is_open else ""

    @guarded(Access.PROJECT_ADMIN)
    async def toggle(self, _viewer: Viewer, is_open: bool) -> None:
        """Open an empty dialog, or close it."""
        self.is_open, self.error = is_open is True, ""

    @guarded(Access.PROJECT_ADMIN)
    async def submit(self, viewer: Viewer, form: dict[str, Any]) -> object:
        """Add an address."""
        user_id = opened_user(self)
        flags = {name: ticked(form, f"channel_{name}") for name in _CHANNEL_SWITCHES}
        values = {"user_id": str(user_id), "value": typed(form, "channel_value"), "type": "email", **flags}
        new = NewChannel(value=checked(ServerChannelCreate, values).value, **flags)
        await viewer.installation.db.run(
            contact_channel_changes.create, tenancy_id=viewer.tenancy.id, user_id=user_id, new=new
        )
        self.is_open = False
        return [rx.toast.success(say("user-channel-added")), UserDetailState.refresh]

    @guarded(Access.PROJECT_ADMIN)
    async def switch(self, viewer: Viewer, channel_id: str, name: str, is_on: bool) -> object:
        """Change one property of an address."""
        if name not in _CHANNEL_SWITCHES:
            raise StatusError(400, say("user-unknown-property"))
        await viewer.installation.db.run(
            contact_channel_changes.update,
            tenancy_id=viewer.tenancy.id,
            user_id=opened_user(self),
            channel_id=known_id(channel_id, _NO_CHANNEL),
            changes={name: is_on is True},
        )
        return UserDetailState.refresh


class AccountsState(rx.State):
    """The provider accounts of the user."""

    if TYPE_CHECKING:
        project_id: str
        opened_user: str

    is_open: bool = False
    error: str = ""
    provider: str = ""

    def _error_field(self, _error: Exception) -> str:
        return "error" if self.is_open else ""

    @guarded(Access.PROJECT_ADMIN)
    async def toggle(self, _viewer: Viewer, is_open: bool) -> None:
        """Open an empty dialog, or close it."""
        self.is_open, self.error, self.provider = is_open is True, "", ""

    @guarded(Access.PROJECT_ADMIN)
    async def choose(self, _viewer: Viewer, provider: str) -> None:
        """Choose the provider of the new account."""
        self.provider = str(provider)

    @guarded(Access.PROJECT_ADMIN)
    async def submit(self, viewer: Viewer, form: dict[str, Any]) -> object:
        """Attach a provider account."""
        user_id = opened_user(self)
        if not self.provider or not typed(form, "account_id"):
            raise StatusError(400, say("user-account-missing"))
        values = {
            "user_id": str(user_id),
            "provider_config_id": self.provider,
            "account_id": typed(form, "account_id"),
            "email": typed_or_none(form, "account_email"),
            "allow_sign_in": ticked(form, "account_allow_sign_in"),
            "allow_connected_accounts": ticked(form, "account_allow_connected_accounts"),
        }
        given = {name: value for name, value in values.items() if value is not None}
        body = checked(LinkedAccountCreate, given)
        data = LinkedAccountData(
            user_id=user_id,
            provider_config_id=body.provider_config_id,
            account_id=body.account_id,
            email=body.email,
            allow_sign_in=body.allow_sign_in,
            allow_connected_accounts=body.allow_connected_accounts,
        )
        await viewer.installation.db.run(linked_accounts.create, tenancy=viewer.tenancy, data=data)
        self.is_open = False
        return [rx.toast.success(say("user-account-attached")), UserDetailState.refresh]

    @guarded(Access.PROJECT_ADMIN)
    async def switch(self, viewer: Viewer, account_id: str, name: str, is_on: bool) -> object:
        """Change what an account may be used for."""
        if name not in _ACCOUNT_SWITCHES:
            raise StatusError(400, say("user-unknown-property"))
        await viewer.installation.db.run(
            linked_accounts.update,
            tenancy=viewer.tenancy,
            user_id=opened_user(self),
            account_row_id=known_id(account_id, _NO_ACCOUNT),
            changes={name: is_on is True},
        )
        return UserDetailState.refresh


class AccountEditState(rx.State):
    """The dialog that changes what is known of a provider account; provider and account id stay."""

    if TYPE_CHECKING:
        project_id: str
        opened_user: str

    is_open: bool = False
    error: str = ""
    account: AccountRow = AccountRow("", "", "", "", allows_sign_in=False, allows_connected=False)

    @guarded(Access.PROJECT_ADMIN)
    async def ask(self, _viewer: Viewer, account_id: str) -> None:
        """Open the dialog for one of the shown accounts."""
        accounts = (await self.get_state(UserDetailState)).accounts
        found = [one for one in accounts if one.id == account_id]
        self.error, self.is_open = "", bool(found)
        if found:
            self.account = found[0]

    @guarded(Access.PROJECT_ADMIN)
    async def toggle(self, _viewer: Viewer, _is_open: bool) -> None:
        """Close the dialog."""
        self.is_open = False

    @guarded(Access.PROJECT_ADMIN)
    async def submit(self, viewer: Viewer, form: dict[str, Any]) -> object:
        """Change the account."""
        user_id = opened_user(self)
        email = typed_or_none(form, "edited_email")
        if email is not None:
            values = {"user_id": str(user_id), "value": email, "type": "email", "used_for_auth": False}
            email = checked(ServerChannelCreate, values).value
        changes = {
            "email": email,
            "allow_sign_in": ticked(form, "edited_allow_sign_in"),
            "allow_connected_accounts": ticked(form, "edited_allow_connected_accounts"),
        }
        await viewer.installation.db.run(
            linked_accounts.update,
            tenancy=viewer.tenancy,
            user_id=user_id,
            account_row_id=known_id(self.account.id, _NO_ACCOUNT),
            changes=changes,
        )
        self.is_open = False
        return [rx.toast.success(say("common-saved")), UserDetailState.refresh]


class UserGrantsState(rx.State):
    """The permissions that the user has in the whole project."""

    if TYPE_CHECKING:
        project_id: str
        opened_user: str

    @guarded(Access.PROJECT_ADMIN)
    async def grant(self, viewer: Viewer, permission_id: str) -> object:
        """Grant a permission directly."""
        await viewer.installation.db.run(
            permission_grants.grant,
            tenancy=viewer.tenancy,
            holder=Holder(opened_user(self)),
            permission_id=str(permission_id),
        )
        return UserDetailState.refresh

    @guarded(Access.PROJECT_ADMIN)
    async def revoke(self, viewer: Viewer, permission_id: str) -> object:
        """Take a direct grant back."""
        await viewer.installation.db.run(
            permission_grants.revoke,
            tenancy_id=viewer.tenancy.id,
            holder=Holder(opened_user(self)),
            permission_id=str(permission_id),
        )
        notice = say("user-permission-revoked", permission=permission_id)
        return [undoable(notice, UserGrantsState.grant(permission_id)), UserDetailState.refresh]
