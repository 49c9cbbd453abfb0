"""What people do before a page is live counts: it is remembered, and done once the page listens.

A hosted page can be read and filled in before any script of it ran. Until its state is there, a script in the head
keeps what was typed, pressed and sent (`EARLY_INPUT`), and gives it to the page afterwards (`assets/early_input.js`).
A form that the page does not hear yet goes nowhere, because its method is `dialog` (`ui.submit_form`).
"""

from typing import Final

import reflex as rx

EARLY_INPUT: Final = """(() => {
  const typed = new Set();
  let pressed = [], down = null, sent = null, isMounted = false, isLive = false;
  const texts = "input:not([type=checkbox], [type=radio], [type=file]), textarea";
  const on = (type, act) => window.addEventListener(type, act, true);
  for (const type of ["pointerdown", "keydown"]) on(type, () => void (window.hexclaveEarlyInput.isUsed = true));
  on("input", (event) => {
    const field = event.target;
    if (isLive || !field.matches(texts) || (isMounted && field.autocomplete !== "one-time-code")) return;
    event.stopPropagation();
    typed.add(field);
  });
  // Menus open when a pointer goes down, tabs when a mouse button does.
  const goDown = (button) => {
    const how = { bubbles: true, cancelable: true };
    button.dispatchEvent(new PointerEvent("pointerdown", how));
    button.dispatchEvent(new MouseEvent("mousedown", how));
  };
  const press = (button) => {
    goDown(button);
    button.click();
  };
  // A page may come to life while a finger is down: what is under it can be another element then, and no click comes.
  const buttonOf = (event) => event.target.closest?.("button:not([type=submit])");
  on("pointerdown", (event) => void (down = isMounted ? null : buttonOf(event)));
  on("click", (event) => {
    const button = buttonOf(event);
    if (button && !isMounted) pressed.push(button);
    else if (button && button === down) goDown(button);
    down = null;
  });
  on("pointerup", () => setTimeout(() => {
    if (down?.isConnected) isMounted ? press(down) : pressed.push(down);
    down = null;
  }));
  on("submit", (event) => {
    if (isLive) return;
    event.preventDefault();
    event.stopPropagation();
    sent = event.target;
    sent.setAttribute("aria-busy", "true");
  });
  // A field tells the page only what it does not hold already.
  const tell = (field) => {
    const { value, selectionStart, selectionEnd } = field;
    field.value = "";
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value").set.call(field, value);
    if (selectionStart !== null) field.setSelectionRange(selectionStart, selectionEnd);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  window.hexclaveEarlyInput = (live) => {
    isMounted = true;
    isLive = window.hexclaveEarlyInput.isLive = live;
    const isThere = (one) => one.isConnected;
    const buttons = pressed.filter(isThere);
    pressed = [];
    buttons.forEach(press);
    if (!isLive) return;
    const fields = [...typed].filter(isThere);
    typed.clear();
    fields.forEach(tell);
    sent?.removeAttribute("aria-busy");
    if (sent?.isConnected) sent.requestSubmit();
    sent = null;
  };
  window.hexclaveEarlyInput.isUsed = false;  // by a person, since the page was loaded
})()"""
BUSY_STYLE: Final = {"&[aria-busy=true] [type=submit]": {"opacity": "0.6", "cursor": "progress"}}
"""How a form looks that was sent and not heard yet."""


class EarlyInput(rx.Component):
    """Says when the page within listens."""

    library = "$/public/early_input.js"
    tag = "EarlyInput"

    is_live: rx.Var[bool]


def early_input() -> rx.Component:
    """Return what stands around every page."""
    return EarlyInput.create(is_live=rx.State.is_hydrated)
