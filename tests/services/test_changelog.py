"""The change log as release notes."""

from pathlib import Path

from hexclave_app.services import changelog

TEXT = """# Changelog

## Unreleased
- [Minor] [Dashboard] Faster lists
- A fix with a [link](https://example.com)

## 11/20/26
- [Major] Everything is new
  - [API] also below

## How to read this
- not a release

## 13/45/26
- no date
"""


def test_sections_become_entries_without_tags() -> None:
    unreleased, released = changelog.parse(TEXT)
    assert unreleased == {
        "version": "Unreleased",
        "type": "minor",
        "markdown": "- Faster lists\n- A fix with a [link](https://example.com)",
        "bulletCount": 2,
        "isUnreleased": True,
    }
    assert (released["version"], released["type"], released["releasedAt"]) == ("11/20/26", "major", "2026-11-20")
    assert released["markdown"] == "- Everything is new\n  - also below"


def test_at_most_eight_entries_are_shown() -> None:
    assert len(changelog.parse("".join(f"## 1/{day}/26\n- x\n" for day in range(1, 20)))) == 8


def test_a_missing_file_has_no_entries_and_a_changed_one_new_ones(tmp_path: Path) -> None:
    file = tmp_path / "CHANGELOG.md"
    assert changelog.entries(file) == []
    file.write_text(TEXT, encoding="utf-8")
    assert len(changelog.entries(file)) == 2
