"""What is new in this software, and whether somebody has seen it."""

import re
from dataclasses import dataclass
from typing import Final

import reflex as rx

from hexclave_app.services import changelog
from state.base import Access, Viewer, guarded

_BULLET: Final = re.compile(r"^\s*[-*+] +", re.MULTILINE)
_MARKUP: Final = re.compile(r"[`*]")


@dataclass(frozen=True)
class Release:
    """The notes of one release."""

    title: str
    notes: list[str]


class NewsState(rx.State):
    """The panel with the release notes."""

    is_open: bool = False
    newest: str = ""
    releases: list[Release] = []
    seen_news: str = rx.LocalStorage("", name="hexclave-seen-news")

    @rx.var
    def is_unseen(self) -> bool:
        """Whether there is something that this browser has not shown yet."""
        return self.newest != "" and str(self.seen_news) != self.newest

    @guarded(Access.VISITOR)
    async def load(self, _viewer: Viewer) -> None:
        """Look whether something is new."""
        self.newest = newest()

    @guarded(Access.VISITOR)
    async def toggle(self, _viewer: Viewer, is_open: bool) -> None:
        """Open the panel, after which its notes are known, or close it."""
        self.is_open = is_open is True
        if self.is_open:
            self.newest = newest()
            self.seen_news = self.newest
            self.releases = [_release(entry) for entry in changelog.entries()]


def newest() -> str:
    """A mark of the newest notes: their release, and how many there are; nothing without any."""
    entries = changelog.entries()
    return f"{entries[0]['version']} {entries[0]['bulletCount']}" if entries else ""


def _release(entry: changelog.Entry) -> Release:
    notes = [" ".join(_MARKUP.sub("", note).split()) for note in _BULLET.split(str(entry["markdown"]))]
    return Release(str(entry.get("releasedAt") or entry["version"]), [note for note in notes if note])
