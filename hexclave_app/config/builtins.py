"""Built-in e-mail templates, in our own template language (`hexclave_app/mail_templates/language.py`)."""

from dataclasses import dataclass
from typing import Final

from hexclave_app.config.builtin_themes import DEFAULT_THEME_ID, THEMES, BuiltinTheme


@dataclass(frozen=True)
class BuiltinTemplate:
    """A template every project has; `kind` names the mail in the rest of the code."""

    id: str
    kind: str
    display_name: str
    source: str


_MAIL = """\
---
subject: {subject}
category: Transactional
{variables}
---
<mj-section>
  <mj-column>
    <mj-text css-class="heading"><h1>{heading}</h1></mj-text>
    <mj-text>Hello{{% if user.displayName %}} {{{{ user.displayName }}}}{{% endif %}},</mj-text>
{content}
    <mj-divider />
    <mj-text font-size="13px" css-class="note">{footnote}</mj-text>
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
            <mj-text align="center" font-size="34px" letter-spacing="6px" css-class="code">{{ variables.otp }}</mj-text>
            <mj-text>Or sign in right here:</mj-text>
            <mj-button href="{{ variables.magicLink }}">Sign in to {{ project.displayName }}</mj-button>
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
            heading="Your receipt",
            variables="""
            productName string "Pro Plan"
            amount string "$29.00"
            quantity number 1
            receiptLink string? "https://example.com/receipt"
            """,
            content="""
            <mj-text>Thank you, we have received your payment.</mj-text>
            <mj-text css-class="row">
            <table role="presentation" width="100%">
            <tr><td>Product</td><td align="right">{{ variables.productName }}</td></tr>
            <tr><td>Quantity</td><td align="right">{{ variables.quantity }}</td></tr>
            <tr><td><strong>Amount</strong></td><td align="right"><strong>{{ variables.amount }}</strong></td></tr>
            </table>
            </mj-text>
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

__all__ = ["DEFAULT_THEME_ID", "TEMPLATES", "TEMPLATE_IDS", "THEMES", "BuiltinTemplate", "BuiltinTheme"]
