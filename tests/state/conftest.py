"""State without a browser: the tab of a dashboard user, made of the state tree and a real installation."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlmodel import Session

from hexclave_app.hexclave_app import app
from hexclave_app.installation import Installation, current_installation
from hexclave_app.services import internal_project, sessions
from hexclave_app.services.browser_sessions import cookie_name
from hexclave_app.services.sessions import SignInContext
from models.base import utc_now
from tests.state.scenes import ProjectScene, project_scene
from tests.state.tabs import HOST, Tab
from tests.support.projects import DashboardUser, internal

assert app.state_manager is not None  # the pages must be registered, so that states know their route's arguments


@pytest.fixture
def installation(sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Installation]:
    """The installation of this process, on a database of its own: the handlers under test find it by themselves."""
    shutil.copy(sqlite_template, tmp_path / "test.db")
    monkeypatch.setenv("HEXCLAVE_DATABASE_URL", f"sqlite:///{tmp_path / 'test.db'}")
    monkeypatch.setenv("HEXCLAVE_DATA_DIR", str(tmp_path / "data"))
    current_installation.cache_clear()
    created = current_installation()
    created.db.call(internal_project.ensure, settings=created.settings)
    yield created
    created.close()
    current_installation.cache_clear()


@pytest.fixture
def tab_of(installation: Installation) -> Callable[..., Tab]:
    """Open a browser tab for a dashboard user (or for nobody) on a page."""

    def open_tab(user: DashboardUser | None, path: str = "/projects", **arguments: str) -> Tab:
        cookie = ""
        if user is not None:
            token = installation.db.call(_sign_in, installation=installation, user=user)
            cookie = f"{cookie_name('internal', is_secure=False)}={token}"
        return Tab(cookie, path, **arguments)

    return open_tab


@pytest.fixture
def project(installation: Installation, tab_of: Callable[..., Tab]) -> ProjectScene:
    """Ada's project, and a foreign one."""
    return project_scene(installation, tab_of)


def _sign_in(session: Session, *, installation: Installation, user: DashboardUser) -> str:
    context = SignInContext(installation, internal(session), None, utc_now())
    return sessions.create(session, context, user_id=user.id).refresh_token


__all__ = ["HOST"]
