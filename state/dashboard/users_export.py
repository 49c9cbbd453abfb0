"""The dialog that downloads users as a file."""

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any, Final

import reflex as rx
from sqlmodel import Session

from hexclave_app.errors import StatusError
from hexclave_app.languages.speaking import say
from hexclave_app.services.tenancies import TenancySnapshot
from hexclave_app.services.users import listing, table_files
from hexclave_app.services.users.listing import UserQuery
from hexclave_app.services.users.table_files import TableFile
from models.base import utc_now
from state.base import Access, Viewer, guarded
from state.dashboard.forms import ticked
from state.dashboard.users import UsersState, query_of
from state.dashboard.users_bulk import UserSelectionState, chosen_ids
from state.dashboard.wording import grouped

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
    is_working: bool = False
    error: str = ""
    scope: str = ALL
    kind: str = CSV

    def _error_field(self, _error: Exception) -> str:
        self.is_working = False
        return "error"

    @guarded(Access.PROJECT_ADMIN)
    async def toggle(self, _viewer: Viewer, is_open: bool) -> None:
        """Open the dialog, with what the table makes likely, or close it."""
        self.is_open, self.is_working, self.error = is_open is True, False, ""
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
    async def submit(self, viewer: Viewer, form: dict[str, Any]) -> AsyncIterator[object]:
        """Make the file and hand it to the browser."""
        self.error = ""
        fields = [name for name in FIELD_LABELS if ticked(form, f"export_{name}")]
        if not fields:
            raise StatusError(400, say("users-export-no-fields"))
        self.is_working = True
        yield None
        selection = await self.get_state(UserSelectionState)
        query = query_of(await self.get_state(UsersState)) if self.scope == SHOWN else EVERYBODY
        ids = chosen_ids(selection) if self.scope == CHOSEN else []
        if self.scope == CHOSEN and not ids:
            raise StatusError(400, say("users-export-nobody"))
        asked = TableFile(query=query, user_ids=ids, fields=fields, is_json=self.kind == JSON)
        data = await viewer.installation.db.scan(_write, tenancy=viewer.tenancy, asked=asked)
        self.is_open = self.is_working = False
        name = f"{viewer.tenancy.project_id}-users-export-{utc_now().date().isoformat()}.{self.kind}"
        yield rx.download(data=data, filename=name)


def _write(session: Session, *, tenancy: TenancySnapshot, asked: TableFile) -> bytes:
    if not asked.user_ids:
        count = listing.count(session, tenancy=tenancy, query=asked.query)
        if not count.is_exact:  # the file travels over the page's socket; more is for `hexclave export`
            raise StatusError(400, say("users-export-too-many", most=grouped(listing.MAX_COUNT)))
    return table_files.write(session, tenancy=tenancy, asked=asked)
