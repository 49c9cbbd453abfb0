"""The foundation's figures beside a bare ASGI endpoint and better-auth, in one run, as one table.

Rounds of all targets alternate, so that a machine whose speed drifts treats them alike; figures are medians of
the rounds, ratios are medians of the ratios within each round.
"""

import argparse
import json
import platform
import tempfile
from pathlib import Path
from statistics import median

from benchmarks.targets import (
    bare,
    better_auth,
    better_auth_requests,
    cpu_share,
    hexclave,
    hexclave_requests,
    http_request,
    measure,
    memory_mb,
)

RESULTS = Path(__file__).resolve().parent / "results"
CONNECTIONS = 32
_GOALS = {"hexclave me": 0.20, "hexclave refresh": 0.10}


def main() -> None:
    """Run everything and write `results/foundation.{md,json}`."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=3.0, help="length of one measurement")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        raw = run(Path(folder), rounds=arguments.rounds, seconds=arguments.seconds)
    table = render(raw)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "foundation.json").write_text(json.dumps(raw, indent=1) + "\n")
    (RESULTS / "foundation.md").write_text(table)
    print(table)


def run(folder: Path, *, rounds: int, seconds: float) -> dict[str, object]:
    """Start the servers side by side and measure them in turn."""
    with bare() as limit, hexclave(folder / "hexclave") as ours, better_auth(folder) as peer:
        idle = {"memory_mb": memory_mb(ours.pid), "cpu": cpu_share(ours.pid, 10), "start_s": ours.started_in_s}
        requests = {"bare": (limit.port, http_request("GET", "/", {}))}
        requests |= {f"hexclave {name}": (ours.port, text) for name, text in hexclave_requests(ours.port).items()}
        requests |= {f"better-auth {name}": (peer.port, text) for name, text in better_auth_requests(peer.port).items()}
        for port, text in requests.values():
            measure(port, text, connections=CONNECTIONS, seconds=1)  # warm-up
        series = [
            {
                name: measure(port, text, connections=CONNECTIONS, seconds=seconds)
                for name, (port, text) in requests.items()
            }
            for _ in range(rounds)
        ]
        loaded = {"memory_mb": memory_mb(ours.pid)}
    return {"machine": f"{platform.machine()}, Python {platform.python_version()}", "idle": idle, "loaded": loaded,
            "connections": CONNECTIONS, "rounds": series}  # fmt: skip


def render(raw: dict[str, object]) -> str:
    """The table of a run."""
    rounds: list[dict[str, dict[str, float]]] = raw["rounds"]  # type: ignore[assignment]  # our own JSON
    idle: dict[str, float] = raw["idle"]  # type: ignore[assignment]  # our own JSON

    def rate(measured: dict[str, float]) -> float:
        return measured["requests"] / measured["seconds"]

    def ratio(name: str, other: str) -> float:
        return median(rate(one[name]) / rate(one[other]) for one in rounds)

    lines = [
        f"SQLite, one process, {raw['connections']} connections, {len(rounds)} rounds ({raw['machine']}).",
        "",
        "| target | requests/s | p50 ms | p95 ms | failures | of bare ASGI | of better-auth | goal |",
        "|---|---:|---:|---:|---:|---:|---:|---|",
    ]
    for name in rounds[0]:
        peer = name.replace("hexclave", "better-auth")
        beside = f"{ratio(name, peer):.1f} ×" if peer in rounds[0] and peer != name else ""
        goal = f"≥ {_GOALS[name]:.0%} of bare, ≥ 3 ×" if name in _GOALS else ""
        lines.append(
            f"| {name} | {median(rate(one[name]) for one in rounds):.0f}"
            f" | {median(one[name]['p50_ms'] for one in rounds):.1f}"
            f" | {median(one[name]['p95_ms'] for one in rounds):.1f}"
            f" | {sum(one[name]['failures'] for one in rounds):.0f}"
            f" | {ratio(name, 'bare'):.0%} | {beside} | {goal} |"
        )
    lines += [
        "",
        (
            f"Idle server: {idle['memory_mb']:.0f} MB resident (goal ≤ 250),"
            f" {idle['cpu']:.1%} of one core (goal ≤ 2 %),"
            f" answering {idle['start_s']:.1f} s after its start with up-to-date pages."
        ),
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
