"""Built-in e-mail templates, in our own template language (`hexclave_app/mail_templates/language.py`).

Their texts are messages (`hexclave_app/languages/texts/<language>/mails.ftl`), so every template has a source in each
language. A project sees, and rewrites, the English one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from hexclave_app.config.builtin_themes import DEFAULT_THEME_ID, THEMES, BuiltinTheme
from hexclave_app.languages.catalog import format_message, messages
from hexclave_app.languages.patterns import FIRST_STRONG_ISOLATE, POP_ISOLATE, arguments_of
from hexclave_app.languages.supported import ENGLISH, Language


@dataclass(frozen=True)
class BuiltinTemplate:
    """A template every project has; `kind` names the mail in the rest of the code."""

    id: str
    kind: str
    display_name: str
    source: str
    """The English one."""


@dataclass(frozen=True)
class _Mail:
    """What a mail consists of, in any language; texts are named by their message without `mail-<kind>-`."""

    id: str
    kind: str
    display_name: str
    variables: str
    content: tuple[str, ...]
    """`text NAME`, `button NAME LINK`, the `code`, the `receipt`, or a line of the template language as it is."""
    footnote: str = "mail-unexpected"


# What the arguments of messages are when a mail is rendered.
_PLACEHOLDERS: Final = {
    "name": "{{ user.displayName }}",
    "project": "{{ project.displayName }}",
    "team": "{{ variables.teamDisplayName }}",
    "code": "{{ variables.otp }}",
    "product": "{{ variables.productName }}",
    "amount": "{{ variables.amount }}",
    "reason": "{{ variables.failureReason }}",
}
_FRAME: Final = """\
---
language: {language}
subject: {subject}
category: Transactional
{variables}
---
<mj-section{direction}>
  <mj-column{direction}>
    <mj-text{start} css-class="heading"><h1>{heading}</h1></mj-text>
    <mj-text{start}>{{% if user.displayName %}}{hello_name}{{% else %}}{hello}{{% endif %}}</mj-text>
{content}
    <mj-divider />
    <mj-text{start} font-size="13px" css-class="note">{footnote}</mj-text>
  </mj-column>
</mj-section>
"""
_CODE: Final = (
    '<mj-text align="center" font-size="34px" letter-spacing="6px" css-class="code">{{ variables.otp }}</mj-text>'
)

_MAILS: Final = (
    _Mail(
        "e7d009ce-8d47-4528-b245-5bf119f2ffa3",
        "email_verification",
        "Email Verification",
        'emailVerificationLink string "#"',
        ("text text", "button button emailVerificationLink"),
    ),
    _Mail(
        "a70fb3a4-56c1-4e42-af25-49d25603abd0",
        "password_reset",
        "Password Reset",
        'passwordResetLink string "#"',
        ("text text", "button button passwordResetLink"),
    ),
    _Mail(
        "822687fe-8d0a-4467-a0d1-416b6e639478",
        "magic_link",
        "Magic Link/OTP",
        'magicLink string "#"\notp string "3SLSWZ"',
        ("text code", _CODE, "text or", "button button magicLink"),
    ),
    _Mail(
        "e84de395-2076-4831-9c19-8e9a96a868e4",
        "team_invitation",
        "Team Invitation",
        'teamDisplayName string "My Team"\nteamInvitationLink string "#"',
        ("text text", "button button teamInvitationLink"),
    ),
    _Mail(
        "066dd73c-36da-4fd0-b6d6-ebf87683f8bc",
        "sign_in_invitation",
        "Sign In Invitation",
        'signInInvitationLink string "#"\nteamDisplayName string "My Team"',
        ("text text", "button button signInInvitationLink"),
    ),
    _Mail(
        "70372aee-0441-4d80-974c-2e858e40123a",
        "payment_receipt",
        "Payment Receipt",
        'productName string "Pro Plan"\namount string "$29.00"\nquantity number 1\n'
        'receiptLink string? "https://example.com/receipt"',
        (
            "text text",
            "receipt",
            "{% if variables.receiptLink %}",
            "button button receiptLink",
            "{% endif %}",
        ),
    ),
    _Mail(
        "f64b1afe-27ec-4a28-a277-7178f3261f9a",
        "payment_failed",
        "Payment Failed",
        'productName string "Pro Plan"\namount string "$29.00"\n'
        'invoiceUrl string? "https://example.com/invoice"\nfailureReason string? "The card was declined."',
        (
            "text text",
            "{% if variables.failureReason %}",
            "text reason",
            "{% endif %}",
            "{% if variables.invoiceUrl %}",
            "button button invoiceUrl",
            "{% endif %}",
        ),
        footnote="mail-payment-failed-advice",
    ),
)


@dataclass(frozen=True)
class _Writer:
    """Writes the source of a mail in one language."""

    mail: _Mail
    language: Language

    def source(self) -> str:
        """The source."""
        subject = self._own("subject").replace(FIRST_STRONG_ISOLATE, "").replace(POP_ISOLATE, "")
        return _FRAME.format(
            language=self.language.code,
            subject=subject,
            variables="\n".join(f"variable: {line}" for line in self.mail.variables.splitlines()),
            direction=' direction="rtl"' if self._is_rtl else "",
            start=self._start,
            heading=self._own("heading"),
            hello=self._say("mail-hello"),
            hello_name=self._say("mail-hello-name"),
            content="\n".join(f"    {line}" for part in self.mail.content for line in self._lines(part)),
            footnote=self._say(self.mail.footnote),
        )

    @property
    def _is_rtl(self) -> bool:
        return self.language.direction == "rtl"

    @property
    def _start(self) -> str:
        return ' align="right"' if self._is_rtl else ""

    def _lines(self, part: str) -> Iterator[str]:
        kind, _, rest = part.partition(" ")
        if kind == "text":
            yield f"<mj-text{self._start}>{self._own(rest)}</mj-text>"
        elif kind == "button":
            name, _, link = rest.partition(" ")
            yield f'<mj-button{self._start} href="{{{{ variables.{link} }}}}">{self._own(name)}</mj-button>'
        elif kind == "receipt":
            yield from self._receipt()
        else:
            yield part

    def _receipt(self) -> Iterator[str]:
        end = "left" if self._is_rtl else "right"
        product, quantity, amount = (self._own(name) for name in ("product", "quantity", "amount"))
        yield f'<mj-text{self._start} css-class="row">'
        yield f'<table role="presentation" width="100%" dir="{self.language.direction}">'
        yield f'<tr><td>{product}</td><td align="{end}">{{{{ variables.productName }}}}</td></tr>'
        yield f'<tr><td>{quantity}</td><td align="{end}">{{{{ variables.quantity }}}}</td></tr>'
        yield (
            f"<tr><td><strong>{amount}</strong></td>"
            f'<td align="{end}"><strong>{{{{ variables.amount }}}}</strong></td></tr>'
        )
        yield "</table>"
        yield "</mj-text>"

    def _own(self, name: str) -> str:
        return self._say(f"mail-{self.mail.kind.replace('_', '-')}-{name}")

    def _say(self, key: str) -> str:
        names = arguments_of(messages(ENGLISH, "mails")[key])
        return format_message(self.language, key, {name: _PLACEHOLDERS[name] for name in names})


@lru_cache
def source_in(template_id: str, language: Language) -> str | None:
    """The source of a built-in template in a language; None for every other template."""
    mail = next((one for one in _MAILS if one.id == template_id), None)
    return None if mail is None else _Writer(mail, language).source()


def spoken_source(template_id: str, source: str, language: Language) -> str:
    """A template in a language; what a project has rewritten stays as it is."""
    if source != source_in(template_id, ENGLISH):
        return source
    return source_in(template_id, language) or source


TEMPLATES: Final = tuple(
    BuiltinTemplate(mail.id, mail.kind, mail.display_name, _Writer(mail, ENGLISH).source()) for mail in _MAILS
)
TEMPLATE_IDS: Final = {template.kind: template.id for template in TEMPLATES}

__all__ = [
    "DEFAULT_THEME_ID",
    "TEMPLATES",
    "TEMPLATE_IDS",
    "THEMES",
    "BuiltinTemplate",
    "BuiltinTheme",
    "spoken_source",
]
