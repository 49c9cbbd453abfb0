"""Makes the scripts of pages few and small.

Reflex keeps whole libraries reachable for components that a server sends as code, and the bundler then puts all of
Radix Themes into every page. This product sends none.
"""

import re
from typing import Final, Unpack

from reflex_base.plugins.base import Plugin, PreCompileContext

_ROOT: Final = "app/root.jsx"
_BUNDLER: Final = "vite.config.js"
_GROUPS: Final = "          groups: [\n"
# A file for each icon would be a request for each. What nearly every page needs (of 67) is one file, too.
_OWN_GROUPS: Final = """            { name: "icons", test: /lucide-react.dist.esm.icons/, minShareCount: 5 },
            { name: "common", test: /node_modules/, minShareCount: 55 },
"""
_LOADERS: Final = re.compile(r'(  const loaders = \{\n)(?:    "[^"\n]+": \(\) => import\("[^"\n]+"\),\n)*(  \};\n)')


class LeanScripts(Plugin):
    """Empties the list of libraries for components sent as code, and joins small files."""

    def pre_compile(self, **context: Unpack[PreCompileContext]) -> None:
        """Register the changes of the compiled root and of the bundler's configuration."""
        context["add_modify_task"](_ROOT, without_loaders)
        context["add_modify_task"](_BUNDLER, with_common_files)


def with_common_files(source: str) -> str:
    """Return the bundler's configuration with our own groups of modules; refuses one that is written otherwise."""
    if _OWN_GROUPS in source:
        return source
    if source.count(_GROUPS) != 1:
        msg = f"Reflex's {_BUNDLER} has changed: adapt {__name__} to it."
        raise ValueError(msg)
    return source.replace(_GROUPS, _GROUPS + _OWN_GROUPS)


def without_loaders(source: str) -> str:
    """Return the root module that keeps no library reachable; refuses a root that is built otherwise."""
    changed, count = _LOADERS.subn(r"\1\2", source)
    if count != 1:
        msg = f"Reflex's {_ROOT} has changed: adapt {__name__} to it."
        raise ValueError(msg)
    return changed
