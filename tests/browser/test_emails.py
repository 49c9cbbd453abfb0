"""The pages of mails, in both colour schemes: a sign-in mail appears by itself and shows its code."""

import re

import httpx
import pytest
from playwright.sync_api import Dialog, Page, expect

from state.dashboard import paths
from tests.browser.accessibility import WIDTHS, overflow, problems
from tests.browser.people import create_owner
from tests.support.servers import Server

pytestmark = pytest.mark.browser

CONFIG = {"auth.otp.allowSignIn": True, "domains.allowLocalhost": True}


def ask_for_code(server: Server, project_id: str, email: str) -> None:
    body = {"email": email, "callback_url": "http://localhost:3000/handler/magic-link-callback"}
    headers = {"x-hexclave-project-id": project_id, "x-hexclave-access-type": "client"}
    answer = httpx.post(server.url("/api/v1/auth/otp/send-sign-in-code"), json=body, headers=headers)
    assert answer.status_code == 200, answer.text


def test_a_sign_in_mail_appears_in_the_inbox_with_its_code(server: Server, page: Page, complaints: list[str]) -> None:
    owner = create_owner(server, project="Engine", config=dict(CONFIG))
    owner.sign_in(page.context, server)
    page.goto(server.url(paths.emails(owner.project_id)))
    expect(page.get_by_text("No e-mails yet")).to_be_visible()
    expect(page.get_by_text("No e-mail leaves this machine")).to_be_visible()
    assert problems(page) == []
    ask_for_code(server, owner.project_id, "grace@example.com")
    row = page.get_by_role("row", name="grace@example.com")
    expect(row).to_contain_text(re.compile("Sign in to Engine: Your code is [A-Z0-9]{6}"))
    expect(row).to_contain_text("Sent")
    row.get_by_role("button", name=re.compile("^Sign in to Engine")).click()
    dialog = page.get_by_role("dialog")
    frame = dialog.frame_locator("iframe[title='E-mail content']")
    expect(frame.get_by_role("heading", name="Sign in to Engine")).to_be_visible()
    expect(dialog.get_by_role("button", name="Copy code")).to_be_visible()
    assert problems(page) == []
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(row.get_by_role("button", name=re.compile("^Sign in to Engine"))).to_be_focused()
    assert [overflow(page, width) for width in WIDTHS] == [0, 0, 0]
    assert complaints == []


def test_mail_settings_fit_every_screen_and_need_a_complete_server(
    server: Server, page: Page, complaints: list[str]
) -> None:
    owner = create_owner(server, project="Engine")
    owner.sign_in(page.context, server)
    page.goto(server.url(paths.email_settings(owner.project_id)))
    expect(page.get_by_role("heading", level=2, name="E-mail server")).to_be_visible()
    expect(page.frame_locator("iframe[title='Preview of the theme']").get_by_role("heading")).to_be_visible()
    page.get_by_role("radio", name="Resend").click()
    expect(page.get_by_label("API key")).to_be_visible()
    assert problems(page) == []
    page.get_by_role("radio", name="SMTP server").click()
    expect(page.get_by_text("Not saved", exact=True)).to_be_visible()
    page.get_by_label("Host").press("Enter")
    expect(page.get_by_text("Enter the host of the server.")).to_be_visible()
    assert problems(page) == []
    page.get_by_role("button", name="Discard").click()
    expect(page.get_by_text("Not saved", exact=True)).to_have_count(0)
    assert [overflow(page, width) for width in WIDTHS] == [0, 0, 0]
    assert complaints == []


def test_a_template_is_written_beside_its_preview(server: Server, page: Page, complaints: list[str]) -> None:
    owner = create_owner(server, project="Engine", config={"emails.server.isShared": False})
    owner.sign_in(page.context, server)
    page.goto(server.url(paths.email_templates(owner.project_id)))
    expect(page.get_by_role("row", name="Magic Link/OTP")).to_be_visible()
    assert problems(page) == []
    page.get_by_role("button", name="New template").click()
    page.get_by_label("Name", exact=True).fill("Welcome")
    page.get_by_role("button", name="Create").click()
    preview = page.frame_locator("iframe[title='Preview of the template']")
    expect(preview.get_by_role("heading", name="Hello John Doe")).to_be_visible()
    page.get_by_label("Source").fill("---\nsubject: Ahoy\ncategory: Marketing\n---\n<p>Set sail</p>")
    expect(preview.get_by_text("Set sail")).to_be_visible()
    expect(page.get_by_text("Subject: Ahoy", exact=True)).to_be_visible()
    assert problems(page) == []
    page.get_by_role("button", name="Save").press("Enter")
    expect(page.get_by_text("Saved. Mails that are queued already keep their text.")).to_be_visible()
    assert [overflow(page, width) for width in WIDTHS] == [0, 0, 0]
    assert complaints == []


def test_a_theme_is_written_in_both_schemes_and_not_lost(server: Server, page: Page, complaints: list[str]) -> None:
    owner = create_owner(server, project="Engine")
    owner.sign_in(page.context, server)
    page.goto(server.url(paths.email_themes(owner.project_id)))
    active = page.frame_locator("iframe[title='Preview of the theme']")
    expect(active.get_by_role("heading", name="Verify your email")).to_be_visible()
    page.get_by_role("tab", name="Phone").click()
    expect(active.get_by_role("heading", name="Verify your email")).to_be_visible()
    assert problems(page) == []
    assert [overflow(page, width) for width in WIDTHS] == [0, 0, 0]
    page.get_by_role("link", name="Default Light", exact=True).click()
    preview = page.frame_locator("iframe[title='Preview of the theme']")
    expect(preview.get_by_role("heading", name="Verify your email")).to_be_visible()
    expect(page.get_by_text("The assistant is off.")).to_be_visible()
    assert problems(page) == []
    assert [overflow(page, width) for width in WIDTHS] == [0, 0, 0]
    source = (
        "<mjml><mj-body><mj-section><mj-column><mj-text>Set sail</mj-text></mj-column></mj-section></mj-body></mjml>"
    )
    page.get_by_label("Source").fill(source)
    expect(preview.get_by_text("Set sail")).to_be_visible()
    expect(page.get_by_text("Not saved")).to_be_visible()
    page.get_by_role("tab", name="Dark").click()
    expect(preview.get_by_text("Set sail")).to_be_visible()
    page.once("dialog", Dialog.dismiss)
    with page.expect_event("dialog") as asked:
        page.get_by_role("link", name="Users", exact=True).click()
    assert asked.value.message == "Leave without saving? Your changes will be lost."
    expect(preview.get_by_text("Set sail")).to_be_visible()
    page.get_by_role("button", name="All themes").click()
    page.get_by_role("button", name="Cancel").click()
    page.get_by_role("button", name="Save").press("Enter")
    expect(page.get_by_text("Saved. Mails that are not rendered yet look like this.")).to_be_visible()
    page.get_by_role("link", name="Users", exact=True).click()
    page.wait_for_url(server.url(paths.users(owner.project_id)))
    assert complaints == []
