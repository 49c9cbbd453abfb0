"""Who has a permission, on both databases."""

import uuid

from sqlmodel import Session

from hexclave_app.config.overrides import Level
from hexclave_app.installation import Installation
from hexclave_app.services import permission_grants, permission_use, project_configs, tenancies
from hexclave_app.services.permission_grants import Holder
from hexclave_app.services.permission_use import SHOWN
from hexclave_app.services.permissions import PROJECT_SCOPE, TEAM_SCOPE
from hexclave_app.services.tenancies import TenancySnapshot
from hexclave_app.services.users import creation
from hexclave_app.services.users.creation import UserCreateData
from tests.support.projects import TestProject, create_project

ROLES = {
    "rbac.permissions.reader": {"scope": "project", "containedPermissionIds": {}},
    "rbac.permissions.owner": {"scope": "project", "containedPermissionIds": {"reader": True}},
}


def with_roles(installation: Installation) -> TenancySnapshot:
    project: TestProject = create_project(installation)

    def write(session: Session) -> TenancySnapshot:
        project_configs.patch(session, project_id=project.id, level=Level.ENVIRONMENT, config=ROLES)
        return tenancies.load(session, project.id, "main")

    return installation.db.call(write)


def granted_to(installation: Installation, tenancy: TenancySnapshot, name: str, *permission_ids: str) -> uuid.UUID:
    def write(session: Session) -> uuid.UUID:
        data = UserCreateData(display_name=name)
        user = creation.create(session, installation=installation, tenancy=tenancy, data=data)
        for one in permission_ids:
            permission_grants.grant(session, tenancy=tenancy, holder=Holder(user.id), permission_id=one)
        return user.id

    return installation.db.call(write)


def test_every_way_to_a_permission_is_found_and_counted(installation: Installation) -> None:
    tenancy, other = with_roles(installation), with_roles(installation)
    granted_to(installation, tenancy, "Ada", "reader")
    granted_to(installation, tenancy, "Grace", "owner")
    granted_to(installation, tenancy, "Kay", "reader", "owner")
    granted_to(installation, other, "Eve", "owner")
    found = installation.db.call(permission_use.holders, tenancy=tenancy, scope=PROJECT_SCOPE, permission_id="reader")
    assert found.count == 4
    assert sorted((one.user.display_name, one.through) for one in found.newest) == [
        ("Ada", "reader"),
        ("Grace", "owner"),
        ("Kay", "owner"),
        ("Kay", "reader"),
    ]
    counts = installation.db.call(permission_use.granted, tenancy=tenancy, scope=PROJECT_SCOPE)
    assert counts == {"reader": 2, "owner": 2}
    assert installation.db.call(permission_use.granted, tenancy=tenancy, scope=TEAM_SCOPE) == {}


def test_of_many_holders_the_newest_are_shown(installation: Installation) -> None:
    tenancy = with_roles(installation)
    for number in range(SHOWN + 1):
        granted_to(installation, tenancy, f"Person {number}", "reader")
    found = installation.db.call(permission_use.holders, tenancy=tenancy, scope=PROJECT_SCOPE, permission_id="reader")
    assert (found.count, len(found.newest)) == (SHOWN + 1, SHOWN)
