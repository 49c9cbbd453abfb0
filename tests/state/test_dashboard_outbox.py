"""The list of mails and what administrators do with one: filter, turn pages, send again, reschedule."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest

from hexclave_app.config.overrides import Level
from hexclave_app.services import project_configs
from hexclave_app.services.emails import mailings
from hexclave_app.services.emails.queueing import NewMail
from hexclave_app.services.emails.worker import EmailWorker
from models.base import utc_now
from state.dashboard import email_lists
from state.dashboard.email_edit import MailEditState
from state.dashboard.email_sources import NO_THEME
from state.dashboard.emails import EmailsState
from tests.state.scenes import ProjectScene
from tests.state.tabs import run, targets
from tests.support.outbox import add_mail, content_of, let_time_pass, outbox, smtp_config, statuses
from tests.support.smtp import SmtpSink, smtp_sink

pytestmark = pytest.mark.anyio


def send_through(scene: ProjectScene, sink: SmtpSink) -> None:
    scene.installation.db.call(
        project_configs.patch,
        project_id=scene.project_id,
        level=Level.ENVIRONMENT,
        config=smtp_config(sink.port),
    )


async def opened(scene: ProjectScene) -> EmailsState:
    """The page with its newest mail in the viewer."""
    page = await scene.tab().state(EmailsState)
    await run(page.load())
    await run(page.open_mail(page.rows[0].id))
    return page


async def test_a_mail_that_failed_is_sent_again_on_demand(project: ProjectScene) -> None:
    with smtp_sink() as sink:
        send_through(project, sink)
        sink.reply_to_data = lambda _mail: "554 no"
        add_mail(project.installation, project.tenancy().id, "ben@example.org")
        await EmailWorker(project.installation).step()
        page = await opened(project)
        assert (page.opened.has_failed, "554 no" in page.opened.problem) == (True, True)
        (attempt,) = [one for one in page.timeline if one.name == "Attempt 1 failed"]
        assert (attempt.tone, attempt.note) == ("bad", page.opened.problem)
        assert [row.problem for row in page.rows] == [page.opened.problem]
        sink.reply_to_data = lambda _mail: None
        await run(page.ask("again"))
        await run(page.send_again())
        assert (page.asking, page.opened.status) == ("", "preparing")
        await EmailWorker(project.installation).step()
        assert (sink.subjects, statuses(project.installation)) == (["Hello"], ["sent"])
        assert "The e-mail has not failed." in targets(await run(page.send_again()))
        assert statuses(project.installation) == ["sent"]


async def test_a_mail_gets_another_time(project: ProjectScene) -> None:
    add_mail(project.installation, project.tenancy().id, "ben@example.org")
    page = await opened(project)
    assert page.opened.is_waiting
    for typed in ("soon", "99999-01-01 00:00"):
        await run(page.reschedule({"send_at": typed}))
        assert page.schedule_error.startswith("Enter the time")
    await run(page.reschedule({"send_at": "2999-12-31T18:00"}))
    assert page.opened.send_at == "2999-12-31T18:00"
    assert [(one.name, one.tone) for one in page.timeline][-1] == ("Scheduled for", "coming")
    await EmailWorker(project.installation).step()
    (row,) = outbox(project.installation)
    assert (row.scheduled_at, statuses(project.installation)) == (
        datetime(2999, 12, 31, 18, tzinfo=UTC), ["scheduled"],
    )  # fmt: skip
    await run(page.reschedule({"send_at": ""}))
    await EmailWorker(project.installation).step()
    assert statuses(project.installation) == ["sent"]


async def test_mails_are_filtered_and_turned_over(project: ProjectScene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(email_lists, "PAGE_LENGTHS", ("2", "50"))
    tenancy_id = project.tenancy().id
    for number in range(3):
        let_time_pass(project.installation)
        add_mail(project.installation, tenancy_id, f"{number}@example.org")
    page = await opened(project)
    await run(page.cancel())
    await run(page.change_page_length("2"))
    await run(page.change_filter("skipped"))
    assert [row.recipient for row in page.rows] == ["2@example.org"]
    await run(page.change_filter("waiting"))
    assert [row.recipient for row in page.rows] == ["1@example.org", "0@example.org"]
    await run(page.change_filter("nonsense"))
    assert [row.recipient for row in page.rows] == ["2@example.org", "1@example.org"]
    await run(page.show_next())
    assert ([row.recipient for row in page.rows], page.next_cursor) == (["0@example.org"], "")
    await run(page.show_previous())
    assert (len(page.rows), page.has_previous) == (2, False)


async def test_mails_of_a_mailing_that_are_still_to_come_are_told(project: ProjectScene) -> None:
    project.installation.db.call(
        mailings.enlist,
        installation=project.installation,
        tenancy_id=project.tenancy().id,
        mail=NewMail(source="<p>Hi</p>", scheduled_at=utc_now()),
        user_ids=[uuid.uuid4() for _ in range(mailings.PART_LENGTH + 1)],
        now=utc_now(),
    )
    page = await project.tab().state(EmailsState)
    await run(page.load())
    assert page.waiting_text == "101 e-mails of a large mailing will follow."
    for _ in range(2):
        project.installation.db.call(mailings.expand, installation=project.installation)
    await run(page.refresh())
    assert page.waiting_text == ""


async def test_others_change_no_mail(project: ProjectScene) -> None:
    add_mail(project.installation, project.tenancy().id, "ben@example.org")
    mine = await opened(project)
    foreign = await project.tab_of(project.cleo, "/", project_id=project.foreign_id).state(EmailsState)
    foreign.opened = mine.opened
    for event in (foreign.send_again(), foreign.reschedule({"send_at": "2999-12-31 18:00"}), foreign.cancel()):
        await run(event)
        assert foreign.error == "There is no such e-mail."
        foreign.error = ""
    assert statuses(project.installation) == ["preparing"]


class TestEditing:
    @pytest.fixture
    async def editor(self, project: ProjectScene) -> MailEditState:
        """The editor of a mail that is scheduled."""
        tenancy_id = project.tenancy().id
        later = utc_now() + timedelta(days=1)
        add_mail(project.installation, tenancy_id, "ben@example.org", html="<p>Old</p>", scheduled_at=later)
        await EmailWorker(project.installation).step()
        page = await project.tab().state(MailEditState)
        await run(page.open_mail(str(outbox(project.installation)[0].id), "all"))
        return page

    async def test_a_mail_waits_while_it_is_written_and_goes_on_when_saved(
        self, project: ProjectScene, editor: MailEditState
    ) -> None:
        assert (editor.opened_name, statuses(project.installation)) == ("Hello", ["paused"])
        assert ("Old" in editor.preview, editor.subject) == (True, "Hello")
        await run(editor.edit("{{ nothing }}"))
        await run(editor.save())
        assert ("nothing" in editor.problem, statuses(project.installation)) == (True, ["paused"])
        await run(editor.edit(editor.source.replace("{{ nothing }}", "<p>New</p>")))
        await run(editor.save())
        assert (editor.opened_id, statuses(project.installation)) == ("", ["preparing"])
        await EmailWorker(project.installation).step()
        (row,) = outbox(project.installation)
        assert "New" in content_of(project.installation, row).html
        assert statuses(project.installation) == ["scheduled"]

    async def test_discarding_lets_it_go_on_as_it_was(self, project: ProjectScene, editor: MailEditState) -> None:
        await run(editor.edit("<p>New</p>"))
        await run(editor.leave())
        await run(editor.resume())
        assert (editor.opened_id, statuses(project.installation)) == ("", ["scheduled"])
        (row,) = outbox(project.installation)
        assert "Old" in content_of(project.installation, row).html

    async def test_a_mail_that_was_paused_stays_so_when_discarded(
        self, project: ProjectScene, editor: MailEditState
    ) -> None:
        mail_id = editor.opened_id
        other = await project.tab().state(MailEditState)
        await run(other.open_mail(mail_id, "all"))
        await run(other.close_editor())
        await run(other.resume())
        assert statuses(project.installation) == ["paused"]

    async def test_what_has_left_is_not_edited(self, project: ProjectScene) -> None:
        add_mail(project.installation, project.tenancy().id, "ben@example.org")
        await EmailWorker(project.installation).step()
        page = await project.tab().state(MailEditState)
        told = targets(await run(page.open_mail(str(outbox(project.installation)[0].id), "all")))
        assert (page.opened_id, "cannot be edited" in told) == ("", True)
        assert statuses(project.installation) == ["sent"]

    async def test_mails_of_others_are_neither_held_nor_changed(
        self, project: ProjectScene, editor: MailEditState
    ) -> None:
        foreign = await project.tab_of(project.cleo, "/", project_id=project.foreign_id).state(MailEditState)
        assert "There is no such e-mail." in targets(await run(foreign.open_mail(editor.opened_id, "all")))
        assert foreign.opened_id == ""
        foreign.opened_id, foreign.theme, foreign.source = editor.opened_id, NO_THEME, "<p>Theirs</p>"
        foreign._held, foreign._held_in = editor.opened_id, project.foreign_id
        for event in (foreign.save(), foreign.resume()):
            assert "There is no such e-mail." in targets(await run(event))
        assert statuses(project.installation) == ["paused"]
        assert "Old" in outbox(project.installation)[0].source
