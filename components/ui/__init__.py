"""The design system: the vocabulary every page is written in. Pages use these pieces, not raw primitives."""

from components.ui.buttons import button, icon_button, link_button, toggle_button
from components.ui.choices import checkbox, select_box, select_field, switch_row
from components.ui.code_entry import CODE_ENTRY, code_field
from components.ui.conditions import all_of, any_of, count_of, has_items, has_several, none_of, text_of
from components.ui.connection import connection_notice, toaster
from components.ui.containment import containment
from components.ui.copying import code_snippet, copy_button, copy_value
from components.ui.data_table import data_table, table_empty, table_skeleton, wide_cell
from components.ui.dialogs import form_dialog, question, tick_box, typed_question
from components.ui.differences import differences
from components.ui.disclosure import disclosure
from components.ui.early import EARLY_INPUT, early_input
from components.ui.feedback import badge, callout, empty_state, error_state, message_card
from components.ui.fields import form_field, password_field, submit_form, text_area, text_field
from components.ui.figures import CHART_HEIGHT, MAP_STEPS, day_chart, stat, world_map
from components.ui.focus_back import FOCUS_BACK
from components.ui.icons import icon
from components.ui.language import (
    ReadingDirection,
    language_switch,
    messages_script,
    say,
    sentence,
    words,
    words_around,
)
from components.ui.layout import MAIN_ID, brand, card, centered_page, page_header, page_shell, section, skip_link
from components.ui.people import avatar
from components.ui.permission_graph import permission_graph
from components.ui.reorder import grip, reorder
from components.ui.theme import theme_switch
from components.ui.unsaved_guard import unsaved_guard

__all__ = [
    "CHART_HEIGHT",
    "CODE_ENTRY",
    "EARLY_INPUT",
    "FOCUS_BACK",
    "MAIN_ID",
    "MAP_STEPS",
    "ReadingDirection",
    "all_of",
    "any_of",
    "avatar",
    "badge",
    "brand",
    "button",
    "callout",
    "card",
    "centered_page",
    "checkbox",
    "code_field",
    "code_snippet",
    "connection_notice",
    "containment",
    "copy_button",
    "copy_value",
    "count_of",
    "data_table",
    "day_chart",
    "differences",
    "disclosure",
    "early_input",
    "empty_state",
    "error_state",
    "form_dialog",
    "form_field",
    "grip",
    "has_items",
    "has_several",
    "icon",
    "icon_button",
    "language_switch",
    "link_button",
    "message_card",
    "messages_script",
    "none_of",
    "page_header",
    "page_shell",
    "password_field",
    "permission_graph",
    "question",
    "reorder",
    "say",
    "section",
    "select_box",
    "select_field",
    "sentence",
    "skip_link",
    "stat",
    "submit_form",
    "switch_row",
    "table_empty",
    "table_skeleton",
    "text_area",
    "text_field",
    "text_of",
    "theme_switch",
    "tick_box",
    "toaster",
    "toggle_button",
    "typed_question",
    "unsaved_guard",
    "wide_cell",
    "words",
    "words_around",
    "world_map",
]
