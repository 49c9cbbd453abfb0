"""The mail server and the theme of a project; a server is kept only after a test mail went through it."""

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any, Final

import reflex as rx

from hexclave_app.config.overrides import Level
from hexclave_app.config.schema_emails import EmailServer
from hexclave_app.gateways.mail.messages import Sender
from hexclave_app.languages.speaking import say
from hexclave_app.services import project_configs
from hexclave_app.services.emails import designs, operations, previews
from hexclave_app.services.emails.operations import TestServer
from hexclave_app.services.emails.previews import SAMPLE_TEMPLATE, Preview
from models.base import JsonValue, utc_now
from state.base import Access, Viewer, guarded

_NEEDED: Final = {
    "host": "emails-server-no-host",
    "port": "emails-server-no-port",
    "sender_name": "emails-server-no-sender-name",
    "sender_email": "emails-server-no-sender-email",
}
_MAX_PORT: Final = 65_535


class EmailSettingsState(rx.State):
    """The page of mail settings."""

    if TYPE_CHECKING:
        project_id: str

    is_loading: bool = True
    error: str = ""
    is_shared: bool = True
    is_saving: bool = False
    problem: str = ""
    host: str = ""
    port: str = "587"
    username: str = ""
    sender_name: str = ""
    sender_email: str = ""
    has_password: bool = False
    theme_id: str = ""
    themes: list[tuple[str, str]] = []
    preview: str = ""

    @guarded(Access.PROJECT_ADMIN, supersedes=True)
    async def load(self, viewer: Viewer) -> AsyncIterator[object]:
        """Read everything anew."""
        self.is_loading, self.error, self.problem, self.is_saving = True, "", "", False
        yield None
        await self._read(viewer)

    @guarded(Access.PROJECT_ADMIN)
    async def refresh(self, viewer: Viewer) -> None:
        """Read everything again without hiding what is shown."""
        await self._read(viewer)

    @guarded(Access.PROJECT_ADMIN)
    async def save_server(self, viewer: Viewer, form: dict[str, Any]) -> AsyncIterator[object]:
        """Send a test mail to the administrator with these settings, and keep them when it went through."""
        given = {name: str(form.get(name, "")).strip() for name in (*_NEEDED, "username", "password")}
        self.problem = _problem(given) or (
            "" if viewer.signed_in.primary_email else say("emails-server-no-account-address")
        )
        if self.problem:
            return
        self.is_saving = True
        yield None
        kept = viewer.tenancy.config.emails.server
        password = given["password"] or (kept.password if not kept.is_shared else "") or ""
        server = TestServer(
            host=given["host"],
            port=int(given["port"]),
            username=given["username"],
            password=password,
            sender=Sender(given["sender_name"], given["sender_email"]),
        )
        problem = await operations.send_test(
            viewer.installation, recipient=viewer.signed_in.primary_email or "", server=server, now=utc_now()
        )
        self.is_saving = False
        if problem is not None:
            self.problem = say("emails-server-not-saved", problem=problem)
            return
        await self._store(viewer, _server(given, password))
        yield rx.toast.success(say("emails-server-saved"))
        yield EmailSettingsState.refresh

    @guarded(Access.PROJECT_ADMIN)
    async def use_shared(self, viewer: Viewer) -> object:
        """Send through the server of the installation again."""
        await self._store(viewer, {"isShared": True})
        return [rx.toast.success(say("emails-server-shared-again")), EmailSettingsState.refresh]

    @guarded(Access.PROJECT_ADMIN)
    async def choose_theme(self, viewer: Viewer, theme_id: str) -> object:
        """Frame every mail in this theme from now on."""
        if theme_id not in viewer.tenancy.config.emails.themes:
            return rx.toast.error(say("emails-theme-missing"))
        await viewer.installation.db.run(designs.select_theme, tenancy=viewer.tenancy, theme_id=theme_id)
        return EmailSettingsState.refresh

    async def _store(self, viewer: Viewer, server: dict[str, JsonValue]) -> None:
        await viewer.installation.db.run(
            project_configs.patch,
            project_id=viewer.tenancy.project_id,
            level=Level.ENVIRONMENT,
            config={"emails.server": server},
        )

    async def _read(self, viewer: Viewer) -> None:
        emails = viewer.tenancy.config.emails
        self._show_server(emails.server)
        self.theme_id = emails.selected_theme_id
        self.themes = [(theme_id, theme.display_name) for theme_id, theme in emails.themes.items()]
        theme = previews.theme_source(viewer.tenancy, None)
        self.preview = (
            await previews.render(viewer.installation, viewer.tenancy, Preview(SAMPLE_TEMPLATE, theme))
        ).html
        self.is_loading = False

    def _show_server(self, server: EmailServer) -> None:
        self.is_shared = server.is_shared
        self.host, self.username = server.host or "", server.username or ""
        self.port = str(int(server.port)) if server.port is not None else "587"
        self.sender_name, self.sender_email = server.sender_name or "", server.sender_email or ""
        self.has_password = bool(server.password) and not server.is_shared


def _problem(given: dict[str, str]) -> str:
    for name, text in _NEEDED.items():
        if not given[name]:
            return say(text)
    if not given["port"].isdecimal() or not 0 < int(given["port"]) <= _MAX_PORT:
        return say(_NEEDED["port"])
    return "" if "@" in given["sender_email"] else say(_NEEDED["sender_email"])


def _server(given: dict[str, str], password: str) -> dict[str, JsonValue]:
    return {
        "isShared": False,
        "provider": "resend" if given["host"] == "smtp.resend.com" else "smtp",
        "host": given["host"],
        "port": int(given["port"]),
        "username": given["username"],
        "password": password,
        "senderName": given["sender_name"],
        "senderEmail": given["sender_email"],
    }
