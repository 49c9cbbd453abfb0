"""Journeys through the table of users: filters, columns, kept searches, files, phones."""

import re

import pytest
from playwright.sync_api import Page, expect

from state.dashboard import paths
from tests.browser.accessibility import WIDTHS, overflow, problems
from tests.browser.people import Owner, add_users, create_owner
from tests.support.servers import Server

pytestmark = pytest.mark.browser


@pytest.fixture
def owner(server: Server, page: Page) -> Owner:
    """Ada, signed in, with project Engine and three users."""
    created = create_owner(server, project="Engine")
    add_users(server, created.project_id, ["Alan", "Grace", "Kay"])
    created.sign_in(page.context, server)
    page.goto(server.url(paths.users(created.project_id)))
    expect(page.get_by_role("row", name="kay@example.com")).to_be_visible()
    return created


def complains(page: Page) -> list[object]:
    """What is wrong with the page as it is now."""
    return [*problems(page), *(f"{width}: {found}" for width in WIDTHS if (found := overflow(page, width)))]


def test_a_filtered_table_is_kept_under_a_name(page: Page, owner: Owner, complaints: list[str]) -> None:
    page.get_by_role("button", name="Filters").click()
    page.get_by_role("combobox", name="E-mail address").click()
    page.get_by_role("option", name="Verified", exact=True).click()
    expect(page.get_by_text("Nobody found")).to_be_visible()
    assert complains(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Keep this search").click()
    page.get_by_label("Name", exact=True).fill("Verified people")
    page.get_by_role("button", name="Keep", exact=True).click()
    page.get_by_role("button", name="Verified, remove this filter").click()
    expect(page.get_by_role("row", name="kay@example.com")).to_be_visible()
    page.reload()
    page.get_by_role("link", name="Verified people").click()
    expect(page).to_have_url(re.compile("verified=yes"))
    expect(page.get_by_text("Nobody found")).to_be_visible()
    page.get_by_role("button", name="Reset").last.click()
    expect(page.get_by_role("row", name="kay@example.com")).to_be_visible()
    assert complaints == []


def test_chosen_columns_stay_after_a_reload(page: Page, owner: Owner) -> None:
    head = page.get_by_role("columnheader", name="Country")
    expect(head).to_be_hidden()
    page.get_by_role("button", name="Columns").click()
    page.get_by_role("checkbox", name="Country").click()
    expect(head).to_be_visible()
    assert complains(page) == []
    page.reload()
    expect(head).to_be_visible()


def test_a_click_anywhere_on_a_row_opens_the_user(page: Page, owner: Owner) -> None:
    page.get_by_role("row", name="grace@example.com").get_by_role("cell").nth(3).click(force=True)
    expect(page.get_by_role("heading", level=2, name="Grace")).to_be_visible()


def test_the_keyboard_impersonates_from_the_menu_of_a_row(page: Page, owner: Owner) -> None:
    page.get_by_role("button", name="Actions for grace@example.com").press("Enter")
    page.get_by_role("menuitem", name="Impersonate").press("Enter")
    expect(page.get_by_role("dialog").get_by_label("Reason")).to_be_visible()


def test_a_file_is_downloaded(page: Page, owner: Owner, complaints: list[str]) -> None:
    page.get_by_role("button", name="Export", exact=False).click()
    dialog = page.get_by_role("dialog", name="Export users")
    assert complains(page) == []
    with page.expect_download() as downloaded:
        dialog.get_by_role("button", name="Download").click()
    assert re.fullmatch(rf"{owner.project_id}-users-export-\d{{4}}-\d\d-\d\d\.csv", downloaded.value.suggested_filename)
    assert "grace@example.com" in downloaded.value.path().read_text()
    assert complaints == []


def test_rows_are_cards_on_a_phone(page: Page, owner: Owner) -> None:
    page.set_viewport_size({"width": 320, "height": 900})
    row = page.get_by_role("row", name="grace@example.com")
    box, last = row.bounding_box(), row.get_by_role("cell").filter(has_text="just now").last.bounding_box()
    assert box is not None
    assert last is not None
    assert last["x"] + last["width"] <= box["x"] + box["width"] <= 320
    assert complains(page) == []
