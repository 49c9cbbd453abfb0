"""Who sends the mails of a project: nothing counts before a test mail went through, and no password is given away."""

import pytest
from sqlmodel import Session

from hexclave_app.config.builtins import THEMES
from hexclave_app.config.overrides import Level
from hexclave_app.config.schema_emails import EmailServer
from hexclave_app.services import project_configs
from models import ContactChannel
from models.base import utc_now
from models.contact_channels import EMAIL
from state.dashboard.email_settings import MANAGED, RESEND, SHARED, SMTP, EmailSettingsState
from tests.state.scenes import ProjectScene
from tests.state.tabs import run, targets
from tests.support.outbox import smtp_config
from tests.support.projects import internal
from tests.support.smtp import smtp_sink

pytestmark = pytest.mark.anyio

FORM = {"host": "127.0.0.1", "username": "", "password": "", "sender_name": "Acme", "sender_email": "a@acme.example"}


def give_address(scene: ProjectScene) -> None:
    """Ada's own address, for test mails."""

    def add(session: Session) -> None:
        session.add(
            ContactChannel(
                tenancy_id=internal(session).id,
                user_id=scene.ada.id,
                type=EMAIL,
                value="ada@dashboard.example",
                is_primary=True,
                is_verified=True,
                used_for_auth=True,
                created_at=utc_now(),
            )
        )

    scene.installation.db.call(add)


def configure(scene: ProjectScene, **changes: object) -> None:
    scene.installation.db.call(
        project_configs.patch,
        project_id=scene.project_id,
        level=Level.ENVIRONMENT,
        config={f"emails.server.{name}": value for name, value in changes.items()},
    )


def stored(scene: ProjectScene) -> EmailServer:
    return scene.config().emails.server


async def chosen(scene: ProjectScene, provider: str) -> EmailSettingsState:
    """The page with the settings of one way to send."""
    page = await scene.tab().state(EmailSettingsState)
    await run(page.load())
    await run(page.choose_provider(provider))
    return page


async def test_a_server_is_kept_only_after_a_test_mail_went_through(project: ProjectScene) -> None:
    page = await chosen(project, SMTP)
    assert (page.current, page.chosen, len(page.themes)) == (SHARED, SMTP, 3)
    await run(page.save_server({**FORM, "port": "1"}))
    assert page.problem == "Your account has no address."
    give_address(project)
    await run(page.save_server({**FORM, "port": "1"}))
    assert page.problem.startswith("Not saved, because the test e-mail failed")
    assert stored(project).is_shared
    with smtp_sink() as sink:
        told = targets(await run(page.save_server({**FORM, "port": str(sink.port)})))
        assert "Saved." in told
        assert (sink.subjects, sink.recipients) == (["Test e-mail"], [["ada@dashboard.example"]])
    server = stored(project)
    assert (server.is_shared, server.provider, server.host, server.sender_email) == (
        False, SMTP, "127.0.0.1", "a@acme.example",
    )  # fmt: skip
    await run(page.refresh())
    assert (page.current, page.chosen) == (SMTP, SMTP)
    await run(page.use_shared())
    assert stored(project).is_shared


@pytest.mark.parametrize("change", [{"host": ""}, {"port": "x"}, {"port": "70000"}, {"sender_email": "nobody"}])
async def test_an_incomplete_server_is_not_tried(project: ProjectScene, change: dict[str, str]) -> None:
    page = await chosen(project, SMTP)
    await run(page.save_server({**FORM, "port": "25", **change}))
    assert page.problem.startswith("Enter")


async def test_what_is_chosen_counts_when_it_is_saved_and_can_be_discarded(project: ProjectScene) -> None:
    page = await chosen(project, MANAGED)
    assert (page.current, page.chosen, stored(project).is_shared) == (SHARED, MANAGED, True)
    await run(page.discard())
    assert page.chosen == SHARED
    await run(page.choose_provider("nonsense"))
    assert page.chosen == SHARED
    configure(project, isShared=False, provider=MANAGED, managedSubdomain="mail.acme.example", password="x",
              managedSenderLocalPart="hello")  # fmt: skip
    await run(page.load())
    assert (page.current, page.managed_sender) == (MANAGED, "hello@mail.acme.example")


async def test_resend_needs_its_key_only(project: ProjectScene, monkeypatch: pytest.MonkeyPatch) -> None:
    give_address(project)
    tried: list[tuple[str, int, str, str]] = []

    async def note(_installation: object, *, recipient: str, server: object, now: object) -> None:
        del recipient, now
        tried.append((server.host, server.port, server.username, server.password))  # type: ignore[attr-defined]  # one of several kinds of server

    monkeypatch.setattr("hexclave_app.services.emails.operations.send_test", note)
    page = await chosen(project, RESEND)
    await run(page.save_server({"password": "re_key", "sender_name": "Acme", "sender_email": "a@acme.example"}))
    assert tried == [("smtp.resend.com", 465, "resend", "re_key")]
    assert (stored(project).provider, stored(project).host, stored(project).password) == (
        RESEND, "smtp.resend.com", "re_key",
    )  # fmt: skip


async def test_a_stored_password_stays_with_its_server(project: ProjectScene) -> None:
    give_address(project)
    with smtp_sink() as sink:
        project.installation.db.call(
            project_configs.patch,
            project_id=project.project_id,
            level=Level.ENVIRONMENT,
            config=smtp_config(sink.port, host="127.0.0.1", password="secret"),
        )
        page = await chosen(project, SMTP)
        await run(page.save_server({**FORM, "port": str(sink.port)}))
        assert stored(project).password == "secret"
        await run(page.refresh())
        await run(page.save_server({**FORM, "host": "localhost", "port": str(sink.port)}))
    assert (stored(project).host, stored(project).password or "") == ("localhost", "")


async def test_a_test_mail_goes_through_the_server_that_is_in_use(project: ProjectScene) -> None:
    page = await chosen(project, SHARED)
    await run(page.send_test({"test_address": "ben@example.org"}))
    assert "project’s own" in page.test_problem
    with smtp_sink() as sink:
        project.installation.db.call(
            project_configs.patch,
            project_id=project.project_id,
            level=Level.ENVIRONMENT,
            config=smtp_config(sink.port),
        )
        await run(page.send_test({"test_address": "nobody"}))
        assert page.test_problem.startswith("Enter the address")
        assert "ben@example.org" in targets(await run(page.send_test({"test_address": "ben@example.org"})))
        assert (sink.recipients, page.test_problem, page.is_testing) == ([["ben@example.org"]], "", False)
    await run(page.send_test({"test_address": "ben@example.org"}))
    assert page.test_problem.startswith("The test e-mail failed: ")


async def test_the_server_of_a_project_is_for_its_administrators(project: ProjectScene) -> None:
    with smtp_sink() as sink:
        project.installation.db.call(
            project_configs.patch,
            project_id=project.project_id,
            level=Level.ENVIRONMENT,
            config=smtp_config(sink.port),
        )
        page = await project.tab(project.cleo).state(EmailSettingsState)
        await run(page.load())
        page.chosen = SMTP
        await run(page.save_server({**FORM, "port": str(sink.port), "host": "localhost"}))
        await run(page.send_test({"test_address": "cleo@example.org"}))
        await run(page.use_shared())
        assert (sink.mails, page.host, stored(project).is_shared, stored(project).host) == ([], "", False, "127.0.0.1")


async def test_what_others_change_is_shown_unless_it_would_take_what_is_being_written(project: ProjectScene) -> None:
    page = await chosen(project, SMTP)
    before = page.round
    project.configure({"emails.selectedThemeId": THEMES[1].id})
    await run(page.follow())
    assert (page.chosen, page.round, page.theme_id) == (SMTP, before, THEMES[1].id)
    project.configure(smtp_config(1, host="127.0.0.9"))
    await run(page.follow())
    assert (page.current, page.host, page.round) == (SMTP, "127.0.0.9", before + 1)


async def test_a_theme_that_breaks_every_mail_can_be_replaced(project: ProjectScene) -> None:
    broken = "6f1c2a9e-0000-4000-8000-000000000000"
    theme = {"displayName": "Broken", "tsxSource": "<mjml>{{ nothing }}</mjml>"}
    project.configure({f"emails.themes.{broken}": theme, "emails.selectedThemeId": broken})
    page = await project.tab().state(EmailSettingsState)
    await run(page.load())
    assert (page.error, page.preview, "nothing" in page.theme_problem) == ("", "", True)
    await run(page.choose_theme(THEMES[0].id))
    await run(page.refresh())
    assert (page.theme_problem, page.preview != "") == ("", True)
