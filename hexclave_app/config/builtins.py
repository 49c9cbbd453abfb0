"""Built-in e-mail themes and templates, in our own template language.

A source is a header of `key: value` lines between two `---` lines, then MJML with Jinja placeholders.
Header keys: `subject`, `category`, and `variable` (`name type preview`, a `?` after the type makes it optional).
A template sees `user.displayName`, `project.displayName` and `variables.*`; a theme wraps `{{ body }}` and sees
`projectLogos.*` and `unsubscribeLink`.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class BuiltinTheme:
    """A theme every project has."""

    id: str
    display_name: str
    source: str


@dataclass(frozen=True)
class BuiltinTemplate:
    """A template every project has; `kind` names the mail in the rest of the code."""

    id: str
    kind: str
    display_name: str
    source: str


_THEME_FRAME = """\
<mjml>
  <mj-head>
    <mj-attributes>
      <mj-all font-family="Helvetica, Arial, sans-serif" />
      <mj-text color="{text}" font-size="16px" line-height="24px" />
      <mj-button background-color="{accent}" color="{on_accent}" border-radius="6px" />
      <mj-divider border-color="{line}" border-width="1px" />
    </mj-attributes>
  </mj-head>
  <mj-body background-color="{page}" width="600px">
    {{% set logo = {logo} %}}
    <mj-wrapper background-color="{card}" border-radius="8px" padding="24px"{border}>
      {{% if logo %}}
      <mj-section>
        <mj-column><mj-image src="{{{{ logo }}}}" alt="" width="120px" align="left" /></mj-column>
      </mj-section>
      {{% endif %}}
      {{{{ body }}}}
    </mj-wrapper>
    {{% if unsubscribeLink %}}
    <mj-section>
      <mj-column>
        <mj-text align="center" font-size="12px" color="{faint}">
          <a href="{{{{ unsubscribeLink }}}}">Unsubscribe from these e-mails</a>
        </mj-text>
      </mj-column>
    </mj-section>
    {{% endif %}}
  </mj-body>
</mjml>
"""
_LIGHT_LOGO = "projectLogos.logoFullUrl or projectLogos.logoUrl"
_DARK_LOGO = "projectLogos.logoFullDarkModeUrl or projectLogos.logoDarkModeUrl"

DEFAULT_THEME_ID: Final = "1df07ae6-abf3-4a40-83a5-a1a2cbe336ac"

THEMES: Final = (
    BuiltinTheme(
        DEFAULT_THEME_ID,
        "Default Light",
        _THEME_FRAME.format(
            page="#f6f7f9",
            card="#ffffff",
            border="",
            text="#1f2328",
            faint="#6b7280",
            line="#e5e7eb",
            accent="#111827",
            on_accent="#ffffff",
            logo=_LIGHT_LOGO,
        ),
    ),
    BuiltinTheme(
        "a0172b5d-cff0-463b-83bb-85124697373a",
        "Default Dark",
        _THEME_FRAME.format(
            page="#27272a",
            card="#000000",
            border="",
            text="#ffffff",
            faint="#a1a1aa",
            line="#3f3f46",
            accent="#ffffff",
            on_accent="#000000",
            logo=_DARK_LOGO,
        ),
    ),
    BuiltinTheme(
        "c7e2d94f-8a1b-4e6d-b3f5-9d0a2e7c1b8f",
        "Default Colorful",
        _THEME_FRAME.format(
            page="#f3f0ff",
            card="#ffffff",
            border=' border-top="6px solid #7c3aed"',
            text="#1e1b4b",
            faint="#6d5fa8",
            line="#ddd6fe",
            accent="#7c3aed",
            on_accent="#ffffff",
            logo=_LIGHT_LOGO,
        ),
    ),
)

_MAIL = """\
---
subject: {subject}
category: Transactional
{variables}
---
<mj-section>
  <mj-column>
    <mj-text font-size="22px" font-weight="bold">{heading}</mj-text>
    <mj-text>Hello{{% if user.displayName %}}, {{{{ user.displayName }}}}{{% endif %}}!</mj-text>
{content}
    <mj-divider />
    <mj-text font-size="13px">{footnote}</mj-text>
  </mj-column>
</mj-section>
"""
_UNEXPECTED = "If you did not expect this e-mail, you can ignore it."


def _mail(*, subject: str, heading: str, variables: str, content: str, footnote: str = _UNEXPECTED) -> str:
    declared = "\n".join(f"variable: {line.strip()}" for line in variables.strip().splitlines())
    indented = "\n".join(f"    {line.strip()}" for line in content.strip().splitlines())
    return _MAIL.format(subject=subject, heading=heading, variables=declared, content=indented, footnote=footnote)


TEMPLATES: Final = (
    BuiltinTemplate(
        "e7d009ce-8d47-4528-b245-5bf119f2ffa3",
        "email_verification",
        "Email Verification",
        _mail(
            subject="Verify your email at {{ project.displayName }}",
            heading="Verify your email",
            variables='emailVerificationLink string "#"',
            content="""
            <mj-text>Please confirm that this address is yours,
            so that {{ project.displayName }} can reach you.</mj-text>
            <mj-button href="{{ variables.emailVerificationLink }}">Verify my email</mj-button>
            """,
        ),
    ),
    BuiltinTemplate(
        "a70fb3a4-56c1-4e42-af25-49d25603abd0",
        "password_reset",
        "Password Reset",
        _mail(
            subject="Reset your password at {{ project.displayName }}",
            heading="Reset your password",
            variables='passwordResetLink string "#"',
            content="""
            <mj-text>Somebody asked to reset the password of your account at {{ project.displayName }}.</mj-text>
            <mj-button href="{{ variables.passwordResetLink }}">Choose a new password</mj-button>
            """,
        ),
    ),
    BuiltinTemplate(
        "822687fe-8d0a-4467-a0d1-416b6e639478",
        "magic_link",
        "Magic Link/OTP",
        _mail(
            subject="Sign in to {{ project.displayName }}: Your code is {{ variables.otp }}",
            heading="Sign in to {{ project.displayName }}",
            variables="""
            magicLink string "#"
            otp string "3SLSWZ"
            """,
            content="""
            <mj-text>Type this code where you are signing in:</mj-text>
            <mj-text align="center" font-size="32px" font-weight="bold">{{ variables.otp }}</mj-text>
            <mj-button href="{{ variables.magicLink }}">Sign in with this link instead</mj-button>
            """,
        ),
    ),
    BuiltinTemplate(
        "e84de395-2076-4831-9c19-8e9a96a868e4",
        "team_invitation",
        "Team Invitation",
        _mail(
            subject="You have been invited to join {{ variables.teamDisplayName }}",
            heading="Join {{ variables.teamDisplayName }}",
            variables="""
            teamDisplayName string "My Team"
            teamInvitationLink string "#"
            """,
            content="""
            <mj-text>You have been invited to join {{ variables.teamDisplayName }}
            at {{ project.displayName }}.</mj-text>
            <mj-button href="{{ variables.teamInvitationLink }}">Join the team</mj-button>
            """,
        ),
    ),
    BuiltinTemplate(
        "066dd73c-36da-4fd0-b6d6-ebf87683f8bc",
        "sign_in_invitation",
        "Sign In Invitation",
        _mail(
            subject="You have been invited to sign in to {{ project.displayName }}",
            heading="Sign in to {{ variables.teamDisplayName }}",
            variables="""
            signInInvitationLink string "#"
            teamDisplayName string "My Team"
            """,
            content="""
            <mj-text>You have been invited to {{ variables.teamDisplayName }}. Sign in to get started.</mj-text>
            <mj-button href="{{ variables.signInInvitationLink }}">Sign in</mj-button>
            """,
        ),
    ),
    BuiltinTemplate(
        "70372aee-0441-4d80-974c-2e858e40123a",
        "payment_receipt",
        "Payment Receipt",
        _mail(
            subject="Your receipt from {{ project.displayName }}",
            heading="Thank you for your payment",
            variables="""
            productName string "Pro Plan"
            amount string "$29.00"
            quantity number 1
            receiptLink string? "https://example.com/receipt"
            """,
            content="""
            <mj-text>Product: {{ variables.productName }}</mj-text>
            <mj-text>Quantity: {{ variables.quantity }}</mj-text>
            <mj-text>Amount: {{ variables.amount }}</mj-text>
            {% if variables.receiptLink %}
            <mj-button href="{{ variables.receiptLink }}">View the receipt</mj-button>
            {% endif %}
            """,
        ),
    ),
    BuiltinTemplate(
        "f64b1afe-27ec-4a28-a277-7178f3261f9a",
        "payment_failed",
        "Payment Failed",
        _mail(
            subject="Payment failed for {{ project.displayName }}",
            heading="Your payment did not go through",
            variables="""
            productName string "Pro Plan"
            amount string "$29.00"
            invoiceUrl string? "https://example.com/invoice"
            failureReason string? "The card was declined."
            """,
            content="""
            <mj-text>We could not collect {{ variables.amount }} for {{ variables.productName }}.</mj-text>
            {% if variables.failureReason %}
            <mj-text>Reason: {{ variables.failureReason }}</mj-text>
            {% endif %}
            {% if variables.invoiceUrl %}
            <mj-button href="{{ variables.invoiceUrl }}">Pay the invoice</mj-button>
            {% endif %}
            """,
            footnote="Please update your payment details, so that the next attempt succeeds.",
        ),
    ),
)

TEMPLATE_IDS: Final = {template.kind: template.id for template in TEMPLATES}
