"""Embedded parts without a browser: whose rights count inside another page, and what leaves it."""

import uuid
from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from hexclave_app.errors import InvalidAuthorizationCode
from hexclave_app.installation import Installation
from hexclave_app.pages import routes
from hexclave_app.services import sessions, tenancies
from hexclave_app.services.embedding import sessions as embedding
from hexclave_app.services.embedding import tickets
from hexclave_app.services.embedding.framing import NOBODY, frame_ancestors_for
from hexclave_app.services.sessions import SignInContext
from models import User, UserSession
from models.base import utc_now
from state import frames
from state.base import Access, OnlyOnTop, Refused, resolve_viewer
from state.embed.frame import EmbedState
from state.frames import FrameState
from state.hosted.account.profile import LeavingState, ProfileState
from state.hosted.account.sessions import AccountSessionsState
from state.hosted.account.shell import AccountState
from state.hosted.command_line import CliAuthState
from state.hosted.credentials import SignInState, SignUpState
from state.hosted.second_factor import MfaState
from tests.state.embedding import APP, CONFIG, NONCE, meet, posted
from tests.state.tabs import Tab, run, targets
from tests.support.hosted import Site, open_site

PASSWORD = "correct horse battery"
VERIFIER = "v" * 43


@pytest.fixture
def site(installation: Installation) -> Site:
    return open_site(installation, CONFIG)


async def viewer_name(tab: Tab) -> str | None:
    viewer = await resolve_viewer(await tab.state(EmbedState), Access.VISITOR)
    return viewer.user.primary_email if viewer.user else None


async def test_inside_another_page_nobody_is_signed_in_by_a_cookie(site: Site) -> None:
    ada = site.person("ada@example.com")
    tab = Tab(ada.cookie, routes.EMBED_USER_BUTTON, host=f"{site.project_id}.localhost:8000").framed()
    assert await viewer_name(tab) is None
    await meet(tab, site.access_token(ada))
    assert await viewer_name(tab) == "ada@example.com"


async def test_the_token_counts_for_every_event_and_no_longer(site: Site) -> None:
    ada = site.person("ada@example.com")
    tab = site.frame(routes.EMBED_USER_BUTTON)
    await meet(tab, site.access_token(ada))
    (session,) = site.installation.db.call(lambda session: [row.id for row in session.exec(select(UserSession)).all()])
    site.installation.db.call(sessions.end_current, tenancy_id=site.tenancy.id, session_id=session)
    assert await viewer_name(tab) is None
    said = targets(await run((await tab.state(ProfileState)).load()))
    assert "Please sign in first." in said
    assert "session-needed" in said


async def test_tokens_of_others_sign_nobody_in(site: Site, installation: Installation) -> None:
    other = open_site(installation, CONFIG)
    eve = other.person("eve@example.com")
    tab = site.frame(routes.EMBED_USER_BUTTON)
    for token in (other.access_token(eve), "x", "", "a.b.c"):
        await meet(tab, token)
        assert await viewer_name(tab) is None, token


async def test_an_expired_token_signs_nobody_in(site: Site) -> None:
    ada = site.person("ada@example.com")
    token = site.access_token(ada)
    then = utc_now() + timedelta(seconds=site.installation.settings.access_token_lifetime + 1)

    def find(session: Session) -> object:
        options = {"installation": site.installation, "tenancy": site.tenancy, "access_token": token}
        now = embedding.find_token_login(session, **options, now=utc_now())  # type: ignore[arg-type]  # fields of several types
        assert now is not None
        return embedding.find_token_login(session, **options, now=then)  # type: ignore[arg-type]  # fields of several types

    assert site.installation.db.call(find) is None


@pytest.mark.parametrize(
    "told",
    [
        {"origin": "https://evil.example", "return_url": "https://evil.example/"},
        {"origin": "null", "return_url": "null"},
        {"origin": "http://localhost:3000", "return_url": "http://localhost:3000/"},
        {"return_url": "https://evil.example/"},
        {"return_url": "/notes"},
        {"return_url": "javascript:alert(1)"},
        {"nonce": ""},
        {"nonce": "short"},
        {"nonce": "n" * 44},
        {"nonce": None},
        {"access_token": None},
        {"access_token": "x" * 10_000},
        {"surprise": "x"},
    ],
)
async def test_a_page_that_is_not_trusted_gets_nothing(site: Site, told: dict[str, object]) -> None:
    ada = site.person("ada@example.com")
    tab = site.frame(routes.EMBED_SIGN_IN)
    assert await meet(tab, site.access_token(ada)) == frames.SIGNED_IN
    assert await meet(tab, changes=told) == frames.REFUSED  # and what was said before is forgotten
    frame = await tab.state(FrameState)
    assert (frame.ticket, frame._access_token, frame._nonce) == ("", "", "")
    form = {"email": "ada@example.com", "password": PASSWORD}
    assert "signed-in" not in targets(await run((await tab.state(SignInState)).submit(form)))


async def test_only_pages_inside_other_pages_meet_them(site: Site) -> None:
    ada = site.person("ada@example.com")
    tab = site.tab(None, routes.EMBED_SIGN_IN)
    await run((await tab.state(EmbedState)).open())
    assert (await tab.state(FrameState)).stage == frames.ALONE
    assert await meet(tab, site.access_token(ada)) == frames.REFUSED
    assert await viewer_name(tab) is None


async def test_a_new_load_knows_nothing_of_the_last_one(site: Site) -> None:
    ada = site.person("ada@example.com")
    tab = site.frame(routes.EMBED_USER_BUTTON)
    await meet(tab, site.access_token(ada))
    events = await run((await tab.state(EmbedState)).open())
    assert "introduce" in targets(events)
    assert await viewer_name(tab) is None
    await run((await tab.state(EmbedState)).follow(site.access_token(ada)))  # before the page has introduced itself
    assert await viewer_name(tab) is None


async def test_a_fresh_token_of_the_same_session_changes_nothing_on_the_page(site: Site) -> None:
    ada, ben = site.person("ada@example.com"), site.person("ben@example.com")
    tab = site.frame(routes.EMBED_USER_BUTTON)
    await meet(tab, site.access_token(ada))
    embed = await tab.state(EmbedState)
    assert await run(embed.follow(site.access_token(ada))) == []
    assert len(await run(embed.follow(site.access_token(ben)))) == 2
    assert await viewer_name(tab) == "ben@example.com"
    await run(embed.follow(""))
    assert await viewer_name(tab) is None


async def sign_up(tab: Tab, email: str = "new@example.com") -> list[object]:
    form = {"email": email, "password": PASSWORD, "password_repeat": PASSWORD}
    return await run((await tab.state(SignUpState)).submit(form))


async def test_a_sign_up_hands_out_a_code_and_never_a_token(site: Site) -> None:
    tab = site.frame(routes.EMBED_SIGN_UP)
    assert await meet(tab) == frames.OPEN
    events = await sign_up(tab)
    told = posted(events, "signed-in")
    assert told["newUser"] is True
    assert set(told) == {"code", "newUser"}
    assert "claim" not in targets(events)  # no cookie is set by a page inside another one

    def redeem(session: Session, origin: str) -> object:
        tenancy = tenancies.load(session, site.project_id, "main")
        context = SignInContext(site.installation, tenancy, None, utc_now())
        return embedding.redeem_code(session, context, code=str(told["code"]), verifier=VERIFIER, origin=origin)

    with pytest.raises(InvalidAuthorizationCode):
        site.installation.db.call(redeem, APP)  # it was issued for the nonce of this load


async def test_without_its_page_a_part_signs_nobody_in(site: Site) -> None:
    tab = site.frame(routes.EMBED_SIGN_UP)
    events = await sign_up(tab)
    assert "signed-in" not in targets(events)
    assert "lost its page" in (await tab.state(SignUpState)).error


async def test_a_returning_user_is_no_new_user(site: Site) -> None:
    tab = site.frame(routes.EMBED_SIGN_UP)
    await meet(tab)
    await sign_up(tab)
    form = {"email": "new@example.com", "password": PASSWORD}
    assert posted(await run((await tab.state(SignInState)).submit(form)), "signed-in")["newUser"] is False


async def test_the_second_factor_is_never_asked_for_inside_another_page(site: Site) -> None:
    tab = site.frame(routes.EMBED_SIGN_UP)
    await meet(tab)
    await sign_up(tab)
    _protect(site)
    form = {"email": "new@example.com", "password": PASSWORD}
    events = await run((await tab.state(SignInState)).submit(form))
    frame = await tab.state(FrameState)
    assert frame.stage == frames.SECOND_STEP
    assert "signed-in" not in targets(events)
    sealed = frame.second_step.removeprefix(f"{routes.EMBED_OPEN}?ticket=")
    ticket = tickets.unseal(site.installation, site.project_id, sealed, now=utc_now())
    assert ticket is not None
    assert (ticket.origin, ticket.nonce, ticket.return_url) == (APP, NONCE, f"{APP}/notes")
    assert ticket.attempt_code
    assert ticket.attempt_code not in frame.second_step


def _protect(site: Site) -> None:
    """Have the site's only user need a second factor."""

    def change(session: Session) -> None:
        session.exec(select(User).where(col(User.tenancy_id) == tenancy_id)).one().requires_totp_mfa = True

    tenancy_id = site.tenancy.id
    site.installation.db.call(change)


@pytest.mark.parametrize("state", [MfaState, CliAuthState, LeavingState])
async def test_what_is_never_framed_opens_in_a_window(site: Site, state: type) -> None:
    ada = site.person("ada@example.com")
    tab = site.frame(routes.EMBED_ACCOUNT_SETTINGS)
    await meet(tab, site.access_token(ada))
    handler = (await tab.state(state)).ask if state is LeavingState else (await tab.state(state)).load
    assert "openOnTop" in targets(await run(handler()))


async def test_destructive_actions_do_nothing_inside_another_page(site: Site) -> None:
    ada = site.person("ada@example.com")
    tab = site.frame(routes.EMBED_ACCOUNT_SETTINGS)
    await meet(tab, site.access_token(ada))
    leaving = await tab.state(LeavingState)
    leaving.is_asking = True
    assert "openOnTop" in targets(await run(leaving.delete()))
    assert "openOnTop" in targets(await run((await tab.state(AccountSessionsState)).revoke_others()))
    assert site.user(ada).primary_email == "ada@example.com"


async def test_harmless_changes_work_inside_another_page(site: Site) -> None:
    ada = site.person("ada@example.com")
    tab = site.frame(routes.EMBED_ACCOUNT_SETTINGS)
    await meet(tab, site.access_token(ada))
    await run((await tab.state(ProfileState)).save_name({"display_name": "Ada"}))
    assert site.user(ada).display_name == "Ada"
    shown = await tab.state(AccountSessionsState)
    await run(shown.load())
    assert [row.is_current for row in shown.rows] == [True]


@pytest.mark.parametrize("path", [routes.ACCOUNT_SETTINGS, routes.CLI_AUTH, "/", "/projects", "/embedx"])
async def test_other_pages_show_nothing_inside_another_page(site: Site, path: str) -> None:
    ada = site.person("ada@example.com")
    tab = site.frame(routes.EMBED_ACCOUNT_SETTINGS)
    await meet(tab, site.access_token(ada))
    tab.go(path)
    with pytest.raises(Refused):
        await resolve_viewer(await tab.state(ProfileState), Access.SIGNED_IN)


@pytest.mark.parametrize("access", [Access.DASHBOARD, Access.PROJECT_ADMIN])
async def test_the_dashboard_does_nothing_inside_another_page(site: Site, access: Access) -> None:
    tab = site.frame(routes.EMBED_USER_BUTTON)
    with pytest.raises(Refused, match="inside another page"):
        await resolve_viewer(await tab.state(ProfileState), access)
    with pytest.raises(OnlyOnTop):
        await resolve_viewer(await tab.state(ProfileState), Access.VISITOR, frameable=False)


async def test_people_of_the_dashboard_are_nobody_inside_another_page(installation: Installation) -> None:
    tab = Tab("", routes.EMBED_SIGN_IN).framed()
    with pytest.raises(Refused, match="no project"):
        await resolve_viewer(await tab.state(ProfileState), Access.VISITOR)


async def test_steps_to_other_pages_stay_inside(installation: Installation) -> None:
    site = open_site(installation, {**CONFIG, "onboarding.requireEmailVerification": True})
    ada = site.person("ada@example.com", is_verified=False)
    tab = site.frame(routes.EMBED_ACCOUNT_SETTINGS)
    await meet(tab, site.access_token(ada))
    said = targets(await run((await tab.state(AccountState)).load()))
    assert "hexclaveFrame?.go(" in said
    assert "/handler/onboarding" in said
    entrance = site.frame(routes.EMBED_SIGN_IN)
    embed = await entrance.state(EmbedState)
    await meet(entrance)
    assert "/handler/onboarding" in targets(await run(embed.follow(site.access_token(ada))))


async def test_parts_about_somebody_ask_nobody_to_sign_in_first(site: Site) -> None:
    assert await meet(site.frame(routes.EMBED_ACCOUNT_SETTINGS)) == frames.SIGNED_OUT
    assert await meet(site.frame(routes.EMBED_TEAM_CREATION)) == frames.SIGNED_OUT
    assert await meet(site.frame(routes.EMBED_USER_BUTTON)) == frames.OPEN


async def test_signing_out_ends_the_session_for_every_page(site: Site) -> None:
    ada = site.person("ada@example.com")
    tab = site.frame(routes.EMBED_USER_BUTTON)
    await meet(tab, site.access_token(ada))
    assert posted(await run((await tab.state(EmbedState)).sign_out()), "signed-out") == {}
    assert site.installation.db.call(lambda session: list(session.exec(select(UserSession)).all())) == []
    assert "Please sign in first." in targets(await run((await tab.state(EmbedState)).sign_out()))


async def test_the_policy_of_a_page_is_that_of_its_hosts_project(site: Site) -> None:
    host = f"{site.project_id}.localhost:8000"
    assert await frame_ancestors_for(host, f"parent={APP}") == APP
    assert await frame_ancestors_for(host, "") == APP
    assert await frame_ancestors_for(host, "parent=https://evil.example") == NOBODY
    assert await frame_ancestors_for(host, "parent=") == NOBODY
    assert await frame_ancestors_for("localhost:8000", f"parent={APP}") == NOBODY
    assert await frame_ancestors_for(f"{uuid.uuid4()}.localhost:8000", f"parent={APP}") == NOBODY
