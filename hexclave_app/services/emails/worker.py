"""The mail worker of a server process: render, queue, send; woken after each commit that queued a mail.

Expanding mailings, rendering and sending are loops of their own, so that none waits for another. Sends run side by
side; a part of the places is kept for mails of high priority, and no tenancy gets all of them, so that neither a large
mailing nor a slow server holds up anybody else. Everything it knows is in the rows: it may be killed at any point, and
any number may run.
"""

import asyncio
import time
import uuid
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Final

import structlog
from sqlmodel import Session

from hexclave_app.gateways.mail import deliverability, resend_api
from hexclave_app.gateways.mail.failures import ErrorType, SendFailure
from hexclave_app.gateways.mail.smtp import SmtpPool
from hexclave_app.installation import Installation
from hexclave_app.services.emails import addressing, capacity, lanes, mailings, rendering, sending, suppressions
from hexclave_app.services.emails.addressing import Delivery
from hexclave_app.services.emails.sending import Claim, Quota
from hexclave_app.services.emails.transports import Kind, Transport
from models import EmailStage
from models.base import utc_now

log = structlog.get_logger()

POLL_S: Final = 1.0
RECOVER_EVERY_S: Final = 15.0
MAX_IN_FLIGHT: Final = 60
FOR_URGENT: Final = 20  # of these, for mails of high priority only
MAX_PER_TENANCY: Final = 25
AT_ONCE: Final = 10  # mails claimed in one transaction, which keeps the event loop to itself meanwhile
LOW_WATER: Final = 10  # mails in flight at which more are claimed
CAPACITY_KEPT_S: Final = 30.0  # measuring it reads a month of mails
SEND_LIMIT_S: Final = 90.0  # less than the time after which a claim is taken back


class EmailWorker:
    """One worker; `run` for ever, or one `step` at a time."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation
        self._connections = SmtpPool()
        self._in_flight: dict[asyncio.Task[None], uuid.UUID] = {}
        self._capacities: dict[uuid.UUID, tuple[float, float]] = {}
        self._rendered = asyncio.Event()
        self._recover_at = 0.0
        self._marks = {kind: Together(partial(self._mark, kind)) for kind in Kind}
        self._ends = {kind: Together(partial(self._end, kind)) for kind in Kind}

    async def run(self) -> None:
        """Work until cancelled; mails in flight are given a moment to finish."""
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._run_mailings())
                group.create_task(self._run_rendering())
                group.create_task(self._run_sending())
        finally:
            if self._in_flight:
                await asyncio.wait(self._in_flight, timeout=1.0)
            for task in self._in_flight:
                task.cancel()
            self._connections.close()

    async def step(self) -> None:
        """One whole round: everything claimed in it is rendered or sent when it returns."""
        await self._expand()
        await self._render_batch()
        self._recover_at = 0.0
        await self._send_batch()
        while self._in_flight:
            await asyncio.wait(set(self._in_flight))
        self._connections.close()

    async def _run_mailings(self) -> None:
        while True:
            began, made = time.monotonic(), 0
            try:
                made = await self._expand()
            except Exception:  # the edge of a job: logged, and the next round tries again
                log.exception("expanding a mailing failed")
            if made:
                await asyncio.sleep(time.monotonic() - began)  # half of the time belongs to others
            else:
                await self._installation.mailing_bell.wait(POLL_S)

    async def _expand(self) -> int:
        return await self._installation.db.run(mailings.expand, installation=self._installation)

    async def _run_rendering(self) -> None:
        while True:
            began, has_more = time.monotonic(), False
            try:
                has_more = await self._render_batch()
            except Exception:  # the edge of a job: logged, and the next round tries again
                log.exception("rendering mails failed")
            if has_more:
                # Half of the time belongs to others; a new mail, which may be urgent, ends the pause.
                await self._installation.mail_bell.wait(time.monotonic() - began)
                continue
            self._installation.renderer.close_idle()
            await self._installation.mail_bell.wait(POLL_S)

    async def _run_sending(self) -> None:
        while True:
            self._rendered.clear()
            try:
                if await self._send_batch():
                    await asyncio.sleep(0)  # let what was claimed begin
                    continue
            except Exception:  # the edge of a job: logged, and the next round tries again
                log.exception("sending mails failed")
            self._connections.close_idle()
            try:
                async with asyncio.timeout(POLL_S):
                    await self._rendered.wait()
            except TimeoutError:
                continue

    async def _render_batch(self) -> bool:
        db = self._installation.db
        tasks = await db.run(rendering.claim, installation=self._installation, now=utc_now())
        if not tasks:
            return False
        results = await self._installation.renderer.render([task.job for task in tasks])
        await db.run(
            rendering.save,
            installation=self._installation,
            results=list(zip(tasks, results, strict=True)),
            now=utc_now(),
        )
        self._rendered.set()
        return True

    async def _send_batch(self) -> bool:
        """Claim what may go now; tells whether there may be more at once."""
        db = self._installation.db
        if time.monotonic() >= self._recover_at:
            self._recover_at = time.monotonic() + RECOVER_EVERY_S
            await db.run(_recover, now=utc_now())
        queued = await db.run(sending.queue_due, now=utc_now())
        claimed = 0
        for tenancy_id in await db.read(lanes.tenancies_at, EmailStage.QUEUE):
            claimed += await self._send_of(tenancy_id)
        return bool(claimed or queued == sending.DUE_BATCH)

    async def _send_of(self, tenancy_id: uuid.UUID) -> int:
        counts = Counter(self._in_flight.values())
        free = min(MAX_IN_FLIGHT - len(self._in_flight), MAX_PER_TENANCY - counts[tenancy_id])
        if free <= 0:
            return 0
        others = min(free, MAX_IN_FLIGHT - FOR_URGENT - len(self._in_flight), MAX_PER_TENANCY - 5 - counts[tenancy_id])
        quota = Quota(min(free, AT_ONCE), max(0, min(others, AT_ONCE)), await self._capacity(tenancy_id))
        count, deliveries = await self._installation.db.run(
            addressing.claim, installation=self._installation, tenancy_id=tenancy_id, quota=quota, now=utc_now()
        )
        for delivery in deliveries:
            task = asyncio.create_task(self._send(delivery))
            self._in_flight[task] = tenancy_id
            task.add_done_callback(self._landed)
        return count

    def _landed(self, task: asyncio.Task[None]) -> None:
        del self._in_flight[task]
        if len(self._in_flight) <= LOW_WATER:
            self._rendered.set()

    async def _capacity(self, tenancy_id: uuid.UUID) -> float:
        known = self._capacities.get(tenancy_id)
        if known is not None and known[1] > time.monotonic():
            return known[0]
        found = await self._installation.db.scan(
            capacity.measure,
            tenancy_id=tenancy_id,
            default_per_hour=self._installation.settings.email_capacity_per_hour,
            now=utc_now(),
        )
        self._capacities[tenancy_id] = (found.per_hour, time.monotonic() + CAPACITY_KEPT_S)
        return found.per_hour

    async def _send(self, delivery: Delivery) -> None:
        db, claim = self._installation.db, delivery.claim
        try:
            async with asyncio.timeout(SEND_LIMIT_S):
                await self._deliver(delivery)
        except SendFailure as failure:
            await db.run(sending.fail, claim=claim, failure=failure, now=utc_now())
        except TimeoutError:
            slow = SendFailure(ErrorType.TIMEOUT, "Sending the mail took too long.")
            await db.run(sending.fail, claim=claim, failure=slow, now=utc_now())
        except Exception as error:  # the edge of a job: nothing of one mail may touch another
            log.exception("sending a mail failed", mail_id=str(claim.mail_id))
            await db.run(sending.fail, claim=claim, failure=_unexpected(error), now=utc_now())

    async def _deliver(self, delivery: Delivery) -> None:
        db, settings = self._installation.db, self._installation.settings
        claim, transport = delivery.claim, delivery.transport
        if not settings.email_sending:
            raise SendFailure(ErrorType.SENDING_DISABLED, "Sending mails is switched off on this installation.")
        if delivery.needs_check:
            found = await deliverability.find_undeliverable(
                delivery.mail.to, api_key=settings.emailable_api_key, is_local=settings.is_local
            )
            if found is not None:
                details = {"emailableResponse": found.response, "email": found.email}
                await db.run(sending.skip, claim=claim, reason="LIKELY_NOT_DELIVERABLE", details=details, now=utc_now())
                return
        await self._hand_over(claim, delivery, transport)

    async def _hand_over(self, claim: Claim, delivery: Delivery, transport: Transport) -> None:
        """Give the mail away and note it; a claim that was lost is neither sent nor noted."""

        async def mark() -> bool:
            return await self._marks[transport.kind].add(claim)

        if transport.account is not None:
            if not await mark():
                return
            message_id = await resend_api.send(transport.account, delivery.mail)
            await self._installation.db.run(
                sending.finish,
                claim=claim,
                transport=transport.kind,
                message_id=message_id,
                reports_delivery=transport.reports_delivery,
                now=utc_now(),
            )
            return
        if transport.server is not None:
            bad = await self._connections.send(transport.server, delivery.mail, now=utc_now(), hand_over=mark)
            if bad:
                await self._installation.db.run(
                    suppressions.note_refused, tenancy_id=claim.tenancy_id, mailboxes=bad, now=utc_now()
                )
        await self._ends[transport.kind].add(claim)

    async def _mark(self, kind: Kind, claims: Sequence[Claim]) -> set[Claim]:
        db = self._installation.db
        return await db.run(sending.hand_over, claims=claims, transport=kind, now=utc_now())

    async def _end(self, kind: Kind, claims: Sequence[Claim]) -> set[Claim]:
        db = self._installation.db
        await db.run(sending.finish_unreported, claims=claims, transport=kind, now=utc_now())
        return set(claims)


class Together:
    """Notes about many mails that come at the same moment, written in one transaction."""

    def __init__(self, work: Callable[[Sequence[Claim]], Awaitable[set[Claim]]]) -> None:
        self._work = work
        self._waiting: list[tuple[Claim, asyncio.Future[bool]]] = []
        self._running: asyncio.Task[None] | None = None

    async def add(self, claim: Claim) -> bool:
        """Take part in the next transaction; whether the claim was among those it still found."""
        answer: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting.append((claim, answer))
        if self._running is None or self._running.done():
            self._running = asyncio.create_task(self._write())
        return await answer

    async def _write(self) -> None:
        while self._waiting:
            await asyncio.sleep(0)  # what else is ready now joins
            batch, self._waiting = self._waiting, []
            try:
                kept = await self._work([claim for claim, _ in batch])
            except Exception as error:  # noqa: BLE001 - handed to everybody who waits for it
                for _, answer in batch:
                    if not answer.done():
                        answer.set_exception(error)
                continue
            for claim, answer in batch:
                if not answer.done():
                    answer.set_result(claim in kept)


def _unexpected(error: Exception) -> SendFailure:
    return SendFailure(ErrorType.UNKNOWN, "An unexpected error happened while the mail was sent.", internal=repr(error))


def _recover(session: Session, *, now: datetime) -> None:
    rendering.unstick(session, now=now)
    sending.recover(session, now=now)
