"""Open tabs survive a restart of the server: what it knew of them waits, sealed, in the data directory.

The states of tabs live in memory. A server that is stopped in good order writes them down, and the next one takes them
up and deletes the file, so that a tab goes on where it was (`state/open_tabs.py`). A server that is killed forgets
them: their tabs load their pages anew. So does a tab whose state another version of the product would not understand.
"""

import os
import pickle
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

import reflex as rx
import structlog
from cryptography.exceptions import InvalidTag
from reflex.istate.manager.memory import StateManagerMemory
from reflex.istate.manager.token import BaseStateToken
from reflex.state import BaseState
from reflex.utils.exceptions import StateSchemaMismatchError, StateSerializationError

from hexclave_app.installation import Installation, current_installation

KEPT_S: Final = 3600  # as long as the memory of a running server keeps a tab that says nothing
MAX_TABS: Final = 2000  # 20 kB and 2 ms each
_FILE: Final = "open-tabs.sealed"
_PURPOSE: Final = "open-tabs"
_CONTEXT: Final = "file"

Pieces = Mapping[str, bytes]
"""The states of one tab, each by its full name."""

log = structlog.get_logger()


@asynccontextmanager
async def keep(app: rx.App) -> AsyncIterator[None]:
    """Take up the tabs of the server before, and leave those of this one to the next."""
    manager, installation = app.state_manager, current_installation()
    if not isinstance(manager, StateManagerMemory):
        raise TypeError("the states of tabs are expected in memory")
    for token, pieces in _read(installation).items():
        await _take_up(manager, token, pieces)
    yield
    newest = list(manager.states)[-MAX_TABS:]
    _write(installation, {token: pieces for token in newest if (pieces := _pieces(manager.states[token]))})


def _pieces(root: BaseState) -> Pieces:
    try:
        return dict(_serialized(root))
    except StateSerializationError as problem:
        log.warning("an open tab is not kept", problem=str(problem))
        return {}


def _serialized(state: BaseState) -> Iterator[tuple[str, bytes]]:
    yield state.get_full_name(), BaseStateToken.serialize(state)
    for below in state.substates.values():
        yield from _serialized(below)


async def _take_up(manager: StateManagerMemory, token: str, pieces: Pieces) -> None:
    root = rx.State(_reflex_internal_init=True)  # type: ignore[call-arg]  # as the manager makes them itself
    try:
        for name, piece in pieces.items():
            _, *path = name.split(".")
            place = root.get_substate(path) if path else root
            vars(place).update(vars(BaseStateToken.deserialize(piece)))
    except (StateSchemaMismatchError, ValueError) as problem:
        log.warning("an open tab begins anew", problem=str(problem))
        return
    await manager.set_state(BaseStateToken(ident=token, cls=rx.State), root)


def _write(installation: Installation, tabs: dict[str, Pieces]) -> None:
    sealed = installation.sealer(_PURPOSE).seal(pickle.dumps((time.time(), tabs)), context=_CONTEXT)
    path = _path(installation)
    written = path.with_name(f"{path.name}.{os.getpid()}")  # another process of the installation may stop, too
    written.unlink(missing_ok=True)
    with os.fdopen(os.open(written, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(sealed)
    written.replace(path)


def _read(installation: Installation) -> dict[str, Pieces]:
    path = _path(installation)
    taken = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.replace(taken)  # of processes that start together, one takes the file
    except FileNotFoundError:
        return {}
    sealed = taken.read_bytes()
    taken.unlink()
    try:
        # Unpickled only because the seal proves that this installation has written it.
        written_at, tabs = pickle.loads(installation.sealer(_PURPOSE).open(sealed, context=_CONTEXT))  # noqa: S301 - sealed
    except (InvalidTag, ValueError):
        log.warning("the file of open tabs is not ours and was ignored")
        return {}
    return tabs if time.time() - written_at < KEPT_S else {}


def _path(installation: Installation) -> Path:
    return installation.settings.data_dir / _FILE
