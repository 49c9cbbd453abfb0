"""Counters of tries in Redis, for several server processes (`services/attempts.py` says what counting means)."""

import asyncio
from collections.abc import Awaitable, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, Protocol, cast

import structlog

from hexclave_app.security.rate_limits import Rate

log = structlog.get_logger()

_PREFIX: Final = "hexclave:attempts:"
_TIMEOUT_S: Final = 2.0
_CONNECTIONS: Final = 16  # of one process; more of them only make a single-threaded server slower
_PAUSE_S: Final = 5.0  # after a failure, so that nobody waits for a server that is known not to answer
_MICROSECOND: Final = timedelta(microseconds=1)
# One script, so that a try is taken from all counters or from none while nobody else looks. Times are microseconds.
_TAKE: Final = """
local now = tonumber(ARGV[1])
local rows = {}
for i, key in ipairs(KEYS) do
  local at = 2 + (i - 1) * 4
  local step, per = tonumber(ARGV[at]), tonumber(ARGV[at + 1])
  local lock_count, lock_per = tonumber(ARGV[at + 2]), tonumber(ARGV[at + 3])
  local row = redis.call('HMGET', key, 'free_at', 'failures', 'failures_until')
  local free_at, failures = tonumber(row[1]) or now, tonumber(row[2]) or 0
  local failures_until = tonumber(row[3]) or now
  if lock_count > 0 and failures >= lock_count and failures_until > now then
    return string.format('%.0f', failures_until - now)
  end
  local start = math.max(free_at, now)
  local wait = start + step - (now + per)
  if wait > 0 then return string.format('%.0f', wait) end
  if failures_until <= now then failures = 0 end
  if lock_count > 0 then failures, failures_until = failures + 1, now + lock_per end
  rows[i] = {start + step, failures, failures_until}
end
for i, key in ipairs(KEYS) do
  local row = rows[i]
  redis.call('HSET', key, 'free_at', string.format('%.0f', row[1]), 'failures', row[2],
    'failures_until', string.format('%.0f', row[3]))
  redis.call('PEXPIRE', key, string.format('%.0f', (math.max(row[1], row[3]) - now) / 1000 + 1000))
end
return '0'
"""
_GIVE_BACK: Final = """
for i, key in ipairs(KEYS) do
  local step = tonumber(ARGV[i])
  local free_at = redis.call('HGET', key, 'free_at')
  if step == 0 then
    redis.call('DEL', key)
  elseif free_at then
    redis.call('HSET', key, 'free_at', string.format('%.0f', tonumber(free_at) - step))
  end
end
return '0'
"""


class _Counter(Protocol):
    @property
    def key(self) -> str: ...
    @property
    def rate(self) -> Rate: ...
    @property
    def lock(self) -> Rate | None: ...


class _Store(Protocol):
    async def take(self, counters: Sequence[Any], *, now: datetime) -> timedelta | None: ...
    async def give_back(self, counters: Sequence[Any]) -> None: ...


class RedisCounters:
    """Counters in Redis; while it does not answer, those of the database count, so that limits never disappear."""

    def __init__(self, url: str, *, otherwise: _Store) -> None:
        # Here and not above: most installations have no Redis, and the library would cost each of them memory.
        from redis.asyncio import Redis  # noqa: PLC0415 - slow to import, rarely needed
        from redis.asyncio.retry import Retry  # noqa: PLC0415 - slow to import, rarely needed
        from redis.backoff import NoBackoff  # noqa: PLC0415 - slow to import, rarely needed
        from redis.exceptions import RedisError  # noqa: PLC0415 - slow to import, rarely needed

        self._redis: Redis = Redis.from_url(
            url,
            socket_timeout=_TIMEOUT_S,
            socket_connect_timeout=_TIMEOUT_S,
            retry=Retry(NoBackoff(), 0),  # a script that ran, but whose answer was lost, would count twice
        )
        self._failures: tuple[type[Exception], ...] = (RedisError, OSError, TimeoutError)
        self._otherwise = otherwise
        self._slots = asyncio.Semaphore(_CONNECTIONS)  # waiting for one is no failure: the count stays in one place
        self._paused_until = 0.0

    async def take(self, counters: Sequence[_Counter], *, now: datetime) -> timedelta | None:
        """Take a try from all counters, or from none and say how long to wait."""
        arguments = [round(now.timestamp() * 1_000_000)]
        for counter in counters:
            lock = (counter.lock.count, counter.lock.per // _MICROSECOND) if counter.lock else (0, 0)
            arguments += [counter.rate.step // _MICROSECOND, counter.rate.per // _MICROSECOND, *lock]
        try:
            wait = await self._run(_TAKE, counters, arguments)
        except self._failures as error:
            self._pause(error)
            return await self._otherwise.take(counters, now=now)
        return wait * _MICROSECOND if wait else None

    async def give_back(self, counters: Sequence[_Counter]) -> None:
        """Return the try; a counter with a lock forgets its failures."""
        steps = [0 if counter.lock else counter.rate.step // _MICROSECOND for counter in counters]
        try:
            await self._run(_GIVE_BACK, counters, steps)
        except self._failures as error:
            self._pause(error)
            await self._otherwise.give_back(counters)

    async def close(self) -> None:
        """Close all connections."""
        await self._redis.aclose()

    async def _run(self, script: str, counters: Sequence[_Counter], arguments: list[int]) -> int:
        keys = [_PREFIX + counter.key for counter in counters]
        async with self._slots:
            if asyncio.get_running_loop().time() < self._paused_until:
                raise _PausedError
            asked = cast(
                "Awaitable[str]", self._redis.eval(script, len(keys), *keys, *[str(number) for number in arguments])
            )
            return int(await asked)

    def _pause(self, error: Exception) -> None:
        if isinstance(error, _PausedError):
            return
        self._paused_until = asyncio.get_running_loop().time() + _PAUSE_S
        log.warning("redis does not count, the database does", reason=str(error), for_s=_PAUSE_S)


class _PausedError(OSError):
    """Redis failed a moment ago and is left alone for now."""
