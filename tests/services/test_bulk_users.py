"""Importing and exporting users: nothing lost, nothing twice, every refused line named."""

import base64
import csv
import json
import uuid
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from sqlmodel import Session, func, select

from hexclave_app.installation import Installation
from hexclave_app.security.passwords import verify_password
from hexclave_app.services.bulk import importing
from hexclave_app.services.bulk.exporting import export_users
from hexclave_app.services.bulk.importing import Progress, Rejection, UserImport
from hexclave_app.services.bulk.rows import FileError
from models import ContactChannel, User, WebhookEvent
from tests.support.projects import TestProject, create_project

CONFIG: dict[str, Any] = {
    "auth.password.allowSignIn": True,
    "auth.otp.allowSignIn": True,
    "auth.oauth.providers.github": {"type": "github", "allowSignIn": True},
}
ARGON2 = PasswordHasher(time_cost=1, memory_cost=1_024, parallelism=1).hash("correct horse")
BCRYPT = "$2b$04$" + "a" * 53
ADA: dict[str, Any] = {
    "id": "1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed",
    "display_name": "Ada, Countess of “Lovelace”",
    "primary_email": "ada@example.com",
    "primary_email_verified": True,
    "primary_email_auth_enabled": True,
    "password_hash": ARGON2,
    "otp_auth_enabled": True,
    "totp_secret_base64": base64.b64encode(b"12345678901234567890").decode(),
    "client_metadata": {"plan": "gold", "seen": [1, 2]},
    "country_code": "GB",
    "restricted_by_admin": True,
    "restricted_by_admin_reason": "Under review",
    "signed_up_at_millis": 1_600_000_000_000,
    "last_active_at_millis": 1_700_000_000_000,
    "oauth_providers": [{"id": "github", "account_id": "42", "email": "ada@github.example"}],
    "contact_channels": [{"value": "second@example.com", "is_verified": True, "used_for_auth": False}],
}


@pytest.fixture
def project(installation: Installation) -> TestProject:
    return create_project(installation, config=CONFIG)


def json_lines(path: Path, *rows: object) -> Path:
    path.write_text("".join(f"{row if isinstance(row, str) else json.dumps(row)}\n" for row in rows))
    return path


def run(
    installation: Installation, project: TestProject, path: Path, **options: bool
) -> tuple[Progress, list[Rejection]]:
    """Import a file; returns the end state and what was refused."""
    refused: list[Rejection] = []
    job = UserImport(installation, project_id=project.id, path=path, **options)
    return job.run(lambda _progress, rejections: refused.extend(rejections)), refused


def exported(installation: Installation, project: TestProject, path: Path, *, secrets: bool = True) -> str:
    export_users(installation, project_id=project.id, path=path, with_secrets=secrets, on_batch=lambda _count: None)
    return path.read_text()


def count(installation: Installation, project: TestProject, model: Any = User) -> int:
    def read(session: Session) -> int:
        statement = select(func.count()).select_from(model).where(model.tenancy_id == project.tenancy_id)
        return session.exec(statement).one()

    return installation.db.call(read)


@pytest.mark.parametrize("suffix", [".jsonl", ".csv"])
def test_what_is_exported_can_be_imported_elsewhere_without_loss(
    installation: Installation, project: TestProject, tmp_path: Path, suffix: str
) -> None:
    first = json_lines(tmp_path / "in.jsonl", ADA, {"display_name": "Nobody"})
    assert run(installation, project, first)[0].created == 2
    before = exported(installation, project, tmp_path / f"out{suffix}")
    other = create_project(installation, config=CONFIG)
    done, refused = run(installation, other, tmp_path / f"out{suffix}")
    assert (done.created, refused) == (2, [])
    assert exported(installation, other, tmp_path / f"again{suffix}") == before
    lines = exported(installation, other, tmp_path / "again.jsonl").splitlines()
    assert json.loads(lines[0]) == {**ADA, "is_anonymous": False}


def test_an_export_without_secrets_has_none_and_is_for_its_owner_alone(
    installation: Installation, project: TestProject, tmp_path: Path
) -> None:
    run(installation, project, json_lines(tmp_path / "in.jsonl", ADA))
    text = exported(installation, project, tmp_path / "out.jsonl", secrets=False)
    assert ARGON2 not in text
    assert str(ADA["totp_secret_base64"]) not in text
    assert (tmp_path / "out.jsonl").stat().st_mode & 0o077 == 0


def test_an_imported_hash_still_opens_the_account(
    installation: Installation, project: TestProject, tmp_path: Path
) -> None:
    run(installation, project, json_lines(tmp_path / "in.jsonl", ADA))
    key = {"tenancy_id": project.tenancy_id, "id": uuid.UUID(ADA["id"])}
    stored = installation.db.call(lambda session: session.get_one(User, key).password_hash)
    assert verify_password("correct horse", stored)[0]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("not json", "the line is not JSON"),
        ({"nickname": "Ada"}, "nickname: Extra inputs are not permitted"),
        ({"primary_email": "no address"}, "primary_email: not an e-mail address"),
        ({"password_hash": "plain"}, "The password hash is neither a bcrypt hash"),
        ({"password_hash": "$argon2id$v=19$m=9999999,t=2,p=1$c2FsdHNhbHQ$aGFzaGhhc2hoYXNo"}, "The password hash is"),
        ({"password_hash": BCRYPT, "password": "correct horse"}, "give either password or password_hash"),
        ({"password": "short"}, "Password too short"),
        ({"id": "1b9d6bcd-bbfd-1b2d-9b5d-ab8dfbbd4bed"}, "id must be a version 4 UUID"),
        ({"display_name": "a\x00b"}, "a text contains a NUL character"),
        ({"primary_email_verified": True}, "A user without a primary e-mail"),
        ({"oauth_providers": [{"id": "gitlab", "account_id": "1"}]}, "The OAuth provider gitlab is not configured"),
        ({"totp_secret_base64": "%%%"}, "Only base64 data is allowed"),
    ],
)
def test_a_wrong_line_is_named_and_the_others_come_in(
    installation: Installation, project: TestProject, tmp_path: Path, line: object, reason: str
) -> None:
    path = json_lines(tmp_path / "in.jsonl", {"display_name": "First"}, line, {"display_name": "Last"})
    done, [refused] = run(installation, project, path)
    assert (done.created, done.rejected, refused.line) == (2, 1, 2)
    assert reason in refused.reason
    assert count(installation, project) == 2


def test_a_taken_address_is_refused_and_leaves_nothing_behind(
    installation: Installation, project: TestProject, tmp_path: Path
) -> None:
    double = {"display_name": "Second", "primary_email": "ADA@example.com", "primary_email_auth_enabled": True}
    second = {"display_name": "Third", "contact_channels": [{"value": "ada@example.com", "used_for_auth": True}]}
    done, refused = run(installation, project, json_lines(tmp_path / "in.jsonl", ADA, double, second))
    assert (done.created, [one.line for one in refused]) == (1, [2, 3])
    assert (count(installation, project), count(installation, project, ContactChannel)) == (1, 2)
    assert count(installation, project, WebhookEvent) == 1


def test_the_same_file_again_and_known_ids_change_nothing(
    installation: Installation, project: TestProject, tmp_path: Path
) -> None:
    path = json_lines(tmp_path / "in.jsonl", ADA)
    run(installation, project, path)
    again, _ = run(installation, project, path)
    assert (again.created, again.resumed_at, count(installation, project)) == (1, 1, 1)
    restarted, refused = run(installation, project, path, restarts=True)
    assert (restarted.created, restarted.skipped, refused) == (0, 1, [])


class Interrupted(Exception):
    """Stands for a process that ends at the worst moment: after a batch's work, before its commit."""


def test_a_broken_off_import_goes_on_where_it_stopped(
    installation: Installation, project: TestProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "BATCH_LINES", 3)
    path = json_lines(tmp_path / "in.jsonl", *({"display_name": f"User {number}"} for number in range(10)))

    def stop(progress: Progress, _rejections: list[Rejection]) -> None:
        if progress.lines == 6:
            raise Interrupted

    with pytest.raises(Interrupted):
        UserImport(installation, project_id=project.id, path=path).run(stop)
    assert count(installation, project) == 3
    done, _ = run(installation, project, path)
    assert (done.resumed_at, done.created, count(installation, project)) == (3, 10, 10)


def test_a_dry_run_finds_what_the_import_would_refuse_and_keeps_nothing(
    installation: Installation, project: TestProject, tmp_path: Path
) -> None:
    double = {"primary_email": "ada@example.com", "primary_email_auth_enabled": True}
    path = json_lines(tmp_path / "in.jsonl", ADA, double, {"nickname": "x"})
    done, refused = run(installation, project, path, is_dry_run=True)
    assert (done.created, [one.line for one in refused]) == (1, [2, 3])
    assert count(installation, project) == 0
    assert run(installation, project, path)[0].created == 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("users.xlsx", "", "must end in .csv or .jsonl"),
        ("users.csv", "nickname,id\n", "unknown columns: nickname"),
        ("users.csv", "", "unknown columns: (no header)"),
        ("users.csv", 'display_name\n"open', "line"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_as_a_whole(
    installation: Installation, project: TestProject, tmp_path: Path, name: str, content: str, message: str
) -> None:
    path = tmp_path / name
    path.write_text(content)
    with pytest.raises(FileError) as caught:
        run(installation, project, path)
    assert message in str(caught.value)
    assert count(installation, project) == 0


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_cells_of_csv_that_are_wrong_are_named(
    installation: Installation, project: TestProject, tmp_path: Path
) -> None:
    with (tmp_path / "in.csv").open("w", newline="") as file:
        table = csv.writer(file)
        table.writerows([["display_name", "client_metadata"], ["Ada", "{"], ["Grace"], ["Joan", '{"a": 1}']])
    done, refused = run(installation, project, tmp_path / "in.csv")
    assert done.created == 1
    assert [one.reason for one in refused] == [
        "client_metadata is not JSON",
        "the line has more or fewer cells than the header",
    ]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_an_unknown_project_is_named(installation: Installation, tmp_path: Path) -> None:
    nowhere = TestProject(id=str(uuid.uuid4()), tenancy_id=uuid.uuid4(), keys={})
    with pytest.raises(FileError, match="There is no project"):
        run(installation, nowhere, json_lines(tmp_path / "in.jsonl", ADA))
