"""Trusted domains: where sign-ins may lead to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import reflex as rx
from sqlmodel import Session

from hexclave_app.config.overrides import Level
from hexclave_app.config.trusted_domains import base_url_problem
from hexclave_app.errors import StatusError
from hexclave_app.languages.speaking import say
from hexclave_app.security.random_ids import new_id
from hexclave_app.services import project_configs, tenancies
from models.base import JsonValue
from models.projects import DEFAULT_BRANCH_ID
from state.base import Access, Viewer, guarded
from state.dashboard.staged import StagedState
from state.dashboard.staged_settings import Present, Settings, Switch

_DOMAINS: Final = "domains.trustedDomains"
_SCHEMES: Final = ("https://", "http://")
DEFAULT_HANDLER_PATH: Final = "/handler"
_SETTINGS: Final[Settings] = {
    "localhost": Switch("domains.allowLocalhost", say("domains-localhost"), Level.ENVIRONMENT)
}


@dataclass(frozen=True)
class DomainRow:
    """A trusted domain as the table shows it."""

    id: str
    base_url: str
    handler_path: str
    is_http: bool


class DomainsState(StagedState, rx.State):
    """The trusted domains of the open project."""

    rows: list[DomainRow] = []
    snippet: str = ""
    """What a page of a trusted domain copies to have sign-in inside."""
    demo_href: str = ""
    removing_id: str = ""
    removing_url: str = ""

    def _settings(self, _present: Present) -> Settings:
        return _SETTINGS

    def _begin_anew(self) -> None:
        super()._begin_anew()
        self.removing_id = ""

    @guarded(Access.PROJECT_ADMIN)
    async def ask_to_remove(self, _viewer: Viewer, domain_id: str) -> None:
        """Open the question for one domain."""
        found = [row for row in self.rows if row.id == domain_id]
        self.removing_id, self.removing_url = (found[0].id, found[0].base_url) if found else ("", "")

    @guarded(Access.PROJECT_ADMIN)
    async def stop_asking(self, _viewer: Viewer) -> None:
        """Close the question."""
        self.removing_id = ""

    @guarded(Access.PROJECT_ADMIN)
    async def remove(self, viewer: Viewer) -> object:
        """Stop trusting the domain that was asked about."""
        domain_id, self.removing_id = self.removing_id, ""
        project_id = viewer.tenancy.project_id
        await viewer.installation.db.run(_remove, project_id=project_id, domain_id=domain_id)
        return [rx.toast.success(say("domains-removed")), DomainsState.refresh]

    async def _show_page(self, viewer: Viewer) -> None:
        found = [
            DomainRow(domain_id, domain.base_url, domain.handler_path, domain.base_url.startswith("http://"))
            for domain_id, domain in viewer.tenancy.config.domains.trusted_domains.items()
            if domain.base_url is not None
        ]
        self.rows = sorted(found, key=lambda row: row.base_url)
        hosted = viewer.installation.settings.hosted_origin(viewer.tenancy.project_id)
        self.snippet = embedding_snippet(viewer.tenancy.project_id, hosted)
        self.demo_href = f"{hosted}/embed/demo" if viewer.installation.settings.is_local else ""


def embedding_snippet(project_id: str, hosted_origin: str) -> str:
    """The lines that put parts of the project into any page (docs/embedding.md)."""
    return "\n".join(
        [
            "<script",
            f'  src="{hosted_origin}/hexclave.js"',
            f'  data-project-id="{project_id}"',
            "></script>",
            "<hexclave-user-button></hexclave-user-button>",
            "<hexclave-sign-in></hexclave-sign-in>",
        ]
    )


class DomainDialogState(rx.State):
    """The dialog that adds a trusted domain, or changes one."""

    if TYPE_CHECKING:
        project_id: str

    is_open: bool = False
    error: str = ""
    domain_error: str = ""
    path_error: str = ""
    id: str = ""
    """The domain that is being changed; empty for a new one."""
    host: str = ""
    handler_path: str = DEFAULT_HANDLER_PATH
    is_http: bool = False

    @guarded(Access.PROJECT_ADMIN)
    async def open_for(self, viewer: Viewer, domain_id: str) -> None:
        """Show a domain, or an empty form."""
        found = viewer.tenancy.config.domains.trusted_domains.get(str(domain_id))
        base_url = found.base_url or "" if found is not None else ""
        self.id = str(domain_id) if found is not None else ""
        self.host = base_url.partition("://")[2]
        self.is_http = base_url.startswith("http://")
        self.handler_path = found.handler_path if found is not None else DEFAULT_HANDLER_PATH
        self.error = self.domain_error = self.path_error = ""
        self.is_open = True

    @guarded(Access.PROJECT_ADMIN)
    async def toggle(self, _viewer: Viewer, is_open: bool) -> None:
        """Close the dialog."""
        self.is_open = is_open is True
        self.error = self.domain_error = self.path_error = ""

    @guarded(Access.PROJECT_ADMIN)
    async def choose_http(self, _viewer: Viewer, is_http: bool) -> None:
        """Choose the scheme; what is not encrypted is warned about."""
        self.is_http = is_http is True

    @guarded(Access.PROJECT_ADMIN)
    async def submit(self, viewer: Viewer, form: dict[str, Any]) -> object:
        """Trust the domain."""
        base_url = base_url_of(str(form.get("domain", "")), with_http=self.is_http)
        handler_path = str(form.get("handler_path", "")).strip() or DEFAULT_HANDLER_PATH

        self.error = ""
        self.domain_error = _domain_problem(base_url)
        self.path_error = "" if handler_path.startswith("/") else say("domains-path-wrong")
        if self.domain_error or self.path_error:
            return rx.set_focus("domain" if self.domain_error else "handler_path")
        await viewer.installation.db.run(
            _store,
            project_id=viewer.tenancy.project_id,
            domain_id=self.id,
            base_urls=[base_url, *_with_www(base_url, is_wanted=not self.id and bool(form.get("with_www")))],
            handler_path=handler_path,
        )
        self.is_open = False
        return [rx.toast.success(say("domains-changed" if self.id else "domains-added")), DomainsState.refresh]


def base_url_of(text: str, *, with_http: bool) -> str:
    """The base URL of what was typed: a host gets a scheme, a pasted address keeps only scheme and host."""
    typed = text.strip()
    scheme = next((one for one in _SCHEMES if typed.lower().startswith(one)), "")
    host = typed[len(scheme) :].split("/", maxsplit=1)[0]
    if not host:
        return ""
    return (scheme or ("http://" if with_http else "https://")) + host.lower()


def _domain_problem(base_url: str) -> str:
    if not base_url:
        return say("domains-missing")
    problem = base_url_problem(base_url)
    return say("domains-wrong", problem=problem) if problem else ""


def _with_www(base_url: str, *, is_wanted: bool) -> list[str]:
    """The same place with `www.`, where that makes sense."""
    scheme, _, host = base_url.partition("://")
    return [f"{scheme}://www.{host}"] if is_wanted and "*" not in host and not host.startswith("www.") else []


def _store(session: Session, *, project_id: str, domain_id: str, base_urls: Sequence[str], handler_path: str) -> None:
    project_configs.lock_project(session, project_id)
    known = tenancies.load(session, project_id, DEFAULT_BRANCH_ID).config.domains.trusted_domains
    if domain_id and domain_id not in known:
        raise StatusError(404, say("domains-gone"))
    # Whether with http or https: trusting one place twice only makes it unclear which handler path counts.
    taken = {_host(one.base_url) for other_id, one in known.items() if other_id != domain_id and one.base_url}
    twice = [base_url for base_url in base_urls if _host(base_url) in taken]
    if twice:
        raise StatusError(409, say("domains-twice", domain=twice[0]))
    entries: dict[str, JsonValue] = {
        f"{_DOMAINS}.{domain_id or new_id()}": {"baseUrl": base_url, "handlerPath": handler_path}
        for base_url in base_urls
    }
    project_configs.patch(session, project_id=project_id, level=Level.ENVIRONMENT, config=entries)


def _host(base_url: str) -> str:
    return base_url.partition("://")[2].lower()


def _remove(session: Session, *, project_id: str, domain_id: str) -> None:
    project_configs.lock_project(session, project_id)
    if domain_id not in tenancies.load(session, project_id, DEFAULT_BRANCH_ID).config.domains.trusted_domains:
        raise StatusError(404, say("domains-gone"))
    # Null takes the entry away on every level, also one that the branch brought.
    project_configs.patch(
        session, project_id=project_id, level=Level.ENVIRONMENT, config={f"{_DOMAINS}.{domain_id}": None}
    )
