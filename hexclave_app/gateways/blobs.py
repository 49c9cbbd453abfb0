"""Public files such as logos and profile images: a local folder by default, an object store in production.

Files are immutable: a key is random and never written twice. They are always served by us: buckets stay private.
"""

import re
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import obstore
from anyio import to_thread
from obstore.store import LocalStore, ObjectStore, from_url

from hexclave_app.settings import Settings

CONTENT_TYPES: Mapping[str, str] = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
}
"""What is ever stored and served, by the extension of the key."""

PATH = "/api/v1/blobs/"
"""What stands before the key in a public URL."""
_UUID = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
_KEY = re.compile(rf"(?P<folder>[a-z]+(?:-[a-z]+)*)/{_UUID}\.(?P<extension>{'|'.join(CONTENT_TYPES)})")


class BlobStore(Protocol):
    """Where public files are kept."""

    async def put(self, key: str, data: bytes, content_type: str) -> str:
        """Store a new file; returns its public URL."""

    async def get(self, key: str) -> tuple[bytes, str] | None:
        """Content and content type of a file; None for an unknown key or a text that is none."""

    async def remove(self, key: str) -> None:
        """Delete a file, if there is one."""


class ObjectBlobStore:
    """A store of `obstore`: local folder, S3, Google Cloud Storage or Azure."""

    def __init__(self, store: ObjectStore, *, origin: str) -> None:
        self._store = store
        self._origin = origin

    async def put(self, key: str, data: bytes, content_type: str) -> str:
        """Store a new file; returns its public URL."""
        if content_type_of(key) != content_type:
            raise ValueError(f"{key!r} is no key of a file of type {content_type!r}")
        # A thread and not obstore's own async calls: those may abort the process when it ends during one.
        await to_thread.run_sync(self._put, key, data, content_type)
        return f"{self._origin}{PATH}{key}"

    async def get(self, key: str) -> tuple[bytes, str] | None:
        """Content and content type of a file; None for an unknown key or a text that is none."""
        content_type = content_type_of(key)
        if content_type is None:
            return None
        data = await to_thread.run_sync(self._get, key)
        return (data, content_type) if data is not None else None

    async def remove(self, key: str) -> None:
        """Delete a file, if there is one."""
        if content_type_of(key) is None:
            raise ValueError(f"{key!r} is no key of a file")
        await to_thread.run_sync(self._remove, key)

    def _put(self, key: str, data: bytes, content_type: str) -> None:
        if isinstance(self._store, LocalStore):  # a folder keeps no attributes
            obstore.put(self._store, key, data)
        else:
            obstore.put(self._store, key, data, attributes={"Content-Type": content_type})

    def _get(self, key: str) -> bytes | None:
        try:
            return obstore.get(self._store, key).bytes().to_bytes()
        except FileNotFoundError:
            return None

    def _remove(self, key: str) -> None:
        with suppress(FileNotFoundError):
            obstore.delete(self._store, key)


def key_of(url: str) -> str | None:
    """The key of a file by its public URL, on whatever origin; None for the addresses of other things."""
    key = url.rpartition(PATH)[2]
    return key if content_type_of(key) is not None and key != url else None


def content_type_of(key: str) -> str | None:
    """The content type of a key of our grammar, `<folder>/<uuid>.<extension>`; None for every other text."""
    match = _KEY.fullmatch(key)
    return CONTENT_TYPES[match["extension"]] if match else None


def open_blobs(settings: Settings) -> BlobStore:
    """The store that the settings name."""
    return _open(settings.blob_url, settings.data_dir, settings.origin)


@lru_cache(maxsize=16)
def _open(url: str, data_dir: Path, origin: str) -> ObjectBlobStore:
    if not url:
        return ObjectBlobStore(LocalStore(prefix=(data_dir / "blobs").absolute(), mkdir=True), origin=origin)
    store = from_url(url, mkdir=True) if url.startswith("file:") else from_url(url)
    return ObjectBlobStore(store, origin=origin)
