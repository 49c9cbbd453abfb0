"""Signing in with a passkey: the browser's ceremony runs as a script between two events."""

import json

import reflex as rx

from hexclave_app.languages.speaking import say
from hexclave_app.services import passkeys
from state.base import Access, Updates, Viewer, guarded
from state.hosted.returns import javascript
from state.hosted.signing_in import SignInEnd, sign_in_context


class PasskeySignInState(SignInEnd, rx.State):
    """The passkey button."""

    _code: str = ""

    @guarded(Access.VISITOR)
    async def begin_anew(self, _viewer: Viewer) -> None:
        """Forget the last sign-in of this tab."""
        self.error, self.is_loading = "", False

    @guarded(Access.VISITOR)
    async def begin(self, viewer: Viewer) -> Updates:
        """Ask the browser for a passkey of this host."""
        self.error, self.is_loading = "", True
        yield
        options, self._code = await passkeys.begin_sign_in(sign_in_context(viewer))
        yield rx.call_script(ceremony_script("get", options), callback=PasskeySignInState.finish)

    @guarded(Access.VISITOR)
    async def finish(self, viewer: Viewer, answer: str) -> Updates:
        """Sign in with the browser's answer."""
        code, self._code = self._code, ""
        if not answer or not code:
            self.error, self.is_loading = say("no-passkey-used"), False
            return
        attempt = passkeys.sign_in(sign_in_context(viewer), answer=read_answer(answer), code=code)
        yield await self._finish(viewer, attempt)


def ceremony_script(kind: str, options: dict[str, object]) -> str:
    """JavaScript that runs a WebAuthn ceremony for this host; gives the answer as JSON, or an empty text."""
    parse = "parseRequestOptionsFromJSON" if kind == "get" else "parseCreationOptionsFromJSON"
    host = "options.rpId = location.hostname;" if kind == "get" else "options.rp.id = location.hostname;"
    return (
        f"(async () => {{ const options = {javascript(options)}; {host}"
        f" const publicKey = PublicKeyCredential.{parse}(options);"
        f" const made = await navigator.credentials.{kind}({{ publicKey }});"
        " return JSON.stringify(made.toJSON()); })().catch(() => '')"
    )


def read_answer(answer: str) -> dict[str, object]:
    """The browser's answer; anything that is no JSON object counts as an empty one, which no check accepts."""
    try:
        read = json.loads(answer)
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}
