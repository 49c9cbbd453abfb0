"""Exporting users: everything that `importing` reads, in the order of their creation."""

import base64
import csv
import json
import os
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from sqlmodel import Session, col, select

from hexclave_app.installation import Installation
from hexclave_app.services.bulk.rows import COLUMNS, FileError, to_cells
from hexclave_app.services.users.records import UserRecord, from_row, select_records
from models import ContactChannel, User
from models.base import millis
from models.projects import DEFAULT_BRANCH_ID

BATCH_USERS: Final = 1_000
SECRETS: Final = ("password_hash", "totp_secret_base64")


def export_users(
    installation: Installation,
    *,
    project_id: str,
    path: Path,
    with_secrets: bool,
    on_batch: Callable[[int], None],
) -> int:
    """Write all users of a project to a `.csv` or `.jsonl` file, which appears when complete; returns how many."""
    kind = path.suffix.lower()
    if kind not in (".csv", ".jsonl", ".ndjson"):
        raise FileError(f"{path.name}: the name must end in .csv or .jsonl.")
    unfinished = path.with_name(f".{path.name}.unfinished")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    count = 0
    with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, [name for name in COLUMNS if name != "password"]) if kind == ".csv" else None
        if table is not None:
            table.writeheader()
        for batch in _batches(installation, project_id, with_secrets=with_secrets):
            for row in batch:
                if table is not None:
                    table.writerow({name: cell for name, cell in to_cells(row).items() if name != "password"})
                else:
                    file.write(json.dumps(row, ensure_ascii=False) + "\n")
            count += len(batch)
            on_batch(count)
    unfinished.replace(path)
    return count


def _batches(installation: Installation, project_id: str, *, with_secrets: bool) -> Iterator[list[dict[str, Any]]]:
    last_seq = 0
    while True:
        batch, last_seq = installation.db.call(
            _read_batch, installation=installation, project_id=project_id, after=last_seq, with_secrets=with_secrets
        )
        if not batch:
            return
        yield batch


def _read_batch(
    session: Session, *, installation: Installation, project_id: str, after: int, with_secrets: bool
) -> tuple[list[dict[str, Any]], int]:
    tenancy = installation.tenancies.find(session, project_id, DEFAULT_BRANCH_ID)
    if tenancy is None:
        raise FileError(f"There is no project {project_id}.")
    statement = (
        select_records()
        .where(col(User.tenancy_id) == tenancy.id, col(User.seq) > after)
        .order_by(col(User.seq))
        .limit(BATCH_USERS)
    )
    records = [from_row(row) for row in session.execute(statement)]
    if not records:
        return [], after
    user_ids = [record.id for record in records]
    others = _other_channels(session, tenancy.id, user_ids)
    secrets = _secrets(session, installation, tenancy.id, user_ids) if with_secrets else {}
    rows = [_row(record, others.get(record.id, []), secrets.get(record.id, {})) for record in records]
    return rows, records[-1].seq


def _row(record: UserRecord, channels: list[dict[str, Any]], secrets: dict[str, str | None]) -> dict[str, Any]:
    everything: dict[str, Any] = {
        "id": str(record.id),
        "display_name": record.display_name,
        "primary_email": record.primary_email,
        "primary_email_verified": record.primary_email_verified,
        "primary_email_auth_enabled": record.primary_email_auth_enabled,
        **secrets,
        "otp_auth_enabled": record.has_otp,
        "profile_image_url": record.profile_image_url,
        "client_metadata": record.client_metadata,
        "client_read_only_metadata": record.client_read_only_metadata,
        "server_metadata": record.server_metadata,
        "country_code": record.country_code,
        "is_anonymous": record.is_anonymous,
        "restricted_by_admin": record.restricted_by_admin,
        "restricted_by_admin_reason": record.restricted_by_admin_reason,
        "restricted_by_admin_private_details": record.restricted_by_admin_private_details,
        "signed_up_at_millis": millis(record.signed_up_at),
        "last_active_at_millis": millis(record.last_active_at),
        "oauth_providers": [
            {"id": one.provider_config_id, "account_id": one.account_id, "email": one.email}
            for one in record.oauth_accounts
        ],
        "contact_channels": channels,
    }
    return {name: value for name, value in everything.items() if value is not None and value != []}


def _other_channels(
    session: Session, tenancy_id: uuid.UUID, user_ids: list[uuid.UUID]
) -> dict[uuid.UUID, list[dict[str, Any]]]:
    found: dict[uuid.UUID, list[dict[str, Any]]] = {}
    statement = select(ContactChannel).where(
        col(ContactChannel.tenancy_id) == tenancy_id,
        col(ContactChannel.user_id).in_(user_ids),
        col(ContactChannel.is_primary).is_(None),
    )
    for channel in session.exec(statement.order_by(col(ContactChannel.created_at), col(ContactChannel.id))):
        view = {
            "value": channel.value,
            "is_verified": channel.is_verified,
            "used_for_auth": bool(channel.used_for_auth),
        }
        found.setdefault(channel.user_id, []).append(view)
    return found


def _secrets(
    session: Session, installation: Installation, tenancy_id: uuid.UUID, user_ids: list[uuid.UUID]
) -> dict[uuid.UUID, dict[str, str | None]]:
    sealer = installation.sealer("totp")
    statement = select(User.id, User.password_hash, User.totp_secret_sealed).where(
        col(User.tenancy_id) == tenancy_id, col(User.id).in_(user_ids)
    )
    found: dict[uuid.UUID, dict[str, str | None]] = {}
    for user_id, password_hash, sealed in session.exec(statement):
        totp = base64.b64encode(sealer.open(sealed, context=str(user_id))).decode() if sealed else None
        found[user_id] = {"password_hash": password_hash, "totp_secret_base64": totp}
    return found
