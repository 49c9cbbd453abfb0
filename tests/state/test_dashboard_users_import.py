"""Importing users from a file in the dashboard."""

import base64
import os
from pathlib import Path

import pytest

from hexclave_app.services.bulk.rows import FileError
from hexclave_app.services.bulk.uploads import MAX_FILE_BYTES, PIECE_BYTES, UploadedFiles
from hexclave_app.services.users import listing
from hexclave_app.services.users.listing import UserQuery
from state.dashboard.users_import import UserImportState
from tests.state.scenes import ProjectScene
from tests.state.tabs import run, targets

CSV = b"""primary_email,display_name,primary_email_auth_enabled
ada@example.com,Ada,true
ada@example.com,Twin,true
no address,Nobody,true
grace@example.com,Grace,true
"""


def piece(data: bytes, offset: int = 0) -> dict[str, object]:
    return {"offset": offset, "data": base64.b64encode(data).decode()}


def emails(project: ProjectScene) -> set[str | None]:
    query = UserQuery(includes_restricted=True, includes_anonymous=True)
    page = project.installation.db.call(listing.list_page, tenancy=project.tenancy(), query=query)
    return {user.primary_email for user in page.items}


def kept_files(project: ProjectScene) -> list[Path]:
    return list((project.installation.settings.data_dir / "imports").glob("*"))


async def in_background(page: UserImportState, name: str) -> None:
    """Run a background event here and now."""
    await run(type(page).event_handlers[name].fn(page))


@pytest.fixture(autouse=True)
def lockless(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody else has the state of a test, so holding it means nothing."""

    async def nothing(*_arguments: object) -> None:
        """Neither wait nor let go."""

    for name in ("__aenter__", "__aexit__"):
        monkeypatch.setattr(UserImportState, name, nothing)


@pytest.mark.anyio
async def test_a_file_is_checked_before_anything_is_kept_and_then_imported(project: ProjectScene) -> None:
    page = await project.tab().state(UserImportState)
    await run(page.toggle(True))
    assert f"slice(0, 0 + {PIECE_BYTES})" in targets(await run(page.begin({"name": "users.csv", "size": len(CSV)})))
    events = await run(page.receive(piece(CSV[:20])))
    assert "slice(20," in targets(events)
    await run(page.receive(piece(CSV[20:], 20)))
    [path] = kept_files(project)
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (CSV, 0o600)
    await in_background(page, "check")
    assert (page.step, page.created, page.rejected) == ("checked", 2, 2)
    assert [row.line for row in page.rejections] == ["2", "3"]
    assert page.rejections[1].reason == "primary_email: not an e-mail address"
    assert emails(project) == set()
    await in_background(page, "start")
    assert (page.step, page.created, page.rejected) == ("done", 2, 2)
    assert emails(project) == {"ada@example.com", "grace@example.com"}
    assert kept_files(project) == []
    assert page._report.splitlines()[0] == "line,reason"
    assert len(page._report.splitlines()) == 3
    assert "rejected-lines.csv" in targets(await run(page.download_report()))
    assert [entry.actor_id for entry in project.audit("user.created")] == [str(project.ada.id)] * 2


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("name", "size", "text"),
    [
        ("users.exe", 5, "must end in"),
        ("users.csv", 0, "empty"),
        ("users.csv", MAX_FILE_BYTES + 1, "larger than"),
    ],
)
async def test_files_that_cannot_be_imported_are_refused_at_once(
    project: ProjectScene, name: str, size: int, text: str
) -> None:
    page = await project.tab().state(UserImportState)
    assert await run(page.begin({"name": name, "size": size})) == []
    assert text in page.error
    assert kept_files(project) == []


@pytest.mark.anyio
async def test_a_file_that_is_no_csv_of_users_is_explained(project: ProjectScene) -> None:
    page = await project.tab().state(UserImportState)
    data = b"name,mail\nAda,ada@example.com\n"
    await run(page.begin({"name": "users.csv", "size": len(data)}))
    await run(page.receive(piece(data)))
    await in_background(page, "check")
    assert (page.step, "unknown columns: name, mail" in page.error) == ("choose", True)


@pytest.mark.anyio
@pytest.mark.parametrize(
    "forged",
    [
        {},
        {"offset": 3, "data": "YQ=="},
        {"offset": 0, "data": "?"},
        {"offset": "0", "data": "YQ=="},
        {"offset": 0, "data": 7},
    ],
)
async def test_pieces_that_do_not_fit_end_the_reading(project: ProjectScene, forged: dict[str, object]) -> None:
    page = await project.tab().state(UserImportState)
    await run(page.begin({"name": "users.csv", "size": 10}))
    await run(page.receive(forged))
    assert (page.step, page.error != "") == ("choose", True)
    await in_background(page, "start")
    assert page.step == "choose"


@pytest.mark.anyio
async def test_strangers_leave_no_file(project: ProjectScene) -> None:
    page = await project.tab(project.cleo).state(UserImportState)
    await run(page.begin({"name": "users.csv", "size": len(CSV)}))
    page.step, page._file_id = "reading", f"{'0' * 32}.csv"
    await run(page.receive(piece(CSV)))
    page.step = "checked"
    await in_background(page, "start")
    assert (kept_files(project), emails(project)) == ([], set())


@pytest.mark.anyio
async def test_closing_the_dialog_forgets_the_file(project: ProjectScene) -> None:
    page = await project.tab().state(UserImportState)
    await run(page.begin({"name": "users.csv", "size": len(CSV)}))
    assert len(kept_files(project)) == 1
    await run(page.toggle(False))
    assert (kept_files(project), page.step, page.file_name) == ([], "choose", "")


def test_names_of_files_never_lead_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "secrets.json").write_text("{}")
    files = UploadedFiles(tmp_path)
    for name in ("../secrets.json", "/etc/passwd", "", f"{'0' * 32}.csv"):
        with pytest.raises(FileError):
            files.path(name)
        files.discard(name)
    assert (tmp_path / "secrets.json").exists()


def test_files_that_were_left_are_removed_after_a_day(tmp_path: Path) -> None:
    files = UploadedFiles(tmp_path)
    old, fresh = files.begin(name="a.csv", size=1), files.begin(name="b.csv", size=1)
    os.utime(files.path(old), (0, 0))
    files.discard_old()
    assert [path.name for path in (tmp_path / "imports").iterdir()] == [fresh]
