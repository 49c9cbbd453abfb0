"""The page of suppressed addresses: found, added, taken off the list; closed to others."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from hexclave_app.gateways.mail.failures import BadMailbox
from hexclave_app.services.emails import suppressions
from hexclave_app.services.emails.worker import EmailWorker
from models.base import utc_now
from state.dashboard.email_suppressions import PAGE_ROWS, AddSuppressionState, SuppressionsState
from state.dashboard.emails import EmailsState
from tests.state.scenes import ProjectScene
from tests.state.tabs import run, targets
from tests.support.outbox import add_mail

pytestmark = pytest.mark.anyio


def refuse(scene: ProjectScene, *addresses: str) -> None:
    """A server did not know these mailboxes, one second after the other."""
    tenancy_id = scene.tenancy().id

    def note(session: Session) -> None:
        for number, address in enumerate(addresses):
            mailbox = BadMailbox(address, "550 5.1.1 unknown")
            at = utc_now() + timedelta(seconds=number)
            suppressions.note_refused(session, tenancy_id=tenancy_id, mailboxes=[mailbox], now=at)

    scene.installation.db.call(note)


async def test_addresses_are_added_found_and_removed(project: ProjectScene) -> None:
    refuse(project, "ada@example.org")
    tab = project.tab()
    page, dialog = await tab.state(SuppressionsState), await tab.state(AddSuppressionState)
    await run(page.load())
    assert [(row.address, row.reason, row.detail) for row in page.rows] == [
        ("ada@example.org", "No such mailbox", "550 5.1.1 unknown")
    ]
    await run(dialog.toggle(True))
    await run(dialog.submit({"email": "nobody"}))
    assert (dialog.is_open, "valid email" in dialog.error) == (True, True)
    assert "security e-mails only" in targets(await run(dialog.submit({"email": " BEN@example.org "})))
    assert not dialog.is_open
    await run(page.change_search("BEN"))
    assert [(row.address, row.reason) for row in page.rows] == [("ben@example.org", "Added by hand")]
    await run(page.ask_to_remove("ben@example.org"))
    assert page.removing == "ben@example.org"
    await run(page.remove())
    await run(page.change_search(""))
    assert [row.address for row in page.rows] == ["ada@example.org"]
    assert len(project.audit("email_suppression.deleted")) == 1


async def test_a_long_list_has_pages(project: ProjectScene) -> None:
    refuse(project, *(f"user{number}@example.org" for number in range(PAGE_ROWS + 1)))
    page = await project.tab().state(SuppressionsState)
    await run(page.load())
    assert (len(page.rows), page.rows[0].address) == (PAGE_ROWS, f"user{PAGE_ROWS}@example.org")
    await run(page.show_next())
    assert ([row.address for row in page.rows], page.next_cursor) == (["user0@example.org"], "")
    await run(page.show_previous())
    assert (len(page.rows), page.has_previous) == (PAGE_ROWS, False)


async def test_others_neither_see_nor_change_the_list(project: ProjectScene) -> None:
    refuse(project, "ada@example.org")
    tab = project.tab(project.cleo)
    page, dialog = await tab.state(SuppressionsState), await tab.state(AddSuppressionState)
    await run(page.load())
    page.removing = "ada@example.org"
    await run(page.remove())
    await run(dialog.submit({"email": "ben@example.org"}))
    assert page.rows == []
    assert all("own it" in state.error for state in (page, dialog))
    mine = await project.tab().state(SuppressionsState)
    await run(mine.load())
    assert [row.address for row in mine.rows] == ["ada@example.org"]


async def test_only_what_is_shown_can_be_asked_about(project: ProjectScene) -> None:
    page = await project.tab().state(SuppressionsState)
    await run(page.load())
    await run(page.ask_to_remove("ada@example.org"))
    assert page.removing == ""


async def test_a_skipped_mail_says_which_address_and_why(project: ProjectScene) -> None:
    refuse(project, "ben@example.org")
    add_mail(project.installation, project.tenancy().id, "ben@example.org")
    await EmailWorker(project.installation).step()
    page = await project.tab().state(EmailsState)
    await run(page.load())
    await run(page.open_mail(page.rows[0].id))
    assert page.opened.problem == "Skipped: ben@example.org is among the suppressed addresses (no such mailbox)."
