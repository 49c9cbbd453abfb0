"""From sources and values to subject, HTML and text. Runs in the locked processes only."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from typing import Any, Final

import mrml
from jinja2 import Template
from jinja2.exceptions import SecurityError, TemplateRuntimeError, UndefinedError
from markupsafe import Markup
from pydantic import JsonValue

from hexclave_app.mail_templates import language, marking
from hexclave_app.mail_templates.language import Source, TemplateError
from hexclave_app.mail_templates.plain_text import plain_text
from hexclave_app.mail_templates.sandbox import MailEnvironment

MAX_OUTPUT_LENGTH: Final = 1_000_000  # characters; Gmail cuts mails at a tenth of it
_LOGOS: Final = ("logoUrl", "logoFullUrl", "logoDarkModeUrl", "logoFullDarkModeUrl")
_NO_THEME: Final = "<mjml><mj-body>{{ children }}</mj-body></mjml>"
_HTML_SLOT: Final = "hexclave-html-goes-here"
_HTML_BLOCK: Final = (
    f'<mj-section><mj-column><mj-text padding="0"><div>{_HTML_SLOT}</div></mj-text></mj-column></mj-section>'
)
_ROOT: Final = re.compile(r"<mjml\b([^>]*)>")
_INNER_BODY: Final = re.compile(r"<body[^>]*>(.*)</body>", re.IGNORECASE | re.DOTALL)
# Otherwise a font of a well-known name would be loaded from its maker whenever somebody opens a mail.
_OPTIONS: Final = mrml.RenderOptions(fonts={})
_ENVIRONMENT: Final = MailEnvironment(is_markup=True)
_PLAIN_ENVIRONMENT: Final = MailEnvironment(is_markup=False)


@dataclass(frozen=True)
class RenderJob:
    """Everything one mail is made of; texts only, so that it can cross the border of a process."""

    source: str
    theme: str | None = None
    """None: a bare document around the content."""
    project_name: str = ""
    logos: Mapping[str, str] = field(default_factory=dict)
    user_name: str | None = None
    variables: Mapping[str, JsonValue] = field(default_factory=dict)
    unsubscribe_link: str | None = None
    is_preview: bool = False
    """Sample values of the sources instead of variables."""
    marks: str = ""
    """Which source gets editable regions marked: `template`, `theme` or `both`."""


@dataclass(frozen=True)
class Rendered:
    """A mail as text."""

    html: str
    text: str
    subject: str | None
    category: str | None
    regions: Mapping[str, Mapping[str, Any]] | None = None

    def as_json(self) -> dict[str, Any]:
        """Plain JSON."""
        return asdict(self)


def render(job: RenderJob) -> Rendered:
    """Render one mail; raises TemplateError with a message for the author."""
    try:
        return _render(job)
    except (SecurityError, UndefinedError, TemplateRuntimeError) as error:
        raise TemplateError(str(error)) from None
    except RecursionError:
        raise TemplateError("The source is nested too deeply.") from None
    except MemoryError:
        raise TemplateError("The mail takes too much memory.") from None
    except (TypeError, ValueError, ArithmeticError, LookupError, AssertionError, AttributeError) as error:
        if isinstance(error, TemplateError):
            raise
        raise TemplateError(f"{type(error).__name__}: {error}") from None


def _render(job: RenderJob) -> Rendered:
    source = _parsed(job.source)
    marker = marking.Marker() if job.marks else None
    values = _values(job, source)
    subject = _subject(source, values)
    if source.is_html:
        content, html_body = _HTML_BLOCK, source.body
    else:
        body = marker.marked(source, "template") if marker and job.marks != "theme" else source.body
        content, html_body = _wrapped(_compiled(body).render(values)), ""
    theme = job.theme
    if theme is None and source.is_html:
        html = html_body if _INNER_BODY.search(html_body) else f"<!doctype html><html><body>{html_body}</body></html>"
    else:
        html = _framed(job, theme, content, marker, source.language)
        if source.is_html:
            inner = _INNER_BODY.search(html_body)
            html = html.replace(_HTML_SLOT, inner[1] if inner else html_body)
    if len(html) > MAX_OUTPUT_LENGTH:
        raise TemplateError(f"The mail is longer than {MAX_OUTPUT_LENGTH} characters.")
    text = plain_text(html_body or content)
    if job.unsubscribe_link and theme is not None:
        text += f"\n\n--\nUnsubscribe: {job.unsubscribe_link}"
    f"{html}{text}{subject}".encode()  # half a character cannot be sent: raises ValueError
    regions = marker.regions if marker and marker.regions else None
    return Rendered(html, text, subject, source.category, regions)


def _values(job: RenderJob, source: Source) -> dict[str, JsonValue]:
    if job.is_preview:
        variables = language.preview_variables(source)
    else:
        variables = language.checked_variables(source, job.variables)
    return {
        "user": {"displayName": job.user_name or None},
        "project": {"displayName": job.project_name},
        "variables": variables,
    }


def _subject(source: Source, values: Mapping[str, JsonValue]) -> str | None:
    if source.subject is None:
        return None
    return " ".join(_compiled_plain(source.subject).render(values).split())


def _framed(
    job: RenderJob, theme: str | None, content: str, marker: "marking.Marker | None", spoken: str | None
) -> str:
    parsed = _parsed(theme if theme is not None else _NO_THEME)
    values: dict[str, Any] = {
        "children": Markup(content),  # noqa: S704 - rendered markup; values in it are escaped already
        "unsubscribeLink": job.unsubscribe_link,
        "projectLogos": {name: job.logos.get(name) for name in _LOGOS},
        "project": {"displayName": job.project_name},
        "direction": language.direction_of(spoken),
    }
    if job.is_preview and parsed.preview:
        values |= {name: value for name, value in parsed.preview.items() if name in values}
    values["body"] = values["children"]
    text = marker.marked(parsed, "theme") if marker and theme is not None and job.marks != "template" else parsed.body
    return _to_html(_spoken(_compiled(text).render(values), spoken))


def _spoken(markup: str, spoken: str | None) -> str:
    """The document with the language of the template on its root, unless the theme has named one."""
    root = _ROOT.search(markup)
    if spoken is None or root is None or " lang=" in root[0]:
        return markup
    attributes = f' lang="{spoken}" dir="{language.direction_of(spoken)}"'
    return f"{markup[: root.start(1)]}{attributes}{markup[root.start(1) :]}"


def _to_html(markup: str) -> str:
    if len(markup) > MAX_OUTPUT_LENGTH:
        raise TemplateError(f"The mail is longer than {MAX_OUTPUT_LENGTH} characters.")
    try:
        return str(mrml.to_html(markup, render_options=_OPTIONS).content)
    except OSError as error:  # mrml has no other exception
        raise TemplateError(f"The MJML cannot be read: {error}.") from None


def _wrapped(content: str) -> str:
    """Content without any MJML element is simple HTML: it gets a section around it."""
    if "<mj-" in content:
        return content
    return f"<mj-section><mj-column><mj-text>{content}</mj-text></mj-column></mj-section>"


@lru_cache(maxsize=64)
def _parsed(text: str) -> Source:
    return language.parse(text)


@lru_cache(maxsize=64)
def _compiled(text: str) -> Template:
    return _ENVIRONMENT.compiled(text)


@lru_cache(maxsize=64)
def _compiled_plain(text: str) -> Template:
    return _PLAIN_ENVIRONMENT.compiled(text)
