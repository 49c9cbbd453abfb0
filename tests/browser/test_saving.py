"""Settings wait for Save, and sign-up rules are put in order: journeys with mouse and keyboard, in both schemes."""

from datetime import timedelta

import pytest
from playwright.sync_api import Dialog, Locator, Page, expect
from sqlmodel import Session

from hexclave_app.services import sign_up_rule_statistics, tenancies
from models import SignUpRuleTrigger
from models.base import JsonValue, utc_now
from state.dashboard import paths
from tests.browser.accessibility import WIDTHS, overflow, problems
from tests.browser.people import Owner, add_users, create_owner, installation_of
from tests.support.servers import Server

pytestmark = pytest.mark.browser

NOTHING_WRONG = [[], [0] * len(WIDTHS)]
NAMES = ("No spam", "Watch", "Our own people")


def looked_at(page: Page) -> list[object]:
    """What is wrong with the page as it is."""
    found: list[object] = [problems(page), [overflow(page, width) for width in WIDTHS]]
    return found


def bar_of(page: Page) -> Locator:
    return page.get_by_role("region", name="Unsaved changes")


def test_changes_are_collected_shown_guarded_and_saved(server: Server, page: Page, complaints: list[str]) -> None:
    owner = create_owner(server, project="Engine")
    owner.sign_in(page.context, server)
    add_users(server, owner.project_id, ["Grace"])
    page.goto(server.url(paths.auth_methods(owner.project_id)))
    page.get_by_role("switch", name="Passkey").press("Space")
    page.get_by_role("switch", name="Verified e-mail address").press("Space")
    expect(page.get_by_text("Sign in with a passkey")).to_be_visible()  # the picture of the sign-in page
    expect(bar_of(page)).to_contain_text("2 unsaved changes")
    page.get_by_role("button", name="Show changes").press("Enter")
    expect(bar_of(page)).to_contain_text('+ "auth.passkey.allowSignIn": true')
    assert looked_at(page) == NOTHING_WRONG

    page.once("dialog", Dialog.dismiss)
    with page.expect_event("dialog") as asked:
        page.get_by_role("link", name="Sign-up rules", exact=True).first.click()
    assert asked.value.message == "Leave without saving? Your changes will be lost."
    expect(bar_of(page)).to_be_visible()

    page.get_by_role("button", name="Save").press("Enter")
    question = page.get_by_role("alertdialog", name="Save these changes?")
    expect(question).to_contain_text("Grace · grace@example.com")
    assert looked_at(page) == NOTHING_WRONG
    question.get_by_role("button", name="Save").press("Enter")
    expect(bar_of(page)).to_have_count(0)
    page.get_by_role("link", name="Sign-up rules", exact=True).first.click()  # nothing is asked any more
    expect(page.get_by_role("heading", level=1, name="Sign-up rules")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("switch", name="Passkey")).to_be_checked()

    page.get_by_role("switch", name="Passkey").click()
    expect(bar_of(page)).to_be_visible()
    page.once("dialog", Dialog.accept)
    page.evaluate("history.forward()")
    expect(page.get_by_role("heading", level=1, name="Sign-up rules")).to_be_visible()
    assert complaints == []


@pytest.fixture
def owner(server: Server, page: Page) -> Owner:
    """Ada, signed in, with three rules, of which the first one has matched."""
    rules: dict[str, JsonValue] = {
        name.partition(" ")[0].lower(): {
            "enabled": True,
            "displayName": name,
            "priority": len(NAMES) - place,
            "condition": 'emailDomain == "spam.example"',
            "action": {"type": "reject"},
        }
        for place, name in enumerate(NAMES)
    }
    created = create_owner(server, project="Engine", config={"auth.signUpRules": rules})
    with installation_of(server) as installation:

        def match(session: Session) -> None:
            tenancy_id, now = tenancies.load(session, created.project_id, "main").id, utc_now()
            for number in range(60):
                at = now - timedelta(minutes=number)
                sign_up_rule_statistics.count(session, tenancy_id=tenancy_id, rule_id="no", action="reject", now=at)
                session.add(
                    SignUpRuleTrigger(
                        tenancy_id=tenancy_id,
                        created_at=at,
                        rule_id="no",
                        action="reject",
                        email=f"eve{number}@spam.example",
                        auth_method="password",
                    )
                )

        installation.db.call(match)
    created.sign_in(page.context, server)
    return created


def expect_order(page: Page, *names: str) -> None:
    heads = page.get_by_role("rowheader")
    expect(heads).to_have_text([f'{name}emailDomain == "spam.example"' for name in names])


def test_rules_are_dragged_moved_by_keyboard_and_looked_into(
    server: Server, page: Page, owner: Owner, complaints: list[str]
) -> None:
    page.goto(server.url(paths.sign_up_rules(owner.project_id)))
    expect_order(page, *NAMES)
    page.get_by_role("button", name="Move No spam").drag_to(page.get_by_role("row", name="Our own people"))
    expect_order(page, "Watch", "Our own people", "No spam")
    expect(page.get_by_text("No spam is now rule 3 of 3. Not saved yet.")).to_have_count(1)
    page.get_by_role("button", name="Move No spam").press("ArrowUp")
    expect_order(page, "Watch", "No spam", "Our own people")
    expect(page.get_by_role("button", name="Move No spam")).to_be_focused()
    assert looked_at(page) == NOTHING_WRONG
    page.get_by_role("button", name="Save").click()
    expect(bar_of(page)).to_have_count(0)
    page.reload()
    expect_order(page, "Watch", "No spam", "Our own people")

    page.get_by_role("button", name="History of No spam: 60 matches in the last 48 hours").click()
    dialog = page.get_by_role("dialog", name="Whom “No spam” matched")
    expect(dialog.get_by_role("row")).to_have_count(51)
    assert looked_at(page) == NOTHING_WRONG
    dialog.get_by_role("button", name="Show more").click()
    expect(dialog.get_by_role("row", name="eve59@spam.example")).to_be_visible()
    expect(dialog.get_by_role("button", name="Show more")).to_have_count(0)
    assert complaints == []
