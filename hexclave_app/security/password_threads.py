"""Hashing passwords beside the event loop: in as many threads as there are cores, and no more.

More threads hash no faster: they fight for the cores and for memory, of which each hash takes 19 MiB. A burst of
sign-ins waits in line instead of taking the machine's memory. The line is the threads' own, so that a thread takes the
next password without waiting for the event loop to hand it over.
"""

import asyncio
import os
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from hexclave_app.security import passwords

THREADS: Final = max(os.cpu_count() or 1, 2)
_THREADS: Final = ThreadPoolExecutor(THREADS, thread_name_prefix="passwords")


async def hash_password(password: str) -> str:
    """Argon2id hash in PHC format."""
    return await asyncio.get_running_loop().run_in_executor(_THREADS, passwords.hash_password, password)


async def verify_password(password: str, encoded: str | None) -> tuple[bool, str | None]:
    """Whether the password fits, and a fresh hash to store when the old one is of a weaker kind."""
    return await asyncio.get_running_loop().run_in_executor(_THREADS, passwords.verify_password, password, encoded)
