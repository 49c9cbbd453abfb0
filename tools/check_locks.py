"""Fails when a lock file names a download address: locks carry names, versions and hashes only."""

import re
import sys
from pathlib import Path

LOCKS = (
    "requirements/base.lock",
    "requirements/dev.lock",
    "reflex.lock/package.json",
    "reflex.lock/package-lock.json",
    "tests/sdk/package-lock.json",
    "tests/browser/package-lock.json",
    "benchmarks/peers/package-lock.json",
)
_ADDRESS = re.compile(r"[a-z+]+://|\bgit@")


def main() -> int:
    """Check every lock; return 1 when one of them names an address."""
    found = [
        f"{name}:{number}: a download address does not belong into a lock"
        for name in LOCKS
        for number, line in enumerate(Path(name).read_text().splitlines(), start=1)
        if _ADDRESS.search(line)
    ]
    print("\n".join(found) or "The locks carry no addresses.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
