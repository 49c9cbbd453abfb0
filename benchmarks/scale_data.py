"""The rows of the scale benchmark, written by the databases themselves: users, teams, members, projects."""

import uuid
from typing import Final

from sqlalchemy import Connection, Engine

from models.base import JsonValue
from tests.support.projects import TestProject

PROJECT_CONFIG: Final[dict[str, JsonValue]] = {"teams.allowClientTeamCreation": True}
_UUID = {
    "sqlite": "printf('00000000000040008000%012x', {0})",
    "postgresql": "('00000000000040008000' || lpad(to_hex({0}), 12, '0'))::uuid",
}
_MOMENT = {
    "sqlite": "strftime('%Y-%m-%d %H:%M:%f000', {base} + ((n * 7919) % 31536000), 'unixepoch')",
    "postgresql": "to_timestamp({base} + ((n * 7919::bigint) % 31536000))",
}
_SERIES = {
    "sqlite": "WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < {count})",
    "postgresql": "WITH s AS (SELECT n::bigint FROM generate_series(1, {count}) AS n)",
}
_FALSE = {"sqlite": "0", "postgresql": "false"}
_TRUE = {"sqlite": "1", "postgresql": "true"}


def id_of(number: int) -> uuid.UUID:
    """The id of user, team or tenancy n: it has the form of version 4."""
    return uuid.UUID(hex=f"00000000000040008000{number:012x}")


def fill(engine: Engine, project: TestProject, *, users: int, teams: int, projects: int) -> None:
    """Users 1…n (for their ids see `id_of`), teams 1…m with ten members each, and other projects."""
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")  # no triggers: a minute, not ten
        _add_users(connection, project, users)
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(
                "INSERT INTO user_search SELECT t.seq * 4294967296 + u.seq, u.tenancy_id, u.id,"
                " lower(u.display_name || chr(10) || coalesce(c.value, '')) FROM project_user AS u"
                " JOIN tenancy AS t ON t.id = u.tenancy_id LEFT JOIN contact_channel AS c"
                " ON c.tenancy_id = u.tenancy_id AND c.user_id = u.id WHERE u.seq > 10"
            )
        _add_teams(connection, project, teams, users)
        _add_projects(connection, projects)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")


def _insert(connection: Connection, table: str, columns: dict[str, str], count: int, source: str = "s") -> None:
    kind = connection.dialect.name
    values = {
        "uuid": _UUID[kind].format("n"), "true": _TRUE[kind], "false": _FALSE[kind],
        "moment": _MOMENT[kind].format(base=1_700_000_000), "later": _MOMENT[kind].format(base=1_750_000_000),
    }  # fmt: skip
    chosen = ", ".join(value.format(**values) for value in columns.values())
    series = _SERIES[kind].format(count=count)
    target = f"INSERT INTO {table} ({', '.join(columns)})"
    statement = (
        f"{target} {series} SELECT {chosen} FROM {source}" if kind == "sqlite"
        else f"{series} {target} SELECT {chosen} FROM {source}"
    )  # fmt: skip
    connection.exec_driver_sql(statement.replace("%", "%%") if kind == "postgresql" else statement)


def _tenancy(connection: Connection, project: TestProject) -> str:
    return f"'{project.tenancy_id.hex}'" if connection.dialect.name == "sqlite" else f"'{project.tenancy_id}'::uuid"


def _add_users(connection: Connection, project: TestProject, count: int) -> None:
    tenancy = _tenancy(connection, project)
    flags = dict.fromkeys(
        ("has_otp", "has_passkey", "requires_totp_mfa", "is_anonymous", "restricted_by_admin"), "{false}"
    )
    _insert(
        connection,
        "project_user",
        {
            "tenancy_id": tenancy, "id": "{uuid}", "seq": "n + 10", "display_name": "'Person ' || n", **flags,
            "risk_bot": "0", "risk_free_trial_abuse": "0", "totp_tries": "0", "created_at": "{moment}",
            "signed_up_at": "{moment}", "last_active_at": "{later}", "updated_at": "{moment}",
        },
        count,
    )  # fmt: skip
    _insert(
        connection,
        "contact_channel",
        {
            "tenancy_id": tenancy, "id": "{uuid}", "user_id": "{uuid}", "type": "'email'",
            "value": "'user' || n || '@example.com'", "is_primary": "{true}", "is_verified": "{true}",
            "used_for_auth": "{true}", "created_at": "{moment}",
        },
        count,
    )  # fmt: skip


def _add_teams(connection: Connection, project: TestProject, count: int, users: int) -> None:
    tenancy = _tenancy(connection, project)
    _insert(
        connection, "team",
        {"tenancy_id": tenancy, "id": "{uuid}", "display_name": "'Team ' || n", "created_at": "{moment}"}, count,
    )  # fmt: skip
    for member in range(10):
        # Member 0 of team n is user n; the others are spread so that nobody is twice in a team.
        number = "n" if member == 0 else f"(1 + (n + {member} * 7919) % {users})"
        keys = {
            "tenancy_id": tenancy,
            "team_id": "{uuid}",
            "user_id": _UUID[connection.dialect.name].format(number),
            "created_at": "{moment}",
        }
        _insert(connection, "team_membership", keys, count)
        if member == 0:
            _insert(connection, "team_permission_grant", {**keys, "permission_id": "'team_member'"}, count)


def _add_projects(connection: Connection, count: int) -> None:
    _insert(
        connection,
        "project",
        {
            "id": "'other-' || n", "seq": "n + 100", "display_name": "'Other ' || n", "description": "''",
            "is_production_mode": "{false}", "is_development_environment": "{false}",
            "onboarding_status": "'completed'", "created_at": "{moment}",
        },
        count,
    )  # fmt: skip
    _insert(
        connection,
        "tenancy",
        {
            "id": "{uuid}", "seq": "n + 100", "project_id": "'other-' || n", "branch_id": "'main'", "version": "1",
            "last_user_seq": "0", "created_at": "{moment}",
        },
        count,
    )  # fmt: skip
