"""Templates and themes of a project: entries of its configuration (contract 06, section 4)."""

import uuid
from typing import Literal

from sqlmodel import Session

from hexclave_app.config.builtins import DEFAULT_THEME_ID, THEMES
from hexclave_app.config.overrides import Level
from hexclave_app.errors import StatusError
from hexclave_app.services import project_configs
from hexclave_app.services.emails.previews import SAMPLE_TEMPLATE
from hexclave_app.services.tenancies import TenancySnapshot
from models.base import JsonValue

View = dict[str, object]
ThemeId = str | Literal[False] | None


def list_templates(tenancy: TenancySnapshot) -> list[View]:
    """Every template; `theme_id` is left out where the project's theme counts."""
    return [
        {
            "id": template_id,
            "display_name": template.display_name,
            "tsx_source": template.tsx_source,
            **({} if template.theme_id is None else {"theme_id": template.theme_id}),
        }
        for template_id, template in tenancy.config.emails.templates.items()
    ]


def require_template(tenancy: TenancySnapshot, template_id: str) -> None:
    """Plain 404 for an unknown template."""
    if template_id not in tenancy.config.emails.templates:
        raise StatusError(404, "There is no template with this id.")


def create_template(session: Session, *, tenancy: TenancySnapshot, display_name: str) -> str:
    """A new template with a sample source; returns its id."""
    template_id = str(uuid.uuid4())
    _store(session, tenancy, f"templates.{template_id}", _entry(display_name, SAMPLE_TEMPLATE, None))
    return template_id


def update_template(
    session: Session, *, tenancy: TenancySnapshot, template_id: str, source: str, theme_id: ThemeId
) -> None:
    """Replace source and theme; the caller has rendered the source."""
    name = tenancy.config.emails.templates[template_id].display_name
    _store(session, tenancy, f"templates.{template_id}", _entry(name, source, theme_id))


def delete_template(session: Session, *, tenancy: TenancySnapshot, template_id: str) -> None:
    """Remove a template; a built-in one returns to its default."""
    _reset(session, tenancy, f"emails.templates.{template_id}")


def list_themes(tenancy: TenancySnapshot) -> list[View]:
    """Every theme without its source."""
    return [
        {"id": theme_id, "display_name": theme.display_name} for theme_id, theme in tenancy.config.emails.themes.items()
    ]


def read_theme(tenancy: TenancySnapshot, theme_id: str) -> View:
    """One theme; plain 404."""
    theme = tenancy.config.emails.themes.get(theme_id)
    if theme is None:
        raise StatusError(404, "There is no theme with this id.")
    return {"id": theme_id, "display_name": theme.display_name, "tsx_source": theme.tsx_source}


def create_theme(session: Session, *, tenancy: TenancySnapshot, display_name: str) -> str:
    """A new theme, first a copy of Default Light; returns its id."""
    theme_id = str(uuid.uuid4())
    source = next(theme.source for theme in THEMES if theme.id == DEFAULT_THEME_ID)
    _store(session, tenancy, f"themes.{theme_id}", _entry(display_name, source, None))
    return theme_id


def update_theme(session: Session, *, tenancy: TenancySnapshot, theme_id: str, source: str) -> str:
    """Replace the source, which the caller has rendered; returns the name."""
    name = tenancy.config.emails.themes[theme_id].display_name
    _store(session, tenancy, f"themes.{theme_id}", _entry(name, source, None))
    return name


def delete_theme(session: Session, *, tenancy: TenancySnapshot, theme_id: str) -> None:
    """Remove a theme (plain 404), but not the active one (plain 400); a built-in one returns to its default."""
    read_theme(tenancy, theme_id)
    if tenancy.config.emails.selected_theme_id == theme_id:
        raise StatusError(400, "The active theme cannot be deleted. Select another one first.")
    _reset(session, tenancy, f"emails.themes.{theme_id}")


def duplicate_theme(session: Session, *, tenancy: TenancySnapshot, theme_id: str) -> str:
    """A copy of a theme (plain 404); returns its id."""
    read_theme(tenancy, theme_id)
    theme = tenancy.config.emails.themes[theme_id]
    copy_id = str(uuid.uuid4())
    _store(session, tenancy, f"themes.{copy_id}", _entry(f"Copy of {theme.display_name}", theme.tsx_source, None))
    return copy_id


def select_theme(session: Session, *, tenancy: TenancySnapshot, theme_id: str) -> None:
    """Frame every mail in this theme from now on; plain 404 for an unknown one."""
    read_theme(tenancy, theme_id)
    _select(session, tenancy, theme_id)


def retire_theme(session: Session, *, tenancy: TenancySnapshot, theme_id: str) -> None:
    """Remove a theme (plain 404): the active one gives its place to Default Light, a built-in one gets its default."""
    read_theme(tenancy, theme_id)
    is_built_in = theme_id in {theme.id for theme in THEMES}
    if tenancy.config.emails.selected_theme_id == theme_id and not is_built_in:
        _select(session, tenancy, DEFAULT_THEME_ID)
    _reset(session, tenancy, f"emails.themes.{theme_id}")


def _select(session: Session, tenancy: TenancySnapshot, theme_id: str) -> None:
    project_configs.patch(
        session,
        project_id=tenancy.project_id,
        level=Level.ENVIRONMENT,
        config={"emails.selectedThemeId": theme_id},
        branch_id=tenancy.branch_id,
    )


def _entry(display_name: str, source: str, theme_id: ThemeId) -> dict[str, JsonValue]:
    entry: dict[str, JsonValue] = {"displayName": display_name, "tsxSource": source}
    return entry if theme_id is None else entry | {"themeId": theme_id}


def _store(session: Session, tenancy: TenancySnapshot, key: str, entry: dict[str, JsonValue]) -> None:
    project_configs.patch(
        session,
        project_id=tenancy.project_id,
        level=Level.ENVIRONMENT,
        config={f"emails.{key}": entry},
        branch_id=tenancy.branch_id,
    )


def _reset(session: Session, tenancy: TenancySnapshot, key: str) -> None:
    for level in (Level.BRANCH, Level.ENVIRONMENT):
        project_configs.reset(
            session, project_id=tenancy.project_id, level=level, keys=[key], branch_id=tenancy.branch_id
        )
