"""Sending mails from the dashboard: drafts in four steps, HTML from a dialog, and what became of them."""

import re
import uuid

import pytest
from playwright.sync_api import Page, expect

from hexclave_app.config.builtins import TEMPLATE_IDS
from hexclave_app.services import tenancies
from models.base import JsonValue
from state.dashboard import paths
from tests.browser.accessibility import WIDTHS, overflow, problems
from tests.browser.people import Owner, add_users, create_owner, installation_of
from tests.support.outbox import add_mail, smtp_config
from tests.support.servers import Server

pytestmark = pytest.mark.browser

OWN_SERVER: dict[str, JsonValue] = smtp_config(1)
# A mail that would like to act: in its own frame, on the page around, and by leading the frame elsewhere.
HOSTILE = """\
---
subject: Ahoy
---
<mj-raw><meta http-equiv="refresh" content="0;url=data:text/html,gone" /></mj-raw>
<mj-section><mj-column>
<mj-text>Set sail<script>document.body.textContent = "taken over"</script></mj-text>
<mj-text><img src="data:," alt="" onerror="parent.postMessage({id: 'template-0', text: 'forged'}, '*')" /></mj-text>
<mj-text>Hello {{ user.displayName }}</mj-text>
</mj-column></mj-section>
"""


def owner_of(server: Server, page: Page, **config: JsonValue) -> Owner:
    owner = create_owner(server, project="Engine", config={**OWN_SERVER, **config})
    owner.sign_in(page.context, server)
    return owner


def test_a_draft_is_written_addressed_scheduled_and_held_back(
    server: Server, page: Page, complaints: list[str]
) -> None:
    owner = owner_of(server, page)
    add_users(server, owner.project_id, ["Grace", "Ada"])
    page.goto(server.url(paths.email_drafts(owner.project_id)))
    page.get_by_role("button", name="New draft").click()
    page.get_by_label("Name", exact=True).fill("July")
    assert problems(page) == []
    page.get_by_role("button", name="Create").click()
    preview = page.frame_locator("iframe[title='Preview of the draft']")
    expect(preview.get_by_text("Hello John Doe")).to_be_visible()
    assert problems(page) == []
    assert [overflow(page, width) for width in WIDTHS] == [0, 0, 0]
    page.get_by_role("button", name="Next").click()
    page.get_by_role("searchbox", name="Search users").fill("grace")
    page.get_by_role("checkbox", name="Choose Grace").click()
    page.get_by_role("searchbox", name="Search users").fill("ada")
    expect(page.get_by_role("checkbox", name="Choose Ada")).to_be_visible()
    expect(page.get_by_text("1 user is chosen.")).to_be_visible()
    assert problems(page) == []
    assert [overflow(page, width) for width in WIDTHS] == [0, 0, 0]
    page.get_by_role("button", name="Next", exact=True).click()
    expect(page.get_by_text("To 1 user.")).to_be_visible()
    assert problems(page) == []
    page.get_by_role("radio", name="Later").click()
    page.get_by_label("Not before (UTC)").fill("2999-12-31T18:00")
    page.get_by_role("button", name="Send later").click()
    expect(page.get_by_role("row", name="grace@example.com")).to_contain_text("Scheduled")
    page.get_by_role("button", name="Pause all").click()
    expect(page.get_by_role("row", name="grace@example.com")).to_contain_text("Paused")
    page.get_by_role("button", name="Cancel all").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Cancel all").click()
    expect(page.get_by_role("row", name="grace@example.com")).to_contain_text("Skipped")
    expect(page.get_by_text("1 cancelled or skipped")).to_be_visible()
    assert problems(page) == []
    assert [overflow(page, width) for width in WIDTHS] == [0, 0, 0]
    assert complaints == []


def test_texts_are_changed_in_the_preview_and_nothing_of_the_mail_runs(server: Server, page: Page) -> None:
    owner = owner_of(server, page)
    page.goto(server.url(paths.email_drafts(owner.project_id)))
    page.get_by_role("button", name="New draft").click()
    page.get_by_label("Name", exact=True).fill("July")
    page.get_by_role("button", name="Create").click()
    source = page.get_by_label("Source")
    source.fill(HOSTILE)
    preview = page.frame_locator("iframe[title='Preview of the draft']")
    text = preview.get_by_role("textbox", name="Set sail")
    expect(text).to_be_visible()
    text.fill("Full <b>speed</b>")
    text.press("Enter")
    expect(source).to_have_value(re.compile(re.escape("<mj-text>Full &lt;b&gt;speed&lt;/b&gt;<script>")))
    expect(preview.get_by_text("Full <b>speed</b>")).to_be_visible()
    expect(preview.get_by_text("taken over")).to_have_count(0)
    assert ">forged<" not in source.input_value()
    preview.get_by_text("John Doe").click()
    expect(page.get_by_text("Only marked texts can be changed here.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(source).to_have_value(HOSTILE)
    for device in ("Desktop", "Tablet", "Phone", "Dark"):
        page.get_by_role("tab", name=device).click()
        expect(preview.get_by_text("Set sail")).to_be_visible()
        assert [overflow(page, width) for width in WIDTHS] == [0, 0, 0]


def test_messages_of_other_frames_change_no_text(server: Server, page: Page) -> None:
    owner = owner_of(server, page)
    page.goto(server.url(paths.email_drafts(owner.project_id)))
    page.get_by_role("button", name="New draft").click()
    page.get_by_label("Name", exact=True).fill("July")
    page.get_by_role("button", name="Create").click()
    preview = page.frame_locator("iframe[title='Preview of the draft']")
    text = preview.get_by_role("textbox", name="this is what is new")
    expect(text).to_be_visible()
    source = page.get_by_label("Source")
    before = source.input_value()
    forge = "parent.postMessage({id: 'template-2', text: 'forged', token: '' , fixed: true}, '*')"
    page.evaluate(
        """forge => new Promise(resolve => {
            window.postMessage({id: 'template-2', text: 'forged', fixed: true}, '*');
            const frame = Object.assign(document.createElement('iframe'), {sandbox: 'allow-scripts', onload: resolve});
            frame.srcdoc = `<script>${forge}</script>`;
            document.body.append(frame);
        })""",
        forge,
    )
    preview.locator("body").evaluate(f"() => {{ {forge} }}")
    text.fill("Set sail")
    text.press("Enter")
    expect(source).to_have_value(before.replace("this is what is new.", "Set sail"))
    expect(page.get_by_text("Only marked texts can be changed here.")).to_have_count(0)


def test_mails_are_shown_by_what_they_were_made_from(server: Server, page: Page, complaints: list[str]) -> None:
    owner = owner_of(server, page)
    with installation_of(server) as installation:
        tenancy_id: uuid.UUID = installation.db.call(
            lambda session: tenancies.load(session, owner.project_id, "main").id
        )
        template_id = TEMPLATE_IDS["magic_link"]
        add_mail(installation, tenancy_id, "ada@example.com", "grace@example.com", template_id=template_id)
    page.goto(server.url(paths.emails(owner.project_id)))
    page.get_by_role("radio", name="By template or draft").click()
    row = page.get_by_role("row", name="Magic Link/OTP")
    expect(row).to_contain_text("2 failed")  # there is no mail server at port 1
    assert problems(page) == []
    assert [overflow(page, width) for width in WIDTHS] == [0, 0, 0]
    page.get_by_role("button", name="Boost for 4 hours").click()
    expect(page.get_by_role("timer")).to_have_text(re.compile(r"^3:59:\d\d$|^4:00:00$"))
    row.get_by_role("link").click()
    expect(page.get_by_role("heading", level=2, name="Magic Link/OTP")).to_be_visible()
    page.get_by_role("searchbox", name="Search recipients").fill("grace")
    expect(page.get_by_role("row", name="ada@example.com")).to_have_count(0)
    expect(page.get_by_role("row", name="grace@example.com")).to_be_visible()
    assert problems(page) == []
    assert [overflow(page, width) for width in WIDTHS] == [0, 0, 0]
    assert complaints == []


def test_html_is_sent_to_users_from_a_dialog(server: Server, page: Page, complaints: list[str]) -> None:
    owner = owner_of(server, page)
    add_users(server, owner.project_id, ["Grace", "Ada"])
    page.goto(server.url(paths.emails(owner.project_id)))
    page.get_by_role("button", name="Send e-mail").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("searchbox", name="Search users").fill("grace")
    dialog.get_by_role("searchbox", name="Search users").press("Enter")
    dialog.get_by_role("checkbox", name="Choose Grace").click()
    expect(dialog.get_by_text("1 user is chosen.")).to_be_visible()
    assert problems(page) == []
    assert [overflow(page, width) for width in WIDTHS] == [0, 0, 0]
    dialog.get_by_role("button", name="Send e-mail").click()
    expect(dialog.get_by_text("Enter a subject of 1 to 200 characters.")).to_be_visible()
    dialog.get_by_label("Subject").fill("Ahoy")
    dialog.get_by_label("HTML").fill("<p>Set sail</p>")
    dialog.get_by_role("button", name="Send e-mail").click()
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("row", name="grace@example.com")).to_be_visible()
    page.goto(server.url(paths.emails_overview(owner.project_id)))
    expect(page.get_by_role("row", name="grace@example.com")).to_be_visible()
    expect(page.get_by_text("SMTP server")).to_be_visible()
    page.get_by_role("button", name="Send e-mail").click()
    expect(dialog.get_by_text("Nobody is chosen.")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("row", name="grace@example.com").get_by_role("button").click()
    expect(page.get_by_role("dialog").get_by_text("Timeline")).to_be_visible()
    assert problems(page) == []
    assert [overflow(page, width) for width in WIDTHS] == [0, 0, 0]
    assert complaints == []
