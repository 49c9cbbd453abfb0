"""Configuration of outgoing mail: themes, templates and the server."""

from typing import Annotated, Literal

from pydantic import Field

from hexclave_app.config.builtins import DEFAULT_THEME_ID, TEMPLATES, THEMES
from hexclave_app.config.markers import (
    EMAIL,
    ENVIRONMENT,
    NON_EMPTY,
    UUID_IDS,
    UUID_TEXT,
    Number,
    Required,
    Section,
    at_most,
    whole_number,
)

UNNAMED_THEME = "Unnamed theme"
UNNAMED_TEMPLATE = "Unnamed template"
MISSING_SOURCE = "{{ this_source_is_missing }}"


class EmailTheme(Section):
    """The frame around every mail; the source is text of our template language."""

    display_name: Annotated[str, Required()] = UNNAMED_THEME
    tsx_source: Annotated[str, Required()] = MISSING_SOURCE


class EmailTemplate(Section):
    """One mail; `theme_id` false means no theme, none means the theme of the project."""

    display_name: Annotated[str, Required()] = UNNAMED_TEMPLATE
    tsx_source: Annotated[str, Required()] = MISSING_SOURCE
    theme_id: Annotated[str | Literal[False] | None, UUID_TEXT] = None


class EmailServer(Section):
    """The server that sends; while shared, everything else here is unused."""

    is_shared: bool = True
    provider: Literal["resend", "smtp", "managed"] = "smtp"
    host: Annotated[str | None, NON_EMPTY] = None
    port: Annotated[Number | None, whole_number(0, 65535)] = None
    username: Annotated[str | None, NON_EMPTY] = None
    password: Annotated[str | None, NON_EMPTY, at_most(70)] = None
    sender_name: Annotated[str | None, NON_EMPTY] = None
    sender_email: Annotated[str | None, NON_EMPTY, EMAIL] = None
    managed_subdomain: Annotated[str | None, NON_EMPTY] = None
    managed_sender_local_part: Annotated[str | None, NON_EMPTY] = None


def _builtin_themes() -> dict[str, EmailTheme]:
    return {theme.id: EmailTheme(display_name=theme.display_name, tsx_source=theme.source) for theme in THEMES}


def _builtin_templates() -> dict[str, EmailTemplate]:
    return {mail.id: EmailTemplate(display_name=mail.display_name, tsx_source=mail.source) for mail in TEMPLATES}


class Emails(Section):
    """Outgoing mail; built-in themes and templates can be edited but not removed."""

    selected_theme_id: str = DEFAULT_THEME_ID
    themes: Annotated[dict[str, EmailTheme], UUID_IDS] = Field(default_factory=_builtin_themes)
    templates: Annotated[dict[str, EmailTemplate], UUID_IDS] = Field(default_factory=_builtin_templates)
    server: Annotated[EmailServer, ENVIRONMENT] = EmailServer()
