"""Pages in Chromium: how soon the sign-in form is there and live, what scripts weigh, and what open dashboards cost.

The hosted sign-in page is opened in a fresh profile each time, so nothing is cached. The dashboard belongs to a project
with a million users; its server is measured with a hundred open tabs at the end.
"""

import argparse
import json
import platform
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from sqlmodel import Session

from benchmarks.scale_data import PROJECT_CONFIG, fill
from benchmarks.targets import Running, cpu_share, hexclave, memory_mb
from hexclave_app.db import migrate
from hexclave_app.installation import Installation
from hexclave_app.services import internal_project, sessions, tenancies
from hexclave_app.services.browser_sessions import cookie_name
from hexclave_app.services.sessions import SignInContext
from hexclave_app.settings import load_settings
from models.base import utc_now
from state.dashboard import paths
from tests.browser.conftest import CHROMIUM, CHROMIUM_FLAGS
from tests.browser.people import EVERY_APP
from tests.support.projects import create_project, dashboard_user, internal

RESULTS = Path(__file__).resolve().parent / "results"
SETTLE_S = 5.0
_SCRIPT_BYTES = """() => performance.getEntriesByType('resource')
    .filter(one => new URL(one.name).pathname.endsWith('.js'))
    .reduce((sum, one) => sum + one.encodedBodySize, 0)"""
_FIRST_PAINT = "() => performance.getEntriesByName('first-contentful-paint')[0].startTime"
# Set before anything else runs: the page counts as live when what waits for the socket is no longer disabled.
_WATCH_LIVE = """(() => {
    const look = () => {
        const waits = document.querySelector('.hx-passkey button');
        if (waits && !waits.disabled) window.liveAt = performance.now();
        else requestAnimationFrame(look);
    };
    look();
})()"""

Figure = tuple[str, list[float], float, str]
"""What was measured, its samples, the goal, the unit."""


def main() -> None:
    """Fill a project, measure, and write `results/pages.{md,json}`."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--users", type=int, default=1_000_000)
    parser.add_argument("--samples", type=int, default=20)
    parser.add_argument("--tabs", type=int, default=100)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        project_id, cookie = prepare(data, users=given.users)
        with hexclave(data) as server, chromium() as browser:
            figures = [
                *sign_in_page(browser, server, project_id, samples=given.samples),
                *dashboard(browser, server, project_id, cookie, samples=given.samples),
                *open_tabs(browser, server, project_id, cookie, tabs=given.tabs),
            ]
    RESULTS.mkdir(exist_ok=True)
    text = render(figures, users=given.users, samples=given.samples)
    (RESULTS / "pages.json").write_text(json.dumps(figures, indent=1) + "\n")
    (RESULTS / "pages.md").write_text(text)
    print(text)


def prepare(data: Path, *, users: int) -> tuple[str, str]:
    """A project with that many users, and the login of its owner."""
    settings = load_settings({"HEXCLAVE_DATA_DIR": str(data)})
    data.mkdir()
    migrate(settings.sqlalchemy_url)
    installation = Installation(settings)
    installation.db.call(internal_project.ensure, settings=settings)
    owner = dashboard_user(installation)
    config = {**PROJECT_CONFIG, **EVERY_APP, "auth.passkey.allowSignIn": True}
    project = create_project(installation, owner_team_id=owner.team_id, config=config)
    fill(installation.db.engine, project, users=users, teams=users // 10, projects=10)

    def sign_in(session: Session) -> str:
        assert tenancies.load(session, project.id, "main")
        context = SignInContext(installation, internal(session), None, utc_now())
        return sessions.create(session, context, user_id=owner.id).refresh_token

    cookie = installation.db.call(sign_in)
    installation.close()
    return project.id, cookie


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(CHROMIUM_FLAGS))
        yield browser
        browser.close()


def sign_in_page(browser: Browser, server: Running, project_id: str, *, samples: int) -> list[Figure]:
    """The hosted sign-in page, each time for somebody who was never here."""
    url = f"http://{project_id}.localhost:{server.port}/handler/sign-in"
    painted, live, weights = [], [], []
    for _ in range(samples + 1):
        context = browser.new_context()
        page = context.new_page()
        page.add_init_script(_WATCH_LIVE)
        page.goto(url)
        page.wait_for_function("() => window.liveAt !== undefined")
        painted.append(page.evaluate(_FIRST_PAINT))
        live.append(page.evaluate("window.liveAt"))
        weights.append(page.evaluate(_SCRIPT_BYTES) / 1000)
        context.close()
    # The first visit warms the server up.
    return [
        ("hosted sign-in: first contentful paint", painted[1:], 300, "ms"),
        ("hosted sign-in: live", live[1:], 800, "ms"),
        ("hosted sign-in: scripts, compressed", weights[1:], 350, "kB"),
    ]


def signed_in(browser: Browser, server: Running, cookie: str) -> BrowserContext:
    """A browser with the owner's login."""
    context = browser.new_context()
    name = cookie_name("internal", is_secure=False)
    context.add_cookies([{"name": name, "value": cookie, "url": f"http://localhost:{server.port}", "httpOnly": True}])
    return context


def dashboard(browser: Browser, server: Running, project_id: str, cookie: str, *, samples: int) -> list[Figure]:
    """From page to page by the sidebar, and from page to page of the users table."""
    context = signed_in(browser, server, cookie)
    page = context.new_page()
    page.goto(f"http://localhost:{server.port}{paths.users(project_id)}")
    rows = page.get_by_role("table", name="Users").get_by_role("row")
    rows.nth(1).wait_for()
    sidebar = page.get_by_role("navigation", name="Project")
    changes, turns = [], []
    for number in range(samples + 2):
        label = ("Sign-up rules", "Auth methods")[number % 2]
        link = sidebar.get_by_role("link", name=label)
        is_there = (
            f"() => document.querySelector('h1')?.textContent === '{label}'"
            " && !document.querySelector('[aria-busy=true]')"
        )
        changes.append(timed(page, link.click, is_there))
    page.goto(f"http://localhost:{server.port}{paths.users(project_id)}")
    for _ in range(samples + 1):
        rows.nth(1).wait_for()
        shown = json.dumps(rows.nth(1).evaluate("row => row.innerText"))
        is_next = f"() => ![undefined, {shown}].includes(document.querySelector('tbody tr')?.innerText)"
        turns.append(timed(page, page.get_by_role("button", name="Next").click, is_next))
    context.close()
    # The first visit of a page fetches its script.
    return [
        ("dashboard: change of page", changes[2:], 300, "ms"),
        ("dashboard: next page of the users table", turns[1:], 300, "ms"),
    ]


def timed(page: Page, act: Callable[[], None], is_done: str) -> float:
    """Milliseconds from an action until the page shows what it led to."""
    started = time.perf_counter()
    act()
    page.wait_for_function(is_done, polling="raf")
    return (time.perf_counter() - started) * 1000


def open_tabs(browser: Browser, server: Running, project_id: str, cookie: str, *, tabs: int) -> list[Figure]:
    """What the server pays for dashboards that are only open."""
    before = memory_mb(server.pid)
    context = signed_in(browser, server, cookie)
    for number in range(tabs):
        page = context.new_page()
        place = (paths.teams, paths.auth_methods)[number % 2]
        page.goto(f"http://localhost:{server.port}{place(project_id)}")
        page.locator("[aria-busy=true]").wait_for(state="detached")
    time.sleep(SETTLE_S)
    per_tab = (memory_mb(server.pid) - before) / tabs
    busy = cpu_share(server.pid, 20) * 100
    context.close()
    return [
        (f"{tabs} open dashboards: memory of the server for each", [per_tab], 3, "MB"),
        (f"{tabs} open dashboards: processor time of the server", [busy], 5, "% of a core"),
    ]


def render(figures: list[Figure], *, users: int, samples: int) -> str:
    """The table of a run."""
    lines = [
        (
            f"Chromium and server on one machine with two cores, project with {users:,} users, {samples} samples"
            f" ({platform.machine()}, Python {platform.python_version()})."
        ),
        "",
        "| what | median | p95 | goal | unit |",
        "|---|---:|---:|---:|---|",
    ]
    for name, values, goal, unit in figures:
        p95 = f"{quantiles(values, n=20)[-1]:.1f}" if len(values) > 1 else ""
        lines.append(f"| {name} | {median(values):.1f} | {p95} | ≤ {goal:g} | {unit} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
