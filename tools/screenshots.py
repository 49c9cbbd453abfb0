"""Takes the README's screenshots anew: `.venv/bin/python -m tools.screenshots` writes to docs/screenshots."""

import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Final, Literal

from playwright.sync_api import Browser, sync_playwright
from sqlmodel import Session

from hexclave_app.installation import Installation
from hexclave_app.services import projects, tenancies
from hexclave_app.services.users import creation
from hexclave_app.services.users.creation import UserCreateData
from models.base import utc_now
from models.projects import OnboardingStatus
from state.dashboard import paths
from tests.browser.conftest import CHROMIUM, CHROMIUM_FLAGS
from tests.browser.people import Owner, create_owner, installation_of
from tests.support.servers import Server, running_server

FOLDER: Final = Path(__file__).resolve().parent.parent / "docs" / "screenshots"
DESKTOP: Final = (1280, 800)
PHONE: Final = (390, 800)
PEOPLE: Final = (
    "Ada Lovelace", "Grace Hopper", "Alan Turing", "Katherine Johnson", "Edsger Dijkstra", "Barbara Liskov",
    "Donald Knuth", "Margaret Hamilton", "John von Neumann", "Radia Perlman", "Tony Hoare", "Frances Allen",
)  # fmt: skip
Scheme = Literal["light", "dark"]


def main() -> None:
    """Start the product with a project in it, and look at its pages."""
    with (
        tempfile.TemporaryDirectory() as folder,
        running_server(Path(folder)) as server,
        sync_playwright() as playwright,
    ):
        config = {"auth.otp.allowSignIn": True, "auth.passkey.allowSignIn": True}
        providers = {one: {"type": one, "isShared": True, "allowSignIn": True} for one in ("google", "github")}
        owner = create_owner(server, project="Analytical Engines", config={**config, "auth.oauth.providers": providers})
        fresh = create_owner(server, project="Difference Engines")
        with installation_of(server) as installation:
            installation.db.call(_people, installation=installation, project_id=owner.project_id)
            installation.db.call(_begin, project_id=fresh.project_id)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(CHROMIUM_FLAGS))
        _dashboard(browser, server, owner, paths.users(owner.project_id), "users")
        _dashboard(browser, server, owner, paths.overview(owner.project_id), "overview-dark", scheme="dark")
        _dashboard(browser, server, owner, paths.users(owner.project_id), "phone-dark", scheme="dark", size=PHONE)
        _dashboard(browser, server, owner, paths.email_templates(owner.project_id), "emails")
        _dashboard(browser, server, fresh, paths.setup(fresh.project_id), "setup")
        _hosted(browser, server, owner, "sign-in")
        _hosted(browser, server, owner, "sign-in-arabic", scheme="dark", language="ar")
        browser.close()


def _dashboard(
    browser: Browser,
    server: Server,
    owner: Owner,
    path: str,
    name: str,
    *,
    scheme: Scheme = "light",
    size: tuple[int, int] = DESKTOP,
) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": size[0], "height": size[1]})
    owner.sign_in(context, server)
    page = context.new_page()
    page.goto(server.url(path))
    page.get_by_role("heading", level=1).wait_for()
    page.locator("[aria-busy=true]").first.wait_for(state="detached")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(1_000)  # until the chart has been drawn
    page.screenshot(path=FOLDER / f"{name}.png")
    context.close()


def _hosted(
    browser: Browser, server: Server, owner: Owner, name: str, *, scheme: Scheme = "light", language: str = "en"
) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": 900, "height": 800}, locale=language)
    page = context.new_page()
    page.goto(server.url("/handler/sign-in", host=f"{owner.project_id}.localhost"))
    page.wait_for_load_state("networkidle")
    page.screenshot(path=FOLDER / f"{name}.png")
    context.close()


def _people(session: Session, *, installation: Installation, project_id: str) -> None:
    tenancy, now = tenancies.load(session, project_id, "main"), utc_now()
    for number in range(60):
        name = PEOPLE[number % len(PEOPLE)]
        moment = now - timedelta(days=(number * number) % 29, hours=number % 7)
        address = name.lower().replace(" ", ".") + (str(number) if number >= len(PEOPLE) else "")
        data = UserCreateData(
            display_name=name,
            primary_email=f"{address}@example.com",
            primary_email_verified=number % 3 != 0,
            primary_email_auth_enabled=True,
            otp_auth_enabled=number % 2 == 0,
            signed_up_at=moment,
            last_active_at=moment + timedelta(hours=number % 5),
        )
        creation.create(session, installation=installation, tenancy=tenancy, data=data)


def _begin(session: Session, *, project_id: str) -> None:
    projects.update(session, project_id=project_id, fields={"onboarding_status": OnboardingStatus.AUTH_SETUP})


if __name__ == "__main__":
    main()
