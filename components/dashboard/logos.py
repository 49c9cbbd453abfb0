"""The logos of a project, on the background that each is for."""

from typing import Final

import reflex as rx

from components import ui
from components.ui import tokens, words
from state.dashboard.logos import LogosState

_LOGOS: Final = (
    ("logo_url", words("settings-logo-square"), "light"),
    ("logo_dark_mode_url", words("settings-logo-square-dark"), "dark"),
    ("logo_full_url", words("settings-logo-full"), "light"),
    ("logo_full_dark_mode_url", words("settings-logo-full-dark"), "dark"),
)
# The browser makes it small and keeps what is transparent; what it cannot read becomes an empty text.
_PICK: Final = """new Promise((done) => {
  const input = Object.assign(document.createElement('input'), { type: 'file', accept: 'image/*' });
  input.onchange = () => {
    const image = new Image(), url = URL.createObjectURL(input.files[0]);
    image.onerror = () => done('');
    image.onload = () => {
      const width = image.naturalWidth || 512, height = image.naturalHeight || 512;
      const scale = Math.min(1, 1024 / width, 512 / height);
      const canvas = document.createElement('canvas');
      canvas.width = Math.max(1, Math.round(width * scale));
      canvas.height = Math.max(1, Math.round(height * scale));
      canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
      URL.revokeObjectURL(url);
      done(canvas.toDataURL('image/webp', 0.92));
    };
    image.src = url;
  };
  input.click();
})"""


def logos() -> rx.Component:
    """Return the section with all logos."""
    return ui.section(
        words("settings-logos"),
        rx.grid(
            *[_logo(field, label, scheme) for field, label, scheme in _LOGOS],
            columns=rx.breakpoints(initial="1", sm="2"),
            spacing="5",
            width="100%",
        ),
        text=words("settings-logos-text"),
    )


def _logo(field: str, label: str, scheme: str) -> rx.Component:
    stored = LogosState.logos[field]
    # The scales themselves follow the class; what the theme makes of them does not.
    picture = rx.center(
        rx.cond(
            stored,
            rx.image(src=stored, alt=label, max_height="4rem", max_width="100%", object_fit="contain"),
            rx.text(words("settings-logo-none"), size="1", color="var(--slate-11)"),
        ),
        class_name=scheme,
        background="var(--slate-2)",
        border=f"1px solid {tokens.BORDER}",
        border_radius="var(--radius-4)",
        height="6rem",
        padding="var(--space-3)",
        width="100%",
    )
    return rx.vstack(
        rx.text(label, size="2", weight="medium"),
        picture,
        rx.hstack(
            ui.button(
                rx.cond(stored, words("settings-logo-replace"), words("settings-logo-choose")),
                kind="secondary",
                size="1",
                pending=LogosState.saving == field,
                aria_label=rx.cond(
                    stored,
                    words("settings-logo-replace-named", logo=label),
                    words("settings-logo-choose-named", logo=label),
                ),
                on_click=rx.call_script(_PICK, callback=lambda data: LogosState.save(field, data)),
            ),
            rx.cond(
                stored,
                ui.button(
                    words("settings-logo-remove"),
                    kind="quiet",
                    size="1",
                    aria_label=words("settings-logo-remove-named", logo=label),
                    on_click=LogosState.remove(field),
                ),
            ),
            align="center",
            spacing="3",
        ),
        spacing="2",
        width="100%",
    )
