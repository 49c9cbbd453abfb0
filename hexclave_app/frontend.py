"""Knows whether the pages on disk belong to the sources, and has them built when they do not."""

import argparse
import fcntl
import hashlib
import importlib.metadata
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCRATCH = ROOT / ".build"
LOG = SCRATCH / "pages.log"
STAMP = ROOT / ".web" / "build" / "fingerprint"
VERSION_FILE = "version"  # beside the stamp
INDEX = ROOT / ".web" / "build" / "client" / "index.html"

# Whatever a page shows at build time has to come from here, or a change of it would not be noticed.
SOURCES = (
    "rxconfig.py",
    ".npmrc",
    "assets",
    "components",
    "state",
    "reflex.lock",
    "hexclave_app/pages",
    "hexclave_app/hexclave_app.py",
    "hexclave_app/languages/patterns.py",
    "hexclave_app/languages/supported.py",
    "hexclave_app/languages/texts/en/dashboard",
    "hexclave_app/lean_scripts.py",
    "hexclave_app/lean_styles.py",
    "hexclave_app/page_build.py",
    "hexclave_app/page_language.py",
    "hexclave_app/page_versions.py",
    "hexclave_app/paint_first.py",
    "hexclave_app/same_origin.py",
    "hexclave_app/typeface.py",
)


class BuildError(RuntimeError):
    """The pages could not be built; the message says where the log is."""


def fingerprint() -> str:
    """Return a hash over everything that the built pages depend on."""
    digest = hashlib.sha256()
    digest.update(str(is_development()).encode())
    for distribution in sorted(importlib.metadata.distributions(), key=lambda one: one.name.lower()):
        if distribution.name.lower().startswith("reflex"):
            digest.update(f"{distribution.name}=={distribution.version}\n".encode())
    for path in _source_files():
        digest.update(f"{path.relative_to(ROOT)}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def is_development() -> bool:
    """Tell whether pages for the people who build pages are part of the build (`HEXCLAVE_DEVELOPMENT=1`)."""
    return os.environ.get("HEXCLAVE_DEVELOPMENT") == "1"


def is_built() -> bool:
    """Tell whether the pages on disk were built from the present sources."""
    return INDEX.exists() and STAMP.exists() and STAMP.read_text() == fingerprint()


def version() -> str:
    """Return the name of the built pages (`hexclave_app/page_versions.py`); no text where there are none."""
    file = STAMP.with_name(VERSION_FILE)
    return file.read_text() if file.exists() else ""


def ensure_built() -> None:
    """Build the pages unless they are up to date; raises BuildError with the path of the log."""
    if is_built():
        return
    with _build_lock() as lock:
        if is_built():  # another process was faster
            return
        wanted = fingerprint()
        _announce("Building the pages (first time about a minute) ...")
        started = time.monotonic()
        _run_build(lock)
        STAMP.write_text(wanted)
        _announce(f"Pages built in {time.monotonic() - started:.0f} s.")


def relock() -> None:
    """Resolve the npm packages anew and rewrite the committed lock."""
    with _build_lock() as lock:
        _run_build(lock, "--relock")


def reflex_environment() -> dict[str, str]:
    """Return the environment Reflex needs for production: Node from our own virtual environment, nothing in $HOME."""
    return {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}",
        "REFLEX_ENV_MODE": "prod",
        "REFLEX_USE_NPM": "true",
        "REFLEX_CHECK_LATEST_VERSION": "false",
        "REFLEX_TELEMETRY_ENABLED": "false",
        "REFLEX_DIR": str(SCRATCH / "reflex"),
    }


def _source_files() -> Iterator[Path]:
    for source in SOURCES:
        path = ROOT / source
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in files:
            if file.is_file() and "__pycache__" not in file.parts and file.name != "bun.lock":
                yield file


def _run_build(lock: int, *arguments: str) -> None:
    environment = os.environ | reflex_environment()
    npm = str(Path(sys.executable).parent / "npm")
    registry = subprocess.run(  # noqa: S603 -- npm of our own virtual environment, constant arguments
        [npm, "config", "get", "registry"], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    # Named here, so that Reflex does not go and measure which public registry answers fastest.
    environment["NPM_CONFIG_REGISTRY"] = registry.stdout.strip()
    command = [sys.executable, "-m", "hexclave_app.page_build", *arguments]
    with LOG.open("w") as log:
        result = subprocess.run(  # noqa: S603 -- our own module in our own interpreter
            command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT, check=False, pass_fds=[lock]
        )
    if result.returncode:
        tail = "\n".join(LOG.read_text().splitlines()[-15:])
        msg = f"The pages could not be built. The end of {LOG}:\n\n{tail}"
        raise BuildError(msg)


@contextmanager
def _build_lock() -> Iterator[int]:
    SCRATCH.mkdir(exist_ok=True)
    with (SCRATCH / "pages.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield handle.fileno()  # the build inherits it: killed or not, no second build starts beside it


def _announce(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--relock", action="store_true", help="resolve the npm packages anew instead of building")
    try:
        (relock if parser.parse_args().relock else ensure_built)()
    except BuildError as error:
        sys.exit(str(error))
