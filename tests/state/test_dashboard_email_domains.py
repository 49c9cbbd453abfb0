"""The page of sending domains: records to enter, what the DNS says, and the domain in use."""

from collections.abc import Iterator

import pytest

from hexclave_app.services.emails.managed_domains import MOCK_KEY
from state.dashboard.email_domains import AddEmailDomainState, EmailDomainsState
from state.dashboard.email_watch import read_domains
from tests.state.scenes import ProjectScene
from tests.state.tabs import run, run_in_background, targets
from tests.support.dns import dns_server

pytestmark = pytest.mark.anyio

FORM = {"sending_domain": "Mail.Acme.example", "sender": "hello"}
ZONE = {
    ("send.mail.acme.example", "MX"): ["10 feedback-smtp.example.com."],
    ("mock._domainkey.mail.acme.example", "TXT"): ['"p=other"'],
}


class TestWithProvider:
    @pytest.fixture(autouse=True)
    def provider(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
        """The contract's mock of the provider, and a DNS of our own; named before the installation starts."""
        with dns_server(ZONE) as address:
            monkeypatch.setenv("HEXCLAVE_RESEND_API_KEY", MOCK_KEY)
            monkeypatch.setenv("HEXCLAVE_EMAIL_DNS_SERVER", address)
            yield

    async def test_a_domain_is_added_looked_up_used_and_kept_while_it_is_used(self, project: ProjectScene) -> None:
        tab = project.tab()
        page, dialog = await tab.state(EmailDomainsState), await tab.state(AddEmailDomainState)
        await run(page.load())
        assert (page.is_available, page.rows) == (True, [])
        await run(dialog.toggle(True))
        await run(dialog.submit({**FORM, "sending_domain": "localhost"}))
        assert (dialog.is_open, dialog.is_saving, "full domain name" in dialog.error) == (True, False, True)
        await run(dialog.submit(FORM))
        assert not dialog.is_open
        await run(page.load())
        (row,) = page.rows
        assert (row.name, row.sender, row.status) == (
            "mail.acme.example", "hello@mail.acme.example", "pending_verification",
        )  # fmt: skip
        await run(page.open_domain(row.id))
        await run_in_background(page, "look_up")
        shown = {(record.type, record.name.partition(".")[0]): record for record in page.records}
        assert shown["MX", "send"].is_right
        assert (shown["TXT", "mock"].is_right, "p=other" in shown["TXT", "mock"].found) == (False, True)
        assert not shown["TXT", "_dmarc"].is_right
        assert page.opened.status == "verified"
        await run(page.use_domain())
        server = project.config().emails.server
        assert (server.provider, server.managed_subdomain, page.opened.status) == (
            "managed", "mail.acme.example", "applied",
        )  # fmt: skip
        assert "sends from this domain" in targets(await run(page.delete()))
        assert len(page.rows) == 1

    async def test_a_domain_that_is_not_used_can_be_deleted(self, project: ProjectScene) -> None:
        tab = project.tab()
        page, dialog = await tab.state(EmailDomainsState), await tab.state(AddEmailDomainState)
        await run(dialog.submit(FORM))
        await run(page.load())
        await run(page.open_domain(page.rows[0].id))
        assert "not verified" in targets(await run(page.use_domain()))
        await run(page.delete())
        assert (page.rows, page.opened.id) == ([], "")

    async def test_what_the_provider_or_others_do_with_a_domain_is_seen(self, project: ProjectScene) -> None:
        async def mark() -> tuple[object, ...]:
            return await project.installation.db.read(read_domains, tenancy_id=project.tenancy().id)

        page, other = await project.tab().state(EmailDomainsState), await project.tab().state(EmailDomainsState)
        assert await mark() == ()
        await run((await project.tab().state(AddEmailDomainState)).submit(FORM))
        assert len(await mark()) == 1
        for one in (page, other):
            await run(one.load())
            await run(one.open_domain(one.rows[0].id))
        await run(other.delete())
        assert await mark() == ()
        await run(page.refresh())
        assert (page.rows, page.opened.id) == ([], "")

    async def test_domains_of_others_are_neither_seen_nor_changed(self, project: ProjectScene) -> None:
        dialog = await project.tab().state(AddEmailDomainState)
        await run(dialog.submit(FORM))
        mine = await project.tab().state(EmailDomainsState)
        await run(mine.load())
        domain_id = mine.rows[0].id
        tab = project.tab(project.cleo)
        page, theirs = await tab.state(EmailDomainsState), await tab.state(AddEmailDomainState)
        await run(page.load())
        await run(theirs.submit({**FORM, "sending_domain": "mail.other.example"}))
        assert (page.rows, "own it" in page.error, "own it" in theirs.error) == ([], True, True)
        foreign = await project.tab_of(project.cleo, "/", project_id=project.foreign_id).state(EmailDomainsState)
        await run(foreign.open_domain(domain_id))
        assert (foreign.opened.id, foreign.error) == ("", "There is no such domain.")
        await run(mine.load())
        assert [row.name for row in mine.rows] == ["mail.acme.example"]


async def test_without_a_provider_the_page_says_what_is_missing(project: ProjectScene) -> None:
    tab = project.tab()
    page, dialog = await tab.state(EmailDomainsState), await tab.state(AddEmailDomainState)
    await run(page.load())
    await run(dialog.submit(FORM))
    assert (page.is_available, "HEXCLAVE_RESEND_API_KEY" in dialog.error) == (False, True)
