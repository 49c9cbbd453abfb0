"""What is counted before a step is made: guesses, mails, new accounts, polls. `services/attempts.py` counts.

Everything that a visitor can repeat has a limit per target, per network address (where it is known for sure) and per
project. Servers are trusted with their own addresses and mails, but not with guesses at one account.
"""

import uuid
from collections.abc import Sequence
from typing import Final

from hexclave_app.errors import TooManyAttempts
from hexclave_app.security.hashing import token_hash
from hexclave_app.security.rate_limits import Rate
from hexclave_app.services.attempts import Counter
from hexclave_app.services.contact_channels import normalise_email
from hexclave_app.services.sessions import SignInContext

Taken = Sequence[Counter]
NOTHING: Final[Taken] = ()


async def guess(context: SignInContext, *, account: str | None) -> Taken:
    """Take a guess at an account (an address or a user id), to be given back when it was right.

    Unknown accounts count like known ones: nothing tells them apart.
    """
    limits = context.installation.settings.attempt_limits
    if limits is None:
        return NOTHING
    key = [_counter(context, "account", token_hash(account), limits.account, lock=limits.lock)] if account else []
    return await _take(
        context, [*key, *_address(context, "ip", limits.ip), _project(context, "project", limits.project)]
    )


async def give_back(context: SignInContext, taken: Taken) -> None:
    """The guess was right."""
    if taken:
        await context.installation.counters.give_back(taken)


async def mail(context: SignInContext, *, recipient: str | uuid.UUID) -> None:
    """Take a mail with a code or link, to an address or to the addresses of one user."""
    limits = context.installation.settings.attempt_limits
    if limits is None or context.is_server:
        return
    target = recipient if isinstance(recipient, str) else str(recipient)
    counters = [
        _counter(context, "mail", token_hash(normalise_email(target)), limits.mail),
        *_address(context, "mail-ip", limits.mail_ip),
        _project(context, "mail-project", limits.mail_project),
    ]
    await _take(context, counters)


async def sign_up(context: SignInContext) -> None:
    """Take a new account, anonymous or not."""
    limits = context.installation.settings.attempt_limits
    if limits is None or context.is_server:
        return
    addresses = _address(context, "sign-up-ip", limits.sign_up_ip)
    await _take(context, [*addresses, _project(context, "sign-up-project", limits.project)])


async def poll(context: SignInContext, *, code: str) -> None:
    """Take a question of a waiting command line."""
    limits = context.installation.settings.attempt_limits
    if limits is not None:
        await _take(context, [_counter(context, "poll", token_hash(code), limits.poll)])


async def ceremony(context: SignInContext) -> None:
    """Take the beginning of something that ends elsewhere, such as in a browser: each is a row, whoever asks for it."""
    limits = context.installation.settings.attempt_limits
    if limits is None or context.is_server:
        return
    addresses = _address(context, "ceremony-ip", limits.ip)
    await _take(context, [*addresses, _project(context, "ceremony-project", limits.project)])


def _counter(context: SignInContext, kind: str, target: str, rate: Rate, lock: Rate | None = None) -> Counter:
    return Counter(f"{kind}:{context.tenancy.id}:{target}", rate, lock)


def _address(context: SignInContext, kind: str, rate: Rate) -> list[Counter]:
    """Nothing where the address is not known for sure: behind somebody's own proxy all visitors seem to be one."""
    return [_counter(context, kind, context.address, rate)] if context.address and not context.is_server else []


def _project(context: SignInContext, kind: str, rate: Rate) -> Counter:
    return Counter(f"{kind}:{context.tenancy.id}", rate)


async def _take(context: SignInContext, counters: Taken) -> Taken:
    wait = await context.installation.counters.take(counters, now=context.now)
    if wait is not None:
        raise TooManyAttempts(retry_after=wait)
    return counters
