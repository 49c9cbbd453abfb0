"""Sent mails by what they were made from, the page of one source, and the sender's reputation."""

import uuid
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from hexclave_app.installation import Installation
from hexclave_app.services.emails import drafts, queueing, stages
from hexclave_app.services.emails.queueing import NewMail, Recipient
from models import EmailOutbox, RecipientType
from models.base import utc_now
from state.dashboard.email_draft_mails import DraftMailsState
from state.dashboard.email_lists import Part
from state.dashboard.email_reputation import Meter, ReputationState
from state.dashboard.email_source_mails import SourceMailsState
from state.dashboard.email_watch import listing_at
from state.dashboard.emails import BY_SOURCE, EmailsState
from tests.state.scenes import ProjectScene
from tests.state.tabs import run, targets
from tests.support.outbox import add_mail, let_time_pass

pytestmark = pytest.mark.anyio

TEMPLATE = "a70fb3a4-56c1-4e42-af25-49d25603abd0"


def make_draft(scene: ProjectScene, name: str = "July") -> str:
    def create(session: Session) -> str:
        made = drafts.create(
            session, tenancy_id=scene.tenancy().id, display_name=name, theme=None, source=None, now=utc_now()
        )
        return str(made.id)

    return scene.installation.db.call(create)


def change(installation: Installation, **values: object) -> None:
    """Let something happen to every mail."""

    def write(session: Session) -> None:
        for row in session.exec(select(EmailOutbox)):
            for name, value in values.items():
                setattr(row, name, value)
            stages.settle(row)

    installation.db.call(write)


async def test_mails_are_shown_by_template_and_draft(project: ProjectScene) -> None:
    tenancy_id, draft_id = project.tenancy().id, make_draft(project)
    add_mail(project.installation, tenancy_id, "ada@example.org", "ben@example.org", template_id=TEMPLATE)
    let_time_pass(project.installation)
    add_mail(project.installation, tenancy_id, "cleo@example.org", draft_id=uuid.UUID(draft_id))
    let_time_pass(project.installation)
    add_mail(project.installation, tenancy_id, "cleo@example.org", draft_id=uuid.UUID(int=1))
    page = await project.tab().state(EmailsState)
    await run(page.load())
    assert (page.view, page.groups) == ("list", [])
    assert "view=groups" in targets(await run(page.change_view(BY_SOURCE)))
    base = f"/projects/{project.project_id}"
    assert [(row.name, row.kind, row.recipients, row.address) for row in page.groups] == [
        ("Deleted", "Draft", "1", f"{base}/email-sent/draft-{uuid.UUID(int=1)}"),
        ("July", "Draft", "1", f"{base}/email-drafts/{draft_id}?step=sent"),
        ("Password Reset", "Template", "2", f"{base}/email-sent/template-{TEMPLATE}"),
    ]
    assert page.groups[2].parts == [Part("pending", "2 pending", "100.000%")]


async def test_the_mails_of_a_template_have_a_page(project: ProjectScene) -> None:
    tenancy_id = project.tenancy().id
    add_mail(project.installation, tenancy_id, "ada@example.org", "ben@example.org", template_id=TEMPLATE)
    add_mail(project.installation, tenancy_id, "cleo@example.org")
    page = await project.tab(opened_source=f"template-{TEMPLATE}").state(SourceMailsState)
    await run(page.load())
    assert (page.title, page.kind, [part.text for part in page.parts]) == ("Password Reset", "Template", ["2 pending"])
    assert sorted(row.recipient for row in page.rows) == ["ada@example.org", "ben@example.org"]
    await run(page.change_search("ADA@"))
    assert [row.recipient for row in page.rows] == ["ada@example.org"]
    await run(page.open_mail(page.rows[0].id))
    assert ("Template", "Password Reset") in page.details
    await run(page.cancel())
    assert [part.text for part in page.parts] == ["1 cancelled or skipped", "1 pending"]
    rest = await project.tab(opened_source="none").state(SourceMailsState)
    await run(rest.load())
    assert (rest.title, [row.recipient for row in rest.rows]) == ("Without template or draft", ["cleo@example.org"])


@pytest.mark.parametrize("address", ["", "template-", "draft-x", "everything"])
async def test_an_address_without_source_shows_nothing(project: ProjectScene, address: str) -> None:
    add_mail(project.installation, project.tenancy().id, "ada@example.org")
    page = await project.tab(opened_source=address).state(SourceMailsState)
    await run(page.load())
    assert (page.error, page.rows) == ("There are no e-mails at this address.", [])


async def test_mails_of_others_are_in_no_group(project: ProjectScene) -> None:
    draft_id = make_draft(project)
    add_mail(project.installation, project.tenancy().id, "ada@example.org", draft_id=uuid.UUID(draft_id))
    stranger = project.tab(project.cleo, opened_source=f"draft-{draft_id}")
    foreign = project.tab_of(project.cleo, "/", project_id=project.foreign_id, opened_source=f"draft-{draft_id}")
    for tab in (stranger, foreign):
        page, source = await tab.state(EmailsState), await tab.state(SourceMailsState)
        mails, reputation = await tab.state(DraftMailsState), await tab.state(ReputationState)
        await run(page.change_view(BY_SOURCE))
        await run(source.load())
        await run(mails.begin(draft_id))
        for event in (mails.pause_all(), mails.cancel_all()):
            await run(event)
        assert (page.groups, source.rows, mails.rows, mails.running) == ([], [], [], 0)
        if tab is stranger:
            await run(reputation.load())
            await run(reputation.boost())
            assert (reputation.sent, reputation.boosted_until) == (Meter(), 0)
    mine = await project.tab().state(DraftMailsState)
    await run(mine.begin(draft_id))
    assert (mine.running, mine.paused) == (1, 0)


async def test_a_mail_that_is_not_rendered_is_shown_with_sample_values(project: ProjectScene) -> None:
    mail = NewMail(
        source='---\nsubject: Ahoy\nvariable: place string "Dover"\n---\n<p>From {{ variables.place }}</p>',
        scheduled_at=utc_now(),
    )
    project.installation.db.call(
        queueing.add,
        installation=project.installation,
        tenancy_id=project.tenancy().id,
        mail=mail,
        to=[Recipient(RecipientType.CUSTOM_EMAILS, None, ["ben@example.org"])],
    )
    page = await project.tab().state(EmailsState)
    await run(page.load())
    await run(page.open_mail(page.rows[0].id))
    assert (page.opened.is_sample, "From Dover" in page.opened.html) == (True, True)
    change(project.installation, source="{{ nothing }}")
    await run(page.open_mail(page.rows[0].id))
    assert (page.opened.is_sample, page.opened.problem) == (False, "'nothing' is undefined")


async def test_the_reputation_stands_beside_its_limits(project: ProjectScene) -> None:
    add_mail(project.installation, project.tenancy().id, *[f"{number}@example.org" for number in range(10)])
    page = await project.tab().state(ReputationState)
    await run(page.load())
    assert (page.sent.text, page.sent.is_bad) == ("0 of 200 e-mails", False)
    assert (page.bounces.text, page.spam.text) == ("0.0 % of at most 5 % (0)", "0.00 % of at most 0.1 % (0)")
    now = utc_now()
    sent = {"worker_id": uuid.uuid4(), "started_rendering_at": now, "finished_rendering_at": now}
    sent |= {"rendered_sealed": b"", "started_sending_at": now, "finished_sending_at": now}
    change(project.installation, can_have_delivery_info=True, **sent)

    def bounce(session: Session) -> None:
        row = session.exec(select(EmailOutbox)).first()
        assert row is not None
        row.bounced_at = row.marked_as_spam_at = now
        stages.settle(row)

    project.installation.db.call(bounce)
    await run(page.load())
    assert page.bounces.text == "10.0 % of at most 5 % (1)"
    assert page.spam.text == "10.00 % of at most 0.1 % (1)"
    assert (page.bounces.is_bad, page.bounces.filled, page.spam.is_bad) == (True, 100, True)
    change(project.installation, finished_sending_at=now - timedelta(hours=2))
    await run(page.load())
    assert (page.sent.text.startswith("0 of"), page.bounces.is_bad) == (True, False)


async def test_a_boost_is_given_once_and_ends(project: ProjectScene) -> None:
    page = await project.tab().state(ReputationState)
    await run(page.load())
    began = utc_now().timestamp() * 1000
    assert "Four times" in targets(await run(page.boost()))
    assert 3.9 * 3_600_000 < page.boosted_until - began < 4.1 * 3_600_000
    assert page.sent.text == "0 of 800 e-mails"
    until = page.boosted_until
    assert "already" in targets(await run(page.boost()))
    assert page.boosted_until == until


async def test_each_page_follows_its_own_list(project: ProjectScene) -> None:
    base = f"/projects/{project.project_id}"
    pages = {
        "email-sent": EmailsState,
        "email-outbox": EmailsState,
        "email-viewer/x": EmailsState,
        "email-sent/none": SourceMailsState,
        "email-drafts": DraftMailsState,
        "email-drafts/x": DraftMailsState,
    }
    assert {path: listing_at(f"{base}/{path}", project.project_id) for path in pages} == pages
