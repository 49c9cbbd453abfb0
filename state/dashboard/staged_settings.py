"""Settings that wait for Save: how each is checked, read and written."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar, Final, cast

from sqlmodel import Session

from hexclave_app.config.hiding import hidden
from hexclave_app.config.overrides import Level
from hexclave_app.config.production import production_mode_errors
from hexclave_app.config.schema import CompleteConfig
from hexclave_app.errors import StatusError
from hexclave_app.languages.speaking import say
from hexclave_app.services import project_configs, projects, tenancies
from hexclave_app.services.config_texts import printed
from hexclave_app.services.projects import ProjectFields
from models import Project
from models.base import JsonValue
from models.projects import DEFAULT_BRANCH_ID

Keys = dict[str, JsonValue]
_COLUMNS: Final = {
    "display_name": "displayName",
    "description": "description",
    "is_production_mode": "isProductionMode",
}
"""What is stored with the project itself, and its name where changes are shown."""


@dataclass(frozen=True)
class Present:
    """A project as it is stored."""

    config: CompleteConfig
    project: Project

    def at(self, key: str) -> JsonValue:
        """What the configuration says at a dotted key; None where it says nothing."""
        value = self._json
        for name in key.split("."):
            value = value.get(name) if isinstance(value, dict) else None
        return value

    def beside(self, keys: Mapping[str, JsonValue]) -> Keys:
        """What the configuration says at keys that are to be written, without its secrets."""
        return hidden({key: _alike(self.at(key), value) for key, value in keys.items()})

    @cached_property
    def _json(self) -> JsonValue:
        return self.config.model_dump(mode="json", by_alias=True, exclude_none=True)


@dataclass(frozen=True)
class Changes:
    """What is to be written: keys of the configuration by level, and columns of the project."""

    keys: dict[Level, Keys] = field(default_factory=lambda: {level: {} for level in Level})
    columns: dict[str, object] = field(default_factory=dict)

    @property
    def pushable(self) -> Keys:
        """The keys of the branch, which a pushed configuration may own."""
        return self.keys[Level.BRANCH]

    def text(self) -> str:
        """What will be stored, as text."""
        columns = {_COLUMNS[name]: value for name, value in self.columns.items()}
        return printed(columns | self._all_keys())

    def text_before(self, present: Present) -> str:
        """What is stored under the same names."""
        columns = {_COLUMNS[name]: getattr(present.project, name) for name in self.columns}
        return printed(columns | present.beside(self._all_keys()))

    def _all_keys(self) -> Keys:
        return {key: value for keys in self.keys.values() for key, value in keys.items()}


class Setting(ABC):
    """Something that is changed on a page and stored with Save."""

    label: str
    """What messages call it."""
    is_typed: ClassVar[bool] = False
    """Whether it is written letter by letter, so that it may be wrong for a while."""

    @abstractmethod
    def read(self, present: Present) -> JsonValue:
        """What is stored."""

    @abstractmethod
    def checked(self, value: object, present: Present) -> JsonValue:
        """The value as it may be stored; raises a plain 400 for one that may not."""

    @abstractmethod
    def write(self, changes: Changes, value: JsonValue, present: Present) -> None:
        """Add what is to be stored to what other settings have added."""

    def settled(self, value: JsonValue, _present: Present) -> JsonValue:
        """A changed value, when what is stored has changed around it."""
        return value

    def has_moved(self, was: JsonValue, present: Present) -> bool:
        """Whether somebody else has changed it since it was as given."""
        return bool(self.read(present) != was)


@dataclass(frozen=True)
class Switch(Setting):
    """A key of the configuration that is true or false."""

    key: str
    label: str
    level: Level = Level.BRANCH

    def read(self, present: Present) -> JsonValue:
        """Whether it is on."""
        return present.at(self.key) is True

    def checked(self, value: object, _present: Present) -> JsonValue:
        """Only yes and no."""
        return yes_or_no(value)

    def write(self, changes: Changes, value: JsonValue, _present: Present) -> None:
        """Set the key."""
        changes.keys[self.level][self.key] = value


@dataclass(frozen=True)
class Choice(Setting):
    """A key of the configuration that is one of a few words."""

    key: str
    label: str
    options: Mapping[str, str]

    def read(self, present: Present) -> JsonValue:
        """The chosen word."""
        return present.at(self.key)

    def checked(self, value: object, _present: Present) -> JsonValue:
        """Only what is offered."""
        if not isinstance(value, str) or value not in self.options:
            raise StatusError(400, say("common-no-choice"))
        return value

    def write(self, changes: Changes, value: JsonValue, _present: Present) -> None:
        """Set the key."""
        changes.pushable[self.key] = value


@dataclass(frozen=True)
class ProjectText(Setting):
    """A text that is stored with the project itself."""

    column: str
    label: str
    problem: str
    """What is said about a text that is too short or too long."""
    most: int
    least: int = 0
    is_typed: ClassVar[bool] = True

    def read(self, present: Present) -> JsonValue:
        """The text."""
        return str(getattr(present.project, self.column))

    def checked(self, value: object, _present: Present) -> JsonValue:
        """Without the spaces around it, and neither too short nor too long."""
        text = value.strip() if isinstance(value, str) else ""
        if not self.least <= len(text) <= self.most:
            raise StatusError(400, self.problem)
        return text

    def write(self, changes: Changes, value: JsonValue, _present: Present) -> None:
        """Set the column."""
        changes.columns[self.column] = value


@dataclass(frozen=True)
class ProductionMode(Setting):
    """Whether the project says that real people may use it."""

    label: str

    def read(self, present: Present) -> JsonValue:
        """Whether it is on."""
        return present.project.is_production_mode

    def checked(self, value: object, present: Present) -> JsonValue:
        """Left at any time, entered only without problems."""
        if yes_or_no(value) and production_mode_errors(present.config, present.project.id):
            raise StatusError(400, say("settings-production-refused"))
        return value

    def write(self, changes: Changes, value: JsonValue, _present: Present) -> None:
        """Set the column."""
        changes.columns["is_production_mode"] = value


Settings = Mapping[str, Setting]
"""What a page changes, by its names in events."""


def yes_or_no(value: object) -> bool:
    """A truth value; raises a plain 400 for anything else."""
    if not isinstance(value, bool):
        raise StatusError(400, say("common-no-choice"))
    return value


def read_present(session: Session, *, project_id: str) -> Present:
    """A project as this transaction sees it."""
    project = projects.get(session, project_id=project_id)
    return Present(tenancies.load(session, project_id, DEFAULT_BRANCH_ID).config, project)


def changes_of(settings: Settings, staged: Mapping[str, JsonValue], present: Present) -> Changes:
    """What is to be written for values that were checked."""
    changes = Changes()
    for name, value in staged.items():
        settings[name].write(changes, value, present)
    return changes


def store(
    session: Session,
    *,
    project_id: str,
    settings: Settings,
    staged: Mapping[str, JsonValue],
    seen: Mapping[str, JsonValue],
) -> list[str]:
    """Write all of it, or nothing and return the names of what others have changed since it was as it was seen."""
    project_configs.lock_project(session, project_id)
    present = read_present(session, project_id=project_id)
    moved = [name for name in staged if settings[name].has_moved(seen[name], present)]
    if moved:
        return moved
    changes = changes_of(settings, {name: settings[name].checked(staged[name], present) for name in staged}, present)
    if changes.pushable:
        project_configs.require_unlinked(session, project_id=project_id)
        project_configs.patch_pushable(session, project_id=project_id, config=changes.pushable)
    for level in (Level.ENVIRONMENT, Level.PROJECT):
        if changes.keys[level]:
            project_configs.patch(session, project_id=project_id, level=level, config=changes.keys[level])
    if changes.columns:
        projects.update(session, project_id=project_id, fields=cast("ProjectFields", changes.columns))
    return []


def _alike(present: JsonValue, new: JsonValue) -> JsonValue:
    """The present value without what the new one does not speak of, such as keys of the environment."""
    if isinstance(present, dict) and isinstance(new, dict):
        return {key: _alike(value, new[key]) for key, value in present.items() if key in new}
    return present
