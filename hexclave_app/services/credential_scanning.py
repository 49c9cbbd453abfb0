"""Leaked keys that secret scanners report: revoked at once, and their holders told (contract 04, section 6.3)."""

import html
import uuid
from datetime import datetime

from sqlmodel import Session

from hexclave_app import errors
from hexclave_app.installation import Installation
from hexclave_app.security.api_keys import KeyOwner
from hexclave_app.services import api_keys, contact_channels, emails, permission_grants
from hexclave_app.services.permission_grants import GrantQuery
from hexclave_app.services.tenancies import TenancySnapshot
from models import ApiKey, Tenancy


def report(session: Session, *, installation: Installation, value: str, now: datetime) -> None:
    """Revoke a reported secret key, in whatever project; parallel and repeated reports mail once.

    Raises API_KEY_NOT_FOUND, PUBLIC_API_KEY_CANNOT_BE_REVOKED, API_KEY_EXPIRED, in this order.
    """
    row = api_keys.find(session, value)
    if row is None:
        raise errors.ApiKeyNotFound
    if row.is_public:
        raise errors.PublicApiKeyCannotBeRevoked
    if api_keys.is_expired(row, now):
        raise errors.ApiKeyExpired
    if not api_keys.revoke(session, row, now=now):
        return
    home = session.get_one(Tenancy, row.tenancy_id)
    tenancy = installation.tenancies.find(session, home.project_id, home.branch_id)
    if tenancy is None:
        raise RuntimeError("the tenancy of a key must be found")
    holders = {
        user_id: channel.value
        for user_id in _holders(session, tenancy, row)
        if (channel := contact_channels.primary_of(session, tenancy_id=tenancy.id, user_id=user_id)) is not None
    }
    for address in dict.fromkeys(holders.values()):
        emails.queue_notice(
            session,
            installation=installation,
            tenancy_id=tenancy.id,
            recipient=address,
            subject=f'API key "{" ".join(row.description.split())}" revoked',
            html=_notice(row.description, tenancy.display_name),
        )


def _holders(session: Session, tenancy: TenancySnapshot, row: ApiKey) -> list[uuid.UUID]:
    owner = api_keys.owner_of(row)
    if owner.kind is KeyOwner.USER:
        return [owner.id]
    query = GrantQuery(team_id=owner.id, permission_id=api_keys.MANAGE, recursive=True)
    return [held.holder.user_id for held in permission_grants.list_in_teams(session, tenancy=tenancy, query=query)]


def _notice(description: str, project_name: str) -> str:
    key, project = html.escape(description), html.escape(project_name)
    return (
        f"<p>Your API key <strong>{key}</strong> of {project} was revoked automatically, because it was found in a"
        " public place.</p><p>Whatever used it does not work any more. Please create a new API key, and keep it"
        " secret.</p>"
    )
