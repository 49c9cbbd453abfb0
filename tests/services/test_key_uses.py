"""When project keys were last used."""

from datetime import UTC, datetime, timedelta

from sqlmodel import Session, select

from hexclave_app.installation import Installation
from hexclave_app.services import project_keys
from hexclave_app.services.key_uses import KeyUses
from models import AuditEntry, ProjectKeySet
from tests.support.projects import TestProject, create_project

MORNING = datetime(2026, 5, 1, 8, tzinfo=UTC)


def only_set(installation: Installation, project: TestProject) -> ProjectKeySet:
    (row,) = installation.db.call(project_keys.list_all, project_id=project.id)
    return row


def entries(session: Session) -> int:
    return len(session.exec(select(AuditEntry)).all())


def test_the_latest_use_is_stored_whichever_process_writes_first(installation: Installation) -> None:
    project, other = create_project(installation), create_project(installation)
    set_id = only_set(installation, project).id
    late, early = KeyUses(), KeyUses()
    early.note(project.id, set_id, MORNING)
    late.note(project.id, set_id, MORNING)
    late.note(project.id, set_id, MORNING + timedelta(hours=1))
    before = installation.db.call(entries)
    for uses in (late, early):
        installation.db.call(uses.write, now=MORNING)
    assert only_set(installation, project).last_used_at == MORNING + timedelta(hours=1)
    assert only_set(installation, other).last_used_at is None
    assert installation.db.call(entries) == before  # using a key changes nothing that anybody decided
    late.write(None, now=MORNING)  # type: ignore[arg-type]  # nothing new: the database is left alone


def test_a_set_that_is_gone_is_no_problem(installation: Installation) -> None:
    project, uses = create_project(installation), KeyUses()
    uses.note("no-such-project", only_set(installation, project).id, MORNING)
    installation.db.call(uses.write, now=MORNING)
    assert only_set(installation, project).last_used_at is None
