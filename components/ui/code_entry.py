"""The field for a one-time code: six slots are drawn, and over them lies one real input.

Whatever browsers, keyboards and password managers do with an input works: filling in from a message, pasting, undoing,
reading aloud, and typing before any script has run. Each letter is as wide as a slot, so caret and selection stand
where they belong. `CODE_ENTRY` stands in the head: it keeps what is no part of a code out of such fields.
"""

from typing import Any, Final

import reflex as rx

from components.ui import tokens
from components.ui.fields import described_by, form_field

LENGTH: Final = 6
CODE_ENTRY: Final = """(() => {
  const others = { digits: /\\P{Nd}/gu, letters: /[^\\p{L}\\p{Nd}]/gu };
  let isOurs = false;
  // A code is copied with spaces or a dash in it: they would take the places of characters. Undoing still works.
  window.addEventListener("beforeinput", (event) => {
    const field = event.target, kind = others[field.dataset?.code];
    if (!kind || !event.data || !event.cancelable || event.isComposing || isOurs) return;
    const code = event.data.normalize("NFKC").replace(kind, "");
    const isWhole = code.length >= field.maxLength;
    if (code === event.data && !isWhole) return;
    event.preventDefault();
    if (isWhole) field.select();
    isOurs = true;
    if (code) document.execCommand("insertText", false, code);
    isOurs = false;
  }, true);
})()"""

_GAP: Final = "var(--space-2)"
_STEP: Final = f"((100cqi + {_GAP}) / {LENGTH})"  # from one slot to the next
_SLOT: Final = f"({_STEP} - {_GAP})"
_HEIGHT: Final = "3.5rem"
_LOOK: Final = {
    "position": "relative",
    "width": "100%",
    "max_width": tokens.FORM_WIDTH,
    "container_type": "inline-size",
    "& .hx-slot": {
        "border": f"1px solid {rx.color('gray', 7)}",
        "border_radius": "var(--radius-3)",
    },
    "&:has(input:focus) .hx-slot": {"outline": f"2px solid {rx.color('accent', 8)}", "outline_offset": "-1px"},
    "&:has(input[aria-invalid=true]) .hx-slot": {
        "border_color": rx.color("red", 9),
        "outline_color": rx.color("red", 9),
    },
    "&:has(input:read-only)": {"opacity": "0.6"},
}
_TYPED: Final = {
    # One step more than the slots, or the text would be scrolled when all of them are full.
    "width": f"calc(100cqi + {_STEP})",
    "height": _HEIGHT,
    "padding": f"0 0 0 calc(({_SLOT} - 1ch) / 2)",
    "letter_spacing": f"calc({_STEP} - 1ch)",
    "border": "0",
    "outline": "0",
    "background": "transparent",
    "color": tokens.TEXT,
    "caret_color": rx.color("accent", 9),
    "direction": "ltr",
    "text_align": "left",
    "text_transform": "uppercase",
    "font_family": tokens.CODE_FONT,
    "font_size": "var(--font-size-6)",
    "font_variant_ligatures": "none",
}


def code_field(
    label: str | rx.Var[str],
    *,
    name: str,
    error: str | rx.Var[str],
    round: int | rx.Var[int],
    is_numeric: bool = True,
    is_busy: bool | rx.Var[bool] = False,
    **props: Any,
) -> rx.Component:
    """Return the field for a code of six characters; `round` grows when it shall be empty again."""
    typed = rx.el.input(
        id=name,
        name=name,
        key=rx.Var.create(round).to_string(),
        auto_complete="one-time-code",
        auto_focus=True,
        input_mode="numeric" if is_numeric else "text",
        max_length=LENGTH,
        read_only=is_busy,  # a disabled field would lose the focus, and phones would fold their keyboard
        custom_attrs={
            **described_by(name, error),
            "data-code": "digits" if is_numeric else "letters",
            "aria-busy": rx.cond(is_busy, "true", "false"),
            "autoCapitalize": "characters",
            "autoCorrect": "off",
            "spellCheck": "false",
        },
        style=_TYPED,
        **props,
    )
    slots = rx.grid(
        *[rx.box(class_name="hx-slot", height="100%") for _ in range(LENGTH)],
        columns=str(LENGTH),
        gap=_GAP,
        position="absolute",
        inset="0",
        pointer_events="none",
        aria_hidden=True,
    )
    # Clipped, not hidden: what is hidden is scrolled to the caret.
    control = rx.box(rx.box(typed, overflow="clip", direction="ltr"), slots, style=_LOOK)
    return form_field(label, control, name=name, error=error)
