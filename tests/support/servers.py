"""What browser tests know about the server they look at."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from hexclave_app import frontend


@dataclass(frozen=True)
class Server:
    """A running product, reachable under any `*.localhost` name."""

    port: int
    data_dir: Path
    log: Path

    def url(self, path: str = "/", *, host: str = "localhost") -> str:
        """Return an address of this server as the browser knows it."""
        return f"http://{host}:{self.port}{path}"


START_LIMIT_S = 60
STOP_LIMIT_S = 10


@contextmanager
def running_server(home: Path, port: int = 0, /, **settings: str) -> Iterator[Server]:
    """Start the product with its own data, on a free port unless one is given, and stop it again.

    Settings are `HEXCLAVE_` variables.
    """
    frontend.ensure_built()
    running = Server(port=port or free_port(), data_dir=home / "data", log=home / "server.log")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("HEXCLAVE_")}
    environment |= {"HEXCLAVE_PORT": str(running.port), "HEXCLAVE_DATA_DIR": str(running.data_dir)}
    if "HEXCLAVE_DEVELOPMENT" in os.environ:
        environment["HEXCLAVE_DEVELOPMENT"] = os.environ["HEXCLAVE_DEVELOPMENT"]
    with running.log.open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "hexclave_app.cli", "up"],
            cwd=frontend.ROOT,
            env=environment | settings,
            stdout=log,
            stderr=log,
        )
    try:
        _wait_until_healthy(process, running)
        yield running
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(STOP_LIMIT_S)
        except subprocess.TimeoutExpired:
            process.kill()
            raise


def free_port() -> int:
    """A port that nobody uses right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_healthy(process: "subprocess.Popen[bytes]", running: Server) -> None:
    deadline = time.monotonic() + START_LIMIT_S
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{running.port}/health", timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    pytest.fail(f"The server did not become healthy:\n{running.log.read_text()}")
