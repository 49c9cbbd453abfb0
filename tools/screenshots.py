"""Takes the README's screenshots anew: `.venv/bin/python -m tools.screenshots` writes to docs/screenshots."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Final, Literal

from playwright.sync_api import Browser, Page, sync_playwright
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
WIDE: Final = (1600, 1000)
PEOPLE: Final = (
    "Ada Lovelace", "Grace Hopper", "Alan Turing", "Katherine Johnson", "Edsger Dijkstra", "Barbara Liskov",
    "Donald Knuth", "Margaret Hamilton", "John von Neumann", "Radia Perlman", "Tony Hoare", "Frances Allen",
)  # fmt: skip
COUNTRIES: Final = ("US", "DE", "US", "IN", "GB", "JP", "US", "FR", "BR", "DE", "AU", "CA", "NL", "SG", "ZA", "MX")
Scheme = Literal["light", "dark"]


@dataclass(frozen=True)
class Scene:
    """What is looked at: the product through the eyes of one administrator."""

    browser: Browser
    server: Server
    owner: Owner


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
        seen = Scene(browser, server, owner)
        _dashboard(seen, paths.users(owner.project_id), "users")
        _dashboard(seen, paths.overview(owner.project_id), "overview-dark", scheme="dark")
        _dashboard(seen, paths.users(owner.project_id), "phone-dark", scheme="dark", size=PHONE)
        _dashboard(seen, paths.email_templates(owner.project_id), "emails")
        _dashboard(replace(seen, owner=fresh), paths.setup(fresh.project_id), "setup")
        _dashboard(seen, paths.overview(owner.project_id), "countries", prepare=_show_countries)
        _dashboard(seen, paths.auth_methods(owner.project_id), "saving", prepare=_change_settings)
        _dashboard(seen, paths.emails(owner.project_id), "documents", size=WIDE, prepare=_read)
        _hosted(seen, "sign-in")
        _hosted(seen, "sign-in-arabic", scheme="dark", language="ar")
        browser.close()


def _dashboard(
    seen: Scene,
    path: str,
    name: str,
    *,
    scheme: Scheme = "light",
    size: tuple[int, int] = DESKTOP,
    prepare: Callable[[Page], None] | None = None,
) -> None:
    context = seen.browser.new_context(color_scheme=scheme, viewport={"width": size[0], "height": size[1]})
    seen.owner.sign_in(context, seen.server)
    page = context.new_page()
    page.goto(seen.server.url(path))
    page.get_by_role("heading", level=1).wait_for()
    page.locator("[aria-busy=true]").first.wait_for(state="detached")
    page.wait_for_load_state("networkidle")
    if prepare is not None:
        prepare(page)
    page.wait_for_timeout(1_000)  # until everything has been drawn
    page.screenshot(path=FOLDER / f"{name}.png")
    context.close()


def _show_countries(page: Page) -> None:
    page.get_by_role("img", name="countries").scroll_into_view_if_needed()
    page.locator("li[data-country=IN]").hover()


def _change_settings(page: Page) -> None:
    page.get_by_role("switch", name="Passkey").click()
    page.get_by_role("switch", name="Password").click()
    page.get_by_role("button", name="Show changes").click()


def _read(page: Page) -> None:
    page.get_by_role("button", name="Documents").click()
    page.get_by_role("button", name="E-mails").click()


def _hosted(seen: Scene, name: str, *, scheme: Scheme = "light", language: str = "en") -> None:
    context = seen.browser.new_context(color_scheme=scheme, viewport={"width": 900, "height": 800}, locale=language)
    page = context.new_page()
    page.goto(seen.server.url("/handler/sign-in", host=f"{seen.owner.project_id}.localhost"))
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
            country_code=COUNTRIES[number % len(COUNTRIES)] if number % 5 else None,
            signed_up_at=moment,
            last_active_at=moment + timedelta(hours=number % 5),
        )
        creation.create(session, installation=installation, tenancy=tenancy, data=data)


def _begin(session: Session, *, project_id: str) -> None:
    projects.update(session, project_id=project_id, fields={"onboarding_status": OnboardingStatus.AUTH_SETUP})


if __name__ == "__main__":
    main()
