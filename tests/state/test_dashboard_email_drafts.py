"""Drafts in their four steps, whom they go to, and e-mails that are sent without a draft."""

import uuid
from collections.abc import Iterator
from itertools import pairwise

import pytest

from hexclave_app.config.overrides import Level
from hexclave_app.services import project_configs
from hexclave_app.services.emails import drafts
from hexclave_app.services.emails.worker import EmailWorker
from state.dashboard import email_recipients
from state.dashboard.email_draft_mails import DraftMailsState
from state.dashboard.email_drafts import LATER, NOW, RECIPIENTS, SCHEDULE, SENT, WRITE, DraftsState
from state.dashboard.email_recipients import EVERYBODY, RecipientsState
from state.dashboard.email_sending import SendEmailState
from tests.state.scenes import ProjectScene
from tests.state.tabs import Tab, run, targets
from tests.support.outbox import content_of, outbox, smtp_config, statuses
from tests.support.smtp import SmtpSink, smtp_sink

pytestmark = pytest.mark.anyio

GOOD = "---\nsubject: Ahoy {{ user.displayName }}\ncategory: Marketing\n---\n<p>Ours</p>"
MAIL = {"subject": "Ahoy", "category": "Marketing", "html": "<p>Set sail</p>"}
AT = {"scheduled_at": "2999-12-31T18:00"}


@pytest.fixture
def sink(project: ProjectScene) -> Iterator[SmtpSink]:
    """The project's own mail server."""
    with smtp_sink() as running:
        project.installation.db.call(
            project_configs.patch,
            project_id=project.project_id,
            level=Level.ENVIRONMENT,
            config=smtp_config(running.port),
        )
        yield running


async def written(tab: Tab, source: str = GOOD) -> DraftsState:
    """A new draft with a source."""
    page = await tab.state(DraftsState)
    await run(page.load())
    await run(page.create({"draft_name": "July"}))
    await run(page.refresh())
    await run(page.open_draft(page.rows[0].id, WRITE))
    await run(page.edit(source))
    picker = await tab.state(RecipientsState)
    await run(picker.begin())
    return page


async def test_a_draft_goes_through_its_steps_to_those_who_are_chosen(project: ProjectScene, sink: SmtpSink) -> None:
    ben = project.add_user("ben@example.org")
    project.add_user("cleo@example.org")
    tab = project.tab()
    page = await written(tab, "{{ nothing }}")
    picker, mails = await tab.state(RecipientsState), await tab.state(DraftMailsState)
    assert "Solve the problem" in targets(await run(page.go(RECIPIENTS)))
    await run(page.edit(GOOD))
    await run(page.go(RECIPIENTS))
    assert (page.step, picker.everybody) == (RECIPIENTS, 2)
    assert "at least one user" in targets(await run(page.go(SCHEDULE)))
    await run(page.send({}))
    assert page.send_error == "Choose at least one user."
    await run(picker.tick(str(ben), True))
    await run(page.go(SCHEDULE))
    await run(page.choose_time(LATER))
    for typed, said in (("soon", "Enter the time"), ("", "Choose the time")):
        await run(page.send({"scheduled_at": typed}))
        assert page.send_error.startswith(said)
    await run(page.choose_time(NOW))
    assert page.send_error == ""
    assert "Queued for 1 user." in targets(await run(page.send({})))
    assert page.step == SENT
    await run(picker.begin())
    await run(picker.choose_kind(EVERYBODY))
    await run(page.choose_time(LATER))
    assert "Queued for 2 users." in targets(await run(page.send(AT)))
    await EmailWorker(project.installation).step()
    assert sink.recipients == [["ben@example.org"]]
    await run(mails.begin(page.opened_id))
    assert [part.text for part in mails.parts] == ["1 sent", "2 pending"]
    assert (mails.running, len(mails.rows)) == (2, 3)
    await run(page.refresh())
    assert ([row.name for row in page.rows], [row.name for row in page.history]) == ([], ["July"])
    assert page.history[0].address.endswith(f"/email-drafts/{page.opened_id}?step=sent")
    assert f"/projects/{project.project_id}/email-drafts" in targets(await run(page.delete()))
    assert (page.opened_id, len(outbox(project.installation))) == ("", 3)


async def test_whatever_happens_to_a_draft_moves_what_lists_of_drafts_look_at(
    project: ProjectScene, sink: SmtpSink
) -> None:
    async def mark() -> object:
        return await project.installation.db.read(drafts.newest_change, tenancy_id=project.tenancy().id)

    project.add_user("ben@example.org")
    tab = project.tab()
    marks = [await mark()]
    page = await written(tab)
    marks.append(await mark())
    await run(page.save())
    marks.append(await mark())
    await run((await tab.state(RecipientsState)).choose_kind(EVERYBODY))
    await run(page.send({}))
    marks.append(await mark())
    await run(page.delete())
    marks.append(await mark())
    assert [before != after for before, after in pairwise(marks)] == [True] * 4
    assert marks[0] == marks[4]
    assert sink.recipients == []


async def test_what_was_sent_is_paused_resumed_and_cancelled_together(project: ProjectScene, sink: SmtpSink) -> None:
    project.add_user("ben@example.org")
    project.add_user("cleo@example.org")
    tab = project.tab()
    page = await written(tab)
    picker, mails = await tab.state(RecipientsState), await tab.state(DraftMailsState)
    await run(picker.choose_kind(EVERYBODY))
    await run(page.choose_time(LATER))
    await run(page.send(AT))
    await run(mails.begin(page.opened_id))
    assert "2 e-mails are paused." in targets(await run(mails.pause_all()))
    assert (mails.running, mails.paused, statuses(project.installation)) == (0, 2, ["paused", "paused"])
    assert "2 e-mails go on." in targets(await run(mails.resume_all()))
    assert (mails.running, mails.paused) == (2, 0)
    await run(mails.ask_to_cancel(True))
    assert "2 e-mails will not be sent." in targets(await run(mails.cancel_all()))
    assert (mails.is_cancelling, mails.running, mails.partly) == (False, 0, "")
    assert [part.text for part in mails.parts] == ["2 cancelled or skipped"]
    assert (statuses(project.installation), sink.recipients) == (["skipped", "skipped"], [])


async def test_a_draft_begins_with_a_template(project: ProjectScene) -> None:
    page = await project.tab().state(DraftsState)
    await run(page.load())
    template = next(value for value, name in page.templates if name == "Payment Receipt")
    await run(page.create({"draft_name": "Receipt", "draft_from": template}))
    await run(page.refresh())
    await run(page.open_draft(page.rows[0].id, WRITE))
    assert (page.problem, "Pro Plan" in page.preview) == ("", True)
    await run(page.create({"draft_name": "Bad", "draft_from": str(uuid.uuid4())}))
    await run(page.refresh())
    assert [row.name for row in page.rows] == ["Receipt"]


async def test_the_address_opens_a_draft_at_its_last_step(project: ProjectScene, sink: SmtpSink) -> None:
    page = await written(project.tab())
    tab = project.tab(opened_draft=page.opened_id)
    tab.go(f"/projects/{project.project_id}/email-drafts/{page.opened_id}?step=sent")
    other = await tab.state(DraftsState)
    events = await run(other.load())
    assert page.opened_id in targets(events)
    await run(other.open_draft(page.opened_id, SENT))
    assert other.step == SENT
    foreign = await project.tab_of(project.cleo, "/", project_id=project.foreign_id).state(DraftsState)
    await run(foreign.load())
    assert "no draft" in targets(await run(foreign.open_draft(page.opened_id, SENT)))
    assert foreign.opened_id == ""


async def test_drafts_cannot_be_sent_through_the_shared_server(project: ProjectScene) -> None:
    tab = project.tab()
    page = await written(tab)
    await run((await tab.state(RecipientsState)).choose_kind(EVERYBODY))
    await run(page.send({}))
    assert "custom SMTP server" in page.send_error
    assert statuses(project.installation) == []


class TestRecipients:
    @pytest.fixture
    def people(self, project: ProjectScene, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
        """Three users, on pages of two."""
        monkeypatch.setattr(email_recipients, "PAGE_ROWS", 2)
        return {name: str(project.add_user(f"{name}@example.org")) for name in ("ada", "ben", "cleo")}

    @pytest.fixture
    async def picker(self, project: ProjectScene, people: dict[str, str]) -> RecipientsState:
        picker = await project.tab().state(RecipientsState)
        await run(picker.begin())
        return picker

    async def test_the_choice_outlives_searches_and_pages(
        self, picker: RecipientsState, people: dict[str, str]
    ) -> None:
        assert (len(picker.candidates), picker.number, picker.has_more) == (2, 0, False)
        await run(picker.change_search("ada"))
        await run(picker.tick(people["ada"], True))
        await run(picker.change_search(""))
        await run(picker.show_next())
        await run(picker.tick_page())
        await run(picker.show_previous())
        assert picker.number == len({people["ada"], *(one.id for one in picker.chosen)}) >= 1
        assert [one.is_chosen for one in picker.candidates] == [one.id in _chosen(picker) for one in picker.candidates]
        await run(picker.tick(people["ada"], False))
        assert people["ada"] not in _chosen(picker)
        await run(picker.clear())
        assert (picker.number, picker.chosen, {one.is_chosen for one in picker.candidates}) == (0, [], {False})

    async def test_nobody_is_chosen_who_was_not_shown(
        self, project: ProjectScene, picker: RecipientsState, people: dict[str, str]
    ) -> None:
        foreign = project.add_user("eve@example.org", project_id=project.foreign_id)
        for user_id in (str(foreign), str(uuid.uuid4()), "x"):
            await run(picker.tick(user_id, True))
        await run(picker.change_search("eve"))
        assert (picker.candidates, picker.number) == ([], 0)

    async def test_users_are_added_by_address(self, picker: RecipientsState, people: dict[str, str]) -> None:
        await run(picker.add_addresses())
        assert picker.problem == "Enter 1 to 100 addresses."
        await run(picker.type_addresses("BEN@example.org,\neve@example.org"))
        await run(picker.add_addresses())
        assert (picker.problem, picker.number) == ("No user of this project has the address eve@example.org.", 0)
        await run(picker.type_addresses("BEN@example.org; ben@example.org\ncleo@example.org"))
        await run(picker.add_addresses())
        assert (picker.problem, _chosen(picker)) == ("", {people["ben"], people["cleo"]})

    async def test_there_is_a_limit(self, picker: RecipientsState, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(email_recipients, "MAX_CHOSEN", 1)
        await run(picker.tick_page())
        assert (picker.problem, picker.number) == ("Choose at most 1 users, or everybody.", 0)

    async def test_users_are_for_administrators(self, project: ProjectScene, people: dict[str, str]) -> None:
        picker = await project.tab(project.cleo).state(RecipientsState)
        await run(picker.begin())
        await run(picker.change_search("ada"))
        await run(picker.type_addresses("ada@example.org"))
        await run(picker.add_addresses())
        assert (picker.candidates, picker.number, picker.everybody) == ([], 0, 0)


def _chosen(picker: RecipientsState) -> set[str]:
    return set(email_recipients.user_ids_of(picker) or [])


class TestSending:
    async def test_html_is_queued_for_those_who_are_chosen(self, project: ProjectScene, sink: SmtpSink) -> None:
        ben = project.add_user("ben@example.org")
        project.add_user("cleo@example.org")
        tab = project.tab()
        dialog, picker = await tab.state(SendEmailState), await tab.state(RecipientsState)
        await run(dialog.toggle(True))
        await run(picker.begin())
        await run(picker.tick(str(ben), True))
        assert "Queued for 1 user." in targets(await run(dialog.submit(MAIL)))
        assert (dialog.is_open, dialog.is_busy) == (False, False)
        await EmailWorker(project.installation).step()
        (row,) = outbox(project.installation)
        assert (sink.recipients, sink.subjects, statuses(project.installation)) == (
            [["ben@example.org"]], ["Ahoy"], ["sent"],
        )  # fmt: skip
        content = content_of(project.installation, row)
        assert ("Set sail" in content.html, bool(content.unsubscribe_link)) == (True, True)

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ({"subject": " "}, "Enter a subject"),
            ({"subject": "x" * 201}, "Enter a subject"),
            ({"category": "Nonsense"}, "Choose a category"),
            ({"html": ""}, "Enter HTML"),
            ({"html": "x" * 200_001}, "Enter HTML"),
        ],
    )
    async def test_an_incomplete_mail_is_not_queued(
        self, project: ProjectScene, sink: SmtpSink, change: dict[str, str], said: str
    ) -> None:
        project.add_user("ben@example.org")
        tab = project.tab()
        dialog, picker = await tab.state(SendEmailState), await tab.state(RecipientsState)
        await run(dialog.submit(MAIL))
        assert dialog.error == "Choose at least one user."
        await run(picker.choose_kind(EVERYBODY))
        await run(dialog.submit(MAIL | change))
        assert dialog.error.startswith(said)
        assert outbox(project.installation) == []

    async def test_the_shared_server_sends_none(self, project: ProjectScene) -> None:
        tab = project.tab()
        dialog, picker = await tab.state(SendEmailState), await tab.state(RecipientsState)
        assert "own" in targets(await run(dialog.toggle(True)))
        assert not dialog.is_open
        await run(picker.choose_kind(EVERYBODY))
        await run(dialog.submit(MAIL))
        assert "custom SMTP server" in dialog.error
        assert outbox(project.installation) == []

    async def test_strangers_send_nothing(self, project: ProjectScene, sink: SmtpSink) -> None:
        project.add_user("ben@example.org")
        tab = project.tab(project.cleo)
        dialog, picker = await tab.state(SendEmailState), await tab.state(RecipientsState)
        picker.to = EVERYBODY
        await run(dialog.submit(MAIL))
        foreign = project.tab_of(project.cleo, "/", project_id=project.foreign_id)
        theirs, chooser = await foreign.state(SendEmailState), await foreign.state(RecipientsState)
        ben = str(project.add_user("dora@example.org"))
        chooser._chosen = {ben: email_recipients.Candidate(ben, "Dora", "")}
        await run(theirs.submit(MAIL))
        assert outbox(project.installation) == []
