"""Signing in, beside the machine's own argon2id rate and better-auth, in one run, as one table.

Rounds alternate as in the foundation's run. Limits of guessing are off, because one account is signed in all the time.
The last two rows compare one wrong password at a known and at an unknown account, one request at a time.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

import httpx
from sqlmodel import Session

from benchmarks.targets import (
    ROOT,
    better_auth,
    better_auth_requests,
    hexclave,
    hexclave_requests,
    http_request,
    measure,
    measure_once,
)
from hexclave_app.config.overrides import Level
from hexclave_app.db import Database
from hexclave_app.services import contact_channels, project_configs, verification_codes
from hexclave_app.services.tenancies import load
from models import VerificationCodeType
from models.base import utc_now

RESULTS = Path(__file__).resolve().parent / "results"
CONNECTIONS = 32
CODES_PER_ROUND = 1_500
EMAIL, PASSWORD = "bench@example.com", "correct horse battery"
CLIENT = {
    "x-hexclave-project-id": "internal",
    "x-hexclave-access-type": "client",
    "x-hexclave-client-version": "js @stackframe/js@2.8.108",
    "content-type": "application/json",
}

Round = dict[str, dict[str, float]]


def main() -> None:
    """Run everything and write `results/authentication.{md,json}`."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=3.0, help="length of one measurement")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        rounds = run(Path(folder), rounds=arguments.rounds, seconds=arguments.seconds)
    table = render(rounds)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "authentication.json").write_text(json.dumps(rounds, indent=1) + "\n")
    (RESULTS / "authentication.md").write_text(table)
    print(table)


def run(folder: Path, *, rounds: int, seconds: float) -> list[Round]:
    """Start the servers side by side and measure them in turn."""
    data = folder / "hexclave"
    with hexclave(data, HEXCLAVE_RATE_LIMITS="off") as ours, better_auth(folder) as peer:
        refresh = hexclave_requests(ours.port)["refresh"]
        peers = better_auth_requests(peer.port)
        codes = OneTimeCodes(data)
        repeated = {
            "hexclave sign-in": (ours.port, sign_in(EMAIL, PASSWORD)),
            "better-auth sign-in": (peer.port, peer_sign_in(peer.port)),
            "hexclave refresh": (ours.port, refresh),
            "better-auth refresh": (peer.port, peers["refresh"]),
            "hexclave JWKS": (ours.port, http_request("GET", "/api/v1/projects/internal/.well-known/jwks.json", {})),
            "better-auth JWKS": (peer.port, http_request("GET", "/api/auth/jwks", {})),
        }
        alone = {
            "wrong password, known account": sign_in(EMAIL, "wrong horse battery"),
            "wrong password, unknown account": sign_in("nobody@example.com", "wrong horse battery"),
        }
        for port, text in repeated.values():
            measure(port, text, connections=CONNECTIONS, seconds=1)  # warm-up
        return [
            {
                "argon2id": raw_rate(seconds),
                **{
                    name: measure(port, text, connections=CONNECTIONS, seconds=seconds)
                    for name, (port, text) in repeated.items()
                },
                "hexclave OTP sign-in": measure_once(ours.port, codes.requests(), folder, connections=CONNECTIONS),
                **{name: measure(ours.port, text, connections=1, seconds=seconds) for name, text in alone.items()},
            }
            for _ in range(rounds)
        ]


class OneTimeCodes:
    """Sign-in codes of the account, made as the product makes them but without mailing them."""

    def __init__(self, data: Path) -> None:
        self._db = Database(f"sqlite:///{data / 'hexclave.db'}")
        self._db.call(_prove_address)

    def requests(self) -> list[str]:
        """Redemptions, each of a code of its own."""
        codes = self._db.call(_issue_codes)
        return [http_request("POST", "/api/v1/auth/otp/sign-in", CLIENT, json.dumps({"code": code})) for code in codes]


def _prove_address(session: Session) -> None:
    channel = contact_channels.find_for_auth(session, tenancy_id=load(session, "internal", "main").id, email=EMAIL)
    if channel is None:
        raise RuntimeError("the account of the benchmark has no address")
    channel.is_verified = True
    enabled = {"auth.otp.allowSignIn": True}
    project_configs.patch(session, project_id="internal", level=Level.ENVIRONMENT, config=enabled)


def _issue_codes(session: Session) -> list[str]:
    tenancy_id = load(session, "internal", "main").id
    return [
        verification_codes.issue(
            session,
            tenancy_id=tenancy_id,
            type=VerificationCodeType.ONE_TIME_PASSWORD,
            data={"end_user": None},
            method={"email": EMAIL},
            now=utc_now(),
        ).code
        for _ in range(CODES_PER_ROUND)
    ]


def sign_in(email: str, password: str) -> str:
    """A sign-in as the SDK sends it."""
    return http_request(
        "POST", "/api/v1/auth/password/sign-in", CLIENT, json.dumps({"email": email, "password": password})
    )


def peer_sign_in(port: int) -> str:
    """The same at better-auth, which compares with scrypt."""
    headers = {"content-type": "application/json", "origin": f"http://127.0.0.1:{port}"}
    body = json.dumps({"email": EMAIL, "password": PASSWORD})
    httpx.post(f"http://127.0.0.1:{port}/api/auth/sign-in/email", headers=headers, content=body).raise_for_status()
    return http_request("POST", "/api/auth/sign-in/email", headers, body)


def raw_rate(seconds: float) -> dict[str, float]:
    """Password comparisons of a process that does nothing else."""
    command = [sys.executable, "-m", "benchmarks.argon2id", str(seconds)]
    rate = json.loads(subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout)
    return {"requests": rate * seconds, "seconds": seconds, "failures": 0, "p50_ms": 0.0, "p95_ms": 0.0}


def render(rounds: list[Round]) -> str:
    """The table of a run."""

    def rate(measured: dict[str, float]) -> float:
        return measured["requests"] / measured["seconds"]

    def ratio(name: str, other: str) -> float:
        return median(rate(one[name]) / rate(one[other]) for one in rounds)

    def middle(name: str, field: str) -> float:
        return median(one[name][field] for one in rounds)

    lines = [
        f"SQLite, one process, {CONNECTIONS} connections, {len(rounds)} rounds; wrong passwords one at a time.",
        "",
        "| target | per second | p50 ms | p95 ms | failures | of argon2id | of better-auth | goal |",
        "|---|---:|---:|---:|---:|---:|---:|---|",
    ]
    for name in rounds[0]:
        is_wrong = name.startswith("wrong")
        peer = name.replace("hexclave", "better-auth")
        beside = f"{ratio(name, peer):.1f} ×" if peer in rounds[0] and peer != name else ""
        failures = "all, as meant" if is_wrong else f"{sum(one[name]['failures'] for one in rounds):.0f}"
        share = f"{ratio(name, 'argon2id'):.0%}" if "sign-in" in name and "OTP" not in name else ""
        goal = "≥ 90% of argon2id" if name == "hexclave sign-in" else ""
        lines.append(
            f"| {name} | {median(rate(one[name]) for one in rounds):.0f} | {middle(name, 'p50_ms'):.1f}"
            f" | {middle(name, 'p95_ms'):.1f} | {failures} | {share} | {beside} | {goal} |"
        )
    known, unknown = (
        [one[f"wrong password, {who} account"]["p50_ms"] for one in rounds] for who in ("known", "unknown")
    )
    gap = median(a - b for a, b in zip(known, unknown, strict=True))
    noise = max(known) - min(known)
    lines += ["", f"A known account takes {gap:+.2f} ms beside an unknown one; rounds differ by {noise:.2f} ms.", ""]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
