"""The dashboard's own project after a start."""

from sqlmodel import Session

from hexclave_app.installation import Installation
from hexclave_app.services import internal_project
from hexclave_app.services.tenancies import TenancySnapshot, load


def _internal(session: Session) -> TenancySnapshot:
    return load(session, "internal", "main")


def test_first_start_creates_the_internal_project(installation: Installation) -> None:
    tenancy = installation.db.call(_internal)
    assert tenancy.config.teams.create_personal_team_on_sign_up
    assert tenancy.config.auth.password.allow_sign_in
    assert tenancy.config.payments.products["team"].prices["monthly"].usd == "49"
    assert len(tenancy.keys) == 3


def test_a_second_start_changes_nothing(installation: Installation) -> None:
    before = installation.db.call(_internal)
    installation.db.call(internal_project.ensure, settings=installation.settings)
    assert installation.db.call(_internal).version == before.version
