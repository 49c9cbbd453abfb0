"""Domains that mails of projects are sent from through the operator's Resend account (contract 06, section 4).

Nothing is delegated: the owner enters the records in their own DNS. They are therefore what `name_server_records`, the
only such field of the SDKs, lists, one line per record.
"""

import re
import uuid
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeVar

from sqlmodel import Session, col, select

from hexclave_app.config.overrides import Level
from hexclave_app.errors import StatusError
from hexclave_app.gateways import dns_records
from hexclave_app.gateways.dns_records import DnsRecord, RecordCheck
from hexclave_app.gateways.mail import resend_api
from hexclave_app.gateways.mail.failures import SendFailure
from hexclave_app.gateways.mail.resend_api import DomainTaken, ResendAccount
from hexclave_app.installation import Installation
from hexclave_app.services import project_configs
from hexclave_app.services.inserts import insert_if_absent
from hexclave_app.services.tenancies import TenancySnapshot
from models import ManagedDomainStatus, ManagedEmailDomain
from models.base import JsonValue

View = dict[str, object]
T = TypeVar("T")

MOCK_KEY: Final = "mock_resend_api_key"
"""With this key no provider is asked: domains are verified at their first check (the contract's mock)."""
_LABEL: Final = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_DOMAIN: Final = re.compile(rf"(?:{_LABEL}\.)+[a-z][a-z0-9-]{{0,61}}[a-z0-9]\Z")
_LOCAL_PART: Final = re.compile(r"[A-Za-z0-9._%+-]+\Z")
_MAX_DOMAIN_LENGTH: Final = 253
_FAILED: Final = frozenset({"failed", "partially_failed", "temporary_failure"})


@dataclass(frozen=True, slots=True)
class DomainRequest:
    """A checked domain with the part before the @."""

    subdomain: str
    local_part: str


def checked(subdomain: str, local_part: str) -> DomainRequest:
    """The request in its normal form; plain 400 for what is no domain or no local part."""
    name = subdomain.strip().lower().rstrip(".")
    if len(name) > _MAX_DOMAIN_LENGTH or not _DOMAIN.match(name):
        raise StatusError(400, "The subdomain must be a full domain name such as mail.example.com.")
    if not _LOCAL_PART.match(local_part):
        raise StatusError(400, "The sender's local part may contain letters, digits and . _ % + - only.")
    return DomainRequest(name, local_part)


async def set_up(
    installation: Installation, *, tenancy: TenancySnapshot, request: DomainRequest, now: datetime
) -> View:
    """Register a domain, or return the one that there is; plain 409 for another local part or a taken domain."""
    db = installation.db
    existing = await db.read(_find, tenancy_id=tenancy.id, subdomain=request.subdomain)
    if existing is not None:
        if existing.sender_local_part != request.local_part:
            raise StatusError(409, "The domain is set up with another sender address already.")
        return _setup_view(existing)
    created = await _create_at_provider(installation, request.subdomain)
    row = ManagedEmailDomain(
        tenancy_id=tenancy.id,
        provider_domain_id=str(created["id"]),
        subdomain=request.subdomain,
        sender_local_part=request.local_part,
        records=_records(created, request.subdomain),
        status=_status(str(created.get("status", ""))),
        provider_status=str(created.get("status", "")),
        created_at=now,
        updated_at=now,
    )
    return _setup_view(await db.run(_insert, row=row))


def check(session: Session, *, tenancy_id: uuid.UUID, domain_id: str, request: DomainRequest) -> View:
    """The status as we know it; plain 404 when anything does not fit."""
    row = _owned(session, tenancy_id, domain_id)
    if (row.subdomain, row.sender_local_part) != (request.subdomain, request.local_part):
        raise StatusError(404, "There is no such domain.")
    return {"status": row.status}


async def refresh(installation: Installation, *, tenancy: TenancySnapshot, domain_id: str, now: datetime) -> None:
    """Ask the provider how the domain stands, where it has not told us by itself."""
    row = await installation.db.read(_owned, tenancy.id, domain_id)
    if row.status in (ManagedDomainStatus.VERIFIED, ManagedDomainStatus.APPLIED):
        return
    account = _account(installation)
    if account.api_key == MOCK_KEY:
        data: Mapping[str, JsonValue] = {"id": domain_id, "status": "verified"}
    else:
        try:
            data = await resend_api.verify_domain(account, domain_id)
        except SendFailure:
            return  # what is known stays; the webhook tells later
    await installation.db.run(note_status, data=data, now=now)


async def inspect(installation: Installation, *, tenancy: TenancySnapshot, domain_id: str) -> list[RecordCheck]:
    """What the DNS says about each record right now."""
    row = await installation.db.read(_owned, tenancy.id, domain_id)
    return await dns_records.check(
        [DnsRecord(**record) for record in row.records], server=installation.settings.email_dns_server
    )


def list_all(session: Session, *, tenancy_id: uuid.UUID) -> list[View]:
    """The domains of a project, active ones first, then the last updated."""
    rows = session.exec(
        select(ManagedEmailDomain)
        .where(col(ManagedEmailDomain.tenancy_id) == tenancy_id)
        .order_by(col(ManagedEmailDomain.is_active).desc(), col(ManagedEmailDomain.updated_at).desc())
    ).all()
    return [_setup_view(row) for row in rows]


async def apply(installation: Installation, *, tenancy: TenancySnapshot, domain_id: str, now: datetime) -> None:
    """Send the project's mails from a verified domain; plain 404 and 409. Applying twice changes nothing."""
    row = await installation.db.read(_owned, tenancy.id, domain_id)
    if not row.is_active:
        raise StatusError(404, "There is no such domain.")
    if row.status == ManagedDomainStatus.APPLIED:
        return
    if row.status != ManagedDomainStatus.VERIFIED:
        raise StatusError(409, "The domain is not verified yet.")
    account = _account(installation)
    key = f"re_mock_{uuid.uuid4().hex}"
    if account.api_key != MOCK_KEY:
        key = await _from_provider(resend_api.create_sending_key(account, name=row.subdomain, domain_id=domain_id))
    await installation.db.run(_store_applied, tenancy=tenancy, domain_id=domain_id, key=key, now=now)


async def delete(installation: Installation, *, tenancy: TenancySnapshot, domain_id: str) -> None:
    """Forget a domain, at the provider too; plain 404, and 409 while the project sends from it."""
    row = await installation.db.read(_owned, tenancy.id, domain_id)
    server = tenancy.config.emails.server
    if server.provider == "managed" and not server.is_shared and server.managed_subdomain == row.subdomain:
        raise StatusError(409, "The project sends from this domain. Choose another e-mail server first.")
    account = _account(installation)
    if account.api_key != MOCK_KEY:
        await _from_provider(resend_api.remove_domain(account, domain_id))
    await installation.db.run(_remove, tenancy_id=tenancy.id, domain_id=domain_id)


def note_status(session: Session, *, data: Mapping[str, JsonValue], now: datetime) -> None:
    """What the provider says about a domain; a domain in use stays in use, whatever is said again."""
    row = session.exec(
        select(ManagedEmailDomain)
        .where(col(ManagedEmailDomain.provider_domain_id) == str(data.get("id")))
        .with_for_update()
    ).one_or_none()
    if row is None or not row.is_active:
        return
    said = str(data.get("status", ""))
    row.provider_status, row.last_webhook_at, row.updated_at = said, now, now
    status = _status(said)
    if status is ManagedDomainStatus.VERIFIED:
        row.verified_at, row.last_error = row.verified_at or now, None
    if status is ManagedDomainStatus.FAILED:
        row.last_error = str(data.get("error") or said)
    if row.status != ManagedDomainStatus.APPLIED:
        row.status = status


def _setup_view(row: ManagedEmailDomain) -> View:
    return {
        "domain_id": row.provider_domain_id,
        "subdomain": row.subdomain,
        "sender_local_part": row.sender_local_part,
        "name_server_records": [DnsRecord(**record).line() for record in row.records],
        "status": row.status,
    }


def _status(said: str) -> ManagedDomainStatus:
    if said == "verified":
        return ManagedDomainStatus.VERIFIED
    return ManagedDomainStatus.FAILED if said in _FAILED else ManagedDomainStatus.PENDING_VERIFICATION


def _records(created: Mapping[str, object], domain: str) -> list[dict[str, object]]:
    listed = created.get("records")
    found: list[dict[str, object]] = [
        {
            "type": str(record.get("type", "TXT")),
            "name": _full_name(str(record.get("name", "")), domain),
            "value": str(record.get("value", "")),
            "priority": record.get("priority"),
        }
        for record in (listed if isinstance(listed, list) else [])
        if isinstance(record, Mapping)
    ]
    found.append({"type": "TXT", "name": f"_dmarc.{domain}", "value": "v=DMARC1; p=none;", "priority": None})
    return found


def _full_name(name: str, domain: str) -> str:
    """Resend names records relative to the registered domain, which may be above the subdomain."""
    if name in ("", "@"):
        return domain
    if name == domain or name.endswith(f".{domain}"):
        return name
    label, _, parent = domain.partition(".")
    return f"{name}.{parent}" if parent.count(".") and name.endswith(f".{label}") else f"{name}.{domain}"


async def _create_at_provider(installation: Installation, subdomain: str) -> Mapping[str, object]:
    account = _account(installation)
    if account.api_key == MOCK_KEY:
        return {
            "id": f"mock-{uuid.uuid4()}",
            "status": "pending",
            "records": [
                {"type": "MX", "name": "send", "value": "feedback-smtp.example.com", "priority": 10},
                {"type": "TXT", "name": "send", "value": "v=spf1 include:spf.example.com ~all"},
                {"type": "TXT", "name": "mock._domainkey", "value": "p=mock"},
            ],
        }
    try:
        return await _from_provider(resend_api.create_domain(account, subdomain))
    except DomainTaken:
        raise StatusError(409, "The provider knows this domain already.") from None


async def _from_provider(answer: Awaitable[T]) -> T:
    """What the provider answers; its refusals become plain 400s with its own words."""
    try:
        return await answer
    except SendFailure as failure:
        raise StatusError(400, failure.message) from None


def _account(installation: Installation) -> ResendAccount:
    settings = installation.settings
    if not settings.resend_api_key:
        raise StatusError(400, "Managed domains need the operator's Resend account (HEXCLAVE_RESEND_API_KEY).")
    return ResendAccount(settings.resend_api_key, settings.resend_api_base)


def _find(session: Session, *, tenancy_id: uuid.UUID, subdomain: str) -> ManagedEmailDomain | None:
    return session.exec(
        select(ManagedEmailDomain).where(
            col(ManagedEmailDomain.tenancy_id) == tenancy_id, col(ManagedEmailDomain.subdomain) == subdomain
        )
    ).one_or_none()


def _owned(session: Session, tenancy_id: uuid.UUID, domain_id: str) -> ManagedEmailDomain:
    row = session.exec(
        select(ManagedEmailDomain).where(
            col(ManagedEmailDomain.tenancy_id) == tenancy_id, col(ManagedEmailDomain.provider_domain_id) == domain_id
        )
    ).one_or_none()
    if row is None:
        raise StatusError(404, "There is no such domain.")
    return row


def _insert(session: Session, *, row: ManagedEmailDomain) -> ManagedEmailDomain:
    """Of parallel set-ups of one domain the first is kept."""
    if insert_if_absent(session, ManagedEmailDomain, row.model_dump()):
        return row
    kept = _find(session, tenancy_id=row.tenancy_id, subdomain=row.subdomain)
    if kept is None:
        raise StatusError(409, "The provider knows this domain already.")
    return kept


def _store_applied(session: Session, *, tenancy: TenancySnapshot, domain_id: str, key: str, now: datetime) -> None:
    rows = session.exec(
        select(ManagedEmailDomain).where(col(ManagedEmailDomain.tenancy_id) == tenancy.id).with_for_update()
    ).all()
    for row in rows:
        if row.provider_domain_id == domain_id:
            row.status, row.applied_at, row.updated_at = ManagedDomainStatus.APPLIED, now, now
            _write_server(session, tenancy, row, key)
        elif row.status == ManagedDomainStatus.APPLIED:
            row.status, row.updated_at = ManagedDomainStatus.VERIFIED, now


def _write_server(session: Session, tenancy: TenancySnapshot, row: ManagedEmailDomain, key: str) -> None:
    server: dict[str, JsonValue] = {
        "isShared": False,
        "provider": "managed",
        "password": key,
        "senderName": tenancy.display_name,
        "senderEmail": f"{row.sender_local_part}@{row.subdomain}",
        "managedSubdomain": row.subdomain,
        "managedSenderLocalPart": row.sender_local_part,
    }
    project_configs.patch(
        session,
        project_id=tenancy.project_id,
        level=Level.ENVIRONMENT,
        config={"emails.server": server},
        branch_id=tenancy.branch_id,
    )


def _remove(session: Session, *, tenancy_id: uuid.UUID, domain_id: str) -> None:
    session.delete(_owned(session, tenancy_id, domain_id))
