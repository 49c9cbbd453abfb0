"""The dialog that downloads users as a file."""

from typing import TYPE_CHECKING, Any, Final

import reflex as rx

from hexclave_app.errors import StatusError
from hexclave_app.languages.speaking import say
from hexclave_app.services.users import downloads
from hexclave_app.services.users.listing import UserQuery
from hexclave_app.services.users.table_files import TableFile
from models.base import utc_now
from state.base import Access, Viewer, guarded
from state.dashboard.forms import ticked
from state.dashboard.users import UsersState, query_of
from state.dashboard.users_bulk import UserSelectionState, chosen_ids

ALL: Final = "all"
SHOWN: Final = "shown"
CHOSEN: Final = "chosen"
CSV: Final = "csv"
JSON: Final = "json"
FIELD_LABELS: Final = {
    "id": say("users-column-id"),
    "display_name": say("users-create-name"),
    "primary_email": say("users-column-email"),
    "primary_email_verified": say("users-verified"),
    "signed_up_at": say("users-column-signed-up"),
    "last_active_at": say("users-column-active"),
    "is_anonymous": say("users-anonymous"),
    "has_password": say("users-signs-in-password"),
    "otp_auth_enabled": say("users-signs-in-otp"),
    "passkey_auth_enabled": say("users-signs-in-passkey"),
    "requires_totp_mfa": say("users-column-mfa"),
    "oauth_providers": say("users-export-providers"),
    "profile_image_url": say("users-export-image"),
    "client_metadata": say("user-client-metadata"),
    "client_read_only_metadata": say("user-client-read-only-metadata"),
    "server_metadata": say("user-server-metadata"),
}
EVERYBODY: Final = UserQuery(includes_restricted=True, includes_anonymous=True)


class UserExportState(rx.State):
    """What the file shall have."""

    if TYPE_CHECKING:
        project_id: str

    is_open: bool = False
    error: str = ""
    scope: str = ALL
    kind: str = CSV

    @guarded(Access.PROJECT_ADMIN)
    async def toggle(self, _viewer: Viewer, is_open: bool) -> None:
        """Open the dialog, with what the table makes likely, or close it."""
        self.is_open, self.error = is_open is True, ""
        table = await self.get_state(UsersState)
        selection = await self.get_state(UserSelectionState)
        self.scope = CHOSEN if selection.selected else SHOWN if table.is_narrowed else ALL

    @guarded(Access.PROJECT_ADMIN)
    async def choose_scope(self, _viewer: Viewer, scope: str) -> None:
        """Choose which users the file has."""
        self.scope = scope if scope in (ALL, SHOWN, CHOSEN) else ALL

    @guarded(Access.PROJECT_ADMIN)
    async def choose_kind(self, _viewer: Viewer, kind: str) -> None:
        """Choose how the file is written."""
        self.kind = JSON if kind == JSON else CSV

    @guarded(Access.PROJECT_ADMIN)
    async def submit(self, viewer: Viewer, form: dict[str, Any]) -> object:
        """Let the browser fetch the file."""
        self.error = ""
        fields = [name for name in FIELD_LABELS if ticked(form, f"export_{name}")]
        if not fields:
            raise StatusError(400, say("users-export-no-fields"))
        selection = await self.get_state(UserSelectionState)
        query = query_of(await self.get_state(UsersState)) if self.scope == SHOWN else EVERYBODY
        ids = chosen_ids(selection) if self.scope == CHOSEN else []
        if self.scope == CHOSEN and not ids:
            raise StatusError(400, say("users-export-nobody"))
        asked, now = TableFile(query=query, user_ids=ids, fields=fields, is_json=self.kind == JSON), utc_now()
        ticket = await viewer.installation.db.run(
            downloads.issue,
            installation=viewer.installation,
            tenancy=viewer.tenancy,
            requested_by=viewer.signed_in.id,
            asked=asked,
            now=now,
        )
        self.is_open = False
        name = downloads.file_name(viewer.tenancy.project_id, asked, now)
        return rx.download(url=f"{downloads.PATH}{ticket}", filename=name)
