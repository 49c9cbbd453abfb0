"""Pages that follow what others change share one look at the database."""

import asyncio
import uuid

import pytest
from sqlmodel import Session

from hexclave_app.installation import Installation
from state.dashboard import watching
from state.dashboard.live import read_marks
from tests.state.scenes import ProjectScene


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "POLL_S", 0.01)


@pytest.mark.anyio
async def test_everybody_who_watches_hears_of_a_change_and_one_looks_for_all(project: ProjectScene) -> None:
    looks = 0

    def read(session: Session, *, tenancy_id: uuid.UUID) -> object:
        nonlocal looks
        looks += 1
        return read_marks(session, tenancy_id=tenancy_id)

    tenancy_id = project.tenancy().id
    watch = watching.watching
    async with (
        watch(project.installation, read, tenancy_id) as first,
        watch(project.installation, read, tenancy_id) as second,
    ):
        assert first is second
        seen = await first.other_than(None)
        waiting = [asyncio.create_task(one.other_than(seen)) for one in (first, second)]
        await asyncio.sleep(0)
        before = looks
        project.add_user("grace@example.com")
        newest = await asyncio.gather(*waiting)
        assert newest[0] == newest[1] != seen
        assert looks > before
    ended = looks
    await asyncio.sleep(0.1)
    assert (looks, watching._watched) == (ended, {})


@pytest.mark.anyio
async def test_without_a_change_the_wait_ends_all_the_same(
    project: ProjectScene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "IDLE_S", 0.02)
    async with watching.watching(project.installation, read_marks, project.tenancy().id) as marks:
        seen = await marks.other_than(None)
        assert await marks.other_than(seen) == seen


@pytest.mark.anyio
async def test_a_look_that_fails_does_not_leave_anybody_waiting(installation: Installation) -> None:
    def fail(_session: Session, *, tenancy_id: uuid.UUID) -> int:
        raise RuntimeError(f"no {tenancy_id}")

    async with watching.watching(installation, fail, uuid.UUID(int=0)) as marks:
        with pytest.raises(RuntimeError, match="no 0000"):
            await marks.other_than(None)
