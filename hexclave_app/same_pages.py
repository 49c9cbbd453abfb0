"""The same sources become the same pages, on every server and in every build, so that they are of one version.

Otherwise servers that each build for themselves would tell the tabs of the others that these are outdated
(`hexclave_app/page_versions.py`), and browsers would fetch again what they have.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from reflex.compiler import utils as compiler

Storage = dict[str, dict[str, dict[str, Any]]]


def order_storage() -> None:
    """Let Reflex write down in a fixed order what states keep in the browser: it goes through a set of classes."""
    compile_storage: Callable[[Any], Storage] = compiler.compile_client_storage
    compiler.compile_client_storage = lambda state: in_order(compile_storage(state))


def in_order(storage: Storage) -> Storage:
    """What states keep in the browser, by kind and in the order of the names."""
    return {kind: dict(sorted(kept.items())) for kind, kept in storage.items()}


def forget_this_run(facts: Path) -> None:
    """Leave out of Reflex's facts, all of which get into the pages, what no page reads: time and number of the run."""
    facts.write_text(json.dumps({"version": json.loads(facts.read_text())["version"]}))
