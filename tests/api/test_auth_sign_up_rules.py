"""Sign-up rules over HTTP: who gets an account, and what is left behind."""

import pytest
from sqlmodel import Session, col, select

from hexclave_app.installation import Installation
from models import AnalyticsEvent
from models.base import JsonValue
from tests.support.clients import ApiClient, known_error
from tests.support.configs import configure
from tests.support.mailbox import events, last_mail, session_count
from tests.support.projects import TestProject, as_admin, as_server, create_project
from tests.support.projects import as_client as client_of

CALLBACK = "http://localhost:3000/handler/magic-link-callback"
EVIL, GOOD, ODD = "eve@evil.example", "ada@example.org", "odd@odd.example"
RULES: dict[str, JsonValue] = {
    "evil": {
        "enabled": True,
        "priority": 10,
        "condition": 'emailDomain == "evil.example"',
        "action": {"type": "reject", "message": "never shown"},
    },
    "odd": {
        "enabled": True,
        "displayName": "Odd ones",
        "condition": 'email.endsWith("@odd.example")',
        "action": {"type": "restrict"},
    },
}


@pytest.fixture
def project(installation: Installation) -> TestProject:
    """A project that rejects some, restricts others, and allows the rest."""
    created = create_project(installation)
    methods = {"auth.otp.allowSignIn": True, "auth.password.allowSignIn": True}
    configure(installation, created.id, {**methods, "auth.signUpRules": RULES})
    return created


@pytest.fixture
def visitor(client: ApiClient, project: TestProject) -> ApiClient:
    """Somebody who is not signed in."""
    return client_of(client, project).as_(allow_anonymous_user="true")


def triggers(installation: Installation) -> list[JsonValue]:
    """The recorded matches."""

    def read(session: Session) -> list[JsonValue]:
        statement = select(AnalyticsEvent.data).where(col(AnalyticsEvent.event_type) == "$sign-up-rule-trigger")
        return list(session.exec(statement).all())

    return installation.db.call(read)


async def sign_up(visitor: ApiClient, email: str, method: str, installation: Installation) -> dict[str, JsonValue]:
    """Sign up by password or mailed code; the body of the answer."""
    if method == "password":
        response = await visitor.post("/auth/password/sign-up", {"email": email, "password": "correct horse"})
    else:
        await visitor.post("/auth/otp/send-sign-in-code", {"email": email, "callback_url": CALLBACK})
        response = await visitor.post("/auth/otp/sign-in", {"code": last_mail(installation).code})
    body: dict[str, JsonValue] = {**response.json(), "status": response.status_code}
    assert known_error(response) == body.get("code")
    return body


@pytest.mark.parametrize("method", ["password", "otp"])
async def test_a_rejected_person_gets_no_account_and_no_reason(
    visitor: ApiClient, installation: Installation, method: str
) -> None:
    body = await sign_up(visitor, EVIL, method, installation)
    assert (body["status"], body["code"]) == (403, "SIGN_UP_REJECTED")
    assert "never shown" not in str(body)
    assert (list(events(installation)), session_count(installation)) == ([], 0)
    assert triggers(installation) == [
        {"rule_id": "evil", "action": "reject", "email": EVIL, "auth_method": method, "oauth_provider": None}
    ]


@pytest.mark.parametrize("method", ["password", "otp"])
async def test_a_restricted_person_gets_a_restricted_account(
    client: ApiClient, project: TestProject, visitor: ApiClient, installation: Installation, method: str
) -> None:
    body = await sign_up(visitor, ODD, method, installation)
    user = (await as_server(client, project).get(f"/users/{body['user_id']}")).json()
    assert user["restricted_reason"] == {"type": "restricted_by_administrator"}
    assert user["restricted_by_admin_reason"] is None
    assert user["restricted_by_admin_private_details"] == "Restricted by sign-up rule odd: Odd ones"


async def test_an_anonymous_detour_does_not_escape_the_restriction(
    client: ApiClient, project: TestProject, visitor: ApiClient, installation: Installation
) -> None:
    anonymous = (await visitor.post("/auth/anonymous/sign-up")).json()
    body = await sign_up(visitor.as_(access_token=anonymous["access_token"]), ODD, "password", installation)
    assert body["user_id"] == anonymous["user_id"]
    user = (await as_server(client, project).get(f"/users/{body['user_id']}")).json()
    assert (user["is_anonymous"], user["restricted_by_admin"]) == (False, True)


async def test_everybody_else_gets_an_ordinary_account(visitor: ApiClient, installation: Installation) -> None:
    body = await sign_up(visitor, GOOD, "password", installation)
    own = (await visitor.as_(access_token=str(body["access_token"])).get("/users/me")).json()
    assert (own["is_restricted"], triggers(installation)) == (False, [])


async def test_servers_create_whom_they_like(client: ApiClient, project: TestProject) -> None:
    assert (await as_server(client, project).post("/users", {"primary_email": EVIL})).status_code == 201


async def test_who_has_an_account_signs_in_past_the_rules(
    client: ApiClient, project: TestProject, visitor: ApiClient, installation: Installation
) -> None:
    known = {"primary_email": EVIL, "primary_email_verified": True, "primary_email_auth_enabled": True}
    await as_server(client, project).post("/users", known)
    assert (await sign_up(visitor, EVIL, "otp", installation))["is_new_user"] is False


async def test_the_dry_run_traces_the_rules_and_leaves_no_trace(
    client: ApiClient, project: TestProject, installation: Installation
) -> None:
    body = {"email": "Odd@odd.example", "auth_method": "password", "oauth_provider": None, "country_code": "nz"}
    answer = (await as_admin(client, project).post("/internal/sign-up-rules-test", body)).json()
    assert answer["context"]["email"] == ODD
    assert (answer["context"]["email_domain"], answer["context"]["country_code"]) == ("odd.example", "NZ")
    assert [(item["rule_id"], item["status"]) for item in answer["evaluations"]] == [
        ("evil", "not_matched"),
        ("odd", "matched"),
    ]
    assert answer["outcome"] == {
        "should_allow": True,
        "decision": "default-allow",
        "decision_rule_id": None,
        "restricted_because_of_rule_id": "odd",
    }
    assert triggers(installation) == []
