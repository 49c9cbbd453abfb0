"""Built-in e-mail themes: one card on a page, with dark colours where the mail program is dark.

The classes `heading`, `code`, `row` and `note` are what the built-in templates use; others may use them too.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class BuiltinTheme:
    """A theme every project has."""

    id: str
    display_name: str
    source: str


DEFAULT_THEME_ID: Final = "1df07ae6-abf3-4a40-83a5-a1a2cbe336ac"

_FONTS: Final = "-apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif"
_FRAME: Final = """\
<mjml>
  <mj-head>
    <mj-raw>
      <meta name="color-scheme" content="{schemes}" />
      <meta name="supported-color-schemes" content="{schemes}" />
    </mj-raw>
    <mj-attributes>
      <mj-all font-family="{fonts}" />
      <mj-text color="{text}" font-size="16px" line-height="1.6" padding="8px 32px" />
      <mj-button background-color="{accent}" color="{on_accent}" border-radius="8px" font-size="16px" font-weight="600"
        inner-padding="14px 28px" padding="16px 32px" align="left" />
      <mj-divider border-color="{line}" border-width="1px" padding="20px 32px 12px" />
      <mj-section padding="0" />
      <mj-column padding="0" />
    </mj-attributes>
    <mj-style>
      .heading h1 {{ font-size: 24px; line-height: 1.3; font-weight: 700; letter-spacing: -0.02em; margin: 0; }}
      .code div {{ background: {soft}; border-radius: 12px; padding: 20px 8px; font-weight: 700;
        font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace !important; }}
      .row table {{ width: 100%; }}
      .note div {{ color: {faint} !important; }}
      a {{ color: {link}; }}
      @media (max-width: 480px) {{
        .card {{ border-radius: 0 !important; }}
        .wide a {{ display: block !important; }}
      }}{dark}
    </mj-style>
  </mj-head>
  <mj-body background-color="{page}" width="600px" css-class="page">
    {{% set logo = {logo} %}}
    <mj-section padding="24px 0 0"></mj-section>
    <mj-wrapper background-color="{card}" border-radius="16px" padding="32px 0"{border} css-class="card">
      {{% if logo %}}
      <mj-section>
        <mj-column>
          <mj-image src="{{{{ logo }}}}" alt="{{{{ project.displayName }}}}" width="120px"
            align="{{{{ 'right' if direction == 'rtl' else 'left' }}}}"
            padding="0 32px 20px" />
        </mj-column>
      </mj-section>
      {{% endif %}}
      {{{{ children }}}}
    </mj-wrapper>
    <mj-section padding="16px 0 24px">
      <mj-column>
        {{% if unsubscribeLink %}}
        <mj-text align="center" font-size="13px" color="{faint}" css-class="note">
          <a href="{{{{ unsubscribeLink }}}}" style="color: inherit">Unsubscribe</a> from these e-mails
        </mj-text>
        {{% endif %}}
      </mj-column>
    </mj-section>
  </mj-body>
</mjml>
"""
_DARK: Final = """
      @media (prefers-color-scheme: dark) {{
        .page, body {{ background: {page} !important; background-color: {page} !important; }}
        .card, .card > table {{ background: {card} !important; background-color: {card} !important; }}
        .card div, .card td, .card h1 {{ color: {text} !important; }}
        .card .code div {{ background: {soft} !important; }}
        .card .note div, .note div {{ color: {faint} !important; }}
        .card p[style*="border-top"] {{ border-top-color: {line} !important; }}
        .card td[role="presentation"], .card td[role="presentation"] a {{
          background: {accent} !important; color: {on_accent} !important; }}
        .card a {{ color: {link}; }}
      }}"""
_LIGHT_LOGO: Final = "projectLogos.logoFullUrl or projectLogos.logoUrl"
_DARK_LOGO: Final = "projectLogos.logoFullDarkModeUrl or projectLogos.logoDarkModeUrl"


def _theme(colours: dict[str, str], *, logo: str, border: str = "", dark: dict[str, str] | None = None) -> str:
    """A theme's source; with `dark` it follows the mail program."""
    follows = _DARK.format(**dark) if dark else ""
    schemes = "light dark" if dark else "dark"
    return _FRAME.format(**colours, logo=logo, border=border, dark=follows, schemes=schemes, fonts=_FONTS)


_NIGHT: Final = {
    "page": "#111113", "card": "#1c1c1f", "text": "#f4f4f5", "faint": "#a1a1aa", "line": "#3f3f46", "soft": "#2a2a2e",
    "accent": "#fafafa", "on_accent": "#18181b", "link": "#93c5fd",
}  # fmt: skip

THEMES: Final = (
    BuiltinTheme(
        DEFAULT_THEME_ID,
        "Default Light",
        _theme(
            {
                "page": "#f4f4f5", "card": "#ffffff", "text": "#18181b", "faint": "#6b6b74", "line": "#e4e4e7",
                "soft": "#f4f4f5", "accent": "#18181b", "on_accent": "#ffffff", "link": "#1d4ed8",
            },
            logo=_LIGHT_LOGO,
            dark=_NIGHT,
        ),
    ),
    BuiltinTheme(
        "a0172b5d-cff0-463b-83bb-85124697373a",
        "Default Dark",
        _theme(
            {
                "page": "#27272a", "card": "#000000", "text": "#ffffff", "faint": "#a1a1aa", "line": "#3f3f46",
                "soft": "#1c1c1f", "accent": "#ffffff", "on_accent": "#000000", "link": "#93c5fd",
            },
            logo=_DARK_LOGO,
        ),
    ),
    BuiltinTheme(
        "c7e2d94f-8a1b-4e6d-b3f5-9d0a2e7c1b8f",
        "Default Colorful",
        _theme(
            {
                "page": "#f3f0ff", "card": "#ffffff", "text": "#1e1b4b", "faint": "#635a93", "line": "#ddd6fe",
                "soft": "#f5f3ff", "accent": "#6d28d9", "on_accent": "#ffffff", "link": "#6d28d9",
            },
            logo=_LIGHT_LOGO,
            border=' border-top="6px solid #7c3aed"',
            dark={
                "page": "#17142b", "card": "#211d3d", "text": "#f5f3ff", "faint": "#b8aee6", "line": "#433a75",
                "soft": "#2d2753", "accent": "#8b5cf6", "on_accent": "#0f0b24", "link": "#c4b5fd",
            },
        ),
    ),
)  # fmt: skip
