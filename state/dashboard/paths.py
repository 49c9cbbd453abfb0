"""Every address of the dashboard, once; `hexclave_app.pages.routes` makes route patterns of the same functions."""

from typing import Final
from urllib.parse import quote, urlencode

PROJECTS: Final = "/projects"
NEW_PROJECT: Final = "/new-project"
SIGN_IN: Final = "/handler/sign-in"
SIGN_UP: Final = "/handler/sign-up"


def overview(project_id: str) -> str:
    """The start page of a project."""
    return f"{PROJECTS}/{project_id}"


def users(project_id: str) -> str:
    """The users of a project."""
    return f"{PROJECTS}/{project_id}/users"


def keys(project_id: str) -> str:
    """The key sets of a project."""
    return f"{PROJECTS}/{project_id}/project-keys"


def domains(project_id: str) -> str:
    """The trusted domains of a project."""
    return f"{PROJECTS}/{project_id}/domains"


def settings(project_id: str) -> str:
    """The settings of a project."""
    return f"{PROJECTS}/{project_id}/project-settings"


def sign_in(return_to: str) -> str:
    """The sign-in page that leads back to a path."""
    return f"{SIGN_IN}?after_auth_return_to={quote(return_to, safe='')}"


def with_query(path: str, values: dict[str, str]) -> str:
    """A path with the parameters that have a value."""
    given = {name: value for name, value in values.items() if value}
    return f"{path}?{urlencode(given)}" if given else path
