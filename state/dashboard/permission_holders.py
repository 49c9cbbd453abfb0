"""Who has a permission."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import reflex as rx

from hexclave_app.errors import StatusError
from hexclave_app.languages.speaking import say
from hexclave_app.services import permission_use, permissions
from state.base import Access, Viewer, guarded
from state.dashboard import paths
from state.dashboard.permissions import scope_of
from state.dashboard.wording import grouped


@dataclass(frozen=True)
class HolderRow:
    """Somebody who has the permission."""

    key: str
    name: str
    address: str
    team: str
    through: str
    """The permission that contains it and was granted; empty where it was granted itself."""


class HoldersState(rx.State):
    """The dialog with everybody who has one permission."""

    if TYPE_CHECKING:
        project_id: str

    is_open: bool = False
    id: str = ""
    counted: str = ""
    rows: list[HolderRow] = []

    @guarded(Access.PROJECT_ADMIN)
    async def open_for(self, viewer: Viewer, permission_id: str) -> None:
        """Show who has a permission, directly or through another one."""
        tenancy, scope = viewer.tenancy, scope_of(self)
        if not permissions.is_defined(tenancy.config, str(permission_id), scope):
            raise StatusError(404, say("permissions-unknown-here"))
        found = await viewer.installation.db.scan(
            permission_use.holders, tenancy=tenancy, scope=scope, permission_id=str(permission_id)
        )
        self.id = str(permission_id)
        self.counted = say(
            "permissions-holders-counted",
            count=found.count,
            number=grouped(found.count),
            shown=len(found.newest),
            is_all="yes" if found.count == len(found.newest) else "no",
        )
        self.rows = [
            HolderRow(
                f"{number}",
                one.user.display_name or one.user.primary_email or say("common-no-name"),
                paths.user(tenancy.project_id, str(one.user.id)),
                one.team,
                one.through if one.through != permission_id else "",
            )
            for number, one in enumerate(found.newest)
        ]
        self.is_open = True

    @guarded(Access.PROJECT_ADMIN)
    async def toggle(self, _viewer: Viewer, is_open: bool) -> None:
        """Close the dialog."""
        self.is_open = is_open is True and self.id != ""
