"""Waking a waiting task of this process from any thread, for example after the commit of what it waits for."""

import asyncio
import threading


class Bell:
    """Rings for whoever waits; rings that nobody waited for are remembered as one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._has_rung = False
        self._waiting: tuple[asyncio.AbstractEventLoop, asyncio.Event] | None = None

    def ring(self) -> None:
        """Wake the waiting task, from any thread."""
        with self._lock:
            self._has_rung = True
            waiting = self._waiting
        if waiting is not None and not waiting[0].is_closed():
            waiting[0].call_soon_threadsafe(waiting[1].set)

    async def wait(self, timeout_s: float) -> bool:
        """Wait for a ring, at most so long; tells whether there was one."""
        event = asyncio.Event()
        with self._lock:
            if self._has_rung:
                self._has_rung = False
                return True
            self._waiting = (asyncio.get_running_loop(), event)
        try:
            async with asyncio.timeout(timeout_s):
                await event.wait()
        except TimeoutError:
            return False
        finally:
            with self._lock:
                self._waiting = None
        with self._lock:
            self._has_rung = False
        return True
