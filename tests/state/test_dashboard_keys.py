"""Project keys: found, renamed, replaced with an overlap, and shown once."""

import base64
from datetime import datetime, timedelta
from typing import Any

import pytest

from hexclave_app.security.hashing import token_hash
from hexclave_app.services import project_keys
from hexclave_app.services.tenancies import KeyKind
from models import ProjectKeySet
from models.base import utc_now
from state.dashboard.key_changes import OVERLAPS, RenameKeysState, RotateKeysState
from state.dashboard.keys import CreateKeysState, KeysState
from state.dashboard.reveal import RevealState
from tests.state.scenes import ProjectScene
from tests.state.tabs import Tab, run, targets

FORM = {"description": "Server", "lifetime": "90", "client": "on", "server": "on"}


def stored(project: ProjectScene, project_id: str = "") -> dict[str, ProjectKeySet]:
    rows = project.installation.db.call(project_keys.list_all, project_id=project_id or project.project_id)
    return {str(row.id): row for row in rows}


def created(project: ProjectScene, description: str) -> str:
    """The newest set of that name."""
    return next(set_id for set_id, row in stored(project).items() if row.description == description)


async def with_keys(tab: Tab) -> dict[str, str]:
    """Make the set of FORM; its keys by their prefix."""
    dialog, reveal = await tab.state(CreateKeysState), await tab.state(RevealState)
    await run(dialog.submit(dict(FORM)))
    keys = {key.value[:3]: key.value for key in reveal.keys}
    await run(reveal.say_stored(True))
    await run(reveal.close())
    return keys


def works(project: ProjectScene, kind: KeyKind, key: str, when: datetime) -> bool:
    return project.tenancy().has_key(kind, token_hash(key), when)


@pytest.mark.anyio
async def test_fresh_keys_stay_until_they_are_stored(project: ProjectScene) -> None:
    tab = project.tab()
    dialog, reveal = await tab.state(CreateKeysState), await tab.state(RevealState)
    assert await run(reveal.download()) == []
    await run(dialog.submit(dict(FORM)))
    await run(reveal.close())
    assert len(reveal.keys) == 2
    encoded = targets(await run(reveal.download())).partition("base64,")[2].partition('"')[0]
    lines = base64.b64decode(encoded).decode().splitlines()
    assert f"HEXCLAVE_SECRET_SERVER_KEY={reveal.keys[1].value}" in lines
    await run(reveal.say_stored(True))
    await run(reveal.close())
    assert (reveal.keys, reveal.snippets.environment, reveal.is_stored) == ([], "", False)
    assert await run(reveal.download()) == []


@pytest.mark.anyio
async def test_keys_are_found_by_description_and_status(project: ProjectScene) -> None:
    tab = project.tab()
    keys, table = await with_keys(tab), await tab.state(KeysState)
    await run(table.load())
    assert {row.description for row in table.rows} == {"test", "Server"}
    await run(table.change_search(keys["ssk"][-4:]))
    assert [row.description for row in table.rows] == ["Server"]
    await run(table.change_search("nobody"))
    assert (table.rows, table.has_any) == ([], True)
    await run(table.change_search(""))
    await run(table.ask_to_revoke(created(project, "Server")))
    await run(table.revoke())
    assert [row.description for row in table.rows] == ["test"]
    await run(table.choose_status("revoked"))
    assert [row.description for row in table.rows] == ["Server"]
    await run(table.choose_status("all"))
    assert [row.status for row in table.rows] == ["valid", "revoked"]
    assert "no such choice" in targets(await run(table.choose_status("secret"))) + table.error


@pytest.mark.anyio
async def test_keys_are_renamed_but_never_nameless(project: ProjectScene) -> None:
    tab = project.tab()
    await with_keys(tab)
    set_id, dialog = created(project, "Server"), await tab.state(RenameKeysState)
    await run(dialog.open_for(set_id))
    assert dialog.name == "Server"
    await run(dialog.submit({"key_description": "  "}))
    assert (dialog.error != "", stored(project)[set_id].description) == (True, "Server")
    await run(dialog.submit({"key_description": " Server of the shop "}))
    assert (dialog.is_open, stored(project)[set_id].description) == (False, "Server of the shop")


@pytest.mark.anyio
async def test_keys_are_replaced_while_the_old_ones_work_on(project: ProjectScene) -> None:
    tab = project.tab()
    old, old_id = await with_keys(tab), created(project, "Server")
    dialog, reveal = await tab.state(RotateKeysState), await tab.state(RevealState)
    await run(dialog.open_for(old_id))
    await run(dialog.submit({"overlap": "7"}))
    new = {key.value[:3]: key.value for key in reveal.keys}
    assert new.keys() == old.keys() == {"pck", "ssk"}
    assert not set(new.values()) & set(old.values())
    now = utc_now()
    for key, days in ((old["ssk"], 7), (new["ssk"], 90)):
        assert works(project, KeyKind.SERVER, key, now + timedelta(days=days - 1))
        assert not works(project, KeyKind.SERVER, key, now + timedelta(days=days + 1))
    assert [row.description for row in stored(project).values()].count("Server") == 2
    assert not dialog.is_open


@pytest.mark.anyio
async def test_the_overlap_never_makes_keys_live_longer(project: ProjectScene) -> None:
    tab = project.tab()
    dialog = await tab.state(CreateKeysState)
    await run(dialog.submit({**FORM, "lifetime": "1"}))
    set_id, rotation = created(project, "Server"), await tab.state(RotateKeysState)
    before = stored(project)[set_id].expires_at
    await run(rotation.open_for(set_id))
    await run(rotation.submit({"overlap": "30"}))
    assert stored(project)[set_id].expires_at == before


@pytest.mark.anyio
async def test_without_an_overlap_the_old_keys_stop_at_once(project: ProjectScene) -> None:
    tab = project.tab()
    old = await with_keys(tab)
    dialog = await tab.state(RotateKeysState)
    await run(dialog.open_for(created(project, "Server")))
    await run(dialog.submit({"overlap": "for ever"}))
    assert dialog.error != ""
    assert works(project, KeyKind.SERVER, old["ssk"], utc_now())
    await run(dialog.submit({"overlap": "0"}))
    assert not works(project, KeyKind.SERVER, old["ssk"], utc_now())
    assert "0" in OVERLAPS


@pytest.mark.anyio
async def test_keys_that_do_not_work_are_not_replaced(project: ProjectScene) -> None:
    tab = project.tab()
    await with_keys(tab)
    set_id, table, dialog = created(project, "Server"), await tab.state(KeysState), await tab.state(RotateKeysState)
    await run(dialog.open_for(set_id))
    await run(table.load())
    await run(table.ask_to_revoke(set_id))
    await run(table.revoke())
    await run(dialog.submit({"overlap": "7"}))
    assert "do not work any more" in dialog.error
    assert len(stored(project)) == 2


@pytest.mark.anyio
async def test_keys_of_other_projects_are_neither_renamed_nor_replaced(project: ProjectScene) -> None:
    (foreign,) = stored(project, project.foreign_id)
    before = stored(project, project.foreign_id)[foreign]
    tab = project.tab()
    reveal = await tab.state(RevealState)
    for kind, form in ((RenameKeysState, {"key_description": "mine"}), (RotateKeysState, {"overlap": "0"})):
        dialog: Any = await tab.state(kind)
        await run(dialog.open_for(foreign))
        assert not dialog.is_open
        dialog.id = foreign
        await run(dialog.submit(form))
        assert dialog.error != ""
    after = stored(project, project.foreign_id)
    assert (list(after), after[foreign]) == ([foreign], before)
    assert reveal.keys == []
