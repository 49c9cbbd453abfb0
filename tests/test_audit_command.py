"""`hexclave audit verify`: what the operator sees."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from typer.testing import CliRunner

from hexclave_app.cli import app
from hexclave_app.installation import current_installation


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A database that the command line uses."""
    url = f"sqlite:///{tmp_path}/hexclave.db"
    monkeypatch.setenv("HEXCLAVE_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("HEXCLAVE_DATABASE_URL", url)
    current_installation.cache_clear()
    yield url
    current_installation().close()
    current_installation.cache_clear()


def test_a_whole_log_passes_and_a_changed_one_fails(database: str) -> None:
    runner = CliRunner()
    whole = runner.invoke(app, ["audit", "verify", "--project", "internal"])
    assert whole.exit_code == 0, whole.output
    end = whole.stdout.split()[-1]
    assert runner.invoke(app, ["audit", "verify", "--expect", end]).exit_code == 0
    with create_engine(database).begin() as connection:
        connection.execute(text("UPDATE audit_entry SET actor_type = 'user' WHERE seq = 1"))
    changed = runner.invoke(app, ["audit", "verify"])
    assert (changed.exit_code, changed.stdout) == (1, "FAIL  internal: entry 1 is wrong or missing\n")


def test_a_log_that_was_set_back_lacks_the_noted_end(database: str) -> None:
    answer = CliRunner().invoke(app, ["audit", "verify", "--expect", "f" * 64])
    assert answer.exit_code == 1
    assert "the log was set back" in answer.stdout


def test_an_unknown_project_is_named(database: str) -> None:
    answer = CliRunner().invoke(app, ["audit", "verify", "--project", "nowhere"])
    assert (answer.exit_code, answer.stderr) == (2, "There is no project nowhere.\n")
