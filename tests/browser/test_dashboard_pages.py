"""Journeys through the pages of a project, in both colour schemes."""

import pytest
from playwright.sync_api import Page, expect

from state.dashboard import paths
from tests.browser.accessibility import WIDTHS, overflow, problems
from tests.browser.people import Owner, add_users, create_owner
from tests.support.servers import Server

pytestmark = pytest.mark.browser


@pytest.fixture
def owner(server: Server, page: Page) -> Owner:
    """Ada, signed in, with project Engine."""
    created = create_owner(server, project="Engine")
    created.sign_in(page.context, server)
    return created


def test_every_page_is_accessible_and_fits(server: Server, page: Page, owner: Owner, complaints: list[str]) -> None:
    found = {}
    for place in (
        paths.teams,
        paths.team_settings,
        paths.onboarding,
        paths.auth_methods,
        paths.sign_up_rules,
        paths.project_permissions,
        paths.team_permissions,
        paths.api_keys,
        paths.apps,
        paths.domains,
        paths.audit_log,
        paths.expert_mode,
        paths.email_suppressions,
        paths.email_domains,
    ):
        page.goto(server.url(place(owner.project_id)))
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.locator("[aria-busy=true]")).to_have_count(0)
        found[place.__name__] = [problems(page), [overflow(page, width) for width in WIDTHS]]
    assert found == {name: [[], [0] * len(WIDTHS)] for name in found}
    assert complaints == []


def test_a_rule_is_built_and_tried(server: Server, page: Page, owner: Owner) -> None:
    page.goto(server.url(paths.sign_up_rules(owner.project_id)))
    page.get_by_role("button", name="Create rule").first.click()
    page.get_by_label("Name", exact=True).fill("No spam")
    page.get_by_role("textbox", name="Value").fill("eve@spam.example")
    expect(page.get_by_role("dialog").get_by_text('email == "eve@spam.example"')).to_be_visible()
    page.get_by_role("button", name="Try it on past sign-ups").click()
    expect(page.get_by_text("Nobody has signed up yet.")).to_be_visible()
    assert [problems(page), [overflow(page, width) for width in WIDTHS]] == [[], [0] * len(WIDTHS)]
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("row", name="No spam")).to_be_visible()
    page.get_by_label("E-mail", exact=True).fill("eve@spam.example")
    page.get_by_role("button", name="Try", exact=True).click()
    expect(page.get_by_text("Rejected by a rule")).to_be_visible()


def test_the_keyboard_leads_to_a_user_whom_others_change(server: Server, page: Page, owner: Owner) -> None:
    add_users(server, owner.project_id, ["Grace"])
    page.goto(server.url(paths.apps(owner.project_id)))
    expect(page.get_by_role("heading", name="Webhooks")).to_be_visible()
    page.keyboard.press("Control+k")
    page.get_by_role("textbox", name="Search or go to").fill("grace@")
    expect(page.get_by_role("dialog").get_by_role("link")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=2, name="Grace")).to_be_visible()
    other = page.context.new_page()
    other.goto(page.url)
    other.get_by_label("Name", exact=True).fill("Grace Hopper")
    other.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=2, name="Grace Hopper")).to_be_visible()


def test_chosen_users_are_deleted_together(server: Server, page: Page, owner: Owner) -> None:
    add_users(server, owner.project_id, ["Alan", "Grace", "Kay"])
    page.goto(server.url(paths.users(owner.project_id)))
    for name in ("alan", "grace"):
        page.get_by_role("checkbox", name=f"Choose {name}@example.com").click()
    expect(page.get_by_text("2 users chosen")).to_be_visible()
    page.get_by_role("button", name="Delete …").click()
    page.get_by_role("alertdialog").get_by_role("checkbox").check()
    page.get_by_role("button", name="Delete users").click()
    expect(page.get_by_role("row", name="alan@example.com")).to_have_count(0)
    expect(page.get_by_role("row", name="kay@example.com")).to_be_visible()


def test_users_are_imported_from_a_file(server: Server, page: Page, owner: Owner, complaints: list[str]) -> None:
    people = "".join(f"p{number}@example.com,{'x' * 2_000}\n" for number in range(298))  # more than one piece
    content = f"primary_email,display_name\nno address,Nobody\n{people}".encode()
    page.goto(server.url(paths.users(owner.project_id)))
    page.get_by_role("button", name="Import").click()
    dialog = page.get_by_role("dialog", name="Import users")
    assert [problems(page), [overflow(page, width) for width in WIDTHS]] == [[], [0] * len(WIDTHS)]
    with page.expect_file_chooser() as chosen:
        dialog.get_by_role("button", name="Choose a file").click()
    chosen.value.set_files({"name": "users.csv", "mimeType": "text/csv", "buffer": content})
    expect(dialog.get_by_text("would be created")).to_be_visible()
    expect(dialog.get_by_role("row", name="primary_email")).to_be_visible()
    assert [problems(page), [overflow(page, width) for width in WIDTHS]] == [[], [0] * len(WIDTHS)]
    dialog.get_by_role("button", name="Import", exact=True).click()
    expect(dialog.get_by_text("The import is finished.")).to_be_visible()
    dialog.get_by_role("button", name="Close").click()
    expect(page.get_by_text("298 users")).to_be_visible()
    assert complaints == []
