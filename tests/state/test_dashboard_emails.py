"""The pages of mails: what administrators see and change, and what others cannot."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from hexclave_app.config.overrides import Level
from hexclave_app.installation import Installation
from hexclave_app.services import project_configs, tenancies
from hexclave_app.services.emails import stages
from hexclave_app.services.emails.worker import EmailWorker
from hexclave_app.services.tenancies import TenancySnapshot
from models import EmailOutbox
from models.base import utc_now
from state.dashboard.email_lists import newest_change
from state.dashboard.email_reputation import ReputationState
from state.dashboard.email_settings import EmailSettingsState
from state.dashboard.email_sources import NO_THEME
from state.dashboard.email_templates import TemplatesState
from state.dashboard.email_themes import ThemesState
from state.dashboard.emails import EmailsState
from tests.state.tabs import Tab, run, targets
from tests.support.outbox import add_mail, let_time_pass, statuses
from tests.support.projects import DashboardUser, TestProject, create_project, dashboard_user

TabOf = Callable[..., Tab]


@dataclass(frozen=True)
class Scene:
    installation: Installation
    tab_of: TabOf
    ada: DashboardUser
    project: TestProject

    def tab(self, user: DashboardUser | None = None) -> Tab:
        path = f"/projects/{self.project.id}/email-sent"
        return self.tab_of(user or self.ada, path, project_id=self.project.id)

    def tenancy(self) -> TenancySnapshot:
        return self.installation.db.call(lambda session: tenancies.load(session, self.project.id, "main"))


@pytest.fixture
def scene(installation: Installation, tab_of: TabOf) -> Scene:
    ada = dashboard_user(installation)
    return Scene(installation, tab_of, ada, create_project(installation, owner_team_id=ada.team_id, name="Engine"))


LINK = '<p>123ABC</p><a href="https://example.com/x?code=abc">Go</a>'


@pytest.mark.anyio
async def test_the_inbox_shows_a_mail_with_its_links_codes_and_timeline(scene: Scene) -> None:
    add_mail(scene.installation, scene.project.tenancy_id, "ben@example.org", html=LINK, subject="Sign in")
    await EmailWorker(scene.installation).step()
    page = await scene.tab().state(EmailsState)
    await run(page.load())
    (row,) = page.rows
    assert (row.subject, row.recipient, row.status) == ("Sign in", "ben@example.org", "sent")
    assert page.uses_inbox
    reputation = await scene.tab().state(ReputationState)
    await run(reputation.load())
    assert reputation.sent.text == "1 of 200 e-mails"
    await run(page.open_mail(row.id))
    assert (page.opened.subject, page.links, page.codes) == ("Sign in", ["https://example.com/x?code=abc"], ["123ABC"])
    assert [moment.name for moment in page.timeline] == [
        "Created", "Scheduled for", "Rendering", "Rendered", "Sending", "Handed over",
    ]  # fmt: skip
    assert ("Delivery", "Not reported by this mail server") in page.details
    await run(page.close_mail(False))
    assert page.opened.id == ""


@pytest.mark.anyio
async def test_a_waiting_mail_is_paused_resumed_and_cancelled(scene: Scene) -> None:
    add_mail(scene.installation, scene.project.tenancy_id, "ben@example.org")
    page = await scene.tab().state(EmailsState)
    await run(page.load())
    await run(page.open_mail(page.rows[0].id))
    await run(page.pause(True))
    assert (statuses(scene.installation), page.opened.is_paused) == (["paused"], True)
    await run(page.pause(False))
    assert statuses(scene.installation) == ["preparing"]
    await run(page.cancel())
    assert (statuses(scene.installation), page.opened.is_editable) == (["skipped"], False)
    assert "cannot be edited" in targets(await run(page.cancel()))


@pytest.mark.anyio
async def test_the_watch_notices_every_change(scene: Scene) -> None:
    def newest() -> str:
        return scene.installation.db.call(newest_change, tenancy_id=scene.project.tenancy_id)

    assert newest() == ""
    add_mail(scene.installation, scene.project.tenancy_id, "ben@example.org")
    queued = newest()
    await EmailWorker(scene.installation).step()
    assert queued != newest()


@pytest.mark.anyio
async def test_the_watch_notices_old_mails_that_leave(scene: Scene) -> None:
    later = utc_now() + timedelta(days=1)
    add_mail(scene.installation, scene.project.tenancy_id, "ben@example.org")
    let_time_pass(scene.installation)
    newer = [f"{number}@example.org" for number in range(10)]
    add_mail(scene.installation, scene.project.tenancy_id, *newer, scheduled_at=later)
    worker = EmailWorker(scene.installation)
    scene.installation.db.call(_pause, to="ben@example.org", is_paused=True)
    await worker.step()
    before = scene.installation.db.call(newest_change, tenancy_id=scene.project.tenancy_id)
    scene.installation.db.call(_pause, to="ben@example.org", is_paused=False)
    assert scene.installation.db.call(newest_change, tenancy_id=scene.project.tenancy_id) == before
    await worker.step()
    assert statuses(scene.installation).count("sent") == 1
    assert scene.installation.db.call(newest_change, tenancy_id=scene.project.tenancy_id) != before


def _pause(session: Session, *, to: str, is_paused: bool) -> None:
    for row in session.exec(select(EmailOutbox)):
        if row.recipient_emails == [to]:
            stages.pause(row, is_paused, utc_now())


@pytest.mark.anyio
async def test_mails_of_a_project_are_for_its_administrators(scene: Scene) -> None:
    add_mail(scene.installation, scene.project.tenancy_id, "ben@example.org")
    ada = await scene.tab().state(EmailsState)
    await run(ada.load())
    cleo = dashboard_user(scene.installation, "Cleo")
    tab = scene.tab(cleo)
    page, settings = await tab.state(EmailsState), await tab.state(EmailSettingsState)
    own = create_project(scene.installation, owner_team_id=cleo.team_id, name="Other")
    foreign = await scene.tab_of(cleo, "/projects/x/email-sent", project_id=own.id).state(EmailsState)
    await run(page.load())
    await run(settings.use_shared())
    await run(settings.load())
    await run(foreign.open_mail(ada.rows[0].id))
    assert page.rows == []
    assert settings.preview == ""
    assert foreign.opened.id == ""
    assert all("own it" in state.error for state in (page, settings))


@pytest.mark.anyio
async def test_a_theme_is_chosen_from_those_of_the_project(scene: Scene) -> None:
    page = await scene.tab().state(EmailSettingsState)
    await run(page.load())
    before, dark = page.preview, page.themes[1][0]
    await run(page.choose_theme(dark))
    await run(page.refresh())
    assert (page.theme_id, page.preview != before) == (dark, True)
    told = targets(await run(page.choose_theme("nothing")))
    assert "no such theme" in told
    assert scene.tenancy().config.emails.selected_theme_id == dark


GOOD = "---\nsubject: Ahoy {{ user.displayName }}\ncategory: Marketing\n---\n<p>Ours</p>"


@pytest.mark.anyio
async def test_templates_are_written_seen_and_removed(scene: Scene) -> None:
    scene.installation.db.call(
        project_configs.patch,
        project_id=scene.project.id,
        level=Level.ENVIRONMENT,
        config={"emails.server.isShared": False},
    )
    page = await scene.tab().state(TemplatesState)
    await run(page.load())
    assert (page.is_shared, len(page.rows)) == (False, 7)
    await run(page.create({"template_name": " "}))
    assert page.name_error.startswith("Enter")
    await run(page.create({"template_name": "Welcome"}))
    await run(page.refresh())
    made = next(row.id for row in page.rows if row.name == "Welcome")
    await run(page.open_template(made))
    assert "Hello John Doe" in page.preview
    await run(page.edit("{{ nothing }}"))
    assert (page.problem, "Hello John Doe" in page.preview) == ("'nothing' is undefined", True)
    await run(page.save())
    assert scene.tenancy().config.emails.templates[made].tsx_source != "{{ nothing }}"
    await run(page.edit(GOOD))
    assert (page.problem, page.subject) == ("", "Ahoy John Doe")
    await run(page.choose_theme(NO_THEME))
    await run(page.save())
    saved = scene.tenancy().config.emails.templates[made]
    assert (saved.tsx_source, saved.theme_id) == (GOOD, False)
    await run(page.delete())
    assert made not in scene.tenancy().config.emails.templates


@pytest.mark.anyio
async def test_templates_of_the_shared_server_cannot_be_saved(scene: Scene) -> None:
    page = await scene.tab().state(TemplatesState)
    await run(page.load())
    await run(page.open_template(page.rows[0].id))
    await run(page.edit(GOOD))
    await run(page.save())
    assert "custom SMTP server" in page.error
    assert scene.tenancy().config.emails.templates[page.rows[0].id].tsx_source != GOOD


@pytest.mark.anyio
async def test_addresses_open_one_mail_template_or_theme(scene: Scene) -> None:
    add_mail(scene.installation, scene.project.tenancy_id, "ben@example.org")
    tab = scene.tab_of(
        scene.ada,
        "/projects/x/email-viewer/y",
        project_id=scene.project.id,
        opened_mail="a-mail",
        opened_template="a-template",
        opened_theme="a-theme",
    )
    opened = (
        (await tab.state(EmailsState), "a-mail", "open_mail"),
        (await tab.state(TemplatesState), "a-template", "open_template"),
        (await tab.state(ThemesState), "a-theme", "open_theme"),
    )
    for page, name, handler in opened:
        events = await run(page.load())
        assert name in targets(events)
        assert handler in str(events)
    await run(opened[0][0].open_mail("a-mail"))
    assert opened[0][0].opened.id == ""
