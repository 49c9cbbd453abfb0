"""Where mails lead that an embedded part asks for: to the page around, if it has a place for them, and nowhere else."""

import pytest

from hexclave_app.installation import Installation
from state import frames
from state.hosted.credentials import CodeState, SignInState, SignUpState
from state.hosted.links import ForgotPasswordState
from tests.state.embedding import APP, CONFIG, meet
from tests.state.tabs import Tab, run
from tests.support.hosted import Site, open_site
from tests.support.mailbox import last_mail

pytestmark = pytest.mark.anyio
ADA = "ada@example.com"
PASSWORD = "correct horse battery"
PAGES = {
    "magic-link-callback": f"{APP}/link?from=mail",
    "password-reset": f"{APP}/reset",
    "email-verification": f"{APP}/verify",
}


@pytest.fixture
def site(installation: Installation) -> Site:
    return open_site(installation, CONFIG | {"auth.otp.allowSignIn": True, "auth.password.allowSignIn": True})


async def code_link(site: Site, tab: Tab) -> str:
    """The link of a mailed sign-in code."""
    await run((await tab.state(SignInState)).submit({"email": ADA, "method": "code"}))
    assert (await tab.state(CodeState)).sent_to == ADA
    return last_mail(site.installation).variables["magicLink"]


async def test_a_sign_in_link_leads_to_the_page_around(site: Site) -> None:
    tab = site.frame("/embed/sign-in")
    assert await meet(tab, changes={"mail_pages": PAGES}) == frames.OPEN
    assert (await code_link(site, tab)).startswith(f"{APP}/link?from=mail&code=")


async def test_without_a_place_it_leads_to_the_hosted_page(site: Site) -> None:
    tab = site.frame("/embed/sign-in")
    await meet(tab, changes={"mail_pages": {"password-reset": f"{APP}/reset"}})
    assert (await code_link(site, tab)).startswith(
        f"http://{site.project_id}.localhost:8000/handler/magic-link-callback"
    )


async def test_resets_and_verifications_lead_there_too(site: Site) -> None:
    tab = site.frame("/embed/sign-up")
    await meet(tab, changes={"mail_pages": PAGES})
    form = {"email": ADA, "method": "password", "password": PASSWORD, "password_repeat": PASSWORD}
    await run((await tab.state(SignUpState)).submit(form))
    assert last_mail(site.installation).variables["emailVerificationLink"].startswith(f"{APP}/verify?code=")
    tab = site.frame("/embed/forgot-password")
    await meet(tab, changes={"mail_pages": PAGES})
    await run((await tab.state(ForgotPasswordState)).submit({"email": ADA}))
    assert last_mail(site.installation).variables["passwordResetLink"].startswith(f"{APP}/reset?code=")


@pytest.mark.parametrize(
    "pages",
    [
        {"magic-link-callback": "https://evil.example/link"},
        {"magic-link-callback": "https://app.example.com.evil.example/"},
        {"magic-link-callback": "https://app.example.com@evil.example/"},
        {"magic-link-callback": "http://app.example.com/link"},
        {"magic-link-callback": "//evil.example/"},
        {"magic-link-callback": "javascript:alert(1)"},
        {"magic-link-callback": "/link"},
        {"magic-link-callback": ["https://evil.example/"]},
        {"sign-out": f"{APP}/x"},
        "https://evil.example/",
    ],
)
async def test_a_page_with_another_place_in_mind_is_refused(site: Site, pages: object) -> None:
    assert await meet(site.frame("/embed/sign-in"), changes={"mail_pages": pages}) == frames.REFUSED


async def test_a_hosted_page_of_its_own_leads_nowhere_else(site: Site) -> None:
    tab = site.tab(None, "/handler/sign-in")
    await meet(tab, changes={"mail_pages": PAGES})
    assert (await code_link(site, tab)).startswith(
        f"http://{site.project_id}.localhost:8000/handler/magic-link-callback"
    )
