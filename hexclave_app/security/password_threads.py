"""Hashing passwords beside the event loop: in as many threads as there are cores, and no more.

More threads hash no faster: they fight for the cores and for memory, of which each hash takes 19 MiB. A burst of
sign-ins waits in line instead of taking the machine's memory.
"""

import os
from typing import Final

from anyio import CapacityLimiter, to_thread
from anyio.lowlevel import RunVar

from hexclave_app.security import passwords

THREADS: Final = max(os.cpu_count() or 1, 2)
_limiter: RunVar[CapacityLimiter] = RunVar("password_threads")


async def hash_password(password: str) -> str:
    """Argon2id hash in PHC format."""
    return await to_thread.run_sync(passwords.hash_password, password, limiter=_own_limiter())


async def verify_password(password: str, encoded: str | None) -> tuple[bool, str | None]:
    """Whether the password fits, and a fresh hash to store when the old one is of a weaker kind."""
    return await to_thread.run_sync(passwords.verify_password, password, encoded, limiter=_own_limiter())


def _own_limiter() -> CapacityLimiter:
    try:
        return _limiter.get()
    except LookupError:
        created = CapacityLimiter(THREADS)
        _limiter.set(created)
        return created
