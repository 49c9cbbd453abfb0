"""Windows and codes of embedded parts, and what strangers cannot do with them (docs/embedding.md)."""

import base64
import hashlib
import uuid
from datetime import datetime, timedelta

import httpx
import pytest
from sqlmodel import Session, select

from hexclave_app.config.overrides import Level
from hexclave_app.installation import Installation
from hexclave_app.services import project_configs, sessions, tenancies
from hexclave_app.services.embedding import sessions as embedding
from hexclave_app.services.embedding import tickets
from hexclave_app.services.embedding.sessions import Parent
from hexclave_app.services.embedding.tickets import Ticket
from hexclave_app.services.sessions import SessionTokens, SignInContext
from hexclave_app.services.users import creation
from hexclave_app.services.users.creation import UserCreateData
from models import OAuthCode, UserSession
from models.base import JsonValue, utc_now
from tests.support.clients import ApiClient
from tests.support.projects import TestProject, as_client, create_project

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

APP = "https://app.example.com"
OTHER = "https://other.example.com"
CONFIG: dict[str, JsonValue] = {
    "domains.trustedDomains": {"a": {"baseUrl": APP}, "b": {"baseUrl": OTHER}},
    "auth.oauth.providers.github": {"type": "github", "allowSignIn": True},
}
VERIFIER = "v" * 43
NONCE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
SAME_ORIGIN = {"sec-fetch-site": "same-origin"}


@pytest.fixture
def project(installation: Installation) -> TestProject:
    return create_project(installation, config=CONFIG)


def sign_in(installation: Installation, project: TestProject, **details: object) -> SessionTokens:
    """A new user's session."""

    def create(session: Session) -> SessionTokens:
        tenancy = tenancies.load(session, project.id, "main")
        data = UserCreateData(primary_email=f"{uuid.uuid4().hex}@example.com", **details)  # type: ignore[arg-type]  # fields of several types
        user = creation.create(session, installation=installation, tenancy=tenancy, data=data)
        return sessions.create(session, SignInContext(installation, tenancy, None, utc_now()), user_id=user.id)

    return installation.db.call(create)


def code_for(
    installation: Installation, project: TestProject, tokens: SessionTokens, now: datetime | None = None
) -> str:
    """The code that a part at `APP` hands out."""

    def issue(session: Session) -> str:
        tenancy = tenancies.load(session, project.id, "main")
        context = SignInContext(installation, tenancy, None, now or utc_now())
        return embedding.issue_code(
            session,
            context,
            user_id=tokens.user_id,
            refresh_token=tokens.refresh_token,
            parent=Parent(APP, NONCE),
        )

    return installation.db.call(issue)


async def exchange(
    client: ApiClient, project: TestProject, code: str, *, origin: str | None = APP, verifier: str = VERIFIER
) -> httpx.Response:
    headers = {"host": f"{project.id}.localhost:8000"} | ({"origin": origin} if origin is not None else {})
    return await client.request("POST", "/embed/session", json={"code": code, "verifier": verifier}, headers=headers)


async def test_a_code_becomes_the_session_once(
    client: ApiClient, installation: Installation, project: TestProject
) -> None:
    tokens = sign_in(installation, project)
    code = code_for(installation, project, tokens)
    answer = await exchange(client, project, code)
    assert answer.status_code == 200
    told = answer.json()
    assert set(told) == {"access_token", "refresh_token", "user_id"}
    assert (told["refresh_token"], told["user_id"]) == (tokens.refresh_token, str(tokens.user_id))
    me = await as_client(client, project).as_(access_token=told["access_token"]).get("/users/me")
    assert me.json()["id"] == str(tokens.user_id)
    assert (await exchange(client, project, code)).status_code == 400


@pytest.mark.parametrize("origin", [None, "", "null", "https://evil.example", OTHER, f"{APP}/", f"{APP}:8443"])
async def test_a_code_is_worth_nothing_at_another_page(
    client: ApiClient, installation: Installation, project: TestProject, origin: str | None
) -> None:
    code = code_for(installation, project, sign_in(installation, project))
    refused = await exchange(client, project, code, origin=origin)
    assert refused.status_code in (400, 403)
    assert "access_token" not in refused.text
    assert (await exchange(client, project, code)).status_code == 200  # nobody else can use it up


@pytest.mark.parametrize("verifier", ["", "w" * 43, NONCE])
async def test_a_code_is_worth_nothing_without_the_secret_of_its_load(
    client: ApiClient, installation: Installation, project: TestProject, verifier: str
) -> None:
    code = code_for(installation, project, sign_in(installation, project))
    assert (await exchange(client, project, code, verifier=verifier)).status_code == 400
    assert (await exchange(client, project, code)).status_code == 200


async def test_a_code_is_worth_nothing_in_another_project(
    client: ApiClient, installation: Installation, project: TestProject
) -> None:
    code = code_for(installation, project, sign_in(installation, project))
    other = create_project(installation, config=CONFIG)
    assert (await exchange(client, other, code)).status_code == 400
    assert (await exchange(client, project, code)).status_code == 200


async def test_an_old_code_is_refused(client: ApiClient, installation: Installation, project: TestProject) -> None:
    then = utc_now() - embedding.CODE_LIFETIME - timedelta(seconds=1)
    code = code_for(installation, project, sign_in(installation, project), now=then)
    assert (await exchange(client, project, code)).status_code == 400


async def test_a_domain_that_lost_its_trust_gets_no_session(
    client: ApiClient, installation: Installation, project: TestProject
) -> None:
    code = code_for(installation, project, sign_in(installation, project))
    config: dict[str, JsonValue] = {"domains.trustedDomains": {}}
    installation.db.call(project_configs.patch, project_id=project.id, level=Level.ENVIRONMENT, config=config)
    assert (await exchange(client, project, code)).status_code == 403


async def test_a_code_of_an_ended_session_opens_no_new_one(
    client: ApiClient, installation: Installation, project: TestProject
) -> None:
    tokens = sign_in(installation, project)
    code = code_for(installation, project, tokens)
    installation.db.call(sessions.end_current, tenancy_id=project.tenancy_id, session_id=tokens.session_id)
    assert (await exchange(client, project, code)).status_code == 400
    assert installation.db.call(lambda session: list(session.exec(select(UserSession)).all())) == []
    assert installation.db.call(lambda session: list(session.exec(select(OAuthCode)).all())) == []  # used up


async def test_the_second_factor_is_not_asked_for_twice(
    client: ApiClient, installation: Installation, project: TestProject
) -> None:
    tokens = sign_in(installation, project, totp_secret=b"x" * 20)
    answer = await exchange(client, project, code_for(installation, project, tokens))
    assert answer.json()["refresh_token"] == tokens.refresh_token


async def test_the_code_of_an_app_is_no_code_of_a_part(
    client: ApiClient, installation: Installation, project: TestProject
) -> None:
    code = code_for(installation, project, sign_in(installation, project))
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": APP,
        "code_verifier": VERIFIER,
        "client_id": project.id,
        "client_secret": project.keys["publishable_client_key"],
    }
    assert (await client.request("POST", "/auth/oauth/token", data=form)).status_code == 400
    assert (await exchange(client, project, code)).status_code == 200


def ticket_for(
    installation: Installation, project: TestProject, *, age: timedelta = timedelta(0), **changes: str
) -> str:
    ticket = Ticket(**{"origin": APP, "nonce": NONCE, "return_url": f"{APP}/notes", **changes})
    return tickets.seal(installation, project.id, ticket, expires_at=utc_now() + tickets.LIFETIME - age)


async def open_window(
    client: ApiClient, project: TestProject, ticket: str, *, headers: dict[str, str] = SAME_ORIGIN, **query: str
) -> httpx.Response:
    answer = await client.request(
        "GET",
        "/embed/open",
        params={"ticket": ticket, **query},
        headers={"host": f"{project.id}.localhost:8000", **headers},
    )
    assert answer.status_code == 303
    return answer


async def test_a_window_remembers_its_page_and_leads_to_the_sign_in(
    client: ApiClient, installation: Installation, project: TestProject
) -> None:
    opened = await open_window(client, project, ticket_for(installation, project))
    assert opened.headers["location"] == "/handler/sign-in?after_auth_return_to=%2Fhandler%2Fembed-return"
    name, _, rest = opened.headers["set-cookie"].partition("=")
    assert name == f"hexclave-embed-{project.id}"
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(rest.split("; "))
    kept = tickets.unseal(installation, project.id, rest.partition(";")[0], now=utc_now())
    assert kept == Ticket(origin=APP, nonce=NONCE, return_url=f"{APP}/notes")
    assert tickets.unseal(installation, project.id, rest.partition(";")[0], now=utc_now() + timedelta(hours=1)) is None


async def test_a_window_leads_to_a_provider_and_back(
    client: ApiClient, installation: Installation, project: TestProject
) -> None:
    opened = await open_window(client, project, ticket_for(installation, project), provider="github")
    location = opened.headers["location"]
    assert location.startswith("/auth/session/oauth/start?provider=github&")
    started = await client.request("GET", location, headers={"host": f"{project.id}.localhost:8000", **SAME_ORIGIN})
    assert "/auth/oauth/demo/github" in started.headers["location"]


async def test_a_second_factor_is_asked_for_in_the_window(
    client: ApiClient, installation: Installation, project: TestProject
) -> None:
    opened = await open_window(client, project, ticket_for(installation, project, attempt_code="attempt"))
    assert opened.headers["location"].startswith("/handler/mfa?")
    cookies = opened.headers.get_list("set-cookie")
    assert [cookie.partition("=")[0] for cookie in cookies] == [
        f"hexclave-embed-{project.id}",
        f"hexclave-mfa-{project.id}",
    ]
    assert all("HttpOnly" in cookie for cookie in cookies)


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
        {"referer": "https://evil.example/"},
        {},
    ],
)
async def test_only_our_own_parts_open_windows(
    client: ApiClient, installation: Installation, project: TestProject, headers: dict[str, str]
) -> None:
    opened = await open_window(client, project, ticket_for(installation, project), headers=headers)
    assert opened.headers["location"] == "/handler/sign-in"
    assert "set-cookie" not in opened.headers


async def test_a_ticket_that_is_not_ours_opens_nothing(
    client: ApiClient, installation: Installation, project: TestProject
) -> None:
    other = create_project(installation, config=CONFIG)
    good = ticket_for(installation, project)
    bad = [
        "",
        "x",
        good[:-4],
        ticket_for(installation, other),
        ticket_for(installation, project, age=tickets.LIFETIME),
        ticket_for(installation, project, origin="https://evil.example", return_url="https://evil.example/"),
        ticket_for(installation, project, return_url="https://evil.example/"),
        ticket_for(installation, project, return_url=OTHER),
    ]
    for ticket in bad:
        opened = await open_window(client, project, ticket)
        assert (opened.headers["location"], "set-cookie" in opened.headers) == ("/handler/sign-in", False), ticket


async def test_the_demo_page_is_there_on_a_developers_machine_only(
    client: ApiClient, installation: Installation, project: TestProject
) -> None:
    answer = await client.request("GET", "/embed/demo", headers={"host": f"{project.id}.localhost:8000"})
    assert answer.status_code == 200
    assert f'data-project-id="{project.id}"' in answer.text
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    for host in ("localhost:8000", f"{uuid.uuid4()}.localhost:8000"):
        assert (await client.request("GET", "/embed/demo", headers={"host": host})).status_code == 404


class TestOnAPublicAddress:
    """What is different where everybody can reach the installation."""

    @pytest.fixture
    def environment(self) -> dict[str, str]:
        return {
            "HEXCLAVE_PUBLIC_URL": "https://auth.example.com",
            "HEXCLAVE_HOSTED_DOMAIN_SUFFIX": ".auth.example.com",
        }

    async def test_the_demo_page_needs_the_projects_permission(
        self, client: ApiClient, installation: Installation
    ) -> None:
        for allows, status in ((True, 200), (False, 404)):
            project = create_project(installation, config={"domains.allowLocalhost": allows})
            host = f"{project.id}.auth.example.com"
            assert (await client.request("GET", "/embed/demo", headers={"host": host})).status_code == status

    async def test_the_windows_cookie_is_bound_to_the_host(self, client: ApiClient, installation: Installation) -> None:
        project = create_project(installation, config=CONFIG)
        headers = {"host": f"{project.id}.auth.example.com", **SAME_ORIGIN}
        opened = await open_window(client, project, ticket_for(installation, project), headers=headers)
        assert opened.headers["set-cookie"].startswith("__Host-hexclave-embed-")
        assert opened.headers["set-cookie"].endswith("; Secure")
