"""Importing users from files: in batches, each of which commits with the progress it made."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Final

from sqlalchemy import update
from sqlmodel import Session, col

from hexclave_app.errors import ApiError
from hexclave_app.installation import Installation
from hexclave_app.security.passwords import hash_password
from hexclave_app.services import contact_channels
from hexclave_app.services.bulk.rows import FileError, ReadLine, UserRow, read_file
from hexclave_app.services.tenancies import TenancySnapshot
from hexclave_app.services.users.creation import UserCreateData, create, flush_unique
from hexclave_app.services.users.records import LinkedAccountSummary
from models import BulkImport, ContactChannel, User
from models.base import utc_now
from models.projects import DEFAULT_BRANCH_ID

BATCH_LINES: Final = 200
_HASHING_THREADS: Final = 4
_READ_BYTES: Final = 1 << 20


@dataclass(slots=True)
class Progress:
    """How far an import is."""

    lines: int = 0
    created: int = 0
    skipped: int = 0
    """Users that are already there, by id."""
    rejected: int = 0
    resumed_at: int = 0
    """Lines that an earlier run had done."""


@dataclass(frozen=True, slots=True)
class Rejection:
    """A line that made no user."""

    line: int
    reason: str


@dataclass(slots=True)
class _Seen:
    """What a dry run would have created so far: it keeps nothing, so doubles in the file show only here."""

    ids: set[str] = field(default_factory=set)
    emails: set[str] = field(default_factory=set)


class _Undo(Exception):
    """Ends the transaction of a dry run."""


class UserImport:
    """One file on its way into one project."""

    def __init__(
        self,
        installation: Installation,
        *,
        project_id: str,
        path: Path,
        is_dry_run: bool = False,
        restarts: bool = False,
    ) -> None:
        self._installation = installation
        self._project_id = project_id
        self._path = path
        self._is_dry_run = is_dry_run
        self._restarts = restarts
        self._file_hash = _hash_file(path)
        self._seen = _Seen()
        self.progress = Progress()

    def run(self, on_batch: Callable[[Progress, list[Rejection]], None]) -> Progress:
        """Import what is not imported yet; `on_batch` hears of every batch before it is committed."""
        db = self._installation.db
        if not self._is_dry_run:
            self.progress = db.call(self._begin)
        lines = islice(read_file(self._path), self.progress.lines, None)
        while batch := list(islice(lines, BATCH_LINES)):
            hashes = _hash_passwords(batch)
            try:
                self.progress = db.call(self._import_batch, batch, hashes, on_batch)
            except _Undo as undone:
                [self.progress] = undone.args
        if not self._is_dry_run:
            db.call(self._finish)
        return self.progress

    def _begin(self, session: Session) -> Progress:
        self._tenancy(session)
        key = (self._project_id, self._file_hash)
        row = session.get(BulkImport, key)
        if row is not None and self._restarts:
            session.delete(row)
            session.flush()
            row = None
        if row is None:
            session.add(BulkImport(project_id=key[0], file_hash=key[1], started_at=utc_now()))
            return Progress()
        return Progress(row.lines_done, row.created, row.skipped, row.rejected, resumed_at=row.lines_done)

    def _import_batch(
        self,
        session: Session,
        batch: list[ReadLine],
        hashes: dict[int, str],
        on_batch: Callable[[Progress, list[Rejection]], None],
    ) -> Progress:
        before = self.progress
        now = Progress(before.lines, before.created, before.skipped, before.rejected, before.resumed_at)
        tenancy, rejections = self._tenancy(session), []
        for line in batch:
            now.lines += 1
            try:
                if self._import_line(session, tenancy, line, hashes.get(line.number)):
                    now.created += 1
                else:
                    now.skipped += 1
            except ApiError as error:
                now.rejected += 1
                rejections.append(Rejection(line.number, error.message))
            except ValueError as error:
                now.rejected += 1
                rejections.append(Rejection(line.number, str(error)))
        on_batch(now, rejections)
        if self._is_dry_run:
            raise _Undo(now)
        self._save(session, before, now)
        return now

    def _import_line(
        self, session: Session, tenancy: TenancySnapshot, line: ReadLine, password_hash: str | None
    ) -> bool:
        """Create the user of a line; False when it is already there."""
        row = line.row
        if row is None:
            raise ValueError(line.problem)
        if row.id is not None and session.get(User, {"tenancy_id": tenancy.id, "id": row.id}) is not None:
            return False
        if self._is_dry_run:
            self._check_doubles(row)
        with session.begin_nested():
            _create(session, self._installation, tenancy, row, password_hash)
        return True

    def _check_doubles(self, row: UserRow) -> None:
        if row.id is not None and str(row.id) in self._seen.ids:
            raise ValueError(f"the id {row.id} occurs twice in the file")
        email = contact_channels.normalise_email(row.primary_email) if row.primary_email else None
        if email is not None and row.primary_email_auth_enabled:
            if email in self._seen.emails:
                raise ValueError(f"{email} occurs twice in the file as an address to sign in with")
            self._seen.emails.add(email)
        if row.id is not None:
            self._seen.ids.add(str(row.id))

    def _save(self, session: Session, before: Progress, now: Progress) -> None:
        moved = session.connection().execute(
            update(BulkImport)
            .where(
                col(BulkImport.project_id) == self._project_id,
                col(BulkImport.file_hash) == self._file_hash,
                col(BulkImport.lines_done) == before.lines,
            )
            .values(lines_done=now.lines, created=now.created, skipped=now.skipped, rejected=now.rejected)
        )
        if moved.rowcount == 0:
            raise FileError(f"Another import of {self._path.name} is running.")

    def _finish(self, session: Session) -> None:
        row = session.get(BulkImport, (self._project_id, self._file_hash))
        if row is not None and row.finished_at is None:
            row.finished_at = utc_now()

    def _tenancy(self, session: Session) -> TenancySnapshot:
        tenancy = self._installation.tenancies.find(session, self._project_id, DEFAULT_BRANCH_ID)
        if tenancy is None:
            raise FileError(f"There is no project {self._project_id}.")
        return tenancy


def _create(
    session: Session, installation: Installation, tenancy: TenancySnapshot, row: UserRow, password_hash: str | None
) -> None:
    data = UserCreateData(
        id=row.id,
        display_name=row.display_name,
        profile_image_url=row.profile_image_url,
        primary_email=row.primary_email,
        primary_email_verified=row.primary_email_verified,
        primary_email_auth_enabled=row.primary_email_auth_enabled,
        client_metadata=row.client_metadata,
        client_read_only_metadata=row.client_read_only_metadata,
        server_metadata=row.server_metadata,
        password_hash=password_hash or row.password_hash,
        otp_auth_enabled=row.otp_auth_enabled,
        totp_secret=row.totp_secret,
        is_anonymous=row.is_anonymous,
        restricted_by_admin=row.restricted_by_admin,
        restricted_by_admin_reason=row.restricted_by_admin_reason,
        restricted_by_admin_private_details=row.restricted_by_admin_private_details,
        country_code=row.country_code,
        signed_up_at=_moment(row.signed_up_at_millis),
        last_active_at=_moment(row.last_active_at_millis),
        oauth_accounts=[LinkedAccountSummary(one.id, one.account_id, one.email) for one in row.oauth_providers],
    )
    user = create(session, installation=installation, tenancy=tenancy, data=data)
    for channel in row.contact_channels:
        email = contact_channels.normalise_email(channel.value)
        session.add(
            ContactChannel(
                tenancy_id=tenancy.id,
                user_id=user.id,
                value=email,
                is_verified=channel.is_verified,
                used_for_auth=channel.used_for_auth or None,
            )
        )
        flush_unique(session, ValueError(f"{email} is already used for sign-in by another user, or occurs twice."))


def _moment(millis: int | None) -> datetime | None:
    return datetime.fromtimestamp(millis / 1000, tz=UTC) if millis is not None else None


def _hash_passwords(batch: Iterable[ReadLine]) -> dict[int, str]:
    """Hashes of plain passwords by line: before the transaction, which must not wait for them."""
    plain = {line.number: line.row.password for line in batch if line.row is not None and line.row.password is not None}
    if not plain:
        return {}
    with ThreadPoolExecutor(_HASHING_THREADS) as threads:
        return dict(zip(plain, threads.map(hash_password, plain.values()), strict=True))


def _hash_file(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        for chunk in _chunks(file.read):
            digest.update(chunk)
    return digest.hexdigest()


def _chunks(read: Callable[[int], bytes]) -> Iterator[bytes]:
    while chunk := read(_READ_BYTES):
        yield chunk
