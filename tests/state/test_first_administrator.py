"""Who becomes the first administrator of an installation on a public address."""

from dataclasses import replace

import pytest

from hexclave_app.cli import _greeting
from hexclave_app.installation import Installation
from hexclave_app.services import internal_project
from hexclave_app.services.users import listing
from hexclave_app.services.users.listing import UserQuery
from state.hosted.credentials import SignUpState
from tests.state.tabs import Tab, run
from tests.support.clients import ApiClient, known_error
from tests.support.hosted import Site

pytestmark = pytest.mark.anyio
HOST = "auth.example.com"
FORM = {"email": "ada@example.com", "password": "correct horse battery", "password_repeat": "correct horse battery"}
ACCOUNT = {"email": "mallory@example.com", "password": "correct horse battery"}


@pytest.fixture(params=["", "open"])
def public_address(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """An operator's settings, with either rule for those who come later."""
    monkeypatch.setenv("HEXCLAVE_PUBLIC_URL", f"https://{HOST}")
    monkeypatch.setenv("HEXCLAVE_DASHBOARD_SIGN_UP", request.param)


@pytest.fixture
def installation(public_address: None, installation: Installation) -> Installation:
    """An installation on a public address, before its first account."""
    return installation


@pytest.fixture
def dashboard(client: ApiClient) -> ApiClient:
    return client.as_(access_type="client", project_id="internal")


async def sign_up(page: str) -> str:
    """What the form answers; empty when it has signed up."""
    form = await Tab("", page, host=HOST).state(SignUpState)
    await run(form.submit(FORM))
    return form.error or form.email_error


def addresses(installation: Installation) -> list[str | None]:
    tenancy = Site(installation, "internal").tenancy
    page = installation.db.call(listing.list_page, tenancy=tenancy, query=UserQuery(includes_restricted=True))
    return [user.primary_email for user in page.items]


async def test_whoever_comes_first_is_not_the_administrator(installation: Installation, dashboard: ApiClient) -> None:
    code = internal_project.set_up_code(installation.settings)
    answer = await dashboard.post("/auth/password/sign-up", ACCOUNT)
    assert (answer.status_code, "printed when it started" in answer.text) == (403, True)
    for guess in ("", "?setup=", f"?setup={code[:-1]}", f"?setup={code.upper()}", "?setup=ä"):
        assert "printed when it started" in await sign_up(f"/handler/sign-up{guess}")
    assert addresses(installation) == []
    assert not installation.db.call(internal_project.has_administrator)


async def test_nor_does_an_anonymous_visitor_become_one(installation: Installation, dashboard: ApiClient) -> None:
    signed_up = await dashboard.post("/auth/anonymous/sign-up")
    visitor = dashboard.as_(access_token=signed_up.json()["access_token"], allow_anonymous_user="true")
    assert (await visitor.post("/auth/password/sign-up", ACCOUNT)).status_code == 403
    assert not installation.db.call(internal_project.has_administrator)


async def test_the_printed_address_makes_the_administrator(installation: Installation, dashboard: ApiClient) -> None:
    greeting = _greeting(installation.settings, has_administrator=False)
    address = next(word for word in greeting.split() if "/handler/sign-up" in word)
    assert await sign_up(address.removeprefix(f"https://{HOST}")) == ""
    assert installation.db.call(internal_project.has_administrator)
    assert "setup=" not in _greeting(installation.settings, has_administrator=True)
    after = await dashboard.post("/auth/password/sign-up", ACCOUNT)
    if installation.settings.dashboard_sign_up is None:
        assert known_error(after) == "SIGN_UP_NOT_ENABLED"
        assert addresses(installation) == ["ada@example.com"]
    else:
        assert after.status_code == 200  # everybody may have an account, which administers nothing
        assert addresses(installation) == ["ada@example.com", "mallory@example.com"]


async def test_another_installation_has_another_code(installation: Installation) -> None:
    code = internal_project.set_up_code(installation.settings)
    assert len(code) == 24
    assert installation.settings.secrets.server_secret not in code
    other = installation.settings.model_copy(
        update={"secrets": replace(installation.settings.secrets, server_secret="another secret")}
    )
    assert internal_project.set_up_code(other) != code
