"""Turning the pages of lists."""

import pytest

from state.dashboard import audit_log, teams
from state.dashboard.audit_log import AuditLogState
from state.dashboard.teams import TeamsState
from tests.state.scenes import ProjectScene
from tests.state.tabs import run
from tests.state.test_dashboard_teams import add_team

NAMES = {"Engine", "Mill", "Loom"}


@pytest.fixture
def one_team_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(teams, "PAGE_ROWS", 1)


def names(table: TeamsState) -> list[str]:
    return [row.name for row in table.rows]


@pytest.mark.anyio
@pytest.mark.usefixtures("one_team_a_page")
async def test_teams_are_turned_forth_and_back(project: ProjectScene) -> None:
    for name in NAMES:
        add_team(project, name)
    table = await project.tab().state(TeamsState)
    await run(table.load())
    way = [(*names(table), table.has_previous)]
    for _ in range(2):
        await run(table.show_next())
        way.append((*names(table), table.has_previous))
    assert ({name for name, _ in way}, [has_previous for _, has_previous in way]) == (NAMES, [False, True, True])
    assert table.next_cursor == ""
    await run(table.show_next())
    assert names(table) == [way[2][0]]
    await run(table.show_previous())
    assert names(table) == [way[1][0]]
    await run(table.show_previous())
    await run(table.show_previous())
    assert (names(table), table.has_previous) == ([way[0][0]], False)


@pytest.mark.anyio
@pytest.mark.usefixtures("one_team_a_page")
async def test_a_search_and_a_refresh_know_their_page(project: ProjectScene) -> None:
    for name in NAMES:
        add_team(project, name)
    table = await project.tab().state(TeamsState)
    await run(table.load())
    await run(table.show_next())
    second = names(table)
    await run(table.refresh())
    assert (names(table), table.has_previous) == (second, True)
    await run(table.change_search("mil"))
    assert (names(table), table.has_previous, table.next_cursor) == (["Mill"], False, "")


@pytest.mark.anyio
async def test_the_log_is_turned_forth_and_back(project: ProjectScene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit_log, "PAGE_ROWS", 1)
    for name in ("alan", "grace"):
        project.add_user(f"{name}@example.com")
    log = await project.tab().state(AuditLogState)
    await run(log.load())
    newest = int(log.rows[0].seq)
    await run(log.show_next())
    assert [int(row.seq) for row in log.rows] == [newest - 1]
    await run(log.change_noun("user"))
    first = [(row.seq, row.action) for row in log.rows]
    assert ([action for _, action in first], log.has_previous) == (["user.created"], False)
    await run(log.show_next())
    assert (int(log.rows[0].seq) < int(first[0][0]), log.has_previous) == (True, True)
    await run(log.show_previous())
    assert ([(row.seq, row.action) for row in log.rows], log.has_previous) == (first, False)


@pytest.mark.anyio
@pytest.mark.usefixtures("one_team_a_page")
async def test_strangers_turn_no_pages(project: ProjectScene) -> None:
    add_team(project)
    for handler in ("load", "refresh", "show_next", "show_previous"):
        table = await project.tab(project.cleo).state(TeamsState)
        await run(getattr(table, handler)())
        assert table.rows == [], handler
