"""Gives the focus back to where it was when a dialog closes.

Radix gives it to the button that belongs to a dialog. Ours are opened by events, so there is none: without this, people
who use the keyboard or a screen reader would begin at the top of the page after every dialog.
"""

from typing import Final

FOCUS_BACK: Final = """(() => {
  let before = [];
  const menus = "[role=menu], [role=listbox]";  // gone with the choice that opened the dialog
  window.addEventListener("focusin", ({ target }) => {
    if (target.closest?.(menus)) return;
    before = [...before.filter((one) => one !== target && one.isConnected), target].slice(-9);
  });
  const dialogs = "[role=dialog], [role=alertdialog]";
  const wasDialog = (node) => node.nodeType === 1 && (node.matches(dialogs) || node.querySelector(dialogs));
  const look = (changes) => {
    if (document.activeElement !== document.body) return;
    if (!changes.some(({ removedNodes }) => [...removedNodes].some(wasDialog))) return;
    before.findLast((one) => one.isConnected)?.focus();
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
})()"""
