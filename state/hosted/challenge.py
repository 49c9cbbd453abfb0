"""The bot challenge of our own sign-in pages (contract 08, section 1.7): a widget that puts its token into the form.

The widget is Cloudflare Turnstile, which shows itself only to visitors it is not sure of. It belongs to the method that
is chosen in the form, because a token is good for one action. The links to providers lead past a page with a widget of
its own, so that they work before any script ran. Without the operator's keys there is none of it.
"""

import json
from typing import Any, Final
from urllib.parse import urlencode

import reflex as rx
from reflex.event import EventSpec

from hexclave_app.pages import routes
from hexclave_app.services.bot_challenges import NO_CHALLENGE, Action, BotChallenge
from hexclave_app.services.browser_sessions import find_cookie
from hexclave_app.services.oauth.hand_off import RETURN_PARAMETER
from hexclave_app.services.oauth.own_pages import clicked_cookie_name
from hexclave_app.services.tenancies import TenancySnapshot
from hexclave_app.settings import Settings
from state.base import Access, Viewer, guarded
from state.hosted.returns import javascript, wanted, with_return

PLACE: Final = "bot-challenge"
TOKEN: Final = "bot_challenge_token"  # noqa: S105 - the name of a field
SIGN_IN: Final = "sign_in"
SIGN_UP: Final = "sign_up"
_SCRIPT: Final = "https://challenges.cloudflare.com/turnstile/v0/api.js?render=explicit"
_LOAD: Final = """window.hexclaveChallenge ??= new Promise((resolve, reject) => {
    document.head.append(Object.assign(document.createElement('script'), {
      src: script, async: true, onload: resolve, onerror: () => reject(new Error('the bot challenge did not load')),
    }));
  });"""
_BEGIN: Final = """(async ({ place, script, siteKey, actions, only, token, language }) => {
  const box = document.getElementById(place);
  const form = box?.closest('[data-method]');
  if (!form || box.dataset.begun) return;
  box.dataset.begun = 'true';
  LOAD
  let widget, shown;
  const follow = () => {
    const action = actions[only ?? form.dataset.method];
    if (!box.isConnected || action === shown) return;
    shown = action;
    if (widget !== undefined) window.turnstile.remove(widget);
    widget = action && window.turnstile.render(box, {
      sitekey: siteKey, action, language, appearance: 'interaction-only', 'response-field-name': token,
      theme: document.documentElement.classList.contains('dark') ? 'dark' : 'light',
    });
  };
  // Without the script the form is sent without a token, and the server says what is missing.
  window.hexclaveChallenge.then(() => {
    follow();
    new MutationObserver(follow).observe(form, { attributes: true, attributeFilter: ['data-method'] });
  }, (problem) => console.warn(problem.message));
})(%s)""".replace("LOAD", _LOAD)
# Whatever becomes of the widget, the sign-in goes on: an empty token lets the server say what is missing.
_PROVIDER: Final = """(async ({ place, script, siteKey, action, start, language }) => {
  const box = document.getElementById(place);
  if (!box || box.dataset.begun) return;
  box.dataset.begun = 'true';
  LOAD
  const go = (token) => location.replace(start + encodeURIComponent(token));
  const fail = () => { go(''); return true; };
  window.hexclaveChallenge.then(() => window.turnstile.render(box, {
    sitekey: siteKey, action, language, appearance: 'interaction-only', 'response-field': false, callback: go,
    'error-callback': fail, 'timeout-callback': fail, 'unsupported-callback': fail,
    theme: document.documentElement.classList.contains('dark') ? 'dark' : 'light',
  })).catch((problem) => { console.warn(problem.message); fail(); });
})(%s)""".replace("LOAD", _LOAD)
_RENEW: Final = f"document.querySelector('#{PLACE} input') && window.turnstile?.reset('#{PLACE}')"


class ChallengeState(rx.State):
    """Starts the widget where there is one."""

    error: str = ""
    """Why there is no widget. Not shown: nobody asked for one, and the page itself says what it lacks."""

    @guarded(Access.VISITOR)
    async def begin(self, viewer: Viewer, form: str) -> object:
        """Put the widget into a form, once its page is live."""
        settings = viewer.installation.settings
        actions = _actions(str(form))
        if not settings.has_own_challenge or not actions:
            return None
        told = {**_widget(settings), "actions": actions, "only": _only_method(viewer.host_tenancy), "token": TOKEN}
        return rx.call_script(_BEGIN % json.dumps(told))

    @guarded(Access.VISITOR, frameable=False)
    async def begin_for_provider(self, viewer: Viewer) -> object:
        """On the page before a provider's: go there with a token."""
        settings, asked = viewer.installation.settings, self.router.url.query_parameters
        query = {"provider": asked.get("provider", ""), RETURN_PARAMETER: wanted(self)}
        start = f"{routes.OAUTH_START}?{urlencode(query)}&{TOKEN}="
        name = clicked_cookie_name(viewer.host_tenancy.project_id, is_secure=settings.is_secure)
        if not settings.has_own_challenge or not find_cookie(self.router.headers.cookie, name):
            return rx.redirect(with_return(routes.SIGN_IN, query[RETURN_PARAMETER]), replace=True)
        told = {**_widget(settings), "action": Action.OAUTH.value, "start": start}
        return rx.call_script(_PROVIDER % javascript(told))


def _widget(settings: Settings) -> dict[str, object]:
    return {
        "place": PLACE,
        "script": settings.turnstile_script_url or _SCRIPT,
        "siteKey": settings.turnstile_site_key,
        "language": "auto",
    }


def challenge_of(viewer: Viewer, form: dict[str, Any]) -> BotChallenge:
    """What the widget has put into a form; a form without its token has not passed."""
    if not viewer.installation.settings.has_own_challenge:
        return NO_CHALLENGE
    token = form.get(TOKEN)
    return BotChallenge(token=token if isinstance(token, str) else None, phase="visible")


def renew() -> EventSpec:
    """Have the widget make another token: each is good for one try."""
    return rx.call_script(_RENEW)


def _actions(form: str) -> dict[str, str]:
    """What a token is asked for, by the chosen method; passwords of existing accounts need none."""
    actions = {"code": Action.MAGIC_LINK.value}
    if form == SIGN_UP:
        actions["password"] = Action.PASSWORD.value
    return actions if form in (SIGN_IN, SIGN_UP) else {}


def _only_method(tenancy: TenancySnapshot) -> str | None:
    """The method of projects that leave no choice; None where the form says which one."""
    auth = tenancy.config.auth
    if auth.otp.allow_sign_in and auth.password.allow_sign_in:
        return None
    return "code" if auth.otp.allow_sign_in else "password"
