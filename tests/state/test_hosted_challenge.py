"""The bot challenge of our own sign-in forms, against a stand-in of its service."""

from collections.abc import Iterator

import pytest

from hexclave_app.installation import Installation
from hexclave_app.services.users import listing
from hexclave_app.services.users.listing import UserQuery
from state.hosted.challenge import TOKEN, ChallengeState
from state.hosted.credentials import CodeState, SignInState, SignUpState
from tests.state.tabs import Tab, run, targets
from tests.support.hosted import Site, open_site
from tests.support.mailbox import last_mail, mails
from tests.support.turnstile import Turnstile, running_turnstile

pytestmark = pytest.mark.anyio
FORM = {"email": "ada@example.com", "password": "correct horse battery", "password_repeat": "correct horse battery"}
PASSED = {"success": True, "action": "sign_up_with_credential"}


@pytest.fixture
def turnstile(monkeypatch: pytest.MonkeyPatch) -> Iterator[Turnstile]:
    with running_turnstile() as service:
        monkeypatch.setenv("HEXCLAVE_TURNSTILE_SITE_KEY", "0xSITE")
        monkeypatch.setenv("HEXCLAVE_TURNSTILE_SECRET_KEY", "s3cret")
        monkeypatch.setenv("HEXCLAVE_TURNSTILE_VERIFY_URL", service.url)
        yield service


@pytest.fixture
def site(turnstile: Turnstile, installation: Installation) -> Site:
    return open_site(installation)


@pytest.fixture
def installation(turnstile: Turnstile, installation: Installation) -> Installation:
    """The installation of an operator with keys."""
    return installation


def people(site: Site) -> list[str | None]:
    query = UserQuery(includes_restricted=True)
    page = site.installation.db.call(listing.list_page, tenancy=site.tenancy, query=query)
    return [user.primary_email for user in page.items]


async def test_only_a_form_with_a_good_token_makes_an_account(site: Site, turnstile: Turnstile) -> None:
    turnstile.tokens |= {"good": PASSED, "other": {"success": True, "action": "send_magic_link_email"}}
    page = await site.tab(None, "/handler/sign-up").state(SignUpState)
    for token in ({}, {TOKEN: "bad"}, {TOKEN: "other"}, {TOKEN: ["good"]}):
        assert "reset" in targets(await run(page.submit({**FORM, **token})))
        assert "no robot" in page.email_error
    assert people(site) == []
    await run(page.submit({**FORM, TOKEN: "good"}))
    assert (page.email_error, people(site)) == ("", ["ada@example.com"])


async def test_the_widget_asks_for_what_the_form_does(site: Site) -> None:
    tab = site.tab(None, "/handler/sign-up")
    widget = await tab.state(ChallengeState)
    sign_up, sign_in = [targets(await run(widget.begin(form))) for form in ("sign_up", "sign_in")]
    assert all(one in sign_up for one in ("0xSITE", "sign_up_with_credential", "send_magic_link_email", "turnstile"))
    assert "sign_up_with_credential" not in sign_in
    assert "s3cret" not in sign_up
    assert await run(widget.begin("</script>")) == []


async def test_signing_in_with_a_password_needs_no_token(site: Site, turnstile: Turnstile) -> None:
    turnstile.tokens["good"] = PASSED
    await run((await site.tab(None, "/handler/sign-up").state(SignUpState)).submit({**FORM, TOKEN: "good"}))
    page = await site.tab(None, "/handler/sign-in").state(SignInState)
    await run(page.submit(FORM))
    assert (page.email_error, page.error, len(turnstile.asked)) == ("", "", 1)


async def test_a_code_that_was_sent_without_a_token_makes_no_account(
    turnstile: Turnstile, installation: Installation
) -> None:
    site = open_site(installation, {"auth.otp.allowSignIn": True})
    tab = site.tab(None, "/handler/sign-up")
    await run((await tab.state(SignUpState)).submit({"email": "ada@example.com", "method": "code"}))
    page = await tab.state(CodeState)
    assert page.sent_to == "ada@example.com"
    await run(page.type_code(str(last_mail(installation).variables["otp"])))
    assert ("no robot" in page.error, people(site)) == (True, [])


async def test_another_code_needs_another_token(turnstile: Turnstile, installation: Installation) -> None:
    site = open_site(installation, {"auth.otp.allowSignIn": True})
    tab = site.tab(None, "/handler/sign-up")
    await run((await tab.state(SignUpState)).submit({"email": "ada@example.com", "method": "code"}))
    page = await tab.state(CodeState)
    sent = len(mails(installation))
    await run(page.send_again())
    assert (page.sent_to, page.typed_email, len(mails(installation))) == ("", "ada@example.com", sent)


async def test_a_page_without_a_project_says_so_itself(site: Site) -> None:
    """The page shows one message; the widget that nobody asked for adds none."""
    widget = await Tab("", "/handler/sign-in", host="nobody.localhost:8000").state(ChallengeState)
    assert await run(widget.begin("sign_in")) == []
    assert widget.error == "This address does not begin with a valid project id."


PROVIDER_CHECK = "/handler/provider-check?provider=github&after_auth_return_to=/notes"


async def before_provider(site: Site, cookie: str) -> str:
    tab = Tab(cookie, PROVIDER_CHECK, host=f"{site.project_id}.localhost:8000")
    return targets(await run((await tab.state(ChallengeState)).begin_for_provider()))


async def test_before_a_provider_a_token_for_it_is_asked_for(site: Site) -> None:
    script = await before_provider(site, f"hexclave-provider-{site.project_id}=1")
    assert "oauth_authenticate" in script
    assert "/auth/session/oauth/start?provider=github&after_auth_return_to=%2Fnotes&bot_challenge_token=" in script


@pytest.mark.parametrize("cookie", ["", "hexclave-provider-other=1"])
async def test_who_has_clicked_no_provider_is_led_to_none(site: Site, cookie: str) -> None:
    events = await before_provider(site, cookie)
    assert "/handler/sign-in?after_auth_return_to=%2Fnotes" in events
    assert "oauth/start" not in events
