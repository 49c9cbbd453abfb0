"""Domains of a project's own that its mails are sent from: the DNS records to enter, and what the DNS says."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import reflex as rx

from hexclave_app.errors import ApiError, StatusError
from hexclave_app.gateways.dns_records import RecordCheck
from hexclave_app.languages.speaking import say
from hexclave_app.services.emails import managed_domains
from models import ManagedDomainStatus
from models.base import utc_now
from state.base import Access, Viewer, guarded
from state.dashboard.forms import typed

STATUSES: Final = {
    ManagedDomainStatus.PENDING_DNS: "emails-domain-waiting",
    ManagedDomainStatus.PENDING_VERIFICATION: "emails-domain-waiting",
    ManagedDomainStatus.VERIFIED: "emails-domain-verified",
    ManagedDomainStatus.APPLIED: "emails-domain-in-use",
    ManagedDomainStatus.FAILED: "emails-domain-failed",
}


@dataclass(frozen=True)
class SendingDomain:
    """A domain as the list shows it."""

    id: str = ""
    name: str = ""
    sender: str = ""
    status: str = ""
    status_text: str = ""


@dataclass(frozen=True)
class RecordRow:
    """A record to enter, beside what is there."""

    type: str
    name: str
    value: str
    priority: str
    is_right: bool
    found: str


class EmailDomainsState(rx.State):
    """The page of sending domains."""

    if TYPE_CHECKING:
        project_id: str

    is_loading: bool = True
    error: str = ""
    is_available: bool = False
    rows: list[SendingDomain] = []
    opened: SendingDomain = SendingDomain()
    records: list[RecordRow] = []
    is_checking: bool = False
    is_busy: bool = False
    is_asking: bool = False

    @guarded(Access.PROJECT_ADMIN, supersedes=True)
    async def load(self, viewer: Viewer) -> AsyncIterator[object]:
        """Read the domains anew."""
        self.is_loading, self.error, self.opened, self.is_asking = True, "", SendingDomain(), False
        self.is_busy = self.is_checking = False
        yield None
        await self._read(viewer)

    @guarded(Access.PROJECT_ADMIN)
    async def refresh(self, viewer: Viewer) -> None:
        """Read the domains again; one that somebody else has deleted is closed."""
        await self._read(viewer)
        if self.opened.id:
            self.opened = next((row for row in self.rows if row.id == self.opened.id), SendingDomain())

    @guarded(Access.PROJECT_ADMIN)
    async def open_domain(self, viewer: Viewer, domain_id: str) -> object:
        """Show the records of a domain, and look them up."""
        await self._read(viewer)
        self._choose(str(domain_id))
        self.records = []
        return EmailDomainsState.look_up

    @guarded(Access.PROJECT_ADMIN)
    async def close_domain(self, _viewer: Viewer) -> None:
        """Go back to the list."""
        self.opened, self.records, self.is_asking = SendingDomain(), [], False

    @guarded(Access.PROJECT_ADMIN, background=True)
    async def look_up(self, viewer: Viewer) -> AsyncIterator[object]:
        """Ask the DNS about each record, and the provider about the domain; other events go on meanwhile."""
        async with self:
            domain_id = self.opened.id
            if not domain_id or self.is_checking:
                return
            self.is_checking = True
        yield None
        try:
            await managed_domains.refresh(
                viewer.installation, tenancy=viewer.tenancy, domain_id=domain_id, now=utc_now()
            )
            checks = await managed_domains.inspect(viewer.installation, tenancy=viewer.tenancy, domain_id=domain_id)
        except ApiError:
            async with self:
                self.is_checking = False
            raise
        async with self:
            self.is_checking = False
            await self._read(viewer)
            if self.opened.id == domain_id:
                self._choose(domain_id)
                self.records = [_record(check) for check in checks]

    @guarded(Access.PROJECT_ADMIN)
    async def use_domain(self, viewer: Viewer) -> AsyncIterator[object]:
        """Send the project's mails from the opened domain, when it is verified."""
        domain_id = self.opened.id
        self.is_busy = True
        yield None
        try:
            await managed_domains.apply(viewer.installation, tenancy=viewer.tenancy, domain_id=domain_id, now=utc_now())
        except StatusError as error:
            yield rx.toast.error(error.message)
            return
        finally:
            self.is_busy = False
        await self._read(viewer)
        self._choose(domain_id)
        yield rx.toast.success(say("emails-domain-used"))

    @guarded(Access.PROJECT_ADMIN)
    async def ask_to_delete(self, _viewer: Viewer, is_asking: bool) -> None:
        """Open or close the question."""
        self.is_asking = is_asking is True

    @guarded(Access.PROJECT_ADMIN)
    async def delete(self, viewer: Viewer) -> AsyncIterator[object]:
        """Forget the opened domain, at the provider too."""
        self.is_asking, self.is_busy = False, True
        yield None
        try:
            await managed_domains.delete(viewer.installation, tenancy=viewer.tenancy, domain_id=self.opened.id)
        except StatusError as error:
            yield rx.toast.error(error.message)
            return
        finally:
            self.is_busy = False
        self.opened, self.records = SendingDomain(), []
        await self._read(viewer)
        yield rx.toast.success(say("emails-domain-gone"))

    def _choose(self, domain_id: str) -> None:
        found = [row for row in self.rows if row.id == domain_id]
        if not found:
            raise StatusError(404, say("emails-domain-missing"))
        self.opened = found[0]

    async def _read(self, viewer: Viewer) -> None:
        self.is_available = bool(viewer.installation.settings.resend_api_key)
        views = await viewer.installation.db.read(managed_domains.list_all, tenancy_id=viewer.tenancy.id)
        self.rows = [_domain(view) for view in views]
        self.is_loading = False


class AddEmailDomainState(rx.State):
    """The dialog that adds a sending domain."""

    if TYPE_CHECKING:
        project_id: str

    is_open: bool = False
    is_saving: bool = False
    error: str = ""

    def _error_field(self, _error: Exception) -> str:
        self.is_saving = False
        return "error"

    @guarded(Access.PROJECT_ADMIN)
    async def toggle(self, _viewer: Viewer, is_open: bool) -> None:
        """Open an empty dialog, or close it."""
        self.is_open, self.error, self.is_saving = is_open is True, "", False

    @guarded(Access.PROJECT_ADMIN)
    async def submit(self, viewer: Viewer, form: dict[str, Any]) -> AsyncIterator[object]:
        """Register the domain at the provider and show its records."""
        self.error = ""
        wanted = managed_domains.checked(typed(form, "sending_domain"), typed(form, "sender"))
        self.is_saving = True
        yield None
        made = await managed_domains.set_up(viewer.installation, tenancy=viewer.tenancy, request=wanted, now=utc_now())
        self.is_open = self.is_saving = False
        yield EmailDomainsState.open_domain(str(made["domain_id"]))


def _domain(view: managed_domains.View) -> SendingDomain:
    status = ManagedDomainStatus(str(view["status"]))
    return SendingDomain(
        id=str(view["domain_id"]),
        name=str(view["subdomain"]),
        sender=f"{view['sender_local_part']}@{view['subdomain']}",
        status=status.value,
        status_text=say(STATUSES[status]),
    )


def _record(check: RecordCheck) -> RecordRow:
    record = check.record
    return RecordRow(
        type=record.type,
        name=record.name,
        value=record.value,
        priority=str(record.priority) if record.priority is not None else "",
        is_right=check.is_right,
        found=check.problem or "; ".join(check.found) or say("emails-domain-nothing"),
    )
