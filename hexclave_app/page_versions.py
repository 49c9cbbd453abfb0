"""Which build a page in a browser comes from, so that a tab which was opened before an upgrade can be told.

The build is named by what is in it. Its name stands in every page, in a file for the server, and in the first event of
every connection (`state/page_versions.py`). Reflex itself would load such a tab anew as soon as the server knows other
states, with everything that was typed in it: here it is the person who decides (`components/ui/version_notice.py`).
"""

import hashlib
from pathlib import Path
from typing import Final, Unpack

from reflex_base.plugins.base import Plugin, PreCompileContext

from hexclave_app import client_module

PAYLOAD_KEY: Final = "build"
GLOBAL: Final = "window.hexclaveBuild"
_LENGTH: Final = 16  # hexadecimal digits
_CHANGES: Final = (
    # The first event of a connection says which build is asking.
    (
        "    recordSentStorageValues(boot_event);\n    // Instrumentation hook",
        f"""    boot_event.payload = {{ ...boot_event.payload, {PAYLOAD_KEY}: {GLOBAL} ?? "" }};
    recordSentStorageValues(boot_event);
    // Instrumentation hook""",
    ),
    # The page is not loaded anew behind the back of whoever types in it.
    ("const handleStateMismatch = (info) => {\n", "const handleStateMismatch = (info) => {\n  return;\n"),
    # The scripts of other pages may be gone: an outdated tab goes to them with a full load.
    (
        "    if (event.payload.replace) {\n      navigate(",
        """    if (window.hexclaveIsOutdated) {
      window.location[event.payload.replace ? "replace" : "assign"](pathname);
    } else if (event.payload.replace) {
      navigate(""",
    ),
)


class PageVersions(Plugin):
    """Lets tabs say which build they come from, and stay as they are when it is not the newest."""

    def pre_compile(self, **context: Unpack[PreCompileContext]) -> None:
        """Register the changes of Reflex's client module."""
        context["add_modify_task"](client_module.PATH, tell_build)


def tell_build(source: str) -> str:
    """Return the client module that tells its build; refuses an unknown module."""
    if GLOBAL in source:
        return source
    return client_module.changed(source, _CHANGES, by=__name__)


def version_of(client: Path) -> str:
    """The name of a build: a hash of all its files but the compressed copies."""
    digest = hashlib.sha256()
    for path in sorted(client.rglob("*")):
        if path.is_file() and path.suffix != ".gz":
            digest.update(f"{path.relative_to(client)}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:_LENGTH]
