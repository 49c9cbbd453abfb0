"""Keys that have just been made: shown once, forgotten as soon as their page is left or loaded anew."""

from collections.abc import Mapping
from dataclasses import dataclass

import reflex as rx

from hexclave_app.languages.speaking import say
from hexclave_app.services.project_keys import NewKeySet
from hexclave_app.services.tenancies import KeyKind
from hexclave_app.settings import Settings
from state.base import Access, Viewer, guarded

_NAMES: Mapping[KeyKind, tuple[str, str]] = {
    KeyKind.CLIENT: (say("keys-client"), say("keys-client-advice")),
    KeyKind.SERVER: (say("keys-server"), say("keys-server-advice")),
    KeyKind.ADMIN: (say("keys-admin"), say("keys-admin-advice")),
}


@dataclass(frozen=True)
class ShownKey:
    """A fresh key in full, with what it is called and how to treat it."""

    label: str
    value: str
    advice: str


@dataclass(frozen=True)
class Snippets:
    """Code to copy, with project id, address and keys filled in."""

    browser: str = ""
    server: str = ""
    environment: str = ""
    curl: str = ""
    python: str = ""


class RevealState(rx.State):
    """The keys of the set that was made on this page, if any."""

    keys: list[ShownKey] = []
    snippets: Snippets = Snippets()
    is_stored: bool = False
    """Whether the viewer says that the keys are kept; before, nothing closes their dialog."""

    @guarded(Access.DASHBOARD)
    async def say_stored(self, _viewer: Viewer, is_stored: bool) -> None:
        """Note that the viewer has put the keys away."""
        self.is_stored = is_stored is True

    @guarded(Access.DASHBOARD)
    async def download(self, _viewer: Viewer) -> object:
        """Hand over the environment file."""
        if not self.keys:
            return None
        return rx.download(data=f"{self.snippets.environment}\n", filename="hexclave.env", mime_type="text/plain")

    @guarded(Access.DASHBOARD)
    async def close(self, _viewer: Viewer) -> None:
        """Forget the keys once the viewer has stored them."""
        if self.is_stored:
            forget(self)


def show(state: RevealState, created: NewKeySet, *, settings: Settings) -> None:
    """Put fresh keys and their snippets on the page."""
    state.keys = [ShownKey(_NAMES[kind][0], key, _NAMES[kind][1]) for kind, key in created.keys.items()]
    state.snippets = snippets_of(created.row.project_id, created.keys, origin=settings.origin)


def forget(state: RevealState) -> None:
    """Remove the keys from the page and from memory."""
    state.keys, state.snippets, state.is_stored = [], Snippets(), False


def snippets_of(project_id: str, keys: Mapping[KeyKind, str], *, origin: str) -> Snippets:
    """The code of every language for one set of keys; lines of keys that were not made are left out."""
    client, server, admin = (keys.get(kind) for kind in KeyKind)
    options = [("baseUrl", origin), ("projectId", project_id), ("publishableClientKey", client)]
    server_options = [*options, ("secretServerKey", server), ("superSecretAdminKey", admin)]
    secret = server or admin or ""
    header, access = ("Secret-Server-Key", "server") if server else ("Super-Secret-Admin-Key", "admin")
    headers = {"X-Hexclave-Access-Type": access, "X-Hexclave-Project-Id": project_id, f"X-Hexclave-{header}": secret}
    variables = [
        ("HEXCLAVE_API_URL", origin),
        ("HEXCLAVE_PROJECT_ID", project_id),
        ("HEXCLAVE_PUBLISHABLE_CLIENT_KEY", client),
        ("HEXCLAVE_SECRET_SERVER_KEY", server),
        ("HEXCLAVE_SUPER_SECRET_ADMIN_KEY", admin),
    ]
    return Snippets(
        browser=_javascript("Client", options, "cookie"),
        server=_javascript("Server", server_options, "memory") + "\n\nconst users = await app.listUsers();"
        if server
        else "",
        environment="\n".join(f"{name}={value}" for name, value in variables if value),
        curl=_curl(f"{origin}/api/v1/users", headers) if secret else "",
        python=_python(f"{origin}/api/v1/users", headers) if secret else "",
    )


def _javascript(kind: str, options: list[tuple[str, str | None]], store: str) -> str:
    lines = [f'  {name}: "{value}",' for name, value in [*options, ("tokenStore", store)] if value]
    return "\n".join(
        [
            f'import {{ Stack{kind}App }} from "@stackframe/js";',
            "",
            f"export const app = new Stack{kind}App({{",
            *lines,
            "});",
        ]
    )


def _curl(url: str, headers: Mapping[str, str]) -> str:
    return " \\\n".join([f"curl {url}", *(f'  -H "{name}: {value}"' for name, value in headers.items())])


def _python(url: str, headers: Mapping[str, str]) -> str:
    lines = [f'    "{name}": "{value}",' for name, value in headers.items()]
    return "\n".join(
        [
            "import json",
            "from urllib.request import Request, urlopen",
            "",
            "headers = {",
            *lines,
            "}",
            f'with urlopen(Request("{url}", headers=headers)) as answer:',
            '    users = json.load(answer)["items"]',
        ]
    )
