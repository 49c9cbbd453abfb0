"""Cloudflare Turnstile: asking whether a challenge was passed (contract 03, section 8.1)."""

from dataclasses import dataclass
from typing import Final

import anyio
import httpx2
from pydantic import BaseModel, ConfigDict, ValidationError

from hexclave_app.gateways.oauth.http import HEADERS, TIMEOUT, GuardedTransport

DEFAULT_URL: Final = "https://challenges.cloudflare.com/turnstile/v0/siteverify"
LIMIT_S: Final = 10  # no second try: somebody is waiting


class Verification(BaseModel):
    """What the service says about a token."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    success: bool
    hostname: str | None = None
    action: str | None = None


class TurnstileUnavailable(Exception):
    """The service did not answer, or not in its own terms."""


@dataclass(frozen=True, slots=True)
class Turnstile:
    """The service as it is configured."""

    secret_key: str
    verify_url: str = ""
    """Empty: Cloudflare's own; another one is the operator's, and may be local and without TLS."""

    async def verify(self, token: str, *, ip: str | None) -> Verification:
        """Ask once; raises TurnstileUnavailable."""
        form = {"secret": self.secret_key, "response": token} | ({"remoteip": ip} if ip else {})
        transport = GuardedTransport(named_by_operator=self.verify_url)
        try:
            with anyio.fail_after(LIMIT_S):
                async with httpx2.AsyncClient(transport=transport, headers=HEADERS, timeout=TIMEOUT) as client:
                    answer = await client.post(self.verify_url or DEFAULT_URL, data=form)
            return Verification.model_validate_json(answer.raise_for_status().content)
        except (httpx2.HTTPError, TimeoutError, ValidationError) as error:
            raise TurnstileUnavailable(str(error)) from error
