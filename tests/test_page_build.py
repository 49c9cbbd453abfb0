"""The pages are built from the committed npm lock, and from nothing else."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import reflex_base

from hexclave_app.page_build import missing_from_lock, without_addresses
from hexclave_app.page_versions import tell_build, version_of
from hexclave_app.same_origin import follow_own_origin, tell_of_frames

LOCK = json.dumps(
    {
        "packages": {
            "": {"name": "reflex"},
            "node_modules/react": {"version": "19.3.1", "resolved": "r", "funding": {"url": "u"}, "integrity": "sha"},
            "node_modules/@radix-ui/themes": {"version": "3.3.0"},
        }
    }
)
CLIENT = Path(reflex_base.__file__).parent / ".templates" / "web" / "utils" / "state.js"


@pytest.mark.parametrize(
    "spec", ["react", "react@19.3.1", "react@v19.3.1", "react@^19.0.0", "@radix-ui/themes", "@radix-ui/themes@3.3.0"]
)
def test_a_locked_package_is_not_missing(spec: str) -> None:
    assert missing_from_lock({spec}, LOCK) == []


@pytest.mark.parametrize("spec", ["plotly.js", "react@19.3.2", "@radix-ui/themes@4.0.0", "@radix-ui/react"])
def test_an_unlocked_package_or_version_is_missing(spec: str) -> None:
    assert missing_from_lock({spec, "react"}, LOCK) == [spec]


def test_the_lock_keeps_versions_and_hashes_but_no_addresses() -> None:
    react = json.loads(without_addresses(LOCK))["packages"]["node_modules/react"]
    assert react == {"version": "19.3.1", "integrity": "sha"}


def test_the_installed_reflex_can_be_made_to_follow_the_origin() -> None:
    changed = follow_own_origin(CLIENT.read_text())
    assert "endpoint.port = window.location.port;" in changed
    assert 'endpoint.port = ""' not in changed
    assert follow_own_origin(changed) == changed


def test_every_socket_of_the_installed_reflex_says_whether_it_is_framed() -> None:
    changed = tell_of_frames(CLIENT.read_text())
    assert changed.count("query: socketQuery(token)") == 1
    assert changed.count("opts.query = socketQuery(") == 1
    assert "query = { token" not in changed
    assert tell_of_frames(changed) == changed


def test_the_installed_reflex_says_which_build_it_is_and_never_loads_itself_anew() -> None:
    changed = tell_build(CLIENT.read_text())
    assert 'build: window.hexclaveBuild ?? ""' in changed
    assert "(info) => {\n  return;\n" in changed
    assert changed.count("window.hexclaveIsOutdated") == 1
    assert tell_build(changed) == changed


def test_a_version_is_what_is_in_the_files(tmp_path: Path) -> None:
    for name in ("one", "same", "other", "renamed"):
        (tmp_path / name / "assets").mkdir(parents=True)
        (tmp_path / name / "index.html").write_text("<html>")
        (tmp_path / name / "assets" / ("b.js" if name == "renamed" else "a.js")).write_text(f"{name == 'other'}")
        (tmp_path / name / "index.html.gz").write_text(name)  # the same file, packed at another time
    one, same, other, renamed = (version_of(tmp_path / name) for name in ("one", "same", "other", "renamed"))
    assert one == same
    assert len({one, other, renamed}) == 3


@pytest.mark.parametrize("change", [follow_own_origin, tell_of_frames, tell_build])
def test_an_unknown_client_module_stops_the_build(change: Callable[[str], str]) -> None:
    with pytest.raises(ValueError, match=r"adapt hexclave_app[./](same_origin|page_versions)"):
        change("export const getBackendURL = () => null;")
