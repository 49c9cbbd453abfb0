"""Who sends a project's mails, and their theme; a server is kept only after a test mail went through it."""

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any, Final

import reflex as rx

from hexclave_app import errors
from hexclave_app.config.legacy import MANAGED_SMTP_HOST, MANAGED_SMTP_PORT, MANAGED_SMTP_USERNAME
from hexclave_app.config.overrides import Level
from hexclave_app.config.schema_emails import EmailServer
from hexclave_app.gateways.mail.failures import ErrorType, SendFailure
from hexclave_app.gateways.mail.messages import Sender
from hexclave_app.languages.speaking import say
from hexclave_app.services import project_configs
from hexclave_app.services.emails import designs, operations, previews, transports
from hexclave_app.services.emails.operations import TestServer
from hexclave_app.services.emails.previews import SAMPLE_TEMPLATE, Preview
from hexclave_app.services.emails.transports import Transport
from models.base import JsonValue, utc_now
from state.base import Access, Viewer, guarded
from state.dashboard.forms import typed

SHARED: Final = "shared"
MANAGED: Final = "managed"
RESEND: Final = "resend"
SMTP: Final = "smtp"
PROVIDERS: Final = (SHARED, MANAGED, RESEND, SMTP)
_OF_RESEND: Final = {"host": MANAGED_SMTP_HOST, "port": str(MANAGED_SMTP_PORT), "username": MANAGED_SMTP_USERNAME}
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
    current: str = SHARED
    """Who sends the mails now."""
    chosen: str = SHARED
    """Whose settings are shown; they count once they are saved."""
    round: int = 0
    """Grows whenever the fields must show what is stored."""
    is_saving: bool = False
    is_testing: bool = False
    problem: str = ""
    test_problem: str = ""
    test_address: str = ""
    managed_sender: str = ""
    host: str = ""
    port: str = "587"
    username: str = ""
    sender_name: str = ""
    sender_email: str = ""
    has_password: bool = False
    theme_id: str = ""
    themes: list[tuple[str, str]] = []
    preview: str = ""
    theme_problem: str = ""

    @guarded(Access.PROJECT_ADMIN, supersedes=True)
    async def load(self, viewer: Viewer) -> AsyncIterator[object]:
        """Read everything anew."""
        self.is_loading, self.error, self.problem, self.is_saving = True, "", "", False
        self.is_testing, self.test_problem = False, ""
        yield None
        await self._read(viewer)

    @guarded(Access.PROJECT_ADMIN)
    async def refresh(self, viewer: Viewer) -> None:
        """Read everything again without hiding what is shown."""
        await self._read(viewer)

    @guarded(Access.PROJECT_ADMIN)
    async def follow(self, viewer: Viewer) -> None:
        """Show what others have changed; what is being written here stays, unless it is about the changed server."""
        chosen, problem, before = self.chosen, self.problem, self._shown()
        self._show_server(viewer.tenancy.config.emails.server)
        if self._shown() == before or self.is_saving:
            self.chosen, self.problem = chosen, problem
        else:
            self.round += 1
        await self._show_themes(viewer)

    @guarded(Access.PROJECT_ADMIN)
    async def choose_provider(self, _viewer: Viewer, provider: str) -> None:
        """Show the settings of another way to send, without using it yet."""
        self.chosen, self.problem = (provider if provider in PROVIDERS else self.current), ""

    @guarded(Access.PROJECT_ADMIN)
    async def discard(self, viewer: Viewer) -> None:
        """Show what is stored again."""
        self.problem = ""
        await self._read(viewer)

    @guarded(Access.PROJECT_ADMIN)
    async def save_server(self, viewer: Viewer, form: dict[str, Any]) -> AsyncIterator[object]:
        """Send a test mail to the administrator with these settings, and keep them when it went through."""
        given = {name: typed(form, name).replace("\x00", "") for name in (*_NEEDED, "username", "password")}
        if self.chosen == RESEND:
            given |= _OF_RESEND
        self.problem = _problem(given) or (
            "" if viewer.signed_in.primary_email else say("emails-server-no-account-address")
        )
        if self.problem:
            return
        self.is_saving = True
        yield None
        password = given["password"] or _kept_password(viewer.tenancy.config.emails.server, given)
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
    async def send_test(self, viewer: Viewer, form: dict[str, Any]) -> AsyncIterator[object]:
        """Send a test mail to an address through the server that is in use."""
        self.test_problem = ""
        recipient = typed(form, "test_address").replace("\x00", "")
        if "@" not in recipient:
            self.test_problem = say("emails-server-no-test-address")
            return
        self.is_testing = True
        yield None
        try:
            used = transports.resolve(viewer.tenancy, viewer.installation.settings)
            problem = await operations.send_test(
                viewer.installation, recipient=recipient, server=_test_server(used), now=utc_now()
            )
        except SendFailure as failure:
            problem = failure.message
        finally:
            self.is_testing = False
        if problem is not None:
            self.test_problem = say("emails-server-test-failed", problem=problem)
            return
        yield rx.toast.success(say("emails-server-test-sent", address=recipient))

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
        self._show_server(viewer.tenancy.config.emails.server)
        self.test_address = viewer.signed_in.primary_email or ""
        self.round += 1
        await self._show_themes(viewer)
        self.is_loading = False

    async def _show_themes(self, viewer: Viewer) -> None:
        """Show a sample in the theme in use; where it cannot be rendered, another one can still be chosen."""
        emails = viewer.tenancy.config.emails
        self.theme_id = emails.selected_theme_id
        self.themes = [(theme_id, theme.display_name) for theme_id, theme in emails.themes.items()]
        shown = Preview(SAMPLE_TEMPLATE, previews.theme_source(viewer.tenancy, None))
        try:
            self.preview = (await previews.render(viewer.installation, viewer.tenancy, shown)).html
            self.theme_problem = ""
        except errors.EmailRenderingError as error:
            self.preview, self.theme_problem = "", str(error.details["error"])

    def _shown(self) -> tuple[str, ...]:
        sender = (self.managed_sender, self.sender_name, self.sender_email)
        return (self.current, self.host, self.port, self.username, *sender)

    def _show_server(self, server: EmailServer) -> None:
        self.current = self.chosen = SHARED if server.is_shared else server.provider
        is_managed = self.current == MANAGED
        self.managed_sender = f"{server.managed_sender_local_part}@{server.managed_subdomain}" if is_managed else ""
        self.host, self.username = server.host or "", server.username or ""
        self.port = str(int(server.port)) if server.port is not None else "587"
        self.sender_name, self.sender_email = server.sender_name or "", server.sender_email or ""
        self.has_password = bool(server.password) and not server.is_shared


def _kept_password(server: EmailServer, given: dict[str, str]) -> str:
    """The stored password, for its own server alone: no other one is to learn it."""
    is_same = not server.is_shared and (server.host, server.username or "") == (given["host"], given["username"])
    return (server.password or "") if is_same else ""


def _test_server(used: Transport) -> TestServer:
    if used.server is None:
        raise SendFailure(ErrorType.SENDING_DISABLED, say("emails-server-test-own-only"))
    server = used.server
    return TestServer(
        host=server.host, port=server.port, username=server.username, password=server.password, sender=used.sender
    )


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
        "provider": RESEND if given["host"] == MANAGED_SMTP_HOST else SMTP,
        "host": given["host"],
        "port": int(given["port"]),
        "username": given["username"],
        "password": password,
        "senderName": given["sender_name"],
        "senderEmail": given["sender_email"],
    }
