"""The permissions of a project or of its teams: definitions, what contains what, and why somebody may do something."""

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import reflex as rx
from sqlmodel import Session

from hexclave_app.api.permission_schemas import DefinitionCreate
from hexclave_app.config.schema import CompleteConfig
from hexclave_app.errors import StatusError
from hexclave_app.languages.speaking import say
from hexclave_app.services import contact_channels, permission_definitions, permission_use, permissions
from hexclave_app.services.permission_definitions import Definition
from models.base import JsonValue
from state.base import Access, Viewer, guarded
from state.dashboard.forms import checked, known_id, typed, typed_or_none
from state.dashboard.permission_graph import EMPTY, Drawing, drawn
from state.dashboard.staged import StagedState
from state.dashboard.staged_settings import Changes, Present, Setting, Settings, yes_or_no
from state.dashboard.users import parse_user_id

DEFAULTS: Final = {
    "creator": "teamCreator",
    "member": "teamMember",
    "sign_up": "signUp",
}
"""Default permission sets: name in events, key in the configuration."""


@dataclass(frozen=True)
class DefinitionRow:
    """A permission as the table shows it."""

    id: str
    description: str
    contained: list[str]
    is_system: bool
    granted: int
    """How often it was granted itself."""


@dataclass(frozen=True)
class Node:
    """A permission in the drawing: how deep it is contained, and whether it was drawn above already."""

    key: str
    id: str
    depth: int
    inside: str
    """The permission that contains it here."""
    is_repeated: bool


@dataclass(frozen=True)
class ContainedChoice:
    """A permission that the edited one could contain."""

    id: str
    is_ticked: bool
    inherited_from: str


@dataclass(frozen=True)
class DefaultChoice:
    """A permission and the default sets that it is part of."""

    id: str
    for_creator: bool = False
    for_member: bool = False
    for_sign_up: bool = False


@dataclass(frozen=True)
class DefaultGrant(Setting):
    """Whether a permission is part of a default set; applies to those who come from now on."""

    set_name: str
    permission_id: str
    scope: str

    @property
    def label(self) -> str:  # type: ignore[override]  # made of the others
        """Which permission it is."""
        return self.permission_id

    def read(self, present: Present) -> JsonValue:
        """Whether it is."""
        return self.permission_id in self._ids(present)

    def checked(self, value: object, _present: Present) -> JsonValue:
        """Only yes and no."""
        return yes_or_no(value)

    def write(self, changes: Changes, value: JsonValue, present: Present) -> None:
        """Write the set as a whole."""
        key = f"rbac.defaultPermissions.{DEFAULTS[self.set_name]}"
        others = set(changes.pushable.get(key, self._ids(present))) - {self.permission_id}
        changes.pushable[key] = dict.fromkeys(sorted(others | ({self.permission_id} if value else set())), True)

    def _ids(self, present: Present) -> list[str]:
        config = present.config
        return list(permissions.default_grants(config, _default_set(config, self.set_name), self.scope))


class PermissionsState(StagedState, rx.State):
    """The definitions of one scope; the page's address says which one."""

    rows: list[DefinitionRow] = []
    has_any: bool = False
    search: str = ""
    opened: int = 0
    """Grows with every opening of the page, so that the search field is empty again."""
    nodes: list[Node] = []
    drawing: Drawing = EMPTY
    defaults: list[DefaultChoice] = []
    deleting_id: str = ""

    def _settings(self, present: Present) -> Settings:
        scope = scope_of(self)
        sets = [name for name in DEFAULTS if (name == "sign_up") is (scope == permissions.PROJECT_SCOPE)]
        ids = permissions.defined_ids(present.config, scope)
        return {f"{name}:{one}": DefaultGrant(name, one, scope) for name in sets for one in ids}

    def _begin_anew(self) -> None:
        super()._begin_anew()
        self.deleting_id = self.search = ""
        self.opened += 1

    @guarded(Access.PROJECT_ADMIN, supersedes=True)
    async def change_search(self, viewer: Viewer, text: str) -> None:
        """Show the permissions whose id has these letters."""
        self.search = str(text).strip().lower()
        await self._show_page(viewer)
        self._arrange()

    @guarded(Access.PROJECT_ADMIN)
    async def ask_to_delete(self, _viewer: Viewer, permission_id: str) -> None:
        """Open the question for one permission."""
        self.deleting_id = str(permission_id)

    @guarded(Access.PROJECT_ADMIN)
    async def stop_asking(self, _viewer: Viewer) -> None:
        """Close the question."""
        self.deleting_id = ""

    @guarded(Access.PROJECT_ADMIN)
    async def delete(self, viewer: Viewer) -> object:
        """Remove the permission from everywhere."""
        permission_id, self.deleting_id = self.deleting_id, ""
        await viewer.installation.db.run(
            permission_definitions.delete, tenancy=viewer.tenancy, scope=scope_of(self), permission_id=permission_id
        )
        return [rx.toast.success(say("permissions-deleted")), PermissionsState.refresh]

    async def _show_page(self, viewer: Viewer) -> None:
        config, scope = viewer.tenancy.config, scope_of(self)
        granted = await viewer.installation.db.scan(permission_use.granted, tenancy=viewer.tenancy, scope=scope)
        found = permission_definitions.list_all(config, scope)
        self.rows = [
            DefinitionRow(
                one.id,
                one.description or "",
                list(one.contained_ids),
                one.id.startswith("$"),
                granted.get(one.id, 0),
            )
            for one in found
            if self.search in one.id.lower()
        ]
        self.has_any = bool(found)
        contained = {one.id: list(one.contained_ids) for one in found}
        self.nodes, self.drawing = drawing(contained), drawn(contained)
        self.defaults = [DefaultChoice(one.id) for one in found]

    def _arrange(self) -> None:
        self.defaults = [
            DefaultChoice(one.id, **{f"for_{name}": self.switches.get(f"{name}:{one.id}", False) for name in DEFAULTS})
            for one in self.defaults
        ]


class DefinitionDialogState(rx.State):
    """The dialog that defines or changes a permission."""

    if TYPE_CHECKING:
        project_id: str

    is_open: bool = False
    error: str = ""
    id: str = ""
    """The permission that is being changed; empty for a new one."""
    description: str = ""
    choices: list[ContainedChoice] = []
    _ticked: list[str] = []

    @guarded(Access.PROJECT_ADMIN)
    async def open_for(self, viewer: Viewer, permission_id: str) -> None:
        """Show a permission, or an empty form."""
        found = viewer.tenancy.config.rbac.permissions.get(permission_id)
        self.id = permission_id if found is not None else ""
        self.description = found.description or "" if found is not None else ""
        self._ticked = permissions.contained_ids(viewer.tenancy.config, permission_id)
        self.error, self.is_open = "", True
        self._draw(viewer.tenancy.config)

    @guarded(Access.PROJECT_ADMIN)
    async def toggle(self, _viewer: Viewer, is_open: bool) -> None:
        """Close the dialog."""
        self.is_open, self.error = is_open is True, ""

    @guarded(Access.PROJECT_ADMIN)
    async def tick(self, viewer: Viewer, permission_id: str, is_on: bool) -> None:
        """Choose what the permission contains; what follows from it is shown at once."""
        self._ticked = [one for one in self._ticked if one != permission_id]
        if is_on is True:
            self._ticked.append(str(permission_id))
        self._draw(viewer.tenancy.config)

    @guarded(Access.PROJECT_ADMIN)
    async def submit(self, viewer: Viewer, form: dict[str, Any]) -> object:
        """Store the definition."""
        values: dict[str, object] = {
            "id": self.id or typed(form, "permission_id"),
            "contained_permission_ids": list(self._ticked),
        }
        description = typed_or_none(form, "permission_description")
        if description is not None:
            values["description"] = description
        body = checked(DefinitionCreate, values)
        new = Definition(body.id, body.description, body.contained_permission_ids)
        await viewer.installation.db.run(_save, viewer, scope=scope_of(self), permission_id=self.id, new=new)
        self.is_open = False
        return [rx.toast.success(say("common-saved")), PermissionsState.refresh]

    def _draw(self, config: CompleteConfig) -> None:
        scope = scope_of(self)
        self.choices = [
            ContainedChoice(one, one in self._ticked, _source(config, self._ticked, one, scope))
            for one in sorted(permissions.defined_ids(config, scope) - {self.id})
        ]


class ExplainState(rx.State):
    """Answers "may this user do that, and why?"."""

    if TYPE_CHECKING:
        project_id: str

    answer: str = ""
    is_allowed: bool = False
    way: list[str] = []
    error: str = ""

    @guarded(Access.PROJECT_ADMIN)
    async def ask(self, viewer: Viewer, form: dict[str, Any]) -> None:
        """Show the chain from the direct grant to the permission."""
        self.answer, self.way, self.error = "", [], ""
        permission_id = typed(form, "explain_permission")
        if not permissions.is_defined(viewer.tenancy.config, permission_id, scope_of(self)):
            raise StatusError(404, say("permissions-unknown-here"))
        is_team = scope_of(self) == permissions.TEAM_SCOPE
        team_id = known_id(typed(form, "explain_team"), say("permissions-team-missing")) if is_team else None
        self.way = await viewer.installation.db.scan(
            _explain, viewer, who=typed(form, "explain_user"), permission_id=permission_id, team_id=team_id
        )
        self.is_allowed = bool(self.way)
        self.answer = say("permissions-yes") if self.way else say("permissions-not-granted")


def scope_of(state: rx.State) -> str:
    """The scope that the page is about."""
    is_team = state.router.url.path.rstrip("/").endswith("/team-permissions")
    return permissions.TEAM_SCOPE if is_team else permissions.PROJECT_SCOPE


def drawing(contained: dict[str, list[str]]) -> list[Node]:
    """The permissions as an indented graph: containers first; what was drawn already is only named again."""
    inner = {one for ids in contained.values() for one in ids}
    nodes: list[Node] = []
    drawn: set[str] = set()

    def draw(permission_id: str, way: tuple[str, ...]) -> None:
        is_repeated, key = permission_id in drawn, "/".join((*way, permission_id))
        has_more = is_repeated and bool(contained.get(permission_id))
        nodes.append(Node(key, permission_id, len(way), way[-1] if way else "", has_more))
        drawn.add(permission_id)
        if not is_repeated:
            for one in sorted(contained.get(permission_id, ())):
                draw(one, (*way, permission_id))

    for root in sorted(contained, key=lambda one: (one in inner, not contained[one], one)):
        if root not in drawn:  # the last ones are those that only contain each other
            draw(root, ())
    return nodes


def _default_set(config: CompleteConfig, name: str) -> dict[str, bool]:
    defaults = config.rbac.default_permissions
    return {"creator": defaults.team_creator, "member": defaults.team_member, "sign_up": defaults.sign_up}[name]


def _source(config: CompleteConfig, ticked: list[str], permission_id: str, scope: str) -> str:
    way = permissions.chain(config, [one for one in ticked if one != permission_id], permission_id, scope)
    return way[0] if way else ""


def _save(session: Session, viewer: Viewer, *, scope: str, permission_id: str, new: Definition) -> None:
    if permission_id:
        permission_definitions.update(
            session, tenancy=viewer.tenancy, scope=scope, permission_id=permission_id, new=new
        )
    else:
        permission_definitions.create(session, tenancy=viewer.tenancy, scope=scope, new=new)


def _explain(session: Session, viewer: Viewer, *, who: str, permission_id: str, team_id: uuid.UUID | None) -> list[str]:
    tenancy = viewer.tenancy
    if "@" in who:
        channel = contact_channels.find_for_auth(session, tenancy_id=tenancy.id, email=who)
        if channel is None:
            raise StatusError(404, say("permissions-unknown-user"))
        user_id = channel.user_id
    else:
        user_id = parse_user_id(who)
    return permissions.explain(
        session,
        tenancy.config,
        tenancy_id=tenancy.id,
        user_id=user_id,
        permission_id=permission_id,
        team_id=team_id,
    )
