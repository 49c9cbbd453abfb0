"""How a sign-in on our own pages becomes a cookie, and what strangers cannot do with it."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from hexclave_app.installation import Installation
from hexclave_app.services import browser_sessions, sessions, tenancies
from hexclave_app.services.sessions import SignInContext
from models import LoginClaim
from models.base import utc_now
from tests.support.clients import ApiClient
from tests.support.projects import create_project, dashboard_user

HOST = "localhost:8000"
SAME_ORIGIN = {"host": HOST, "sec-fetch-site": "same-origin"}


def _sign_in(installation: Installation, *, host: str = HOST, project_id: str = "internal") -> tuple[str, str]:
    """A claim for that host and the refresh token behind it."""
    user = dashboard_user(installation)

    def store(session: Session) -> tuple[str, str]:
        tenancy = tenancies.load(session, project_id, "main")
        tokens = sessions.create(session, SignInContext(installation, tenancy, None, utc_now()), user_id=user.id)
        claim = browser_sessions.store_claim(
            session,
            installation=installation,
            tenancy=tenancy,
            refresh_token=tokens.refresh_token,
            host=host,
            now=utc_now(),
        )
        return claim, tokens.refresh_token

    return installation.db.call(store)


async def _claim(client: ApiClient, claim: str, **headers: str) -> tuple[int, str]:
    answer = await client.request(
        "POST", "/auth/session/claim", json={"claim": claim}, headers={**SAME_ORIGIN, **headers}
    )
    return answer.status_code, answer.headers.get("set-cookie", "")


async def test_a_claim_becomes_an_http_only_cookie_once(client: ApiClient, installation: Installation) -> None:
    claim, refresh_token = _sign_in(installation)
    status, cookie = await _claim(client, claim)
    assert status == 200
    assert cookie.startswith(f"hexclave-login-internal={refresh_token}; Path=/; ")
    assert {"HttpOnly", "SameSite=Lax"} <= set(cookie.split("; "))
    assert await _claim(client, claim) == (400, "")


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
    ],
)
async def test_other_sites_cannot_claim(client: ApiClient, installation: Installation, headers: dict[str, str]) -> None:
    claim, _ = _sign_in(installation)
    assert await _claim(client, claim, **headers) == (403, "")
    assert (await _claim(client, claim))[0] == 200


async def test_an_old_browser_is_judged_by_its_origin(client: ApiClient, installation: Installation) -> None:
    claim, _ = _sign_in(installation)
    for origin in ("https://evil.example", "null"):
        answer = await client.request(
            "POST", "/auth/session/claim", json={"claim": claim}, headers={"host": HOST, "origin": origin}
        )
        assert answer.status_code == 403
    good = await client.request(
        "POST", "/auth/session/claim", json={"claim": claim}, headers={"host": HOST, "origin": f"http://{HOST}"}
    )
    assert good.status_code == 200


async def test_a_claim_is_bound_to_its_host_and_lost_when_tried_elsewhere(
    client: ApiClient, installation: Installation
) -> None:
    claim, _ = _sign_in(installation)
    assert await _claim(client, claim, host="evil.localhost:8000") == (400, "")
    assert await _claim(client, claim) == (400, "")


async def test_an_expired_claim_is_refused(client: ApiClient, installation: Installation) -> None:
    claim, _ = _sign_in(installation)

    def age(session: Session) -> None:
        for row in session.exec(select(LoginClaim)).all():
            row.expires_at = utc_now() - timedelta(seconds=1)

    installation.db.call(age)
    assert await _claim(client, claim) == (400, "")


async def test_signing_out_ends_the_session_and_removes_the_cookie(
    client: ApiClient, installation: Installation
) -> None:
    claim, refresh_token = _sign_in(installation)
    await _claim(client, claim)
    cookie = f"hexclave-login-internal={refresh_token}"
    foreign = await client.request(
        "POST", "/auth/session/sign-out", headers={**SAME_ORIGIN, "sec-fetch-site": "cross-site", "cookie": cookie}
    )
    assert foreign.status_code == 403
    answer = await client.request("POST", "/auth/session/sign-out", headers={**SAME_ORIGIN, "cookie": cookie})
    assert answer.status_code == 200
    assert "Max-Age=0" in answer.headers["set-cookie"]
    assert installation.db.call(_login, installation, HOST, cookie) is None


def test_a_login_counts_only_on_the_hosts_of_its_project(installation: Installation) -> None:
    _, token = _sign_in(installation)
    project = create_project(installation, owner_team_id=dashboard_user(installation, "Ben").team_id)
    cookie = f"hexclave-login-internal={token}; hexclave-login-{project.id}={token}"
    assert installation.db.call(_login, installation, HOST, cookie) is not None
    assert installation.db.call(_login, installation, f"{project.id}.localhost:8000", cookie) is None
    for host in ("evil.example", "localhost.evil.example", "not-a-project.localhost:8000", "", "a@localhost:8000@evil"):
        assert installation.db.call(_login, installation, host, cookie) is None


def _login(session: Session, installation: Installation, host: str, cookie: str) -> browser_sessions.Login | None:
    return browser_sessions.find_login(
        session, installation=installation, host=host, cookie_header=cookie, now=utc_now()
    )
