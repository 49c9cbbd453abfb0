"""Fails when a Python file or function of ours is longer than the house allows, or two test files have one name."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

FILE_LINES = 400
FUNCTION_LINES = 60
EXEMPT = "alembic/versions/"


def main() -> int:
    """Check every Python file that git knows or would add; return the number of violations as exit code 0 or 1."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.py"],
        capture_output=True,
        text=True,
        check=True,
    )
    names = [name for name in listed.stdout.split() if Path(name).exists()]
    violations = [
        violation
        for name in names
        if not name.startswith(EXEMPT)
        for violation in violations_of(name, Path(name).read_text())
    ]
    violations += shared_names(names)
    print("\n".join(violations) or "File and function lengths are within the limits.")
    return 1 if violations else 0


def shared_names(names: list[str]) -> Iterator[str]:
    """Yield one line for each test file whose name another one has: pytest would import only one of them."""
    seen: dict[str, str] = {}
    for name in names:
        file = Path(name).name
        if file.startswith("test_") and seen.setdefault(file, name) != name:
            yield f"{name}: {seen[file]} has the same name"


def violations_of(name: str, source: str) -> Iterator[str]:
    """Yield one line of text per limit that the source breaks."""
    lines = source.count("\n")
    if lines > FILE_LINES:
        yield f"{name}: {lines} lines, at most {FILE_LINES} are allowed: split it by subject"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION_LINES:
                yield f"{name}:{node.lineno}: {node.name} has {length} lines, at most {FUNCTION_LINES} are allowed"


if __name__ == "__main__":
    sys.exit(main())
