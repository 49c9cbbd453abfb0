"""Config endpoints: the rendered config, the overrides of each level, and their source (contract 02, section 5)."""

from typing import Annotated, Any

from hexclave_app.api.protocol.answers import SUCCESS, Answer
from hexclave_app.api.protocol.calls import Call
from hexclave_app.api.protocol.endpoints import ADMIN, SERVER, Endpoints
from hexclave_app.api.protocol.fields import FieldError, Rule, Schema, Text, one_of, printed, text, wrong_type
from hexclave_app.config.overrides import Level
from hexclave_app.errors import StatusError
from hexclave_app.services import project_configs
from hexclave_app.services.callers import AccessType
from models.base import JsonValue

routes = Endpoints("config")

_GITHUB_REQUIRED = ("owner", "repo", "branch", "commit_hash", "config_file_path")
_SOURCE_FIELDS: dict[str, tuple[str, ...]] = {
    "pushed-from-github": (*_GITHUB_REQUIRED, "workflow_path"),
    "pushed-from-unknown": (),
    "unlinked": (),
}
_source_type = one_of(list(_SOURCE_FIELDS))


def _source(value: Any) -> dict[str, JsonValue]:  # noqa: ANN401 - any JSON value
    """A source: which further fields it has depends on its type."""
    if not isinstance(value, dict):
        raise wrong_type("object", printed(value))
    if "type" not in value:
        raise FieldError("{path}.type must be defined")
    kind = _nested(_source_type, value["type"], "type")
    allowed = _SOURCE_FIELDS[kind]
    unknown = [name for name in value if name != "type" and name not in allowed]
    if unknown:
        raise FieldError(f"{{path}} contains unknown properties: {', '.join(unknown)}")
    missing = [name for name in _GITHUB_REQUIRED if name in allowed and name not in value]
    if missing:
        raise FieldError(*(f"{{path}}.{name} must be defined" for name in missing))
    return {"type": kind, **{name: _nested(text(), value[name], name) for name in allowed if name in value}}


def _nested(convert: Any, value: object, name: str) -> str:  # noqa: ANN401 - a rule's converter
    try:
        return str(convert(value))
    except FieldError as error:
        messages = (error.context or {})["messages"]
        raise FieldError(*(message.replace("{path}", f"{{path}}.{name}") for message in messages)) from None


class LevelPath(Schema):
    """Which override."""

    level: Annotated[Level, Rule(one_of([level.value for level in Level]))]


class ResettableLevelPath(Schema):
    """Which override keys are taken out of."""

    level: Annotated[Level, Rule(one_of([Level.BRANCH.value, Level.ENVIRONMENT.value]))]


class OverrideReplace(Schema):
    """A whole override as JSON text."""

    config_string: Text
    source: Annotated[dict[str, JsonValue] | None, Rule(_source)] = None


class OverridePatch(Schema):
    """Keys to merge, as JSON text."""

    config_override_string: Text


class KeysReset(Schema):
    """Dotted paths."""

    keys: list[Text]


def _check_level(call: Call) -> None:
    if call.authenticated.access is AccessType.SERVER and call.path.level is not Level.BRANCH:
        raise StatusError(403, "Server access may only read and write the branch level of the config.")


def _place(call: Call) -> dict[str, Any]:
    return {"project_id": call.tenancy.project_id, "branch_id": call.tenancy.branch_id}


@routes.endpoint("GET", "/internal/config", access=ADMIN)
def read_config(call: Call) -> dict[str, object]:
    """The complete rendered config as JSON text, secrets included."""
    return {"config_string": project_configs.to_json(call.tenancy.config)}


@routes.endpoint("GET", "/internal/config/override/{level}", access=SERVER, params=LevelPath)
def read_override(call: Call) -> dict[str, object]:
    """The stored override of a level as JSON text."""
    _check_level(call)
    override = project_configs.get(call.session, level=call.path.level, **_place(call))
    return {"config_string": project_configs.to_text(override)}


@routes.endpoint("PUT", "/internal/config/override/{level}", access=SERVER, params=LevelPath, body=OverrideReplace)
def replace_override(call: Call) -> Answer:
    """Replace the override of a level."""
    _check_level(call)
    config = project_configs.parse(call.body.config_string)
    project_configs.replace(call.session, level=call.path.level, config=config, source=call.body.source, **_place(call))
    return SUCCESS


@routes.endpoint("PATCH", "/internal/config/override/{level}", access=SERVER, params=LevelPath, body=OverridePatch)
def patch_override(call: Call) -> Answer:
    """Merge keys into the override of a level."""
    _check_level(call)
    config = project_configs.parse(call.body.config_override_string)
    project_configs.patch(call.session, level=call.path.level, config=config, **_place(call))
    return SUCCESS


@routes.endpoint(
    "POST",
    "/internal/config/override/{level}/reset-keys",
    access=ADMIN,
    params=ResettableLevelPath,
    body=KeysReset,
)
def reset_override_keys(call: Call) -> Answer:
    """Take keys and their descendants out of the branch or environment override."""
    project_configs.reset(call.session, level=call.path.level, keys=call.body.keys, **_place(call))
    return SUCCESS


@routes.endpoint("GET", "/internal/config/source", access=ADMIN)
def read_source(call: Call) -> dict[str, object]:
    """Where the branch override was pushed from."""
    return {"source": project_configs.get_source(call.session, **_place(call))}


@routes.endpoint("DELETE", "/internal/config/source", access=ADMIN)
def unlink_source(call: Call) -> Answer:
    """Mark the branch override as unlinked."""
    project_configs.unlink(call.session, **_place(call))
    return SUCCESS
