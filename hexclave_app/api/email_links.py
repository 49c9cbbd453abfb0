"""What mails lead back to, and what their provider tells: unsubscribing, opens, clicks, webhooks (contract 06)."""

import base64
import html

import orjson
from standardwebhooks import Webhook, WebhookVerificationError

from hexclave_app import errors
from hexclave_app.api.protocol.answers import Answer
from hexclave_app.api.protocol.calls import Call
from hexclave_app.api.protocol.endpoints import PUBLIC, Endpoints
from hexclave_app.api.protocol.fields import Schema, Text
from hexclave_app.errors import StatusError
from hexclave_app.languages.catalog import format_message
from hexclave_app.languages.speaking import heard
from hexclave_app.languages.supported import ENGLISH
from hexclave_app.services.emails import events, tracking, unsubscribing
from hexclave_app.services.emails.unsubscribing import Outcome
from hexclave_app.services.verification_codes import CODE_LENGTH
from models.base import JsonValue

routes = Endpoints("e-mail links")

UNSUBSCRIBE = "/emails/unsubscribe-link"
_HTML = "text/html; charset=utf-8"
_PIXEL = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
_TEXTS = {Outcome.DONE: "unsubscribe-done", Outcome.ALREADY_DONE: "unsubscribe-already-done"}
_PAGE = """\
<!doctype html>
<html lang="{language.code}" dir="{language.direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ display: grid; min-height: 90vh; margin: 0 1rem; place-items: center; }}
main {{ font: 1.125rem/1.6 system-ui, sans-serif; }}
main {{ max-width: 32rem; text-align: center; }}
</style>
</head>
<body><main><h1>{title}</h1><p role="status">{text}</p></main></body>
</html>
"""


class UnsubscribeQuery(Schema):
    """The code of a link."""

    code: Text


class TokenQuery(Schema):
    """What a mail carries to be recognised."""

    token: Text


@routes.endpoint("GET", UNSUBSCRIBE, access=PUBLIC, query=UnsubscribeQuery, writes=True, keeps_status=True)
def unsubscribe(call: Call) -> Answer:
    """Unsubscribe with the link of an e-mail."""
    return _unsubscribe(call)


@routes.endpoint("POST", UNSUBSCRIBE, access=PUBLIC, query=UnsubscribeQuery, keeps_status=True)
def unsubscribe_with_one_click(call: Call) -> Answer:
    """Unsubscribe with the button of a mail program (RFC 8058)."""
    return _unsubscribe(call)


def _unsubscribe(call: Call) -> Answer:
    if len(call.query.code) != CODE_LENGTH:
        raise StatusError(400, "The link is not complete.")
    try:
        outcome = unsubscribing.unsubscribe(call.session, code=call.query.code, now=call.now)
    except errors.VerificationCodeNotFound as error:
        return _page("unsubscribe-unknown", error.status)
    except errors.VerificationCodeExpired as error:
        return _page("unsubscribe-expired", error.status)
    return _page(_TEXTS[outcome])


def _page(key: str, status: int = 200) -> Answer:
    """The page in the language of the browser."""
    language = heard() or ENGLISH
    title, text = (html.escape(format_message(language, one, {})) for one in ("unsubscribe-title", key))
    headers = {"content-language": language.code, "vary": "Accept-Language, Cookie"}
    return Answer(_PAGE.format(language=language, title=title, text=text), status, headers, content_type=_HTML)


@routes.endpoint("GET", "/emails/tracking/open", access=PUBLIC, query=TokenQuery, writes=True)
def note_open(call: Call) -> Answer:
    """Answer with the pixel of an e-mail."""
    tracking.record_open(call.session, installation=call.installation, token=call.query.token, now=call.now)
    return Answer(_PIXEL, content_type="image/gif")


@routes.endpoint("GET", "/emails/tracking/click", access=PUBLIC, query=TokenQuery, writes=True)
def note_click(call: Call) -> Answer:
    """Lead on to where a link of an e-mail goes; only to addresses that were in the e-mail."""
    target = tracking.record_click(call.session, installation=call.installation, token=call.query.token, now=call.now)
    if target is None:
        raise StatusError(404, "There is no such link.")
    return Answer(None, 302, {"location": target})


@routes.endpoint("POST", "/integrations/resend/webhooks", access=PUBLIC, keeps_status=True)
def receive_resend(call: Call) -> Answer:
    """Take a signed event of Resend about a domain or an e-mail."""
    event = _verified(call)
    events.receive(call.session, event=event, now=call.now)
    return Answer({"received": True})


def _verified(call: Call) -> dict[str, JsonValue]:
    """The event, if Resend signed it within the last minutes; else plain 400."""
    secret = call.installation.settings.resend_webhook_secret
    # Svix and Standard Webhooks sign alike and differ in the names of the headers only.
    headers = {name.replace("svix-", "webhook-"): value for name, value in call.headers.items() if "svix-" in name}
    try:
        if not secret:
            raise StatusError(400, "This installation takes no webhooks of Resend (HEXCLAVE_RESEND_WEBHOOK_SECRET).")
        Webhook(secret).verify(call.content, headers, json_parse=False)
        event = orjson.loads(call.content)
    except (WebhookVerificationError, ValueError):  # also a signature that is no Base64
        raise StatusError(400, "The signature of the webhook is missing or wrong.") from None
    if not isinstance(event, dict):
        raise StatusError(400, "The event must be a JSON object.")
    return event
