"""The browser's part of not losing what was written: it asks before a page with unsaved changes is left."""

import json
from typing import Final

import reflex as rx

from hexclave_app.languages.speaking import say

# Closing and reloading are asked about by the browser itself; links lead to other pages without a load.
_GUARD: Final = """
if (!window.unsavedGuard) {
  window.unsavedGuard = { changed: false };
  window.addEventListener("beforeunload", (event) => {
    if (window.unsavedGuard.changed) event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    const link = window.unsavedGuard.changed && event.target.closest("a[href]");
    if (!link || link.target === "_blank" || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (window.confirm(%s)) window.unsavedGuard.changed = false;
    else { event.preventDefault(); event.stopPropagation(); }
  }, true);
}
window.unsavedGuard.changed = %s;
"""


def guard(is_changed: bool) -> object:
    """Make the browser ask before the page is left, or stop doing so."""
    return rx.call_script(_GUARD % (json.dumps(say("common-leave-unsaved")), json.dumps(is_changed)))
