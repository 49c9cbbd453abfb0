"""What a stopped server leaves to the next one of its open tabs."""

from types import SimpleNamespace
from typing import Any

import pytest
import reflex as rx
from reflex.istate.manager.memory import StateManagerMemory
from reflex.istate.manager.token import BaseStateToken

from hexclave_app import kept_tabs
from hexclave_app.installation import Installation
from state.dashboard.teams import CreateTeamState, TeamsState
from state.hosted.signing_in import keep_attempt, waiting_attempt

pytestmark = pytest.mark.anyio
TOKEN = BaseStateToken(ident="tab-1", cls=rx.State)


def server() -> Any:
    return SimpleNamespace(state_manager=StateManagerMemory())  # type: ignore[abstract]  # Reflex makes one, too


async def fill(app: Any) -> None:
    root = await app.state_manager.get_state(TOKEN)
    (await root.get_state(CreateTeamState)).is_open = True
    (await root.get_state(TeamsState)).next_cursor = "second page"
    await keep_attempt(root, "attempt-code-1")


async def test_a_tab_goes_on_after_every_restart(installation: Installation) -> None:
    first, second, third = server(), server(), server()
    async with kept_tabs.keep(first):
        await fill(first)
    async with kept_tabs.keep(second):
        pass
    async with kept_tabs.keep(third):
        root = await third.state_manager.get_state(TOKEN)
        assert (await root.get_state(CreateTeamState)).is_open
        assert (await root.get_state(TeamsState)).next_cursor == "second page"
        assert await waiting_attempt(root) == "attempt-code-1"
        assert not kept_tabs._path(installation).exists()


async def test_the_file_is_private_sealed_and_read_only_once(installation: Installation) -> None:
    app, after, later = server(), server(), server()
    async with kept_tabs.keep(app):
        await fill(app)
    path = kept_tabs._path(installation)
    assert path.stat().st_mode & 0o777 == 0o600
    content = path.read_bytes()
    assert b"attempt-code-1" not in content
    assert b"teams" not in content
    async with kept_tabs.keep(after):
        after.state_manager.states.clear()
    async with kept_tabs.keep(later):
        assert later.state_manager.states == {}


async def test_a_file_that_is_not_ours_is_never_unpickled(installation: Installation) -> None:
    path = kept_tabs._path(installation)
    app, after, unknown = server(), server(), server()
    async with kept_tabs.keep(app):
        await fill(app)
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    async with kept_tabs.keep(after):
        assert after.state_manager.states == {}
    path.write_bytes(b"cos\nsystem\n(S'exit'\ntR.")
    async with kept_tabs.keep(unknown):
        assert unknown.state_manager.states == {}


async def test_old_tabs_are_forgotten(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    app, after = server(), server()
    async with kept_tabs.keep(app):
        await fill(app)
    monkeypatch.setattr(kept_tabs, "KEPT_S", 0)
    async with kept_tabs.keep(after):
        assert after.state_manager.states == {}
    assert installation.settings.data_dir.exists()


async def test_two_processes_stop_and_start_together(installation: Installation) -> None:
    """One file is left, whole, and one of those that start takes it."""
    one, other = server(), server()
    async with kept_tabs.keep(one), kept_tabs.keep(other):
        await fill(one)
        await fill(other)
    assert [file.name for file in installation.settings.data_dir.glob("open-tabs*")] == ["open-tabs.sealed"]
    first, second = server(), server()
    async with kept_tabs.keep(first), kept_tabs.keep(second):
        assert (len(first.state_manager.states), len(second.state_manager.states)) == (1, 0)


async def test_a_file_that_was_cut_off_is_no_obstacle(installation: Installation) -> None:
    app, after = server(), server()
    async with kept_tabs.keep(app):
        await fill(app)
    path = kept_tabs._path(installation)
    path.write_bytes(path.read_bytes()[:40])
    async with kept_tabs.keep(after):
        assert after.state_manager.states == {}
