"""Pages whose server goes away and comes back: nothing typed is lost, and they go on without a reload."""

import uuid
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import Session

from hexclave_app.security.passwords import hash_password
from hexclave_app.services import teams, tenancies
from tests.browser.people import PASSWORD, add_person, create_owner, installation_of
from tests.support.hosted import Site
from tests.support.mailbox import mails
from tests.support.servers import Server, free_port, running_server

pytestmark = pytest.mark.browser

CONFIG = {"auth.password.allowSignIn": True, "auth.otp.allowSignIn": False}
NOTICE = "The connection to the server is lost"


class Stoppable:
    """A server that is stopped and started again at the same place."""

    def __init__(self, home: Path) -> None:
        self._home, self._port, self._running = home, free_port(), ExitStack()
        self.start()

    def start(self) -> None:
        self.server: Server = self._running.enter_context(running_server(self._home, self._port))

    def stop(self) -> None:
        self._running.close()


# Remembers the sockets of the page. While the line is cut, new ones go where nobody answers.
LINE = """
window.line = { sockets: [], isCut: false };
window.WebSocket = class extends WebSocket {
  constructor(url, ...more) {
    super(line.isCut ? "ws://127.0.0.1:9/" : url, ...more);
    line.sockets.push(this);
  }
};"""
CUT = "line.isCut = true; line.sockets.forEach((one) => one.close())"
MEND = "line.isCut = false"


# Until the tab is made young, its pages come from another build than the one that the server delivers.
AGEING = """
let build;
const isOld = !sessionStorage.getItem("young");
Object.defineProperty(window, "hexclaveBuild", { get: () => (isOld ? "older" : build), set: (one) => (build = one) });
"""


@pytest.fixture(scope="module")
def stoppable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stoppable]:
    running = Stoppable(tmp_path_factory.mktemp("stoppable"))
    yield running
    running.stop()


def add_team(server: Server, project_id: str, name: str) -> None:
    with installation_of(server) as installation:

        def create(session: Session) -> None:
            teams.create(session, tenancy=tenancies.load(session, project_id, "main"), display_name=name)

        installation.db.call(create)


def test_a_table_and_an_open_dialog_survive_a_restart(stoppable: Stoppable, visitor: Page) -> None:
    owner = create_owner(stoppable.server, project="Engines")
    owner.sign_in(visitor.context, stoppable.server)
    add_team(stoppable.server, owner.project_id, "Crew")
    visitor.goto(stoppable.server.url(f"/projects/{owner.project_id}/teams"))
    expect(visitor.get_by_role("link", name="Crew")).to_be_visible()
    visitor.get_by_role("button", name="Create team").click()
    visitor.get_by_label("Name").fill("Analy")
    stoppable.stop()
    expect(visitor.get_by_text(NOTICE)).to_be_visible()
    visitor.get_by_label("Name").press_sequentially("sts")
    add_team(stoppable.server, owner.project_id, "Added meanwhile")
    stoppable.start()
    expect(visitor.get_by_text(NOTICE)).to_have_count(0)
    expect(visitor.get_by_text("Added meanwhile")).to_be_visible()
    expect(visitor.get_by_label("Name")).to_have_value("Analysts")
    visitor.get_by_role("dialog").get_by_role("button", name="Create team").click()
    expect(visitor.get_by_role("heading", name="Analysts")).to_be_visible()


def test_account_settings_survive_a_restart(stoppable: Stoppable, visitor: Page) -> None:
    server = stoppable.server
    project_id = create_owner(server, project="Settings", config=CONFIG).project_id
    host = f"{project_id}.localhost"
    with installation_of(server) as installation:
        email = f"{uuid.uuid4().hex}@example.com"
        ada = Site(installation, project_id).person(email, display_name="Ada", password_hash=hash_password(PASSWORD))
    name, _, token = ada.cookie.partition("=")
    visitor.context.add_cookies([{"name": name, "value": token, "url": server.url(host=host), "httpOnly": True}])
    visitor.goto(server.url("/handler/account-settings", host=host))
    visitor.get_by_label("Display name").fill("Augusta Ada")
    stoppable.stop()
    expect(visitor.get_by_text(NOTICE)).to_be_visible()
    stoppable.start()
    expect(visitor.get_by_text(NOTICE)).to_have_count(0)
    expect(visitor.get_by_label("Display name")).to_have_value("Augusta Ada")
    visitor.get_by_role("button", name="Save").first.click()
    expect(visitor.get_by_role("button", name="Save").first).to_be_enabled()
    visitor.reload()
    expect(visitor.get_by_label("Display name")).to_have_value("Augusta Ada")


def test_a_waiting_second_factor_survives_a_restart(stoppable: Stoppable, visitor: Page) -> None:
    server = stoppable.server
    host = f"{create_owner(server, project='Two steps', config=CONFIG).project_id}.localhost"
    email, codes = add_person(server, host.partition(".")[0], totp_secret=b"12345678901234567890")
    visitor.goto(server.url("/handler/sign-in", host=host))
    visitor.get_by_label("E-mail", exact=True).fill(email)
    visitor.get_by_label("Password", exact=True).fill(PASSWORD)
    visitor.get_by_role("button", name="Sign in", exact=True).click()
    visitor.get_by_role("button", name="Use a recovery code").click()
    visitor.get_by_label("Recovery code").fill(codes[0])
    stoppable.stop()
    expect(visitor.get_by_text(NOTICE)).to_be_visible()
    visitor.get_by_role("button", name="Sign in", exact=True).click()  # waits for the server
    stoppable.start()
    expect(visitor.get_by_role("heading", name="Welcome")).to_be_visible()
    assert not (server.data_dir / "open-tabs.sealed").exists()


def test_a_new_password_survives_a_lost_connection(stoppable: Stoppable, visitor: Page) -> None:
    server = stoppable.server
    visitor.add_init_script(LINE)
    host = f"{create_owner(server, project='Reset', config=CONFIG).project_id}.localhost"
    email, _ = add_person(server, host.partition(".")[0])
    visitor.goto(server.url("/handler/forgot-password", host=host))
    visitor.get_by_label("E-mail").fill(email)
    visitor.get_by_role("button", name="Send the link").click()
    expect(visitor.get_by_role("heading", name="Check your e-mail")).to_be_visible()
    with installation_of(server) as installation:
        (mail,) = [one for one in mails(installation) if one.recipient == email]
    visitor.goto(mail.variables["passwordResetLink"])
    visitor.get_by_label("New password").fill("a brand new passphrase")
    visitor.evaluate(CUT)
    expect(visitor.get_by_text(NOTICE)).to_be_visible()
    visitor.get_by_label("Repeat password").fill("a brand new passphrase")
    visitor.evaluate(MEND)
    expect(visitor.get_by_text(NOTICE)).to_have_count(0)
    expect(visitor.get_by_label("New password")).to_have_value("a brand new passphrase")
    visitor.get_by_role("button", name="Change password").click()
    expect(visitor.get_by_role("heading", name="Your password is changed")).to_be_visible()


def test_a_search_survives_a_lost_connection_and_a_reload(stoppable: Stoppable, visitor: Page) -> None:
    owner = create_owner(stoppable.server, project="Engines")
    visitor.add_init_script(LINE)
    owner.sign_in(visitor.context, stoppable.server)
    for name in ("Crew", "Captains"):
        add_team(stoppable.server, owner.project_id, name)
    visitor.goto(stoppable.server.url(f"/projects/{owner.project_id}/teams"))
    search = visitor.get_by_label("Search teams")
    search.fill("Crew")
    expect(visitor.get_by_role("link", name="Captains")).to_have_count(0)
    visitor.evaluate(CUT)
    expect(visitor.get_by_text(NOTICE)).to_be_visible()
    visitor.evaluate(MEND)
    expect(visitor.get_by_text(NOTICE)).to_have_count(0)
    expect(search).to_have_value("Crew")
    expect(visitor.get_by_role("link", name="Captains")).to_have_count(0)
    visitor.reload()
    expect(visitor.get_by_role("link", name="Crew")).to_be_visible()
    expect(search).to_have_value("Crew")
    expect(visitor.get_by_role("link", name="Captains")).to_have_count(0)


@pytest.mark.parametrize("is_kept", [True, False])
def test_an_outdated_tab_says_so_and_keeps_what_is_typed(stoppable: Stoppable, visitor: Page, is_kept: bool) -> None:
    """With the state of the tab, and without: then the server leaves the tab as it is."""
    owner = create_owner(stoppable.server, project="Engines", config=CONFIG)
    owner.sign_in(visitor.context, stoppable.server)
    hosted = visitor.context.new_page()
    for tab in (visitor, hosted):
        tab.add_init_script(AGEING)
    visitor.goto(stoppable.server.url(f"/projects/{owner.project_id}/teams"))
    visitor.get_by_role("button", name="Create team").first.click()
    visitor.get_by_label("Name").fill("Analysts")
    hosted.goto(stoppable.server.url("/handler/sign-in", host=f"{owner.project_id}.localhost"))
    hosted.get_by_label("E-mail", exact=True).fill("me@example.com")
    hosted.wait_for_function("window.hexclaveEarlyInput.isLive")
    stoppable.stop()
    if not is_kept:
        (stoppable.server.data_dir / "open-tabs.sealed").unlink()
    stoppable.start()
    notice = "There is a new version" if is_kept else "this page may not work any more"
    expect(visitor.get_by_text(notice)).to_be_visible()
    expect(visitor.get_by_label("Name")).to_have_value("Analysts")
    expect(hosted.get_by_text(NOTICE)).to_have_count(0)
    expect(hosted.get_by_label("E-mail", exact=True)).to_have_value("me@example.com")
    expect(hosted.get_by_text("This page was updated in the meantime")).to_have_count(0 if is_kept else 1)
    visitor.evaluate("sessionStorage.setItem('young', '1')")
    visitor.get_by_role("dialog").get_by_role("button", name="Create team").click()
    expect(visitor.get_by_role("heading", name="Analysts")).to_be_visible()
    expect(visitor.get_by_text(notice)).to_have_count(0)  # the next page came with a full load
