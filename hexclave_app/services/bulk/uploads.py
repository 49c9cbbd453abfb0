"""Files that arrive from a browser in pieces, on their way to an import.

Pieces come one by one through the guarded events of a page, so that only its administrator can send any, and none is
larger than a message. Files hold personal data: nobody but the server's account reads them, and they do not stay.
"""

import os
import re
import time
import uuid
from datetime import timedelta
from pathlib import Path
from typing import Final

from hexclave_app.services.bulk.rows import FileError

MAX_FILE_BYTES: Final = 50 * 1024 * 1024
PIECE_BYTES: Final = 256 * 1024
KEPT_FOR: Final = timedelta(days=1)
_SUFFIXES: Final = (".csv", ".jsonl", ".ndjson")
_FILE_ID: Final = re.compile(r"[0-9a-f]{32}\.(csv|jsonl|ndjson)")


class UploadedFiles:
    """The folder of files that are not imported yet."""

    def __init__(self, data_dir: Path) -> None:
        self._folder = data_dir / "imports"

    def begin(self, *, name: str, size: int) -> str:
        """Make room for a file; returns the id to go on with. Raises FileError for files that cannot be imported."""
        suffix = Path(name).suffix.lower()
        if suffix not in _SUFFIXES:
            raise FileError("The name of the file must end in .csv or .jsonl.")
        if size > MAX_FILE_BYTES:
            most = MAX_FILE_BYTES // 1024 // 1024
            raise FileError(f"The file is larger than {most} MB. Run `hexclave import` on the server for such files.")
        if size <= 0:
            raise FileError("The file is empty.")
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file_id = f"{uuid.uuid4().hex}{suffix}"
        os.close(os.open(self._folder / file_id, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        return file_id

    def append(self, file_id: str, *, offset: int, data: bytes) -> int:
        """Add the piece that begins at the offset; returns how much is there. Raises FileError for any other piece."""
        path = self.path(file_id)
        size = path.stat().st_size
        if offset != size or not 0 < len(data) <= PIECE_BYTES or size + len(data) > MAX_FILE_BYTES:
            raise FileError("The file did not arrive complete. Choose it again.")
        with path.open("ab") as file:
            file.write(data)
        return size + len(data)

    def path(self, file_id: str) -> Path:
        """Where a file lies; raises FileError when it is gone."""
        path = self._folder / file_id
        if not _FILE_ID.fullmatch(file_id) or not path.is_file():
            raise FileError("The file is not there any more. Choose it again.")
        return path

    def discard(self, file_id: str) -> None:
        """Remove a file, if it is there."""
        if _FILE_ID.fullmatch(file_id):
            (self._folder / file_id).unlink(missing_ok=True)

    def discard_old(self) -> None:
        """Remove what was left lying about."""
        oldest = time.time() - KEPT_FOR.total_seconds()
        for path in self._folder.glob("*"):
            if path.stat().st_mtime < oldest:
                path.unlink(missing_ok=True)
