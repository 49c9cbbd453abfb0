"""Counting tries: exact under any number of them at once, in several processes, in the database and in Redis."""

import asyncio
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from hexclave_app.db import Database
from hexclave_app.gateways.redis_counters import RedisCounters
from hexclave_app.installation import Installation
from hexclave_app.security.rate_limits import Rate
from hexclave_app.services.attempts import Counter, CounterStore, DatabaseCounters
from hexclave_app.settings import to_sqlalchemy_url
from models.base import utc_now

HOUR = timedelta(hours=1)
SLOW = Rate(7, HOUR)  # so that no try comes back while a test runs
NOW = utc_now()
REDIS = shutil.which("redis-server")

_PROCESS = """
import asyncio, sys
from datetime import timedelta
from hexclave_app.db import Database
from hexclave_app.security.rate_limits import Rate
from hexclave_app.services.attempts import Counter, DatabaseCounters
from models.base import utc_now

async def main() -> None:
    db = Database(sys.argv[1])
    store, counter = DatabaseCounters(db), Counter("account:a", Rate(7, timedelta(hours=1)))
    now = utc_now()
    waits = await asyncio.gather(*(store.take([counter], now=now) for _ in range(60)))
    print(sum(wait is None for wait in waits))
    db.close()

asyncio.run(main())
"""


@pytest.fixture(scope="module")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Redis server of the system's package."""
    if REDIS is None:
        pytest.skip("NO REDIS ON THIS MACHINE: its counters are not tested. Install the package redis-server.")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        REDIS,
        "--port",
        str(port),
        "--bind",
        "127.0.0.1",
        "--save",
        "",
        "--dir",
        str(tmp_path_factory.mktemp("r")),
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield f"redis://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
    pytest.fail("redis-server did not start")


@pytest.fixture(params=["database", "redis"])
async def store(request: pytest.FixtureRequest, installation: Installation) -> AsyncIterator[CounterStore]:
    """Counters in either place."""
    own = DatabaseCounters(installation.db)
    if request.param == "database":
        yield own
        return
    if not installation.db.is_sqlite:
        pytest.skip("Redis does not depend on the database")
    counters = RedisCounters(request.getfixturevalue("redis_url"), otherwise=own)
    yield counters
    await counters.close()


async def taken(store: CounterStore, counters: list[Counter], *, times: int, after: timedelta = timedelta()) -> int:
    """How many of so many concurrent tries were let through."""
    waits = await asyncio.gather(*(store.take(counters, now=NOW + after) for _ in range(times)))
    return sum(wait is None for wait in waits)


async def test_of_a_thousand_concurrent_tries_exactly_the_limit_passes(store: CounterStore) -> None:
    assert await taken(store, [Counter("thousand", SLOW)], times=1000) == 7


async def test_tries_come_back_one_by_one(store: CounterStore) -> None:
    counter = Counter("back", SLOW)
    assert await taken(store, [counter], times=8) == 7
    wait = await store.take([counter], now=NOW)
    assert wait is not None
    assert timedelta() < wait <= SLOW.step
    assert await taken(store, [counter], times=3, after=wait) == 1
    assert await taken(store, [counter], times=9, after=2 * HOUR) == 7


async def test_a_refused_try_takes_nothing_from_the_other_counters(store: CounterStore) -> None:
    wide, narrow = Counter("wide", SLOW), Counter("narrow", Rate(2, HOUR))
    assert await taken(store, [wide, narrow], times=6) == 2
    assert await taken(store, [wide], times=9) == 5


async def test_failures_in_a_row_lock_and_the_lock_ends(store: CounterStore) -> None:
    counter = Counter("locked", Rate(1000, timedelta(seconds=1)), Rate(3, HOUR))
    assert await taken(store, [counter], times=5) == 3
    wait = await store.take([counter], now=NOW + HOUR / 2)
    assert wait == HOUR / 2
    assert await taken(store, [counter], times=5, after=HOUR) == 3


async def test_a_right_try_forgives_what_can_be_locked_and_comes_back_elsewhere(store: CounterStore) -> None:
    account, address = Counter("account", SLOW, Rate(3, HOUR)), Counter("address", SLOW)
    assert await taken(store, [account, address], times=2) == 2
    assert await store.take([account, address], now=NOW) is None
    await store.give_back([account, address])
    assert await taken(store, [account], times=5) == 3
    assert await taken(store, [address], times=9) == 5


async def test_giving_back_what_is_unknown_changes_nothing(store: CounterStore) -> None:
    counter = Counter("unknown", SLOW)
    await store.give_back([counter])
    assert await taken(store, [counter], times=9) == 7


async def test_the_database_counts_while_redis_does_not_answer(installation: Installation) -> None:
    store = RedisCounters("redis://127.0.0.1:1", otherwise=DatabaseCounters(installation.db))
    assert await taken(store, [Counter("down", SLOW, Rate(20, HOUR))], times=20) == 7
    await store.give_back([Counter("down", SLOW, Rate(20, HOUR))])
    assert await taken(DatabaseCounters(installation.db), [Counter("down", SLOW)], times=9) == 7
    await store.close()


async def test_redis_is_left_alone_for_a_while_after_it_failed(installation: Installation) -> None:
    connections = 0

    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal connections
        connections += 1
        writer.close()

    server = await asyncio.start_server(hang_up, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    store = RedisCounters(f"redis://127.0.0.1:{port}", otherwise=DatabaseCounters(installation.db))
    assert await taken(store, [Counter("silent", SLOW)], times=1) == 1
    assert connections == 1
    assert await taken(store, [Counter("silent", SLOW)], times=9) == 6
    assert connections == 1
    await store.close()
    server.close()


def test_several_processes_count_together(database_url: str) -> None:
    command = [sys.executable, "-c", _PROCESS, to_sqlalchemy_url(database_url)]
    root = Path(__file__).resolve().parent.parent.parent
    processes = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root) for _ in range(3)]
    assert sum(int(process.communicate(timeout=60)[0]) for process in processes) == 7


async def test_counters_of_one_process_are_seen_by_another(installation: Installation, database_url: str) -> None:
    counter = Counter("shared", SLOW)
    assert await taken(DatabaseCounters(installation.db), [counter], times=5) == 5
    other = Database(to_sqlalchemy_url(database_url))
    assert await taken(DatabaseCounters(other), [counter], times=5) == 2
    other.close()
