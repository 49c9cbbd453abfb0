"""Journeys through apps and raw configuration, in both colour schemes."""

import json

import pytest
from playwright.sync_api import Page, expect

from hexclave_app.config.overrides import Level
from hexclave_app.services import project_configs
from state.dashboard import paths
from tests.browser.accessibility import WIDTHS, overflow, problems
from tests.browser.people import Owner, create_owner, installation_of
from tests.support.servers import Server

pytestmark = pytest.mark.browser

NOTHING_WRONG = [[], [0] * len(WIDTHS)]


@pytest.fixture
def owner(server: Server, page: Page) -> Owner:
    """Ada, signed in, with project Engine, which has no teams."""
    created = create_owner(server, project="Engine", config={"apps.installed.teams.enabled": False})
    created.sign_in(page.context, server)
    return created


def looked_at(page: Page) -> list[object]:
    """What is wrong with the page as it is."""
    found: list[object] = [problems(page), [overflow(page, width) for width in WIDTHS]]
    return found


def test_a_page_of_a_closed_app_opens_once_the_app_is_enabled(
    server: Server, page: Page, owner: Owner, complaints: list[str]
) -> None:
    page.goto(server.url(paths.team_settings(owner.project_id)))
    expect(page.get_by_role("heading", level=1, name="Teams")).to_be_visible()
    expect(page.get_by_role("alert")).to_contain_text("which is not installed in this project")
    assert looked_at(page) == NOTHING_WRONG
    page.get_by_role("button", name="Enable").click()
    expect(page.get_by_role("heading", level=1, name="Team settings")).to_be_visible()
    expect(page.get_by_role("navigation", name="Project").get_by_role("link", name="Team settings")).to_be_visible()
    assert complaints == []


def test_an_app_is_found_read_about_and_hidden(server: Server, page: Page, owner: Owner, complaints: list[str]) -> None:
    page.goto(server.url(paths.apps(owner.project_id)))
    page.get_by_role("button", name="Authentication (").click()
    page.get_by_role("link", name="Fraud Protection", exact=True).click()
    expect(page.get_by_text("A part of Authentication")).to_be_visible()
    page.get_by_role("navigation", name="Breadcrumbs").get_by_role("link", name="Apps").click()
    page.get_by_role("link", name="Emails", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Emails")).to_be_visible()
    page.get_by_role("button", name="Disable").click()
    question = page.get_by_role("alertdialog")
    expect(question).to_contain_text("Nothing is deleted")
    assert looked_at(page) == NOTHING_WRONG
    page.set_viewport_size({"width": 1440, "height": 900})
    question.get_by_role("button", name="Disable").click()
    expect(page.get_by_text("Not installed")).to_be_visible()
    expect(page.get_by_role("link", name="E-mail templates")).to_have_count(0)
    page.get_by_role("button", name="Enable").click()
    expect(page.get_by_role("link", name="E-mail templates").first).to_be_visible()
    assert complaints == []


def test_a_pushed_setting_is_shown_to_be_changed_elsewhere(
    server: Server, page: Page, owner: Owner, complaints: list[str]
) -> None:
    with installation_of(server) as installation:
        installation.db.call(
            project_configs.replace,
            project_id=owner.project_id,
            level=Level.BRANCH,
            config={"auth.otp.allowSignIn": False},
            source={"type": "pushed-from-unknown"},
        )
    page.goto(server.url(paths.auth_methods(owner.project_id)))
    switch = page.get_by_role("switch", name="Code or link by e-mail")
    switch.click()
    page.get_by_role("button", name="Save").click()
    dialog = page.get_by_role("dialog", name="Change this where it is kept")
    expect(dialog.get_by_role("region", name="configuration", exact=True)).to_contain_text(
        '"auth.otp.allowSignIn": true'
    )
    assert looked_at(page) == NOTHING_WRONG
    dialog.get_by_role("button", name="Close").click()
    page.get_by_role("button", name="Discard").click()
    expect(switch).not_to_be_checked()
    page.get_by_role("alert").get_by_role("link", name="Project settings").click()
    page.get_by_role("button", name="Unlink").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Unlink").click()
    expect(page.get_by_text("The dashboard keeps the configuration now.")).to_be_visible()
    assert complaints == []


def test_configuration_is_edited_as_text(server: Server, page: Page, owner: Owner, complaints: list[str]) -> None:
    page.goto(server.url(paths.expert_mode(owner.project_id)))
    page.get_by_label("Type “expert” to go on").fill("expert")
    page.keyboard.press("Enter")
    field = page.get_by_label("JSON of the Branch override")
    expect(field).to_have_value("{}")
    review = page.get_by_role("button", name="Review changes").first
    field.fill('{\n  "auth.otp.allowSignIn": tru\n}')
    review.click()
    expect(page.get_by_text("Line 2, column")).to_be_visible()
    expect(field).to_be_focused()
    field.fill(json.dumps({"auth.otp.allowSignIn": True}))
    review.click()
    expect(page.get_by_role("region", name="What changes").first).to_contain_text('+ "auth.otp.allowSignIn": true')
    assert looked_at(page) == NOTHING_WRONG
    page.get_by_role("button", name="Save these changes").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(field).to_have_value('{\n  "auth.otp.allowSignIn": true\n}')
    expect(page.get_by_role("region", name="resulting configuration")).to_contain_text('"allowSignIn": true')
    assert complaints == []
