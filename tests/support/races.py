"""Requests that run at the same time."""

from collections.abc import Awaitable, Sequence

import anyio
import httpx


async def at_once(calls: Sequence[Awaitable[httpx.Response]]) -> list[httpx.Response]:
    """The answers of requests that were sent together, in the order of their arrival."""
    answers: list[httpx.Response] = []

    async def run(call: Awaitable[httpx.Response]) -> None:
        answers.append(await call)

    async with anyio.create_task_group() as group:
        for call in calls:
            group.start_soon(run, call)
    return answers


def statuses(answers: Sequence[httpx.Response]) -> list[int]:
    """The status codes, sorted."""
    return sorted(answer.status_code for answer in answers)
