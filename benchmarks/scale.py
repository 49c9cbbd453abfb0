"""One project with a million users and 100 000 teams, and ten thousand other projects: what single requests cost.

Fills a SQLite file and, where the system has PostgreSQL, a database of its own server (some minutes), then sends
requests through the whole API in this process, without a socket. Medians and 95th percentiles go to
`results/scale.md`, the databases' query plans beside them.
"""

import argparse
import asyncio
import platform
import random
import re
import tempfile
import time
import uuid
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from typing import Any

from sqlalchemy import Connection, event
from sqlmodel import Session

from benchmarks.scale_data import PROJECT_CONFIG, fill, id_of
from hexclave_app.api import create_api
from hexclave_app.config.schema import CompleteConfig
from hexclave_app.db import migrate
from hexclave_app.installation import Installation
from hexclave_app.services import internal_project, permissions
from hexclave_app.services.users import listing
from hexclave_app.services.users.listing import Order, UserQuery
from hexclave_app.settings import load_settings, to_sqlalchemy_url
from tests.support.clients import ApiClient
from tests.support.postgres import PostgresServer, find_postgres
from tests.support.projects import TestProject, as_client, as_server, create_project
from tests.support.tokens import token_for

RESULTS = Path(__file__).resolve().parent / "results"
GOALS_MS = {
    "users table page": 50,
    "search": 50,
    "permission check": 5,
    "GET /users/me": 5,
    "explain among 1,000 definitions": 1,
}


@dataclass(frozen=True)
class Figures:
    """What one kind of request took."""

    median_ms: float
    p95_ms: float


def main() -> None:
    """Fill both databases, measure, and write `results/scale.md`."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--users", type=int, default=1_000_000)
    parser.add_argument("--teams", type=int, default=100_000)
    parser.add_argument("--projects", type=int, default=10_000)
    parser.add_argument("--samples", type=int, default=200)
    given = parser.parse_args()
    tables, plans = [], []
    with tempfile.TemporaryDirectory() as folder:
        for name, url in databases(Path(folder)):
            migrate(to_sqlalchemy_url(url))
            settings = {"HEXCLAVE_DATABASE_URL": url, "HEXCLAVE_DATA_DIR": f"{folder}/{name}-data"}
            installation = Installation(load_settings(settings))
            installation.db.call(internal_project.ensure, settings=installation.settings)
            project = create_project(installation, config=PROJECT_CONFIG)
            alone = asyncio.run(measure_me(installation, project, given.samples))
            started = time.monotonic()
            fill(installation.db.engine, project, users=given.users, teams=given.teams, projects=given.projects)
            print(f"{name}: filled in {time.monotonic() - started:.0f} s", flush=True)
            with watched_statements(installation) as statements:
                figures = asyncio.run(measure_all(installation, project, given))
            tables.append(render(name, figures, alone))
            plans.append(f"# {name}\n\n" + explain_all(installation, statements))
            installation.close()
    heading = (
        f"One project with {given.users:,} users and {given.teams:,} teams beside {given.projects:,} other projects; "
        f"in-process API calls, {given.samples} each ({platform.machine()}, Python {platform.python_version()}).\n"
    )
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "scale.md").write_text("\n".join([heading, *tables]))
    (RESULTS / "scale-plans.md").write_text("\n\n".join(plans))
    print("\n".join(tables))


def databases(folder: Path) -> Iterator[tuple[str, str]]:
    """The databases of this machine, each alive while it is used."""
    yield "SQLite", f"sqlite:///{folder}/scale.db"
    binaries = find_postgres()
    if binaries is None:
        return
    server = PostgresServer(binaries, folder)
    server.start()
    try:
        yield "PostgreSQL", server.create_database("scale")
    finally:
        server.stop()


async def measure_all(
    installation: Installation, project: TestProject, given: argparse.Namespace
) -> dict[str, Figures]:
    """All kinds of requests."""
    dice = random.Random(7)  # noqa: S311 - reproducible load
    tenancy = installation.db.call(lambda session: installation.tenancies.find(session, project.id, "main"))
    assert tenancy is not None
    async with ApiClient(create_api(installation)) as client:
        server = as_server(client, project)

        async def page() -> None:
            cursor = id_of(dice.randrange(given.users) + 1)
            query = UserQuery(
                order=dice.choice(list(Order)), descending=dice.random() < 0.5, limit=25, includes_restricted=True,
                cursor=cursor if dice.random() < 0.7 else None,
            )  # fmt: skip

            def read(session: Session) -> None:
                page, _ = listing.list_page_and_count(session, tenancy=tenancy, query=query)
                assert page.items

            await installation.db.scan(read)

        async def search() -> None:
            number = dice.randrange(given.users)
            part = dice.choice([f"user{number}@", f"Person {number}", "example.com", "nobody at all", f"r{number}@ex"])
            await ok(server.get(f"/users?limit=25&desc=true&query={part}"))

        async def permission() -> None:
            number = dice.randrange(given.teams)
            ids = f"team_id={id_of(number + 1)}&user_id={id_of(number + 1)}"
            await ok(server.get(f"/team-permissions?{ids}&permission_id=team_member&recursive=true"))

        return {
            "users table page": await sample(page, given.samples),
            "search": await sample(search, given.samples),
            "permission check": await sample(permission, given.samples),
            "GET /users/me": await measure_me(installation, project, given.samples, users=given.users),
            "explain among 1,000 definitions": await sample(explain_worst_case(), given.samples),
        }


async def measure_me(installation: Installation, project: TestProject, samples: int, *, users: int = 0) -> Figures:
    """`GET /users/me`; without users it makes one."""
    async with ApiClient(create_api(installation)) as client:
        if users:
            user_id = id_of(random.Random(11).randrange(users) + 1)  # noqa: S311 - reproducible load
        else:
            user_id = uuid.UUID((await as_server(client, project).post("/users", {})).json()["id"])
        me = as_client(client, project).as_(access_token=token_for(installation, project.id, user_id=user_id))
        return await sample(lambda: ok(me.get("/users/me")), samples)


def explain_worst_case() -> Callable[[], Awaitable[None]]:
    """A permission that nothing reaches, asked of a graph that is reachable as a whole."""
    dice = random.Random(13)  # noqa: S311 - reproducible load
    stored = {
        f"p{number}": {
            "scope": "team",
            "containedPermissionIds": {f"p{min(number + 1 + dice.randrange(9), 999)}": True for _ in range(4)}
            | {f"p{min(number + 1, 999)}": True},
        }
        for number in range(1_000)
    }
    config = CompleteConfig.model_validate({"rbac": {"permissions": stored}})

    async def explain() -> None:
        assert permissions.chain(config, ["p0"], "nowhere", permissions.TEAM_SCOPE) == []

    return explain


async def ok(request: Awaitable[Any]) -> None:
    """A request that must succeed."""
    response = await request
    assert response.status_code == 200, response.text


async def sample(work: Callable[[], Awaitable[None]], samples: int) -> Figures:
    """Run it often, after a few runs that do not count."""
    for _ in range(10):
        await work()
    spent = []
    for _ in range(samples):
        started = time.perf_counter()
        await work()
        spent.append((time.perf_counter() - started) * 1_000)
    return Figures(median_ms=quantiles(spent, n=2)[0], p95_ms=quantiles(spent, n=20)[18])


@contextmanager
def watched_statements(installation: Installation) -> Iterator[dict[str, Any]]:
    """Every different SELECT that SQLAlchemy executes, with the parameters of its first execution."""
    seen: dict[str, Any] = {}

    def note(_c: Connection, _cursor: object, statement: str, parameters: Any, _context: object, _many: bool) -> None:
        if statement.lstrip().startswith(("SELECT", "WITH")):
            seen.setdefault(re.sub(r"\((\?|%\(\w+\)s)(, (\?|%\(\w+\)s))+\)", "(…)", statement), (statement, parameters))

    event.listen(installation.db.engine, "before_cursor_execute", note)
    yield seen
    event.remove(installation.db.engine, "before_cursor_execute", note)


def explain_all(installation: Installation, statements: dict[str, Any]) -> str:
    """The query plans, as the database tells them."""
    parts = []
    is_sqlite = installation.db.is_sqlite
    with installation.db.engine.connect() as connection:
        for shape, (statement, parameters) in statements.items():
            prefix = "EXPLAIN QUERY PLAN " if is_sqlite else "EXPLAIN "
            rows = connection.exec_driver_sql(prefix + statement, parameters).all()
            plan = "\n".join(str(row[-1]) for row in rows)
            tables = re.sub(r"\s+", " ", shape)
            parts.append(f"```sql\n{tables[:60]} … {tables[tables.find(' FROM ') :][:700]}\n```\n```\n{plan}\n```")
    return "\n\n".join(parts)


def render(name: str, figures: dict[str, Figures], alone: Figures) -> str:
    """The table of one database."""
    lines = [f"## {name}", "", "| request | median ms | p95 ms | goal p95 |", "|---|---:|---:|---:|"]
    for what, measured in figures.items():
        lines.append(f"| {what} | {measured.median_ms:.2f} | {measured.p95_ms:.2f} | ≤ {GOALS_MS[what]} |")
    grown = figures["GET /users/me"].median_ms / alone.median_ms
    lines.append(f"\n`GET /users/me` takes {grown:.2f} × what it took with one project and one user.\n")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
