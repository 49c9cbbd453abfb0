"""Builds of the same sources do not differ."""

import json
import subprocess
import sys
from pathlib import Path

from hexclave_app import same_pages
from hexclave_app.frontend import ROOT

_WRITE_STORAGE = """
import json
from reflex import State
from reflex.compiler import utils
from hexclave_app import hexclave_app, same_pages
same_pages.order_storage()
print(json.dumps(utils.compile_client_storage(State)))
"""


def written_storage(seed: int) -> str:
    done = subprocess.run(
        [sys.executable, "-c", _WRITE_STORAGE],
        cwd=ROOT,
        env={"PYTHONHASHSEED": str(seed), "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()[-1]


def test_what_states_keep_in_the_browser_is_written_in_one_order() -> None:
    first, second = written_storage(1), written_storage(2)
    assert first == second
    names = list(json.loads(first)["local_storage"])
    assert len(names) > 1
    assert names == sorted(names)


def test_time_and_number_of_a_run_get_into_no_page(tmp_path: Path) -> None:
    facts = tmp_path / "reflex.json"
    facts.write_text('{"version": "1.2", "project_hash": 7, "last_reflex_run_datetime": "now"}')
    same_pages.forget_this_run(facts)
    assert json.loads(facts.read_text()) == {"version": "1.2"}
