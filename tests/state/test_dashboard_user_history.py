"""Mailing a user, teams of a user, and what happened to one."""

import uuid

import pytest
from sqlmodel import Session, col, select

from hexclave_app.services import teams, tenancies
from models import EmailOutbox
from state.dashboard.app_targets import HOSTED, LOCALHOST
from state.dashboard.channel_mails import INVITATION, RESET, VERIFICATION, ChannelMailState
from state.dashboard.impersonation import ImpersonationState
from state.dashboard.team_picker import ADD_USER, TeamPickerState
from state.dashboard.user_access import AccountEditState, AccountsState
from state.dashboard.user_detail import UserDetailState
from state.dashboard.user_questions import UserQuestionState
from tests.state.scenes import ProjectScene
from tests.state.tabs import Tab, run, targets

APP = {"baseUrl": "https://app.example.com", "handlerPath": "/auth"}
WILD = {"baseUrl": "https://*.example.com", "handlerPath": "/auth"}


async def opened(project: ProjectScene, user_id: uuid.UUID, query: str = "") -> tuple[Tab, UserDetailState]:
    path = f"/projects/{project.project_id}/users/{user_id}{query}"
    tab = project.tab_of(project.ada, path, project_id=project.project_id, opened_user=str(user_id))
    page = await tab.state(UserDetailState)
    await run(page.load())
    return tab, page


def mails(project: ProjectScene) -> list[EmailOutbox]:
    def read(session: Session) -> list[EmailOutbox]:
        tenancy = tenancies.load(session, project.project_id, "main")
        found = list(session.exec(select(EmailOutbox).where(col(EmailOutbox.tenancy_id) == tenancy.id)).all())
        session.expunge_all()
        return found

    return project.installation.db.call(read)


def add_team(project: ProjectScene, project_id: str) -> str:
    def create(session: Session) -> str:
        tenancy = tenancies.load(session, project_id, "main")
        return str(teams.create(session, tenancy=tenancy, display_name="Engine").id)

    return project.installation.db.call(create)


@pytest.mark.anyio
@pytest.mark.parametrize("kind", [INVITATION, VERIFICATION, RESET])
async def test_each_kind_of_mail_is_sent_once(project: ProjectScene, kind: str) -> None:
    tab, page = await opened(project, project.add_user("a@example.com"))
    dialog = await tab.state(ChannelMailState)
    await run(dialog.ask(kind, page.channels[0].id))
    assert (dialog.address, [one.id for one in dialog.targets]) == ("a@example.com", [HOSTED, LOCALHOST])
    assert "a@example.com" in targets(await run(dialog.submit({})))
    assert (len(mails(project)), dialog.kind) == (1, "")
    await run(page.refresh())
    assert len(page.mails) == (0 if kind == INVITATION else 1)  # an invitation goes to an address, not to a user


@pytest.mark.anyio
async def test_apps_are_offered_by_their_domains_and_nothing_else_is_taken(project: ProjectScene) -> None:
    project.configure({"domains.trustedDomains": {"app": APP, "wild": WILD}, "domains.allowLocalhost": False})
    tab, page = await opened(project, project.add_user("a@example.com"))
    dialog = await tab.state(ChannelMailState)
    await run(dialog.ask(VERIFICATION, page.channels[0].id))
    assert [one.id for one in dialog.targets] == [HOSTED, "https://app.example.com"]
    for forged in ("https://evil.example", LOCALHOST, "https://*.example.com"):
        await run(dialog.choose(forged))
        await run(dialog.submit({"target_port": "3000"}))
        assert (dialog.error != "", mails(project)) == (True, [])
    await run(dialog.choose("https://app.example.com"))
    await run(dialog.submit({}))
    assert len(mails(project)) == 1


@pytest.mark.anyio
@pytest.mark.parametrize(
    "form", [{"target_port": "x"}, {"target_port": "70000"}, {"target_port": "1", "target_path": "//e"}]
)
async def test_localhost_needs_a_port_and_a_path(project: ProjectScene, form: dict[str, str]) -> None:
    tab, page = await opened(project, project.add_user("a@example.com"))
    dialog = await tab.state(ChannelMailState)
    await run(dialog.ask(VERIFICATION, page.channels[0].id))
    await run(dialog.choose(LOCALHOST))
    await run(dialog.submit(form))
    assert (dialog.error != "") is (form["target_port"] != "1")


@pytest.mark.anyio
async def test_strangers_mail_nobody(project: ProjectScene) -> None:
    user_id = project.add_user("a@example.com")
    _, page = await opened(project, user_id)
    tab = project.tab(project.cleo, opened_user=str(user_id))
    dialog = await tab.state(ChannelMailState)
    dialog.kind, dialog.channel_id = VERIFICATION, page.channels[0].id
    await run(dialog.submit({}))
    assert (mails(project), dialog.error != "") == ([], True)


@pytest.mark.anyio
async def test_a_user_joins_and_leaves_teams_of_the_project(project: ProjectScene) -> None:
    team, foreign = add_team(project, project.project_id), add_team(project, project.foreign_id)
    tab, page = await opened(project, project.add_user("a@example.com"))
    picker, question = await tab.state(TeamPickerState), await tab.state(UserQuestionState)
    for one in (foreign, "x", team):
        await run(picker.ask(ADD_USER))
        await run(picker.pick(one))
    await run(page.refresh())
    assert [row.id for row in page.teams] == [team]
    await run(question.ask("membership", team))
    await run(question.confirm())
    await run(page.refresh())
    assert page.teams == []


@pytest.mark.anyio
async def test_the_timeline_says_what_changed(project: ProjectScene) -> None:
    other = project.add_user("b@example.com")
    tab, page = await opened(project, project.add_user("a@example.com"))
    await run(page.save_profile({"display_name": "Ada", "risk_bot": "0", "risk_abuse": "0"}))
    await run(page.refresh())
    assert page.events[0].words == "User updated"
    assert [change.name for change in page.events[0].changes if change.name == "display_name"] == ["display_name"]
    assert all(str(other) not in event.target for event in page.events)
    assert (await tab.state(UserDetailState)).tab == "profile"


@pytest.mark.anyio
async def test_the_address_says_which_part_is_open(project: ProjectScene) -> None:
    user_id = project.add_user("a@example.com")
    tab, page = await opened(project, user_id, "?tab=sessions&impersonate=true")
    dialog = await tab.state(ImpersonationState)
    await run(dialog.load())
    assert (page.tab, dialog.is_open) == ("sessions", True)
    assert "tab=keys" in targets(await run(page.choose_tab("keys")))
    await run(page.choose_tab("nonsense"))
    assert page.tab == "profile"
    assert (await opened(project, user_id, "?tab=nonsense"))[1].tab == "profile"


@pytest.mark.anyio
async def test_marketing_is_switched_off_and_what_is_needed_is_not(project: ProjectScene) -> None:
    _, page = await opened(project, project.add_user("a@example.com"))
    needed, marketing = page.mail_choices
    for one in (needed.id, str(uuid.uuid4()), "x", marketing.id):
        await run(page.choose_mails(one, False))
    await run(page.refresh())
    assert [(one.name, one.is_on, one.is_fixed) for one in page.mail_choices] == [
        ("Transactional", True, True),
        ("Marketing", False, False),
    ]


@pytest.mark.anyio
async def test_a_provider_account_is_edited_but_not_given_away(project: ProjectScene) -> None:
    project.configure({"auth.oauth.providers.google": {"type": "google", "isShared": True, "allowSignIn": True}})
    tab, page = await opened(project, project.add_user("a@example.com"))
    add, edit = await tab.state(AccountsState), await tab.state(AccountEditState)
    await run(add.choose("google"))
    await run(add.submit({"account_id": "1", "account_allow_sign_in": "on"}))
    await run(page.refresh())
    await run(edit.ask("forged"))
    assert not edit.is_open
    await run(edit.ask(page.accounts[0].id))
    await run(edit.submit({"edited_email": "nobody"}))
    assert edit.error != ""
    await run(
        edit.submit({"edited_email": "g@example.com", "account_id": "2", "edited_allow_connected_accounts": "on"})
    )
    await run(page.refresh())
    account = page.accounts[0]
    assert (account.email, account.account_id, account.allows_sign_in) == ("g@example.com", "1", False)
    assert account.allows_connected
