"""Onboarding, invitations and command lines on hosted pages: what a click does, and what a link alone does not."""

import base64
import hashlib
import re
import uuid
from datetime import timedelta
from functools import partial
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from sqlmodel import Session

from hexclave_app.errors import ApiError
from hexclave_app.installation import Installation
from hexclave_app.services import cli_auth, email_verification, team_invitations, team_listing, teams
from hexclave_app.services.cli_auth import PollStatus, StartedAttempt
from hexclave_app.services.oauth import exchange
from hexclave_app.services.sessions import SignInContext
from hexclave_app.services.team_invitations import InvitationRequest
from hexclave_app.services.team_listing import TeamQuery
from models.base import utc_now
from state.base import Access, resolve_viewer
from state.hosted.command_line import CliAuthState
from state.hosted.invitations import TeamCreationState, TeamInvitationState
from state.hosted.onboarding import OnboardingState
from state.hosted.problems import canonical_path
from state.hosted.project import HostedState
from state.hosted.typed import caller_of
from tests.state.tabs import Tab, run, targets
from tests.support.hosted import Person, Site, open_site
from tests.support.mailbox import last_mail, mails

pytestmark = pytest.mark.anyio


@pytest.fixture
def site(installation: Installation) -> Site:
    return open_site(installation, {"teams.allowClientTeamCreation": True})


async def start_cli(site: Site) -> StartedAttempt:
    context = SignInContext(site.installation, site.tenancy, None, utc_now())
    return await cli_auth.start(context, lifetime=timedelta(hours=1), anonymous_refresh_token=None)


def poll(site: Site, attempt: StartedAttempt) -> PollStatus:
    context = SignInContext(site.installation, site.tenancy, None, utc_now())
    return site.installation.db.call(cli_auth.poll, context, polling_code=attempt.polling_code).status


async def test_a_link_that_says_confirmed_lets_no_command_line_in(site: Site) -> None:
    attempt, ada = await start_cli(site), site.person("ada@example.com")
    tab = site.tab(ada, f"/handler/cli-auth-confirm?login_code={attempt.login_code}&confirmed=true")
    page = await tab.state(CliAuthState)
    await run(page.load())
    assert (page.stage, page.account) == ("asking", "ada@example.com")
    assert poll(site, attempt) is PollStatus.WAITING
    await run(page.authorize())
    assert page.stage == "done"
    assert poll(site, attempt) is PollStatus.SUCCESS


async def test_who_confirmed_before_signing_in_need_not_do_so_again(site: Site) -> None:
    attempt, ada = await start_cli(site), site.person("ada@example.com")
    path = f"/handler/cli-auth-confirm?login_code={attempt.login_code}"
    tab = site.tab(None, path)
    page = await tab.state(CliAuthState)
    await run(page.load())
    assert "/handler/sign-in?after_auth_return_to=%2Fhandler%2Fcli-auth-confirm" in targets(await run(page.authorize()))
    assert poll(site, attempt) is PollStatus.WAITING
    tab.sign_in(ada.cookie)
    await run(page.load())
    assert page.stage == "done"
    assert poll(site, attempt) is PollStatus.SUCCESS


async def test_an_unknown_login_code_is_refused(site: Site) -> None:
    tab = site.tab(site.person("ada@example.com"), "/handler/cli-auth-confirm?login_code=unknown")
    page = await tab.state(CliAuthState)
    await run(page.authorize())
    assert (page.stage, "unknown" in page.error) == ("failed", True)


async def invite(site: Site, by: Person, email: str) -> tuple[uuid.UUID, str]:
    """A team and the code of an invitation to it."""

    def write(session: Session) -> uuid.UUID:
        team = teams.create(session, tenancy=site.tenancy, display_name="Engine", creator_id=by.id)
        return team.id

    team_id = site.installation.db.call(write)
    tab = site.tab(by, "/")
    state = await tab.state(HostedState)
    viewer = await resolve_viewer(state, Access.SIGNED_IN)
    link = f"http://{site.project_id}.localhost:8000/handler/team-invitation"
    site.installation.db.call(
        team_invitations.send,
        installation=site.installation,
        caller=caller_of(viewer),
        request=InvitationRequest(team_id=team_id, email=email, callback_url=link),
        now=utc_now(),
    )
    return team_id, last_mail(site.installation).code


def teams_of(site: Site, person: Person) -> list[str]:
    query = TeamQuery(member_id=person.id)
    page = site.installation.db.call(team_listing.list_page, tenancy_id=site.tenancy.id, query=query)
    return [team.display_name for team in page.items]


async def test_the_invited_person_joins_on_a_click_and_nobody_else(site: Site) -> None:
    ada, ben, cleo = (site.person(f"{name}@example.com") for name in ("ada", "ben", "cleo"))
    _, code = await invite(site, ada, ben.email)
    path = f"/handler/team-invitation?code={code}"
    nobody = await site.tab(None, path).state(TeamInvitationState)
    await run(nobody.load())
    assert nobody.stage == "signed_out"
    await run(nobody.join())
    stranger = await site.tab(cleo, path).state(TeamInvitationState)
    await run(stranger.load())
    assert stranger.stage == "failed"
    await run(stranger.join())
    assert "Engine" not in teams_of(site, cleo)
    page = await site.tab(ben, path).state(TeamInvitationState)
    await run(page.load())
    assert (page.stage, page.team_name) == ("asking", "Engine")
    assert "Engine" not in teams_of(site, ben)
    await run(page.join())
    assert page.stage == "done"
    assert "Engine" in teams_of(site, ben)


async def test_teams_are_created_only_where_the_project_allows_it(installation: Installation, site: Site) -> None:
    ada = site.person("ada@example.com")
    form = await site.tab(ada, "/handler/team-creation").state(TeamCreationState)
    await run(form.submit({"team_name": "  "}))
    assert form.name_error
    assert "#team-" in targets(await run(form.submit({"team_name": "Engine"})))
    assert "Engine" in teams_of(site, ada)
    closed = open_site(installation, {"teams.allowClientTeamCreation": False})
    ben = closed.person("ben@example.com")
    refused = await closed.tab(ben, "/handler/team-creation").state(TeamCreationState)
    await run(refused.submit({"team_name": "Engine"}))
    assert "Engine" not in teams_of(closed, ben)


async def test_restricted_people_change_and_prove_their_address(installation: Installation) -> None:
    site = open_site(installation, {"onboarding.requireEmailVerification": True})
    ada = site.person("ada@exmaple.com", is_verified=False)
    tab = site.tab(ada, "/handler/onboarding?after_auth_return_to=/notes")
    page = await tab.state(OnboardingState)
    await run(page.load())
    assert (page.stage, page.email) == ("check_inbox", "ada@exmaple.com")
    await run(page.change())
    await run(page.submit({"email": "nonsense"}))
    assert (page.email_error != "", mails(installation)) == (True, [])
    await run(page.submit({"email": "ada@example.com"}))
    assert (page.stage, last_mail(installation).recipient) == ("check_inbox", "ada@example.com")
    context = SignInContext(installation, site.tenancy, None, utc_now())
    await email_verification.verify(context, code=last_mail(installation).code)
    assert "/notes" in targets(await run(page.load()))


async def test_signing_in_leads_restricted_people_to_onboarding(installation: Installation) -> None:
    site = open_site(installation, {"onboarding.requireEmailVerification": True})
    ada = site.person("ada@example.com", is_verified=False)
    page = await site.tab(ada, "/handler/sign-in?after_auth_return_to=/notes").state(HostedState)
    assert "/handler/onboarding?after_auth_return_to=%2Fnotes" in targets(await run(page.load_auth_page()))


@pytest.mark.parametrize(
    ("spelled", "page"),
    [
        ("SignIn", "/handler/sign-in"),
        ("log-in", "/handler/sign-in"),
        ("Register", "/handler/sign-up"),
        ("magiclinkcallback", "/handler/magic-link-callback"),
        ("nowhere", None),
        ("", None),
    ],
)
async def test_other_spellings_of_a_page_lead_to_it(spelled: str, page: str | None) -> None:
    assert canonical_path(spelled) == page


BACK = "https://app.example.com/handler/oauth-callback?hexclave_cross_domain_auth=1"
VERIFIER = "v" * 43


def handed_to(site: Site, ada: Person, back: str) -> Tab:
    path = f"/handler/sign-in?{urlencode({'after_auth_return_to': back})}"
    return site.tab(ada, path)


async def test_an_app_on_a_trusted_domain_gets_the_session_by_a_code_that_only_it_can_exchange(
    installation: Installation,
) -> None:
    trusted = {"domains.trustedDomains.app": {"baseUrl": "https://app.example.com", "handlerPath": "/handler"}}
    site = open_site(installation, trusted)
    ada = site.person("ada@example.com")
    challenge = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
    back = f"{BACK}&hexclave_cross_domain_state=outer&hexclave_cross_domain_code_challenge={challenge}"
    page = await handed_to(site, ada, back).state(HostedState)
    script = targets(await run(page.load_auth_page()))
    address = re.search(r'https://app\.example\.com[^"\\]*', script)
    assert address is not None
    query = parse_qs(urlsplit(address[0]).query)
    assert query["state"] == ["outer"]
    context = SignInContext(installation, site.tenancy, None, utc_now())
    refused = partial(exchange.exchange, code=query["code"][0], redirect_uri=back)
    with pytest.raises(ApiError):
        installation.db.call(refused, context, code_verifier="w" * 43)
    exchanged = installation.db.call(refused, context, code_verifier=VERIFIER)
    assert isinstance(exchanged, exchange.Exchanged)
    assert exchanged.tokens.refresh_token == ada.refresh_token


async def test_a_foreign_domain_gets_neither_session_nor_visit(site: Site) -> None:
    back = BACK.replace("app.", "evil.") + "&hexclave_cross_domain_state=s&hexclave_cross_domain_code_challenge=c"
    page = await handed_to(site, site.person("ada@example.com"), back).state(HostedState)
    assert "evil" not in targets(await run(page.load_auth_page()))
