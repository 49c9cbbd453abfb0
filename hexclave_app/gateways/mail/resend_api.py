"""The operator's Resend account: sending and domains, through Resend's own library."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from hexclave_app.gateways.mail.failures import ErrorType, SendFailure
from hexclave_app.gateways.mail.messages import OutgoingMail, checked_address

TIMEOUT_S: Final = 20
_TEMPORARY: Final = ("rate_limit_exceeded", "internal_server_error", "application_error", "HttpClientError")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ResendAccount:
    """Which account; `api_base` is only for tests against a stand-in."""

    api_key: str
    api_base: str = ""


class DomainTaken(Exception):
    """Resend knows the domain already, perhaps from somebody else."""


async def send(account: ResendAccount, mail: OutgoingMail) -> str:
    """Hand a mail over; returns the provider's id of it. Repeating it with the same mail sends once."""
    sender = f"{_quoted(mail.sender.name)} <{checked_address(mail.sender.email)}>"
    params: dict[str, Any] = {
        "from": sender,
        "to": [checked_address(address) for address in mail.to],
        "subject": mail.subject,
        "text": mail.text,
        "headers": mail.list_headers,
    }
    if mail.html is not None:
        params["html"] = mail.html
    options = {"idempotency_key": mail.idempotency_key}

    def work(library: Any) -> str:  # noqa: ANN401 - the library's module
        return str(library.Emails.send(params, options)["id"])

    return await _call(account, work)


async def create_domain(account: ResendAccount, name: str) -> dict[str, Any]:
    """Register a domain; the answer has its id, status and DNS records. Raises DomainTaken."""

    def work(library: Any) -> dict[str, Any]:  # noqa: ANN401 - the library's module
        return dict(library.Domains.create({"name": name}))

    try:
        return await _call(account, work)
    except SendFailure as failure:
        if "already" in failure.message or "exists" in failure.message:
            raise DomainTaken(failure.message) from failure
        raise


async def verify_domain(account: ResendAccount, domain_id: str) -> dict[str, Any]:
    """Ask Resend to look at the DNS; returns the domain as it is known now."""

    def work(library: Any) -> dict[str, Any]:  # noqa: ANN401 - the library's module
        library.Domains.verify(domain_id)
        return dict(library.Domains.get(domain_id))

    return await _call(account, work)


async def remove_domain(account: ResendAccount, domain_id: str) -> None:
    """Forget a domain."""
    await _call(account, lambda library: library.Domains.remove(domain_id))


async def create_sending_key(account: ResendAccount, *, name: str, domain_id: str) -> str:
    """A key that can only send, and only from this domain."""
    params = {"name": name[:50], "permission": "sending_access", "domain_id": domain_id}

    def work(library: Any) -> str:  # noqa: ANN401 - the library's module
        return str(library.ApiKeys.create(params)["token"])

    return await _call(account, work)


async def _call(account: ResendAccount, work: Callable[[Any], T]) -> T:
    return await asyncio.to_thread(_in_library, account, work)


def _in_library(account: ResendAccount, work: Callable[[Any], T]) -> T:
    import resend  # noqa: PLC0415 - 15 MB that an installation without Resend does not need
    from resend.exceptions import ResendError  # noqa: PLC0415 - slow to import, rarely needed

    resend.api_key = account.api_key  # one account per installation
    if account.api_base:
        resend.api_url = account.api_base
    resend.default_http_client = resend.RequestsClient(timeout=TIMEOUT_S)
    try:
        return work(resend)
    except ResendError as error:
        raise _failure(error) from error


def _failure(error: Any) -> SendFailure:  # noqa: ANN401 - the library's exception
    text, kind = str(error), str(getattr(error, "error_type", ""))
    code = int(error.code) if str(getattr(error, "code", "")).isdecimal() else 0
    if code in (401, 403) and "key" in kind:
        return SendFailure(ErrorType.AUTH_FAILED, f"Resend refused the API key: {text}")
    if code == 429 or code >= 500 or kind in _TEMPORARY:
        # The idempotency key makes another try safe, even when the first one was accepted.
        return SendFailure(ErrorType.TEMPORARY, f"Resend is temporarily unavailable: {text}")
    return SendFailure(ErrorType.REJECTED, f"Resend rejected the request: {text}")


def _quoted(name: str) -> str:
    plain = " ".join(name.split()).replace("\\", "").replace('"', "'")
    return f'"{plain}"'
