"""Who gets where on hosted pages: people who are not there yet, and apps on other domains that wait for them."""

import base64
import hashlib
import re
from functools import partial
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from sqlalchemy import update
from sqlmodel import Session, col

from hexclave_app.installation import Installation
from hexclave_app.services import sessions, tenancies
from hexclave_app.services.browser_sessions import cookie_name
from hexclave_app.services.oauth import exchange
from hexclave_app.services.sessions import SignInContext
from hexclave_app.services.users import creation
from hexclave_app.services.users.creation import UserCreateData
from models import ContactChannel
from models.base import utc_now
from state.hosted import links
from state.hosted.account.shell import AccountState
from state.hosted.invitations import TeamCreationState
from state.hosted.links import EmailVerificationState, MagicLinkState
from state.hosted.onboarding import CHECK_INBOX, OnboardingState
from state.hosted.project import HostedState
from tests.state.tabs import Tab, run, targets
from tests.support.hosted import Person, Site, open_site
from tests.support.mailbox import mails

pytestmark = pytest.mark.anyio

APP = "https://app.example.com"
CALLBACK = f"{APP}/handler/oauth-callback?hexclave_cross_domain_auth=1"
VERIFIER = "v" * 43
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()


@pytest.fixture
def site(installation: Installation) -> Site:
    """A project that wants proved addresses and trusts an app's domain."""
    return open_site(
        installation,
        {
            "onboarding.requireEmailVerification": True,
            "teams.allowClientTeamCreation": True,
            "domains.trustedDomains.app": {"baseUrl": APP, "handlerPath": "/handler"},
        },
    )


@pytest.fixture
def ben(site: Site) -> Person:
    """Somebody who has not proved an address yet."""
    return site.person("ben@example.com", is_verified=False)


def anonymous_cookie(site: Site) -> str:
    def create(session: Session) -> str:
        tenancy = tenancies.load(session, site.project_id, "main")
        data = UserCreateData(is_anonymous=True)
        user = creation.create(session, installation=site.installation, tenancy=tenancy, data=data)
        context = SignInContext(site.installation, tenancy, None, utc_now())
        return sessions.create(session, context, user_id=user.id).refresh_token

    token = site.installation.db.call(create)
    return f"{cookie_name(site.project_id, is_secure=False)}={token}"


async def test_the_start_page_is_for_people_who_have_arrived(site: Site, ben: Person) -> None:
    ada = await site.tab(site.person("ada@example.com", display_name="Ada"), "/").state(HostedState)
    assert await run(ada.load_home()) == []
    assert (ada.greeting_name, ada.initials, ada.has_arrived) == ("Ada", "A", True)
    unfinished = await site.tab(ben, "/").state(HostedState)
    assert "/handler/onboarding" in targets(await run(unfinished.load_home()))
    nobody = await Tab(anonymous_cookie(site), "/", host=f"{site.project_id}.localhost:8000").state(HostedState)
    assert "/handler/sign-in" in targets(await run(nobody.load_home()))
    assert not unfinished.has_arrived
    assert not nobody.has_arrived


async def test_people_who_are_not_finished_may_sign_in_as_somebody_else(site: Site, ben: Person) -> None:
    link = await site.tab(ben, "/handler/magic-link-callback?code=x").state(MagicLinkState)
    await run(link.load())
    assert link.stage == links.ASKING
    forgot = await site.tab(ben, "/handler/forgot-password").state(HostedState)
    await run(forgot.load_page())
    assert not forgot.has_arrived


async def test_teams_and_settings_wait_until_the_account_is_finished(site: Site, ben: Person) -> None:
    creation_page = await site.tab(ben, "/handler/team-creation").state(TeamCreationState)
    assert "onboarding?after_auth_return_to=%2Fhandler%2Fteam-creation" in targets(await run(creation_page.load()))
    settings = await site.tab(ben, "/handler/account-settings#sessions").state(AccountState)
    assert "onboarding?after_auth_return_to=%2Fhandler%2Faccount-settings%23sessions" in targets(
        await run(settings.load())
    )
    assert not settings.is_ready


async def test_onboarding_goes_on_by_itself_after_a_verification_in_another_tab(site: Site, ben: Person) -> None:
    page = await site.tab(ben, "/handler/onboarding?after_auth_return_to=%2Fnotes").state(OnboardingState)
    assert await run(page.look_again()) == []
    await run(page.load())
    assert (await run(page.look_again()), page.stage) == ([], CHECK_INBOX)

    def verify(session: Session) -> None:
        mine = (col(ContactChannel.tenancy_id) == site.tenancy.id, col(ContactChannel.user_id) == ben.id)
        session.execute(update(ContactChannel).where(*mine).values(is_verified=True))

    site.installation.db.call(verify)
    assert "/notes" in targets(await run(page.look_again()))


async def test_onboarding_changes_no_address_of_a_finished_account(site: Site) -> None:
    ada = site.person("ada@example.com")
    page = await site.tab(ada, "/handler/onboarding").state(OnboardingState)
    await run(page.submit({"email": "else@example.com"}))
    assert site.user(ada).primary_email == "ada@example.com"
    assert mails(site.installation) == []


async def test_the_page_after_a_verification_is_the_one_that_was_wanted(site: Site) -> None:
    path = "/handler/email-verification?code=x"
    wanted = await site.tab(None, f"{path}&after_auth_return_to=%2Fnotes").state(EmailVerificationState)
    await run(wanted.load())
    assert wanted.next_href == "/handler/sign-in?after_auth_return_to=%2Fnotes"
    plain = await site.tab(None, path).state(EmailVerificationState)
    await run(plain.load())
    assert plain.next_href == "/"


def asked(prefix: str = "hexclave", **more: str) -> dict[str, str]:
    return {
        f"{prefix}_cross_domain_state": "outer",
        f"{prefix}_cross_domain_code_challenge": CHALLENGE,
        **{f"{prefix}_cross_domain_{name}": value for name, value in more.items()},
    }


@pytest.mark.parametrize("prefix", ["hexclave", "stack"])
async def test_what_an_app_asks_for_beside_the_target_gets_it_the_session(site: Site, prefix: str) -> None:
    query = {"after_auth_return_to": CALLBACK, **asked(prefix, after_callback_redirect_url=f"{APP}/notes")}
    ada = site.person("ada@example.com")
    page = await site.tab(ada, f"/handler/sign-in?{urlencode(query)}").state(HostedState)
    address = urlsplit(found(await run(page.load_auth_page())))
    told = parse_qs(address.query)
    assert told.pop("state") == ["outer"]
    (code,) = told.pop("code")
    # The app names the address that it is on, less code and state.
    here = f"{APP}{address.path}?{urlencode({name: values[0] for name, values in told.items()})}"
    context = SignInContext(site.installation, site.tenancy, None, utc_now())
    exchanged = site.installation.db.call(
        partial(exchange.exchange, code=code, redirect_uri=here, code_verifier=VERIFIER), context
    )
    assert isinstance(exchanged, exchange.Exchanged)
    assert exchanged.tokens.refresh_token == ada.refresh_token
    assert exchanged.after_callback_redirect_url == f"{APP}/notes"


async def test_sign_in_sign_up_and_onboarding_hand_on_what_an_app_asks_for(site: Site, ben: Person) -> None:
    query = urlencode({"after_auth_return_to": CALLBACK, **asked()})
    page = await site.tab(None, f"/handler/sign-in?{query}").state(HostedState)
    await run(page.load_auth_page())
    for href in (page.sign_in_href, page.sign_up_href):
        assert f"code_challenge%3D{CHALLENGE}" in href
    unfinished = await site.tab(ben, f"/handler/sign-in?{query}").state(HostedState)
    assert f"onboarding?after_auth_return_to={urlencode({'': CALLBACK})[1:]}%26" in targets(
        await run(unfinished.load_auth_page())
    )


async def test_onboarding_ends_where_the_app_gets_the_session(site: Site) -> None:
    query = urlencode({"after_auth_return_to": CALLBACK, **asked()})
    page = await site.tab(site.person("ada@example.com"), f"/handler/onboarding?{query}").state(OnboardingState)
    assert "/handler/sign-in?after_auth_return_to=https" in targets(await run(page.load()))


async def test_a_path_is_one_of_the_app_that_asks(site: Site) -> None:
    query = {"after_auth_return_to": "/notes", **asked(after_callback_redirect_url=f"{APP}/later")}
    page = await site.tab(site.person("ada@example.com"), f"/handler/sign-in?{urlencode(query)}").state(HostedState)
    assert found(await run(page.load_auth_page())).startswith(f"{APP}/notes?")


@pytest.mark.parametrize("target", ["/notes", "https://evil.example.com/back"])
async def test_a_foreign_app_gets_neither_session_nor_visit(site: Site, target: str) -> None:
    query = {"after_auth_return_to": target, **asked(after_callback_redirect_url="https://evil.example.com/x")}
    page = await site.tab(site.person("ada@example.com"), f"/handler/sign-in?{urlencode(query)}").state(HostedState)
    assert "evil" not in targets(await run(page.load_auth_page()))


def found(events: list[object]) -> str:
    match = re.search(rf'{re.escape(APP)}[^"\\]*', targets(events))
    assert match is not None, targets(events)
    return match[0]


@pytest.mark.parametrize("prefix", ["hexclave", "stack"])
async def test_nobody_signs_in_again_whose_app_lends_its_session(site: Site, prefix: str) -> None:
    query = urlencode({f"{prefix}_nested_cross_domain_auth_callback_url": f"{APP}/x"})
    settings = await site.tab(None, f"/handler/account-settings?{query}#auth").state(AccountState)
    told = targets(await run(settings.load()))
    assert "/auth/session/oauth/borrow?lender=https%3A%2F%2Fapp.example.com%2Fx" in told
    assert "target=%2Fhandler%2Faccount-settings%23auth" in told
    page = await site.tab(None, f"/handler/sign-in?after_auth_return_to=%2Fnotes&{query}").state(HostedState)
    assert "after_auth_return_to%3D%252Fnotes" in targets(await run(page.load_auth_page()))
    here = await site.tab(site.person("ada@example.com"), f"/handler/account-settings?{query}").state(AccountState)
    assert "borrow" not in targets(await run(here.load()))


@pytest.mark.parametrize("lender", ["https://evil.example.com/", "javascript:alert(1)", "/handler/sign-in"])
async def test_no_session_is_borrowed_from_a_foreign_app(site: Site, lender: str) -> None:
    query = urlencode({"stack_nested_cross_domain_auth_callback_url": lender})
    settings = await site.tab(None, f"/handler/account-settings?{query}").state(AccountState)
    told = targets(await run(settings.load()))
    assert ("borrow" in told, "/handler/sign-in" in told) == (False, True)
