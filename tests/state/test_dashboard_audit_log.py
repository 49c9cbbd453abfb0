"""The audit log page."""

import pytest

from hexclave_app.languages.speaking import say
from hexclave_app.services.audit.actors import ActorType
from state.dashboard.audit_log import AuditLogState, Change, differences
from state.dashboard.user_detail import RestrictUserState
from tests.state.scenes import ProjectScene
from tests.state.tabs import run


@pytest.mark.anyio
async def test_the_log_says_who_changed_what(project: ProjectScene) -> None:
    user_id = project.add_user("grace@example.com")
    tab = project.tab(opened_user=str(user_id))
    await run((await tab.state(RestrictUserState)).submit({"private_details": "Ticket 7"}))
    log = await tab.state(AuditLogState)
    await run(log.load())
    newest = log.rows[0]
    assert (newest.action, newest.target, newest.actor) == ("user.updated", str(user_id), "Ada (Dashboard user)")
    assert "restricted_by_admin" in [change.name for change in newest.changes]


@pytest.mark.anyio
async def test_the_log_is_narrowed_by_kind_and_id(project: ProjectScene) -> None:
    user_id = project.add_user("grace@example.com")
    project.add_user("alan@example.com")
    log = await project.tab().state(AuditLogState)
    await run(log.load())
    await run(log.change_noun("user"))
    assert {row.action for row in log.rows} == {"user.created"}
    await run(log.change_search(str(user_id)))
    assert [row.target for row in log.rows] == [str(user_id)]
    await run(log.change_noun("everything"))
    assert len(log.rows) > 1


@pytest.mark.anyio
async def test_strangers_read_nothing(project: ProjectScene) -> None:
    project.add_user("grace@example.com")
    log = await project.tab(project.cleo).state(AuditLogState)
    await run(log.load())
    assert (log.rows, log.error != "") == ([], True)


@pytest.mark.parametrize(
    ("kind", "called"),
    list(zip(ActorType, ["User", "Server", "Admin", "Dashboard user", "Command line", "System"], strict=True)),
)
def test_everybody_who_acts_is_called_something(kind: ActorType, called: str) -> None:
    assert say("audit-log-kind", kind=kind.value) == called


def test_differences_are_told_one_by_one() -> None:
    assert differences({"a": 1, "b": "x"}, {"b": "y"}) == [Change("a", "1", "–"), Change("b", "x", "y")]
    assert differences(None, [1]) == [Change("value", "–", "[\n  1\n]")]
