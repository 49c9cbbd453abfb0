"""The people of a team that owns projects, from the invitation to the project; and links that name no project."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.accessibility import WIDTHS, overflow, problems
from tests.browser.people import PASSWORD, Owner, create_owner, installation_of
from tests.support.mailbox import mails
from tests.support.servers import Server

pytestmark = pytest.mark.browser


@pytest.fixture
def owner(server: Server, page: Page) -> Owner:
    owner = create_owner(server, project="Analytical Engines")
    owner.sign_in(page.context, server)
    return owner


def test_an_invited_person_signs_up_and_sees_the_project(
    server: Server, browser: Browser, page: Page, owner: Owner, complaints: list[str]
) -> None:
    email = f"{owner.project_id}@example.com"
    page.goto(server.url("/projects"))
    page.get_by_role("button", name="People in Ada's Team").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("1 person, invitations included")).to_be_visible()
    dialog.get_by_label("Invite by e-mail").fill(email)
    dialog.get_by_role("button", name="Invite", exact=True).click()
    expect(dialog.get_by_role("button", name=f"Take back the invitation of {email}")).to_be_visible()
    expect(dialog.get_by_label("Invite by e-mail")).to_have_value("")
    assert {width: overflow(page, width) for width in WIDTHS} == dict.fromkeys(WIDTHS, 0)
    assert problems(page) == []
    with installation_of(server) as installation:
        (mail,) = [one for one in mails(installation) if one.recipient == email]
    context = browser.new_context()
    invited = context.new_page()
    invited.goto(mail.variables["teamInvitationLink"])
    expect(invited.get_by_text(email)).to_be_visible()
    assert {width: overflow(invited, width) for width in WIDTHS} == dict.fromkeys(WIDTHS, 0)
    assert problems(invited) == []
    invited.get_by_label("Password", exact=True).fill(PASSWORD)
    invited.get_by_label("Repeat password").fill(PASSWORD)
    invited.get_by_role("button", name="Create account").click()
    invited.get_by_role("link", name=re.compile("Analytical Engines")).click()
    invited.wait_for_url(f"**/projects/{owner.project_id}**")
    invited.goto(server.url(f"/projects?team_settings={owner.team_id}"))
    invited.get_by_role("dialog").get_by_role("button", name="Leave").click()
    invited.get_by_role("alertdialog").get_by_role("button", name="Leave").click()
    expect(invited.get_by_role("link", name=re.compile("Analytical Engines"))).to_have_count(0)
    context.close()
    assert complaints == []


def test_a_link_without_a_project_leads_to_the_chosen_one(
    server: Server, page: Page, owner: Owner, complaints: list[str]
) -> None:
    page.goto(server.url("/projects/-selector-/teams"))
    expect(page.get_by_role("heading", name="Teams", level=1)).to_be_visible()
    assert page.url.endswith(f"/projects/{owner.project_id}/teams")
    other = create_owner(server, project="Difference Engines", team_id=owner.team_id)
    page.goto(server.url("/projects/-selector-/teams"))
    expect(page.get_by_role("heading", name="Choose a project")).to_be_visible()
    assert {width: overflow(page, width) for width in WIDTHS} == dict.fromkeys(WIDTHS, 0)
    assert problems(page) == []
    page.get_by_role("link", name="Difference Engines").click()
    expect(page.get_by_role("heading", name="Teams", level=1)).to_be_visible()
    assert page.url.endswith(f"/projects/{other.project_id}/teams")
    assert complaints == []
