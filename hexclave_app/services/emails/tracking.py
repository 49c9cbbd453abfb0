"""Opens and clicks: a pixel and signed redirects in mails that are not about security (contract 06, section 2.4)."""

import base64
import html
import json
import re
import uuid
from datetime import datetime
from typing import Final

from cryptography.exceptions import InvalidTag
from sqlmodel import Session, col, select

from hexclave_app.config.builtins import TEMPLATE_IDS
from hexclave_app.installation import Installation
from models import EmailOutbox

_LINK: Final = re.compile(r'(<a\b[^>]*?\bhref=")(https?://[^"]+)(")', re.IGNORECASE)
_END: Final = re.compile(r"</body>", re.IGNORECASE)
_BUILT_IN: Final = frozenset(TEMPLATE_IDS.values())
_UNSUBSCRIBE_PATH: Final = "/api/v1/emails/unsubscribe-link"


def tracked_html(installation: Installation, row: EmailOutbox, content: str) -> str:
    """The HTML with a pixel and redirects, where the operator wants them; security and other necessary mails stay."""
    settings = installation.settings
    if not settings.email_tracking or row.rendered_is_transactional or _is_about_security(row):
        return content
    base = f"{settings.origin}/api/v1/emails/tracking"

    def redirected(match: re.Match[str]) -> str:
        target = html.unescape(match[2])
        if target.startswith(settings.origin + _UNSUBSCRIBE_PATH):
            return match[0]
        return f"{match[1]}{base}/click?token={_token(installation, row, target)}{match[3]}"

    pixel = f'<img src="{base}/open?token={_token(installation, row)}" alt="" width="1" height="1" />'
    linked = _LINK.sub(redirected, content)
    end = list(_END.finditer(linked))
    position = end[-1].start() if end else len(linked)
    return linked[:position] + pixel + linked[position:]


def _is_about_security(row: EmailOutbox) -> bool:
    """Mails of sign-ins and invitations carry codes and links, also where somebody made their templates marketing."""
    return row.skip_deliverability_check or row.template_id in _BUILT_IN


def record_open(session: Session, *, installation: Installation, token: str, now: datetime) -> None:
    """Somebody saw the pixel; an unknown token changes nothing."""
    opened = _opened(installation, token)
    if opened is not None:
        _note(session, opened, now, is_click=False)


def record_click(session: Session, *, installation: Installation, token: str, now: datetime) -> str | None:
    """Where a link of a mail leads; None when we did not make the token."""
    opened = _opened(installation, token)
    if opened is None or not opened.get("url"):
        return None
    _note(session, opened, now, is_click=True)
    return opened["url"]


def _note(session: Session, opened: dict[str, str], now: datetime, *, is_click: bool) -> None:
    row = session.exec(
        select(EmailOutbox)
        .where(
            col(EmailOutbox.tenancy_id) == uuid.UUID(opened["tenancy"]),
            col(EmailOutbox.id) == uuid.UUID(opened["mail"]),
        )
        .with_for_update()
    ).one_or_none()
    if row is None or row.finished_sending_at is None or row.send_error is not None:
        return
    if row.bounced_at is None and row.delivered_at is None:
        # Who reads a mail has got it.
        row.can_have_delivery_info, row.delivery_delayed_at, row.delivered_at = True, None, now
    row.opened_at = row.opened_at or now
    if is_click:
        row.clicked_at = row.clicked_at or now
    row.updated_at = now


def _token(installation: Installation, row: EmailOutbox, url: str = "") -> str:
    content = json.dumps({"tenancy": str(row.tenancy_id), "mail": str(row.id), "url": url})
    sealed = installation.sealer("mail-tracking").seal(content.encode(), context="token")
    return base64.urlsafe_b64encode(sealed).decode().rstrip("=")


def _opened(installation: Installation, token: str) -> dict[str, str] | None:
    try:
        sealed = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        found: dict[str, str] = json.loads(installation.sealer("mail-tracking").open(sealed, context="token"))
    except (ValueError, InvalidTag):
        return None
    return found
