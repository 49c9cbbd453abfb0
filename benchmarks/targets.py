"""The servers that are measured, each started fresh, and the requests that are sent to them."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parent.parent
PEERS = ROOT / "benchmarks" / "peers"
BINARIES = Path(sys.executable).parent
START_LIMIT_S = 180
_ACCOUNT = {"email": "bench@example.com", "password": "correct horse battery"}


@dataclass(frozen=True)
class Running:
    """A server that answers."""

    port: int
    pid: int
    started_in_s: float


def http_request(method: str, path: str, headers: Mapping[str, str], body: str = "") -> str:
    """The bytes of an HTTP/1.1 request, as Latin-1 text."""
    lines = [f"{method} {path} HTTP/1.1", "host: 127.0.0.1", *(f"{name}: {value}" for name, value in headers.items())]
    if body or method == "POST":
        lines.append(f"content-length: {len(body)}")
    return "\r\n".join(lines) + "\r\n\r\n" + body


@contextmanager
def bare() -> Iterator[Running]:
    """The bare ASGI application."""
    port = free_port()
    with _process([sys.executable, "-m", "benchmarks.bare", str(port)], port, "/", {}) as running:
        yield running


@contextmanager
def hexclave(data_dir: Path, **settings: str) -> Iterator[Running]:
    """The whole product as `make run` starts it, on SQLite; with more settings, such as `HEXCLAVE_RATE_LIMITS`."""
    port = free_port()
    environment = {"HEXCLAVE_PORT": str(port), "HEXCLAVE_DATA_DIR": str(data_dir), **settings}
    with _process([sys.executable, "-m", "hexclave_app.cli", "up"], port, "/health", environment) as running:
        yield running


@contextmanager
def better_auth(data_dir: Path) -> Iterator[Running]:
    """better-auth on node:sqlite, from the locked npm packages."""
    environment = {"PATH": f"{BINARIES}{os.pathsep}{os.environ['PATH']}"}
    if not (PEERS / "node_modules").exists():
        npm = shutil.which("npm", path=str(BINARIES)) or "npm"
        subprocess.run([npm, "ci", "--ignore-scripts"], cwd=PEERS, check=True, env={**os.environ, **environment})
    node = shutil.which("node", path=str(BINARIES)) or "node"
    port = free_port()
    command = [node, str(PEERS / "better-auth.mjs"), str(data_dir / "better-auth.db"), str(port)]
    with _process(command, port, "/api/auth/ok", environment) as running:
        yield running


def hexclave_requests(port: int) -> dict[str, str]:
    """`GET /users/me` and a refresh, as the SDK sends them."""
    headers = {
        "x-hexclave-project-id": "internal",
        "x-hexclave-access-type": "client",
        "x-hexclave-allow-anonymous-user": "true",
        "x-hexclave-client-version": "js @stackframe/js@2.8.108",
    }
    url = f"http://127.0.0.1:{port}/api/v1/auth/password/sign-up"
    tokens = httpx.post(url, headers=headers, json=_ACCOUNT).raise_for_status().json()
    form = (
        f"grant_type=refresh_token&refresh_token={tokens['refresh_token']}"
        "&client_id=internal&client_secret=__stack_public_client__"
    )
    return {
        "me": http_request("GET", "/api/v1/users/me", {**headers, "x-hexclave-access-token": tokens["access_token"]}),
        "refresh": http_request(
            "POST", "/api/v1/auth/oauth/token", {"content-type": "application/x-www-form-urlencoded"}, form
        ),
    }


def better_auth_requests(port: int) -> dict[str, str]:
    """The same two operations: who am I, and a new JWT of the session."""
    origin = f"http://127.0.0.1:{port}"
    answer = httpx.post(
        f"{origin}/api/auth/sign-up/email", json={**_ACCOUNT, "name": "Bench"}, headers={"origin": origin}
    ).raise_for_status()
    cookie = answer.headers["set-cookie"].partition(";")[0]
    return {
        "me": http_request("GET", "/api/auth/get-session", {"cookie": cookie}),
        "refresh": http_request("GET", "/api/auth/token", {"cookie": cookie}),
    }


def measure(port: int, request: str, *, connections: int, seconds: float) -> dict[str, float]:
    """One round of load from a process of its own."""
    spec = {"host": "127.0.0.1", "port": port, "request": request, "connections": connections, "seconds": seconds}
    command = [sys.executable, "-m", "benchmarks.load", json.dumps(spec)]
    result = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
    measured: dict[str, float] = json.loads(result.stdout)
    return measured


def measure_once(port: int, requests: list[str], folder: Path, *, connections: int) -> dict[str, float]:
    """Send each request once."""
    file = folder / "requests.json"
    file.write_text(json.dumps(requests))
    spec = {"host": "127.0.0.1", "port": port, "file": str(file), "connections": connections, "seconds": 600}
    command = [sys.executable, "-m", "benchmarks.load", json.dumps(spec)]
    result = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
    measured: dict[str, float] = json.loads(result.stdout)
    return measured


def memory_mb(pid: int) -> float:
    """Resident memory of a process, without what it shares with nobody else counted twice."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("the process has no resident memory")


def cpu_share(pid: int, seconds: float) -> float:
    """Share of one core that a process used while it was watched."""
    before = _cpu_seconds(pid)
    time.sleep(seconds)
    return (_cpu_seconds(pid) - before) / seconds


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def _process(command: list[str], port: int, path: str, environment: Mapping[str, str]) -> Iterator[Running]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HEXCLAVE_")}
    started = time.monotonic()
    process = subprocess.Popen(
        command, cwd=ROOT, env={**kept, **environment}, stdout=subprocess.DEVNULL, start_new_session=True
    )
    try:
        _wait(process, f"http://127.0.0.1:{port}{path}")
        yield Running(port, process.pid, time.monotonic() - started)
    finally:
        os.killpg(process.pid, signal.SIGTERM)  # the group: Node's wheel runs Node as a child of its own
        process.wait(10)


def _wait(process: "subprocess.Popen[bytes]", url: str) -> None:
    deadline = time.monotonic() + START_LIMIT_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            httpx.get(url, timeout=2).raise_for_status()
        except httpx.HTTPError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"{url} did not answer")


def free_port() -> int:
    """A port that nobody uses right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
