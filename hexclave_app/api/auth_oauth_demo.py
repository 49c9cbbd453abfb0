"""The demo provider's page: who do you want to be? (outside the SDK's contract, on local installations only)"""

from html import escape
from typing import Final

from hexclave_app.api.oauth_schemas import DemoChoice, DemoFlow, ProviderPath
from hexclave_app.api.protocol.answers import Answer
from hexclave_app.api.protocol.calls import Call
from hexclave_app.api.protocol.endpoints import PUBLIC, Endpoints
from hexclave_app.api.protocol.fields import is_strict_email
from hexclave_app.errors import StatusError
from hexclave_app.services.oauth import clients, demo

routes = Endpoints("auth")

_HEADERS: Final = {
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
    "x-frame-options": "DENY",
    "cache-control": "no-store",
}
_PAGE: Final = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Demo sign-in instead of {provider}</title>
<style>
:root {{ color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }}
body {{ margin: 0; min-height: 100vh; display: grid; place-items: center; }}
main {{ box-sizing: border-box; width: min(26rem, 100vw); padding: 2rem; }}
.mark {{ border: 2px dashed; border-radius: .5rem; padding: .25rem .75rem; display: inline-block; font-weight: 600; }}
h1 {{ font-size: 1.5rem; line-height: 1.25; }}
label, input, button {{ display: block; width: 100%; box-sizing: border-box; font: inherit; }}
input, button {{ border: 1px solid GrayText; border-radius: .5rem; padding: .6rem .75rem; }}
input {{ margin: .25rem 0 1rem; }}
button {{ margin-top: .5rem; cursor: pointer; background: Canvas; color: CanvasText; }}
button.main {{ background: CanvasText; color: Canvas; font-weight: 600; }}
.problem {{ font-weight: 600; }}
</style>
</head>
<body>
<main>
<p class="mark">Demo, not {provider}</p>
<h1>Demo sign-in: who do you want to be?</h1>
<p>This installation has no keys of {provider} yet, so it pretends to be {provider}. Nothing leaves this computer, and
the page does not exist on a public address. The e-mail address counts as not verified.</p>
{problem}
<form method="post">
<input type="hidden" name="state" value="{state}">
<label for="email">E-mail</label>
<input id="email" name="email" type="email" autocomplete="off" value="{email}" autofocus>
<label for="name">Name (optional)</label>
<input id="name" name="name" autocomplete="off" value="{name}" maxlength="100">
<button class="main" name="action" value="sign-in">Continue as this person</button>
<button name="action" value="cancel" formnovalidate>Cancel</button>
</form>
</main>
</body>
</html>
"""


@routes.endpoint("GET", f"{demo.PATH}/{{provider_id}}", access=PUBLIC, params=ProviderPath, query=DemoFlow)
async def ask(call: Call) -> Answer:
    """The demo provider's page."""
    _require_offered(call)
    return _page(call, DemoChoice(state=call.query.state, email="demo@example.com", name="Demo User", action="sign-in"))


@routes.endpoint("POST", f"{demo.PATH}/{{provider_id}}", access=PUBLIC, params=ProviderPath, body=DemoChoice)
async def answer(call: Call) -> Answer:
    """Send the person back as whom they want to be."""
    _require_offered(call)
    if not demo.is_own_page(call.headers):
        raise StatusError(403, "The demo provider is used from its own page on this computer only.")
    choice: DemoChoice = call.body
    back = {"state": choice.state, "error": "access_denied"}
    if choice.action == "sign-in":
        if is_strict_email(choice.email or "") is not None:
            return _page(call, choice, problem="Please give an e-mail address, such as ada@example.com.")
        code = demo.issue_code(call.installation, state=choice.state, email=choice.email or "", name=choice.name or "")
        back = {"state": choice.state, "code": code}
    url = clients.callback_url(call.installation.settings, call.path.provider_id)
    return Answer(None, 303, {"location": clients.with_query(url, back)})


def _require_offered(call: Call) -> None:
    if not demo.is_offered(call.installation.settings, call.path.provider_id):
        raise StatusError(404, "There is no such page.")


def _page(call: Call, choice: DemoChoice, *, problem: str = "") -> Answer:
    provider_id: str = call.path.provider_id
    html = _PAGE.format(
        provider=escape(demo.NAMES.get(provider_id, provider_id.title())),
        problem=f'<p class="problem" role="alert">{escape(problem)}</p>' if problem else "",
        state=escape(choice.state),
        email=escape(choice.email or ""),
        name=escape(choice.name or ""),
    )
    return Answer(html, 400 if problem else 200, _HEADERS, content_type="text/html; charset=utf-8")
