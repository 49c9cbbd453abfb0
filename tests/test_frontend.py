"""The pages are rebuilt exactly when their sources changed."""

from pathlib import Path

import pytest

from hexclave_app import frontend


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(frontend, "ROOT", tmp_path)
    monkeypatch.setattr(frontend, "INDEX", tmp_path / "index.html")
    monkeypatch.setattr(frontend, "STAMP", tmp_path / "fingerprint")
    for name in ("rxconfig.py", ".npmrc", "hexclave_app/hexclave_app.py", "components/ui/buttons.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("original")
    (tmp_path / "index.html").write_text("<html>")
    (tmp_path / "fingerprint").write_text(frontend.fingerprint())
    return tmp_path


def test_unchanged_sources_need_no_build(tree: Path) -> None:
    assert frontend.is_built()


@pytest.mark.parametrize("name", ["components/ui/buttons.py", "components/new.py", "state/teams.py", "rxconfig.py"])
def test_a_changed_or_new_source_needs_a_build(tree: Path, name: str) -> None:
    (tree / name).parent.mkdir(exist_ok=True)
    (tree / name).write_text("changed")
    assert not frontend.is_built()


def test_a_renamed_source_needs_a_build(tree: Path) -> None:
    (tree / "components/ui/buttons.py").rename(tree / "components/ui/switches.py")
    assert not frontend.is_built()


def test_services_and_byte_code_do_not_matter_to_pages(tree: Path) -> None:
    for name in ("hexclave_app/services/teams.py", "components/__pycache__/ui.pyc"):
        (tree / name).parent.mkdir(parents=True)
        (tree / name).write_text("changed")
    assert frontend.is_built()


def test_a_missing_page_needs_a_build(tree: Path) -> None:
    (tree / "index.html").unlink()
    assert not frontend.is_built()


def test_a_failed_build_names_its_log(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frontend, "SCRATCH", tree / ".build")
    monkeypatch.setattr(frontend, "LOG", tree / ".build" / "pages.log")
    (tree / "rxconfig.py").write_text("changed")
    with pytest.raises(frontend.BuildError, match=r"pages\.log"):
        frontend.ensure_built()
