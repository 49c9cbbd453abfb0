"""Importing users from a file: it is read, checked without keeping anything, and only then imported."""

import asyncio
import base64
import binascii
import csv
import io
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import reflex as rx

from hexclave_app.installation import Installation
from hexclave_app.services.bulk.importing import Progress, Rejection, UserImport
from hexclave_app.services.bulk.rows import FileError
from hexclave_app.services.bulk.uploads import PIECE_BYTES, UploadedFiles
from state.base import Access, Viewer, guarded

POLL_S: Final = 0.3
MAX_SHOWN: Final = 20
MAX_KEPT: Final = 1_000
# The browser keeps the file; pieces are fetched from it one by one.
PICK: Final = """new Promise((done) => {
  const input = Object.assign(document.createElement('input'), { type: 'file', accept: '.csv,.jsonl,.ndjson' });
  input.onchange = () => {
    const file = input.files[0];
    window.hexclaveImport = file;
    done({ name: file.name, size: file.size });
  };
  input.oncancel = () => done({});
  input.click();
})"""
_PIECE: Final = """(async () => {
  const piece = window.hexclaveImport.slice(%(offset)d, %(offset)d + %(size)d);
  const bytes = new Uint8Array(await piece.arrayBuffer());
  let text = '';
  for (let at = 0; at < bytes.length; at += 32768) text += String.fromCharCode(...bytes.subarray(at, at + 32768));
  return { offset: %(offset)d, data: btoa(text) };
})()"""


@dataclass(frozen=True)
class RejectionRow:
    """A line of the file that makes no user."""

    line: str
    reason: str


@dataclass(slots=True)
class _Watched:
    """What the importing thread has done so far."""

    progress: Progress = field(default_factory=Progress)
    rejections: list[Rejection] = field(default_factory=list)

    def hear(self, progress: Progress, rejections: list[Rejection]) -> None:
        self.progress = progress
        self.rejections += rejections[: MAX_KEPT - len(self.rejections)]


class UserImportState(rx.State):
    """The dialog of an import; `step` is what it is doing."""

    if TYPE_CHECKING:
        project_id: str

    is_open: bool = False
    step: str = "choose"  # reading, checking, checked, importing, done
    error: str = ""
    file_name: str = ""
    percent: int = 0
    lines: int = 0
    created: int = 0
    skipped: int = 0
    rejected: int = 0
    rejections: list[RejectionRow] = []
    _file_id: str = ""
    _size: int = 0
    _report: str = ""

    def _forget(self) -> None:
        self.is_open = False
        self._restart()

    def _restart(self) -> None:
        self.step, self.error, self.file_name, self.percent = "choose", "", "", 0
        self._file_id, self._size, self._report = "", 0, ""
        self._show(_Watched())

    def _show(self, watched: _Watched) -> None:
        progress = watched.progress
        self.lines, self.created = progress.lines, progress.created
        self.skipped, self.rejected = progress.skipped, progress.rejected
        self.rejections = [RejectionRow(str(one.line), one.reason) for one in watched.rejections[:MAX_SHOWN]]

    @guarded(Access.PROJECT_ADMIN)
    async def toggle(self, viewer: Viewer, is_open: bool) -> None:
        """Open the dialog with nothing in it, or close it and forget the file; an import that runs goes on."""
        if self.step not in ("checking", "importing"):
            _files(viewer.installation).discard(self._file_id)
        self._restart()
        self.is_open = is_open is True

    @guarded(Access.PROJECT_ADMIN)
    async def begin(self, viewer: Viewer, picked: dict[str, Any]) -> object:
        """Ask the browser for the first piece of the file that was picked."""
        name, size = picked.get("name"), picked.get("size")
        if not isinstance(name, str) or not isinstance(size, int):
            return None  # nothing was picked
        _files(viewer.installation).discard(self._file_id)
        self._restart()
        self.file_name, self._size = name[:200], size
        try:
            self._file_id = _files(viewer.installation).begin(name=name, size=size)
        except FileError as error:
            self.error = str(error)
            return None
        self.step = "reading"
        return _next_piece(0)

    @guarded(Access.PROJECT_ADMIN)
    async def receive(self, viewer: Viewer, piece: dict[str, Any]) -> object:
        """Keep a piece and ask for the next one; a complete file is checked."""
        if self.step != "reading":
            return None
        offset, data = piece.get("offset"), piece.get("data")
        try:
            content = base64.b64decode(data, validate=True) if isinstance(data, str) else b""
            arrived = _files(viewer.installation).append(
                self._file_id, offset=offset if isinstance(offset, int) else -1, data=content
            )
        except (FileError, binascii.Error) as error:
            self.step, self.error = "choose", str(error)
            return None
        self.percent = min(arrived * 100 // max(self._size, 1), 100)
        return _next_piece(arrived) if arrived < self._size else UserImportState.check

    @guarded(Access.PROJECT_ADMIN, background=True)
    async def check(self, viewer: Viewer) -> None:
        """Say what the import would do."""
        async with self:
            if self.step != "reading":
                return
            self.step, file_id = "checking", self._file_id
        await self._run(viewer, file_id, is_dry_run=True)
        async with self:
            if self._file_id != file_id:  # the dialog was closed meanwhile
                _files(viewer.installation).discard(file_id)

    @guarded(Access.PROJECT_ADMIN, background=True)
    async def start(self, viewer: Viewer) -> None:
        """Import what was checked; lines that were rejected stay out."""
        async with self:
            if self.step != "checked":
                return
            self.step, file_id = "importing", self._file_id
            self._show(_Watched())
        await self._run(viewer, file_id, is_dry_run=False)
        _files(viewer.installation).discard(file_id)

    @guarded(Access.PROJECT_ADMIN)
    async def download_report(self, _viewer: Viewer) -> AsyncIterator[object]:
        """Save the rejected lines and why, as CSV."""
        yield rx.download(data=self._report, filename="rejected-lines.csv")

    async def _run(self, viewer: Viewer, file_id: str, *, is_dry_run: bool) -> None:
        watched = _Watched()
        work = asyncio.ensure_future(asyncio.to_thread(_import, viewer, file_id, watched, is_dry_run=is_dry_run))
        while not work.done():
            await asyncio.wait([work], timeout=POLL_S)
            async with self:
                if self._file_id == file_id:
                    self._show(watched)
        async with self:
            if self._file_id != file_id:
                return
            try:
                work.result()
            except FileError as error:
                self.step, self.error = "choose", str(error)
                return
            self._show(watched)
            self._report = _report(watched.rejections)
            self.step = "checked" if is_dry_run else "done"


def _import(viewer: Viewer, file_id: str, watched: _Watched, *, is_dry_run: bool) -> None:
    path = _files(viewer.installation).path(file_id)
    job = UserImport(viewer.installation, project_id=viewer.tenancy.project_id, path=path, is_dry_run=is_dry_run)
    watched.progress = job.run(watched.hear)


def _files(installation: Installation) -> UploadedFiles:
    return UploadedFiles(installation.settings.data_dir)


def _next_piece(offset: int) -> object:
    return rx.call_script(_PIECE % {"offset": offset, "size": PIECE_BYTES}, callback=UserImportState.receive)


def _report(rejections: list[Rejection]) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["line", "reason"])
    # A cell that a spreadsheet would take for a formula begins with an apostrophe instead.
    writer.writerows([one.line, f"'{one.reason}" if one.reason[:1] in "=+-@" else one.reason] for one in rejections)
    return text.getvalue()
