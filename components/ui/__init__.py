"""The design system: the vocabulary every page is written in. Pages use these pieces, not raw primitives."""

from components.ui.buttons import button, icon_button, link_button
from components.ui.data_table import data_table, table_empty, table_skeleton
from components.ui.feedback import badge, callout, empty_state, error_state, message_card
from components.ui.fields import form_field, password_field, submit_form, text_field
from components.ui.icons import icon
from components.ui.layout import brand, card, centered_page, page_header, page_shell, section
from components.ui.theme import theme_switch

__all__ = [
    "badge",
    "brand",
    "button",
    "callout",
    "card",
    "centered_page",
    "data_table",
    "empty_state",
    "error_state",
    "form_field",
    "icon",
    "icon_button",
    "link_button",
    "message_card",
    "page_header",
    "page_shell",
    "password_field",
    "section",
    "submit_form",
    "table_empty",
    "table_skeleton",
    "text_field",
    "theme_switch",
]
