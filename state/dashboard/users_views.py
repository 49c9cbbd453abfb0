"""How somebody likes the table of users: which columns, and searches worth keeping; the browser remembers both."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

import orjson
import reflex as rx

from hexclave_app.errors import StatusError
from hexclave_app.languages.speaking import say
from state.base import Access, Viewer, guarded
from state.dashboard import paths
from state.dashboard.forms import typed
from state.dashboard.undoing import undoable
from state.dashboard.users import UsersState, parameters_of

COLUMNS: Final = {
    "id": say("users-column-id"),
    "email": say("users-column-email"),
    "methods": say("users-column-sign-in"),
    "mfa": say("users-column-mfa"),
    "country": say("users-column-country"),
    "signed-up": say("users-column-signed-up"),
    "active": say("users-column-active"),
}
"""Columns that can be hidden."""
_HIDDEN_AT_FIRST: Final = " ".join(("id", "mfa", "country"))
_MAX_NAME_CHARS: Final = 60
_MAX_KEPT: Final = 50


@dataclass(frozen=True)
class KeptView:
    """A search with its filters under a name."""

    project_id: str
    name: str
    address: str


class UserColumnsState(rx.State):
    """Which columns are hidden."""

    hidden_columns: str = rx.LocalStorage(_HIDDEN_AT_FIRST, name="hexclave-users-hidden-columns")

    @rx.var
    def shown(self) -> list[str]:
        """The columns that are shown."""
        hidden = str(self.hidden_columns).split()
        return [name for name in COLUMNS if name not in hidden]

    @guarded(Access.DASHBOARD)
    async def show(self, _viewer: Viewer, name: str, is_shown: bool) -> None:
        """Show a column, or hide it."""
        hidden = {one for one in str(self.hidden_columns).split() if one in COLUMNS} - {name}
        hidden |= set() if is_shown is True else {name}
        self.hidden_columns = " ".join(one for one in COLUMNS if one in hidden)


class UserViewsState(rx.State):
    """The kept searches of this browser."""

    if TYPE_CHECKING:
        project_id: str

    is_open: bool = False
    error: str = ""
    kept_views: str = rx.LocalStorage("[]", name="hexclave-users-views")
    _forgotten: KeptView | None = None

    @rx.var
    def views(self) -> list[KeptView]:
        """Those of the open project."""
        return [one for one in _read(str(self.kept_views)) if one.project_id == self.project_id]

    @guarded(Access.PROJECT_ADMIN)
    async def toggle(self, _viewer: Viewer, is_open: bool) -> None:
        """Open the dialog that asks for a name, or close it."""
        self.is_open, self.error = is_open is True, ""

    @guarded(Access.PROJECT_ADMIN)
    async def submit(self, viewer: Viewer, form: dict[str, Any]) -> object:
        """Keep what the table shows under a name; the same name again replaces it."""
        name = typed(form, "view_name")
        if not 0 < len(name) <= _MAX_NAME_CHARS:
            raise StatusError(400, say("users-view-name-length", most=_MAX_NAME_CHARS))
        project_id = viewer.tenancy.project_id
        address = paths.with_query(paths.users(project_id), parameters_of(await self.get_state(UsersState)))
        self._keep([*self._without(project_id, name), KeptView(project_id, name, address)])
        self.is_open = False
        return rx.toast.success(say("users-view-kept"))

    @guarded(Access.PROJECT_ADMIN)
    async def forget(self, viewer: Viewer, name: str) -> object:
        """Keep a search no longer."""
        self._forgotten = next((one for one in self.views if one.name == name), None)
        self._keep(self._without(viewer.tenancy.project_id, name))
        return undoable(say("users-view-forgotten"), UserViewsState.restore) if self._forgotten else None

    @guarded(Access.PROJECT_ADMIN)
    async def restore(self, viewer: Viewer) -> None:
        """Keep the search again that was forgotten last."""
        view, self._forgotten = self._forgotten, None
        if view is not None and view.project_id == viewer.tenancy.project_id:
            self._keep([*self._without(view.project_id, view.name), view])

    def _without(self, project_id: str, name: str) -> list[KeptView]:
        kept = _read(str(self.kept_views))
        return [one for one in kept if (one.project_id, one.name) != (project_id, name)]

    def _keep(self, views: Sequence[KeptView]) -> None:
        self.kept_views = orjson.dumps([asdict(one) for one in views[-_MAX_KEPT:]]).decode()


def _read(text: str) -> list[KeptView]:
    """What the browser has kept; addresses lead nowhere but to the table they were kept of."""
    try:
        given = orjson.loads(text)
    except orjson.JSONDecodeError:
        return []
    names = ("project_id", "name", "address")
    rows = [one for one in given if isinstance(one, dict)] if isinstance(given, list) else []
    views = [KeptView(*(str(one.get(name, "")) for name in names)) for one in rows]
    return [one for one in views if one.address.split("?")[0] == paths.users(one.project_id)]
