"""Asking Emailable whether an address can receive mail; whatever goes wrong there counts as yes."""

import asyncio
import random
from dataclasses import dataclass
from typing import Any, Final

import httpx2
import structlog

from hexclave_app.gateways.oauth.http import GuardedTransport

log = structlog.get_logger()

URL: Final = "https://api.emailable.com/v1/verify"
SWITCHED_OFF: Final = "disable_email_validation"
TRIES: Final = 4
PAUSE_S: Final = 4.0
_STILL_WORKING: Final = 249
_NEVER: Final = "emailable-not-deliverable.example.com"  # the contract's test domain
_ALWAYS: Final = "example.com"


@dataclass(frozen=True, slots=True)
class Undeliverable:
    """An address that was found to be none."""

    email: str
    response: dict[str, Any]


async def find_undeliverable(emails: tuple[str, ...], *, api_key: str, is_local: bool) -> Undeliverable | None:
    """The first address that cannot receive mail."""
    for email in emails:
        domain = email.rpartition("@")[2].lower()
        if domain == _NEVER:
            return Undeliverable(email, {"state": "undeliverable", "reason": "test domain"})
        if is_local and (domain == _ALWAYS or domain.endswith(f".{_ALWAYS}")):
            continue
        if not api_key or api_key == SWITCHED_OFF:
            continue
        response = await _ask(email, api_key)
        if response.get("state") == "undeliverable":
            return Undeliverable(email, response)
    return None


async def _ask(email: str, api_key: str) -> dict[str, Any]:
    try:
        async with httpx2.AsyncClient(transport=GuardedTransport()) as client:
            for attempt in range(TRIES):
                answer = await client.get(URL, params={"email": email}, headers={"authorization": f"Bearer {api_key}"})
                if answer.status_code != _STILL_WORKING:
                    found = answer.json() if answer.is_success else {}
                    return found if isinstance(found, dict) else {}
                await asyncio.sleep(PAUSE_S * 2**attempt * random.uniform(0.5, 1.5))  # noqa: S311 - jitter
    except (httpx2.HTTPError, ValueError) as error:
        log.warning("the deliverability check failed", error=str(error))
    return {}
