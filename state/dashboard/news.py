"""What is new in this software, and whether somebody has seen it."""

import re
from dataclasses import dataclass
from typing import Final

import reflex as rx

from hexclave_app.services import changelog

_BULLET: Final = re.compile(r"^\s*[-*+] +", re.MULTILINE)
_MARKUP: Final = re.compile(r"[`*]")


@dataclass(frozen=True)
class Release:
    """The notes of one release."""

    title: str
    notes: list[str]


class NewsState(rx.State):
    """The release notes."""

    newest: str = ""
    releases: list[Release] = []
    seen_news: str = rx.LocalStorage("", name="hexclave-seen-news")

    @rx.var
    def is_unseen(self) -> bool:
        """Whether there is something that this browser has not shown yet."""
        return self.newest != "" and str(self.seen_news) != self.newest

    def _look(self) -> None:
        """Look whether something is new."""
        self.newest = newest()

    def _show(self) -> None:
        """Show the notes, which are known then."""
        self._look()
        self.seen_news = self.newest
        self.releases = [_release(entry) for entry in changelog.entries()]


def newest() -> str:
    """A mark of the newest notes: their release, and how many there are; nothing without any."""
    entries = changelog.entries()
    return f"{entries[0]['version']} {entries[0]['bulletCount']}" if entries else ""


def _release(entry: changelog.Entry) -> Release:
    notes = [" ".join(_MARKUP.sub("", note).split()) for note in _BULLET.split(str(entry["markdown"]))]
    return Release(str(entry.get("releasedAt") or entry["version"]), [note for note in notes if note])
