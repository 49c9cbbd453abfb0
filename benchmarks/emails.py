"""Mails: rendering on one core, the outbox against a local SMTP sink, and a sign-in mail in front of a mailing.

The server is the whole product on SQLite with its one worker; the sink is a process of its own. A sign-in mail counts
from the request of the client until the sink has taken the mail.
"""

import argparse
import json
import platform
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import median, quantiles

import httpx
from sqlmodel import Session

from benchmarks.targets import ROOT, free_port, hexclave
from hexclave_app.config.builtins import TEMPLATES, THEMES
from hexclave_app.config.overrides import Level
from hexclave_app.gateways.mail.render_pool import RenderPool
from hexclave_app.installation import Installation
from hexclave_app.mail_templates.engine import RenderJob
from hexclave_app.services import project_configs
from hexclave_app.services.emails import mailings, queueing
from hexclave_app.services.emails.queueing import NewMail, Recipient
from hexclave_app.services.tenancies import load
from hexclave_app.settings import load_settings
from models import RecipientType
from models.base import utc_now

RESULTS = Path(__file__).resolve().parent / "results"
RENDERED = 1_000
SENT = 3_000
WAITING = 100_000
SIGN_INS = 60
INSERTED_AT_ONCE = 500
LIMIT_S = 300.0
CLIENT = {"x-hexclave-project-id": "internal", "x-hexclave-access-type": "client"}

Numbers = dict[str, float]


@dataclass(frozen=True)
class Sink:
    """A running SMTP sink and what it wrote down."""

    port: int
    journal: Path

    def taken(self) -> list[tuple[float, str]]:
        """Time and address of every mail."""
        lines = (line.split() for line in self.journal.read_text().splitlines())
        return [(float(parts[0]), parts[1]) for parts in lines if len(parts) == 2]


def main() -> None:
    """Run everything and write `results/emails.{md,json}`."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--waiting", type=int, default=WAITING, help="mails of the mailing before the sign-in mails")
    parser.add_argument("--note", default="", help="what else the machine did meanwhile")
    arguments = parser.parse_args()
    numbers: Numbers = {"rendering": median(rendering_rate() for _ in range(arguments.rounds))}
    with tempfile.TemporaryDirectory() as folder, sink(Path(folder)) as running:
        numbers |= sending(Path(folder) / "data", running, waiting=arguments.waiting)
    table = render(numbers, waiting=arguments.waiting, note=arguments.note)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "emails.json").write_text(json.dumps(numbers, indent=1) + "\n")
    (RESULTS / "emails.md").write_text(table)
    print(table)


def rendering_rate() -> float:
    """Built-in mails per second with one rendering process, its start not counted."""
    theme = THEMES[0].source
    jobs = [
        RenderJob(TEMPLATES[number % len(TEMPLATES)].source, theme, is_preview=True, user_name=f"User {number}")
        for number in range(RENDERED)
    ]
    pool = RenderPool(size=1)
    try:
        pool.render_now(jobs[:20])
        start = time.perf_counter()
        results = pool.render_now(jobs)
        seconds = time.perf_counter() - start
    finally:
        pool.close()
    if any(isinstance(result, str) for result in results):
        raise RuntimeError("a built-in mail does not render")
    return len(results) / seconds


def sending(data: Path, running: Sink, *, waiting: int) -> Numbers:
    """Throughput of the outbox, then sign-in mails while a mailing waits."""
    settings = {
        "HEXCLAVE_SMTP_HOST": "127.0.0.1",
        "HEXCLAVE_SMTP_PORT": str(running.port),
        "HEXCLAVE_SMTP_SECURITY": "none",
        "HEXCLAVE_SMTP_FROM": "noreply@example.com",
        "HEXCLAVE_EMAIL_CAPACITY_PER_HOUR": "100000000",
        "HEXCLAVE_RATE_LIMITS": "off",
    }
    with hexclave(data, **settings) as ours:
        installation = Installation(load_settings({"HEXCLAVE_DATA_DIR": str(data), **settings}))
        try:
            installation.db.call(_allow_sign_in)
            before = len(running.taken())
            start = time.time()
            _queue(installation, "throughput", SENT)
            _wait_for(running, before + SENT)
            seconds = max(moment for moment, _ in running.taken()) - start
            _queue(installation, "mailing", waiting)
            sent_before = len(running.taken())
            latencies = [_sign_in_latency(ours.port, running, number) for number in range(SIGN_INS)]
            left = waiting - (len(running.taken()) - sent_before)
            acknowledged_ms = _acknowledge(installation)
        finally:
            installation.close()
    return {
        "sending": SENT / seconds,
        "sign_in_p50_ms": 1000 * median(latencies),
        "sign_in_p95_ms": 1000 * quantiles(latencies, n=20)[-1],
        "still_waiting": max(0, left),
        "acknowledged_ms": acknowledged_ms,
    }


@contextmanager
def sink(folder: Path) -> Iterator[Sink]:
    """Run the SMTP sink."""
    running = Sink(free_port(), folder / "journal.txt")
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.smtp_sink", str(running.port), str(running.journal)], cwd=ROOT
    )
    try:
        while not running.journal.exists():
            time.sleep(0.05)
        yield running
    finally:
        process.terminate()
        process.wait(10)


def render(numbers: Numbers, *, waiting: int, note: str = "") -> str:
    """The numbers beside their goals."""
    behind = f"sign-in mail behind {waiting:,} queued mails, request → SMTP"
    rows = [
        ("built-in mails rendered per second and core", numbers["rendering"], "≥ 300"),
        ("mails per second through the outbox, one worker, local SMTP sink", numbers["sending"], "≥ 150"),
        (f"{behind}, p50 (ms)", numbers["sign_in_p50_ms"], ""),
        (f"{behind}, p95 (ms)", numbers["sign_in_p95_ms"], "≤ 1000"),
        ("mails of the mailing still waiting after the last sign-in mail", numbers["still_waiting"], "> 0"),
        (f"storing a mailing to {WAITING:,} users, one transaction (ms)", numbers["acknowledged_ms"], ""),
    ]
    machine = f"{platform.machine()}, Python {platform.python_version()}"
    where = f"SQLite, one process with one worker ({machine}). {note}".strip()
    lines = [where, "", "| | measured | goal |", "|---|---:|---:|"]
    return "\n".join([*lines, *(f"| {name} | {value:,.0f} | {goal} |" for name, value, goal in rows), ""])


def _allow_sign_in(session: Session) -> None:
    enabled = {"auth.otp.allowSignIn": True}
    project_configs.patch(session, project_id="internal", level=Level.ENVIRONMENT, config=enabled)


def _queue(installation: Installation, name: str, count: int) -> None:
    template = next(template for template in TEMPLATES if template.kind == "email_verification")
    tenancy = installation.db.call(load, "internal", "main")
    mail = NewMail(
        source=template.source,
        scheduled_at=utc_now(),
        theme_id=THEMES[0].id,
        variables={"emailVerificationLink": "https://example.com/verify?code=abc"},
        skip_deliverability_check=True,
    )
    for start in range(0, count, INSERTED_AT_ONCE):
        to = [
            Recipient(RecipientType.CUSTOM_EMAILS, None, [f"{name}-{number}@example.com"])
            for number in range(start, min(start + INSERTED_AT_ONCE, count))
        ]
        installation.db.call(queueing.add, installation=installation, tenancy_id=tenancy.id, mail=mail, to=to)


def _acknowledge(installation: Installation) -> float:
    """How long a request to everybody keeps the others from writing: milliseconds."""
    tenancy = installation.db.call(load, "internal", "main")
    mail = NewMail(source=TEMPLATES[0].source, scheduled_at=utc_now() + timedelta(days=1))
    user_ids = [uuid.uuid4() for _ in range(WAITING)]
    start = time.perf_counter()
    installation.db.call(
        mailings.enlist,
        installation=installation,
        tenancy_id=tenancy.id,
        mail=mail,
        user_ids=user_ids,
        now=utc_now(),
    )
    return 1000 * (time.perf_counter() - start)


def _sign_in_latency(port: int, running: Sink, number: int) -> float:
    address = f"sign-in-{number}@example.com"
    body = {"email": address, "callback_url": "http://localhost:3000/handler/magic-link-callback"}
    start = time.time()
    answer = httpx.post(f"http://127.0.0.1:{port}/api/v1/auth/otp/send-sign-in-code", json=body, headers=CLIENT)
    answer.raise_for_status()
    until = start + LIMIT_S
    while time.time() < until:
        # Only the end of the journal is new.
        with running.journal.open("rb") as file:
            file.seek(max(0, running.journal.stat().st_size - 100_000))
            for line in file.read().decode().splitlines():
                moment, _, recipient = line.partition(" ")
                if recipient == address:
                    return float(moment) - start
        time.sleep(0.005)
    raise TimeoutError(address)


def _wait_for(running: Sink, count: int) -> None:
    until = time.time() + LIMIT_S
    while len(running.taken()) < count:
        if time.time() > until:
            raise TimeoutError(f"{len(running.taken())} of {count} mails arrived")
        time.sleep(0.2)


if __name__ == "__main__":
    main()
