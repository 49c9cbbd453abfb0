"""Templates, themes and previews (contract 06, sections 3 and 4)."""

import uuid
from typing import Annotated, Literal

from hexclave_app.api.email_schemas import ThemeField
from hexclave_app.api.protocol.calls import Call
from hexclave_app.api.protocol.endpoints import ADMIN, Endpoints
from hexclave_app.api.protocol.fields import (
    NoQuery,
    OptionalBoolean,
    OptionalText,
    OptionalUuid,
    Rule,
    Schema,
    Text,
    Uuid,
    one_of,
)
from hexclave_app.api.protocol.schema_errors import schema_error
from hexclave_app.services.emails import designs, previews, requests
from hexclave_app.services.emails.previews import Preview

routes = Endpoints("e-mail designs")

TEMPLATES = "/internal/email-templates"
THEMES = "/internal/email-themes"

View = dict[str, object]


class DesignName(Schema):
    """The name of a new template or theme."""

    display_name: Text


class TemplatePath(Schema):
    """One template."""

    templateId: Uuid  # noqa: N815 - the contract's name


class ThemePath(Schema):
    """One theme."""

    id: Uuid


class TemplateUpdate(Schema):
    """A new source, and perhaps another theme."""

    tsx_source: Text
    theme_id: ThemeField = None


class ThemeUpdate(Schema):
    """A new source."""

    tsx_source: Text


class RenderEmail(Schema):
    """What to preview; the handler checks which fields go together."""

    template_id: OptionalUuid = None
    template_tsx_source: OptionalText = None
    theme_id: ThemeField = None
    theme_tsx_source: OptionalText = None
    editable_markers: OptionalBoolean = None
    editable_source: Annotated[str | None, Rule(one_of(("template", "theme", "both")))] = None


class RewriteSource(Schema):
    """A template to turn into a draft."""

    template_tsx_source: Text


@routes.endpoint("GET", TEMPLATES, access=ADMIN, query=NoQuery)
def list_templates(call: Call) -> View:
    """List e-mail templates."""
    return {"templates": designs.list_templates(call.tenancy)}


@routes.endpoint("POST", TEMPLATES, access=ADMIN, query=NoQuery, body=DesignName)
def create_template(call: Call) -> View:
    """Create an e-mail template from a sample."""
    requests.require_own_server(call.tenancy)
    return {"id": designs.create_template(call.session, tenancy=call.tenancy, display_name=call.body.display_name)}


@routes.endpoint(
    "PATCH", TEMPLATES + "/{templateId}", access=ADMIN, query=NoQuery, params=TemplatePath, body=TemplateUpdate
)
async def update_template(call: Call) -> View:
    """Save a template that renders; a built-in one becomes customised."""
    requests.require_own_server(call.tenancy)
    template_id, body = str(call.path.templateId), call.body
    designs.require_template(call.tenancy, template_id)
    rendered = await previews.check_template(call.installation, call.tenancy, body.tsx_source)
    theme: str | Literal[False] | None = call.tenancy.config.emails.templates[template_id].theme_id
    if "theme_id" in body.model_fields_set:
        theme = _theme(body.theme_id)
    await call.installation.db.run(
        designs.update_template,
        tenancy=call.tenancy,
        template_id=template_id,
        source=body.tsx_source,
        theme_id=theme,
    )
    return {"rendered_html": rendered.html}


@routes.endpoint("DELETE", TEMPLATES + "/{templateId}", access=ADMIN, query=NoQuery, params=TemplatePath)
def delete_template(call: Call) -> View:
    """Delete a template; a built-in one returns to its default."""
    requests.require_own_server(call.tenancy)
    template_id = str(call.path.templateId)
    designs.require_template(call.tenancy, template_id)
    designs.delete_template(call.session, tenancy=call.tenancy, template_id=template_id)
    return {}


@routes.endpoint("GET", THEMES, access=ADMIN, query=NoQuery)
def list_themes(call: Call) -> View:
    """List e-mail themes."""
    return {"themes": designs.list_themes(call.tenancy)}


@routes.endpoint("POST", THEMES, access=ADMIN, query=NoQuery, body=DesignName)
def create_theme(call: Call) -> View:
    """Create an e-mail theme as a copy of the default one."""
    return {"id": designs.create_theme(call.session, tenancy=call.tenancy, display_name=call.body.display_name)}


@routes.endpoint("GET", THEMES + "/{id}", access=ADMIN, query=NoQuery, params=ThemePath)
def read_theme(call: Call) -> View:
    """Read an e-mail theme with its source."""
    return designs.read_theme(call.tenancy, str(call.path.id))


@routes.endpoint("PATCH", THEMES + "/{id}", access=ADMIN, query=NoQuery, params=ThemePath, body=ThemeUpdate)
async def update_theme(call: Call) -> View:
    """Save a theme that renders."""
    theme_id, source = str(call.path.id), call.body.tsx_source
    designs.read_theme(call.tenancy, theme_id)
    await previews.check_theme(call.installation, call.tenancy, source)
    name = await call.installation.db.run(designs.update_theme, tenancy=call.tenancy, theme_id=theme_id, source=source)
    return {"display_name": name}


@routes.endpoint("DELETE", THEMES + "/{id}", access=ADMIN, query=NoQuery, params=ThemePath)
def delete_theme(call: Call) -> View:
    """Delete a theme that is not active."""
    designs.delete_theme(call.session, tenancy=call.tenancy, theme_id=str(call.path.id))
    return {}


@routes.endpoint("POST", "/emails/render-email", access=ADMIN, query=NoQuery, body=RenderEmail)
async def render_email(call: Call) -> View:
    """Render a template with a theme and sample values, with editable regions marked on demand."""
    body: RenderEmail = call.body
    given = body.model_fields_set
    if ("template_id" in given) == ("template_tsx_source" in given):
        _refuse("body must contain exactly one of template_id or template_tsx_source")
    if {"theme_id", "theme_tsx_source"} <= given:
        _refuse("body must not contain both theme_id and theme_tsx_source")
    template = body.template_tsx_source
    if template is None:
        template = previews.template_source(call.tenancy, str(body.template_id))
    theme = body.theme_tsx_source
    if theme is None:
        theme = previews.theme_source(call.tenancy, _theme(body.theme_id))
    marks = (body.editable_source or "template") if body.editable_markers else ""
    rendered = await previews.render(call.installation, call.tenancy, Preview(template, theme, marks))
    answer: View = {"html": rendered.html}
    if rendered.subject is not None:
        answer["subject"] = rendered.subject
    if rendered.category is not None:
        answer["notification_category"] = rendered.category
    if rendered.regions:
        answer["editable_regions"] = rendered.regions
    return answer


@routes.endpoint("POST", "/internal/rewrite-template-source", access=ADMIN, query=NoQuery, body=RewriteSource)
async def rewrite_source(call: Call) -> View:
    """Turn a template into a standalone source for a draft."""
    source = await previews.as_draft(call.installation, call.tenancy, call.body.template_tsx_source)
    return {"tsx_source": source}


def _theme(theme: uuid.UUID | Literal[False] | None) -> str | Literal[False] | None:
    return str(theme) if isinstance(theme, uuid.UUID) else theme


def _refuse(message: str) -> None:
    raise schema_error("POST", "/api/v1/emails/render-email", [message])
