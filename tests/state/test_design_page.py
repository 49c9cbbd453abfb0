"""The page of the design system shows every piece of it."""

import inspect

from components import ui
from hexclave_app.pages import design


def test_every_piece_of_the_design_system_is_on_its_page() -> None:
    # Frames of whole pages, what stands on every page, texts, and conditions, which draw nothing.
    frames = {"brand", "centered_page", "skip_link", "theme_switch", "form_field", "icon", "card", "wide_cell"}
    frames |= {
        "ReadingDirection",
        "connection_notice",
        "early_input",
        "language_switch",
        "messages_script",
        "toaster",
        "unsaved_guard",
    }
    frames |= {"say", "sentence", "words", "words_around"}
    conditions = {"all_of", "any_of", "count_of", "has_items", "has_several", "none_of", "text_of"}
    source = inspect.getsource(design)
    pieces = {name for name in ui.__all__ if callable(getattr(ui, name))} - frames - conditions
    assert {name for name in pieces if f"ui.{name}(" not in source} == set()
