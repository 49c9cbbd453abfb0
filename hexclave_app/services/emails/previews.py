"""Rendering for authors: previews with sample values, and the checks before something is saved (contract 06)."""

import json
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from sqlmodel import Session

from hexclave_app import errors
from hexclave_app.errors import StatusError
from hexclave_app.installation import Installation
from hexclave_app.mail_templates import language
from hexclave_app.mail_templates.engine import Rendered, RenderJob
from hexclave_app.mail_templates.language import TemplateError
from hexclave_app.services.emails import queueing, rendering
from hexclave_app.services.tenancies import TenancySnapshot
from models import Project

SAMPLE_USER: Final = "John Doe"
SAMPLE_TEMPLATE: Final = """\
---
subject: Hello {{ user.displayName or "there" }}
category: Transactional
variable: count number 3
---
<mj-section>
  <mj-column>
    <mj-text css-class="heading"><h1>Hello {{ user.displayName or "there" }}</h1></mj-text>
    <mj-text>The number of today is {{ variables.count }}.</mj-text>
  </mj-column>
</mj-section>
"""
SAMPLE_DRAFT: Final = """\
---
subject: News from {{ project.displayName }}
category: Marketing
---
<mj-section>
  <mj-column>
    <mj-text>Hello {{ user.displayName or "there" }},</mj-text>
    <mj-text>this is what is new.</mj-text>
  </mj-column>
</mj-section>
"""


@dataclass(frozen=True, slots=True)
class Preview:
    """What to show: sources, and which of them gets its editable regions marked."""

    template: str
    theme: str | None
    marks: str = ""
    unsubscribe_link: str | None = None


class Scheme(StrEnum):
    """What the reader's mail program looks like."""

    LIGHT = "light"
    DARK = "dark"


def template_source(tenancy: TenancySnapshot, template_id: str) -> str:
    """The source of a template; plain 400 for an unknown one."""
    template = tenancy.config.emails.templates.get(template_id)
    if template is None:
        raise StatusError(400, "There is no template with this id.")
    return template.tsx_source


def theme_source(tenancy: TenancySnapshot, theme_id: str | bool | None) -> str | None:
    """The source of a theme (False: none, None: the project's); plain 400 for an unknown one."""
    if isinstance(theme_id, str) and theme_id not in tenancy.config.emails.themes:
        raise StatusError(400, "There is no theme with this id.")
    return rendering.theme_source(tenancy, queueing.theme_of(tenancy, theme_id))


async def render(installation: Installation, tenancy: TenancySnapshot, preview: Preview) -> Rendered:
    """Render with sample values; raises EMAIL_RENDERING_ERROR."""
    logos = await installation.db.read(_logos, project_id=tenancy.project_id)
    job = RenderJob(
        source=preview.template,
        theme=preview.theme,
        project_name=tenancy.display_name,
        logos=logos,
        user_name=SAMPLE_USER,
        is_preview=True,
        marks=preview.marks,
        unsubscribe_link=preview.unsubscribe_link,
    )
    (result,) = await installation.renderer.render([job])
    if isinstance(result, str):
        raise errors.EmailRenderingError(error=result)
    return result


_SCHEME: Final = re.compile(r"\(\s*prefers-color-scheme\s*:\s*(light|dark)\s*\)", re.IGNORECASE)


def in_scheme(html: str, scheme: Scheme) -> str:
    """A mail as a reader with this scheme sees it, whatever the author's own browser prefers."""
    return _SCHEME.sub(lambda found: "(min-width: 0)" if found[1].lower() == scheme else "(max-width: 0)", html)


_MARK: Final = re.compile(r"<!-- STACK_(?:EDITABLE|EXPR)_(?:START|END)(?: [a-z]+-\d+)? -->")


def without_marks(html: str) -> str:
    """A marked mail as it is sent."""
    return _MARK.sub("", html)


async def check_theme(installation: Installation, tenancy: TenancySnapshot, source: str) -> None:
    """A theme that may be saved renders the sample; raises EMAIL_RENDERING_ERROR."""
    await render(installation, tenancy, Preview(SAMPLE_TEMPLATE, source))


async def check_template(installation: Installation, tenancy: TenancySnapshot, source: str) -> Rendered:
    """A template that may be saved renders in the project's theme and has a subject and a category."""
    result = await render(installation, tenancy, Preview(source, theme_source(tenancy, None)))
    if result.subject is None:
        raise errors.EmailRenderingError(error="The header of the template has no `subject`.")
    if result.category is None:
        raise errors.EmailRenderingError(error="The header of the template has no `category`.")
    return result


async def as_draft(installation: Installation, tenancy: TenancySnapshot, source: str) -> str:
    """A template as a source of its own: sample values take the place of variables; no assistant is needed.

    Raises TEMPLATE_SOURCE_REWRITE_ERROR.
    """
    try:
        rewritten = _standalone(source)
        await render(installation, tenancy, Preview(rewritten, None))
    except (TemplateError, errors.EmailRenderingError) as error:
        raise errors.TemplateSourceRewriteError(error=str(error)) from None
    return rewritten


_DECLARATION: Final = re.compile(r"^\s*(variable|variables|preview)\s*:.*\n", re.MULTILINE)
_SUBJECT: Final = re.compile(r"^(\s*subject\s*:)\s*", re.MULTILINE)


def _standalone(source: str) -> str:
    parsed = language.parse(source)
    values = language.preview_variables(parsed)
    if not values or parsed.is_html:
        return source
    given = "{% set variables = " + _literal(values) + " %}"
    head = _DECLARATION.sub("", source[: parsed.body_start])
    return _SUBJECT.sub(lambda match: f"{match[1]} {given}", head) + given + "\n" + parsed.body


def _literal(value: object) -> str:
    """JSON as Jinja reads it."""
    text = json.dumps(value, ensure_ascii=False)
    # `%}` inside a text would end the tag for a reader, though not for Jinja.
    return text.replace("%}", "%\\u007d")


def _logos(session: Session, *, project_id: str) -> dict[str, str]:
    return rendering.logos_of(session.get_one(Project, project_id))
