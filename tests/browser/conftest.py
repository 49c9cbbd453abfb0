"""A real server in a process of its own, and Chromium looking at it."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from hexclave_app import frontend
from tests.browser.servers import Server

CHROMIUM = os.environ.get("HEXCLAVE_CHROMIUM", "/usr/bin/chromium")
CHROMIUM_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
START_LIMIT_S = 60
STOP_LIMIT_S = 10


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Start the product with its own data on a free port, and stop it again."""
    frontend.ensure_built()
    home = tmp_path_factory.mktemp("server")
    running = Server(port=_free_port(), data_dir=home / "data", log=home / "server.log")
    settings = {name: value for name, value in os.environ.items() if not name.startswith("HEXCLAVE_")}
    settings |= {"HEXCLAVE_PORT": str(running.port), "HEXCLAVE_DATA_DIR": str(running.data_dir)}
    if "HEXCLAVE_DEVELOPMENT" in os.environ:
        settings["HEXCLAVE_DEVELOPMENT"] = os.environ["HEXCLAVE_DEVELOPMENT"]
    with running.log.open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "hexclave_app.cli", "up"], cwd=frontend.ROOT, env=settings, stdout=log, stderr=log
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


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the system's Chromium once."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(CHROMIUM_FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture
def complaints() -> list[str]:
    """Everything the browser complained about in this test; a test of a healthy page ends with this list empty."""
    return []


@pytest.fixture(params=["light", "dark"])
def page(browser: Browser, complaints: list[str], request: pytest.FixtureRequest) -> Iterator[Page]:
    """Return a page of a fresh browser profile, once in each colour scheme."""
    context = browser.new_context(color_scheme=request.param)
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()


def _free_port() -> int:
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
