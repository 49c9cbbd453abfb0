"""The page about one user: what administrators change, and what others cannot."""

import uuid

import pytest
from sqlmodel import Session, col, select

from hexclave_app.services import sessions
from hexclave_app.services.sessions import SignInContext
from hexclave_app.services.users import records
from hexclave_app.services.users.records import UserRecord
from models import UserSession
from models.base import utc_now
from state.dashboard.impersonation import CONSOLE, ImpersonationState
from state.dashboard.live import read_marks, refresh_of
from state.dashboard.shell import ShellState
from state.dashboard.user_access import AccountsState, ChannelsState, UserGrantsState
from state.dashboard.user_detail import RestrictUserState, UserDetailState
from state.dashboard.user_questions import UserQuestionState
from tests.state.scenes import ProjectScene
from tests.state.tabs import Tab, run, targets

EMAIL = "grace@example.com"


def tab_on(project: ProjectScene, user_id: object) -> Tab:
    return project.tab(opened_user=str(user_id))


def record(project: ProjectScene, user_id: uuid.UUID) -> UserRecord | None:
    tenancy_id = project.tenancy().id
    return project.installation.db.call(lambda session: records.find(session, tenancy_id=tenancy_id, user_id=user_id))


def session_rows(project: ProjectScene, user_id: uuid.UUID) -> list[UserSession]:
    def read(session: Session) -> list[UserSession]:
        rows = list(session.exec(select(UserSession).where(col(UserSession.user_id) == user_id)).all())
        session.expunge_all()
        return rows

    return project.installation.db.call(read)


@pytest.mark.anyio
async def test_the_page_shows_the_user(project: ProjectScene) -> None:
    page = await tab_on(project, project.add_user(EMAIL)).state(UserDetailState)
    await run(page.load())
    assert (page.facts.email, page.is_loading, page.error) == (EMAIL, False, "")
    assert [(one.value, one.is_primary, one.used_for_auth) for one in page.channels] == [(EMAIL, True, True)]


@pytest.mark.anyio
@pytest.mark.parametrize("user_id", ["nonsense", "5a7ad1a5-9d8f-4c5b-8a53-2f2b0a9c7b11", "foreign"])
async def test_users_of_other_projects_do_not_exist_here(project: ProjectScene, user_id: str) -> None:
    foreign = project.add_user(EMAIL, project_id=project.foreign_id)
    tab = tab_on(project, foreign if user_id == "foreign" else user_id)
    page = await tab.state(UserDetailState)
    await run(page.load())
    assert page.error
    assert page.facts.id == ""
    question = await tab.state(UserQuestionState)
    question.kind = "user"
    assert "deleted" not in targets(await run(question.confirm()))


@pytest.mark.anyio
async def test_the_profile_is_checked_like_the_api_checks_it(project: ProjectScene) -> None:
    user_id = project.add_user(EMAIL)
    page = await tab_on(project, user_id).state(UserDetailState)
    await run(page.load())
    form = {"display_name": "Grace", "country": "GB", "risk_bot": "7", "risk_abuse": "101"}
    assert "100" in targets(await run(page.save_profile(form)))
    await run(page.save_profile({**form, "risk_abuse": "9"}))
    found = record(project, user_id)
    assert found is not None
    assert (found.display_name, found.country_code, found.risk_bot, found.risk_free_trial_abuse) == (
        "Grace",
        "GB",
        7,
        9,
    )


@pytest.mark.anyio
async def test_broken_metadata_changes_nothing(project: ProjectScene) -> None:
    user_id = project.add_user(EMAIL)
    page = await tab_on(project, user_id).state(UserDetailState)
    await run(page.load())
    await run(page.save_metadata({"server_metadata": '{"plan": "pro"}'}))
    assert "not valid JSON" in targets(await run(page.save_metadata({"server_metadata": "{"})))
    found = record(project, user_id)
    assert found is not None
    assert found.server_metadata == {"plan": "pro"}


@pytest.mark.anyio
async def test_a_restriction_needs_a_note_and_can_be_lifted(project: ProjectScene) -> None:
    user_id = project.add_user(EMAIL)
    dialog = await tab_on(project, user_id).state(RestrictUserState)
    await run(dialog.submit({"public_reason": "Spam"}))
    assert dialog.error
    await run(dialog.submit({"public_reason": "Spam", "private_details": "Ticket 7"}))
    restricted = record(project, user_id)
    await run(dialog.lift())
    lifted = record(project, user_id)
    assert restricted is not None
    assert lifted is not None
    assert (restricted.restricted_by_admin, restricted.restricted_by_admin_private_details) == (True, "Ticket 7")
    assert (lifted.restricted_by_admin, lifted.restricted_by_admin_private_details) == (False, None)


@pytest.mark.anyio
async def test_impersonation_is_short_and_leaves_its_reason(project: ProjectScene) -> None:
    user_id = project.add_user(EMAIL)
    dialog = await tab_on(project, user_id).state(ImpersonationState)
    await run(dialog.toggle(True))
    for target in (dialog.target, CONSOLE):
        await run(dialog.choose(target))
        for form in ({"impersonation_minutes": "15"}, {"impersonation_minutes": "31", "impersonation_reason": "Bug"}):
            await run(dialog.submit(form))
            assert (dialog.error != "", dialog.snippet, dialog.link) == (True, "", "")
    assert session_rows(project, user_id) == []
    await run(dialog.submit({"impersonation_minutes": "30", "impersonation_reason": "Ticket 7"}))
    [opened] = session_rows(project, user_id)
    [entry] = project.audit("user.impersonated")
    assert opened.is_impersonation
    assert opened.expires_at is not None
    assert (opened.expires_at - opened.created_at).total_seconds() == 30 * 60
    assert isinstance(entry.after, dict)
    assert (entry.after["reason"], entry.actor_id, entry.target_id) == ("Ticket 7", str(project.ada.id), str(user_id))
    assert f"hexclave-refresh-{project.project_id}--default" in dialog.snippet
    await run(dialog.toggle(False))
    assert dialog.snippet == ""


@pytest.mark.anyio
async def test_a_link_to_act_as_a_user_leads_to_a_chosen_app_only(project: ProjectScene) -> None:
    project.configure({"domains.trustedDomains.a": {"baseUrl": "https://app.example.com", "handlerPath": "/auth"}})
    user_id = project.add_user(EMAIL)
    dialog = await tab_on(project, user_id).state(ImpersonationState)
    form = {"impersonation_minutes": "5", "impersonation_reason": "Ticket 7", "target_port": "3000"}
    await run(dialog.toggle(True))
    assert [one.id for one in dialog.targets] == ["hosted", "https://app.example.com", "localhost", "console"]
    links = []
    for one in dialog.targets[:-1]:
        await run(dialog.toggle(True))
        await run(dialog.choose(one.id))
        await run(dialog.submit(form))
        links.append(dialog.link.partition("?code=act-")[0])
    assert links == [
        f"http://{project.project_id}.localhost:8000/handler/magic-link-callback",
        "https://app.example.com/auth/magic-link-callback",
        "http://localhost:3000/handler/magic-link-callback",
    ]
    await run(dialog.toggle(False))
    assert dialog.link == ""
    await run(dialog.choose("https://evil.example"))
    await run(dialog.submit(form))
    assert (dialog.link, dialog.error) == ("", "Choose where the link leads.")
    assert session_rows(project, user_id) == []
    assert [entry.actor_id for entry in project.audit("user.impersonation_allowed")] == [str(project.ada.id)] * 3


@pytest.mark.anyio
async def test_strangers_cannot_impersonate(project: ProjectScene) -> None:
    user_id = project.add_user(EMAIL)
    dialog = await project.tab(project.cleo, opened_user=str(user_id)).state(ImpersonationState)
    await run(dialog.submit({"impersonation_minutes": "5", "impersonation_reason": "Curious"}))
    assert (session_rows(project, user_id), dialog.snippet) == ([], "")


@pytest.mark.anyio
async def test_only_sessions_of_the_open_user_end(project: ProjectScene) -> None:
    user_id, other_id = project.add_user(EMAIL), project.add_user("alan@example.com")
    context = SignInContext(project.installation, project.tenancy(), None, utc_now())
    for one in (user_id, other_id):
        project.installation.db.call(sessions.create, context, user_id=one)
    question = await tab_on(project, user_id).state(UserQuestionState)
    await run(question.ask("session", str(session_rows(project, other_id)[0].id)))
    assert "not found" in targets(await run(question.confirm()))
    await run(question.ask("sessions", ""))
    await run(question.confirm())
    assert (len(session_rows(project, user_id)), len(session_rows(project, other_id))) == (0, 1)


@pytest.mark.anyio
async def test_addresses_are_added_and_switched(project: ProjectScene) -> None:
    user_id = project.add_user(EMAIL)
    tab = tab_on(project, user_id)
    dialog = await tab.state(ChannelsState)
    await run(dialog.toggle(True))
    await run(dialog.submit({"channel_value": "no address"}))
    assert dialog.error
    await run(dialog.submit({"channel_value": "Work@Example.com", "channel_is_verified": "on"}))
    page = await tab.state(UserDetailState)
    await run(page.load())
    [_, added] = page.channels
    assert (added.value, added.is_verified, added.is_primary) == ("work@example.com", True, False)
    assert "no such property" in targets(await run(dialog.switch(added.id, "user_id", True)))
    await run(dialog.switch(added.id, "is_primary", True))
    found = record(project, user_id)
    assert found is not None
    assert found.primary_email == "work@example.com"


@pytest.mark.anyio
async def test_accounts_need_a_provider_of_the_project(project: ProjectScene) -> None:
    dialog = await tab_on(project, project.add_user(EMAIL)).state(AccountsState)
    await run(dialog.toggle(True))
    await run(dialog.choose("github"))
    await run(dialog.submit({"account_id": "42"}))
    assert "not configured" in dialog.error


@pytest.mark.anyio
async def test_unknown_permissions_are_not_granted(project: ProjectScene) -> None:
    grants = await tab_on(project, project.add_user(EMAIL)).state(UserGrantsState)
    events = await run(grants.grant("nobody_defined_it"))
    assert "refresh" not in str(events)
    assert project.audit("project_permission.created") == []


@pytest.mark.anyio
async def test_a_revoked_permission_can_be_granted_again_from_the_notice(project: ProjectScene) -> None:
    project.configure({"rbac.permissions.read": {"description": "Read", "scope": "project"}})
    tab = tab_on(project, project.add_user(EMAIL))
    grants, page = await tab.state(UserGrantsState), await tab.state(UserDetailState)
    await run(grants.grant("read"))
    notice = str(await run(grants.revoke("read")))
    assert ("Undo" in notice, "grant" in notice) == (True, True)
    await run(page.load())
    assert page.granted == []
    await run(grants.grant("read"))
    await run(page.refresh())
    assert [row.id for row in page.granted] == ["read"]


@pytest.mark.anyio
async def test_what_others_change_moves_a_mark(project: ProjectScene) -> None:
    tenancy_id = project.tenancy().id
    before = project.installation.db.call(read_marks, tenancy_id=tenancy_id)
    user_id = project.add_user(EMAIL)
    added = project.installation.db.call(read_marks, tenancy_id=tenancy_id)
    dialog = await tab_on(project, user_id).state(RestrictUserState)
    await run(dialog.submit({"private_details": "Ticket 7"}))
    restricted = project.installation.db.call(read_marks, tenancy_id=tenancy_id)
    assert before < added < restricted


def test_pages_that_follow_changes_are_known_by_their_path() -> None:
    assert refresh_of("/projects/p/users/u/") is UserDetailState.refresh
    assert refresh_of("/projects/p/nothing") is None


@pytest.mark.anyio
async def test_a_reload_shows_no_token_and_no_open_dialog(project: ProjectScene) -> None:
    tab = tab_on(project, project.add_user(EMAIL))
    dialog, addresses = await tab.state(ImpersonationState), await tab.state(ChannelsState)
    question = await tab.state(UserQuestionState)
    await run(dialog.toggle(True))
    await run(dialog.choose(CONSOLE))
    await run(dialog.submit({"impersonation_minutes": "5", "impersonation_reason": "Ticket 7"}))
    await run(addresses.toggle(True))
    await run(question.ask("user", ""))
    assert dialog.snippet
    await run((await tab.state(ShellState)).enter())
    assert (dialog.snippet, dialog.is_open, addresses.is_open, question.kind) == ("", False, False, "")
