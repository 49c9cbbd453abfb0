"""Anonymous sign-up, its upgrade by a password, and invitations, over HTTP."""

import pytest

from hexclave_app.installation import Installation
from tests.support.clients import ApiClient, known_error
from tests.support.configs import configure
from tests.support.mailbox import events, last_mail, mails, session_count
from tests.support.projects import TestProject, as_server, create_project
from tests.support.projects import as_client as client_of
from tests.support.races import at_once, statuses

ADA = {"email": "ada@example.org", "password": "correct horse"}
CALLBACK = "http://localhost:3000/handler/sign-in?from=mail"


@pytest.fixture
def project(installation: Installation) -> TestProject:
    """A project with nothing but passwords, closed to nobody."""
    created = create_project(installation, name="Acme")
    configure(installation, created.id, {"auth.password.allowSignIn": True})
    return created


@pytest.fixture
def visitor(client: ApiClient, project: TestProject) -> ApiClient:
    """Somebody who is not signed in."""
    return client_of(client, project).as_(allow_anonymous_user="true")


async def test_an_anonymous_visitor_gets_a_user_with_a_session(
    visitor: ApiClient, installation: Installation, project: TestProject
) -> None:
    configure(installation, project.id, {"auth.allowSignUp": False, "auth.signUpRulesDefaultAction": "reject"})
    response = await visitor.request("POST", "/auth/anonymous/sign-up")  # without a body, as the SDK calls
    assert response.status_code == 200
    assert set(response.json()) == {"access_token", "refresh_token", "user_id"}
    own = (await visitor.as_(access_token=response.json()["access_token"]).get("/users/me")).json()
    assert (own["is_anonymous"], own["restricted_reason"]) == (True, {"type": "anonymous"})
    assert list(events(installation)) == ["user.created"]
    assert mails(installation) == []


async def test_a_token_of_an_anonymous_user_needs_the_header(client: ApiClient, project: TestProject) -> None:
    visitor = client_of(client, project)
    tokens = (await visitor.post("/auth/anonymous/sign-up")).json()
    refused = await visitor.as_(access_token=tokens["access_token"]).get("/users/me")
    assert (refused.status_code, known_error(refused)) == (401, "ANONYMOUS_AUTHENTICATION_NOT_ALLOWED")


async def test_a_password_makes_the_anonymous_user_real_and_ends_earlier_sessions(
    visitor: ApiClient, installation: Installation
) -> None:
    anonymous = (await visitor.post("/auth/anonymous/sign-up")).json()
    as_anonymous = visitor.as_(access_token=anonymous["access_token"])
    body = {**ADA, "verification_callback_url": CALLBACK}
    signed_up = (await as_anonymous.post("/auth/password/sign-up", body)).json()
    assert signed_up["user_id"] == anonymous["user_id"]
    assert session_count(installation) == 1
    assert list(events(installation)) == ["user.created", "user.updated"]
    assert (last_mail(installation).kind, last_mail(installation).user_id) == (
        "email_verification",
        anonymous["user_id"],
    )
    own = (await visitor.as_(access_token=signed_up["access_token"]).get("/users/me")).json()
    assert (own["is_anonymous"], own["primary_email"], own["has_password"]) == (False, ADA["email"], True)


async def test_a_taken_address_leaves_the_anonymous_user_as_it_was(
    visitor: ApiClient, installation: Installation
) -> None:
    await visitor.post("/auth/password/sign-up", ADA)
    anonymous = (await visitor.post("/auth/anonymous/sign-up")).json()
    as_anonymous = visitor.as_(access_token=anonymous["access_token"])
    refused = await as_anonymous.post("/auth/password/sign-up", ADA)
    assert known_error(refused) == "USER_EMAIL_ALREADY_EXISTS"
    assert (await as_anonymous.get("/users/me")).json()["is_anonymous"] is True
    assert session_count(installation) == 2


async def test_of_two_upgrades_at_once_one_takes_the_user_and_the_other_makes_its_own(
    visitor: ApiClient, installation: Installation
) -> None:
    anonymous = (await visitor.post("/auth/anonymous/sign-up")).json()
    as_anonymous = visitor.as_(access_token=anonymous["access_token"])
    bodies = [{**ADA, "email": f"{name}@example.org"} for name in ("ada", "ben", "cleo")]
    answers = await at_once([as_anonymous.post("/auth/password/sign-up", body) for body in bodies])
    assert statuses(answers) == [200, 200, 200]
    user_ids = [answer.json()["user_id"] for answer in answers]
    assert (len(set(user_ids)), user_ids.count(anonymous["user_id"])) == (3, 1)
    for answer in answers:
        channels = await visitor.as_(access_token=answer.json()["access_token"]).get("/contact-channels?user_id=me")
        assert len(channels.json()["items"]) == 1


async def test_of_two_sign_ups_with_one_address_at_once_one_succeeds(
    visitor: ApiClient, installation: Installation
) -> None:
    answers = await at_once([visitor.post("/auth/password/sign-up", ADA) for _ in range(3)])
    assert statuses(answers) == [200, 409, 409]
    assert list(events(installation)) == ["user.created"]
    assert session_count(installation) == 1


async def test_a_signed_in_real_user_is_not_changed_by_a_sign_up(visitor: ApiClient) -> None:
    ada = (await visitor.post("/auth/password/sign-up", ADA)).json()
    as_ada = visitor.as_(access_token=ada["access_token"])
    ben = (await as_ada.post("/auth/password/sign-up", {**ADA, "email": "ben@example.org"})).json()
    assert ben["user_id"] != ada["user_id"]


async def test_an_invitation_carries_the_plain_link(
    client: ApiClient, project: TestProject, installation: Installation
) -> None:
    body = {"email": "ada@example.org", "callback_url": CALLBACK}
    response = await as_server(client, project).post("/internal/send-sign-in-invitation", body)
    assert (response.status_code, response.json()) == (200, {"success": True})
    mail = last_mail(installation)
    assert (mail.kind, mail.recipient) == ("sign_in_invitation", "ada@example.org")
    assert mail.variables == {"signInInvitationLink": CALLBACK, "teamDisplayName": "Acme"}


async def test_an_invitation_leads_to_trusted_places_only(
    client: ApiClient, project: TestProject, installation: Installation
) -> None:
    body = {"email": "ada@example.org", "callback_url": "https://evil.example/"}
    response = await as_server(client, project).post("/internal/send-sign-in-invitation", body)
    assert known_error(response) == "REDIRECT_URL_NOT_WHITELISTED"
    assert mails(installation) == []


async def test_nobody_is_not_invited(client: ApiClient, project: TestProject, installation: Installation) -> None:
    body = {"email": "", "callback_url": CALLBACK}
    response = await as_server(client, project).post("/internal/send-sign-in-invitation", body)
    assert known_error(response) == "SCHEMA_ERROR"
    assert mails(installation) == []


async def test_visitors_invite_nobody(visitor: ApiClient, installation: Installation) -> None:
    body = {"email": "ada@example.org", "callback_url": CALLBACK}
    response = await visitor.post("/internal/send-sign-in-invitation", body)
    assert known_error(response) == "INSUFFICIENT_ACCESS_TYPE"
    assert mails(installation) == []
