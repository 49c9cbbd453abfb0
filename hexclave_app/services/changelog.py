"""The release notes of this software, read from its change log (contract 02, section 14)."""

import re
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

MAX_ENTRIES = 8
CHANGELOG_FILE = Path(__file__).resolve().parent.parent.parent / "CHANGELOG.md"

_SECTION = re.compile(r"^## +(?P<heading>.+?) *#* *$", re.MULTILINE)
_DATE = re.compile(r"^(\d{1,2})/(\d{1,2})/(\d{2})$")
_BULLET = re.compile(r"^(?P<mark>\s*[-*+] +)(?P<tags>(?:\[[^\]]*\](?!\()\s*)*)", re.MULTILINE)
_TAG = re.compile(r"\[([^\]]*)\]")
_UNRELEASED = "unreleased"

Entry = dict[str, object]


def entries(file: Path = CHANGELOG_FILE) -> list[Entry]:
    """The newest entries of a change log file, as it stands in the file; none without a file."""
    if not file.is_file():
        return []
    return _cached(file, file.stat().st_mtime_ns)


def parse(markdown: str) -> list[Entry]:
    """Entries of the sections headed "Unreleased" or with a US date; other sections are not release notes."""
    sections = list(_SECTION.finditer(markdown))
    found = []
    for position, section in enumerate(sections):
        end = sections[position + 1].start() if position + 1 < len(sections) else len(markdown)
        entry = _entry(section["heading"], markdown[section.end() : end].strip())
        if entry is not None:
            found.append(entry)
    return found[:MAX_ENTRIES]


@lru_cache(maxsize=1)
def _cached(file: Path, _modified_ns: int) -> list[Entry]:
    return parse(file.read_text(encoding="utf-8"))


def _entry(heading: str, body: str) -> Entry | None:
    is_unreleased = heading.lower() == _UNRELEASED
    released_at = None if is_unreleased else _release_date(heading)
    if not is_unreleased and released_at is None:
        return None
    bullets = list(_BULLET.finditer(body))
    tags = {tag.lower() for bullet in bullets for tag in _TAG.findall(bullet["tags"])}
    entry: Entry = {
        "version": heading,
        "type": next((kind for kind in ("major", "minor") if kind in tags), "patch"),
        "markdown": _BULLET.sub(lambda bullet: bullet["mark"], body),
        "bulletCount": len(bullets),
    }
    if released_at is not None:
        entry["releasedAt"] = released_at
    if is_unreleased:
        entry["isUnreleased"] = True
    return entry


def _release_date(heading: str) -> str | None:
    match = _DATE.match(heading)
    if match is None:
        return None
    month, day, year = (int(part) for part in match.groups())
    try:
        return datetime(2000 + year, month, day, tzinfo=UTC).date().isoformat()
    except ValueError:
        return None
