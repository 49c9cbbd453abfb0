"""Links by which administrators act as somebody in an app: once, for minutes, with a reason in the audit log."""

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from hexclave_app import errors
from hexclave_app.errors import ApiError
from hexclave_app.installation import Installation
from hexclave_app.services import impersonation, sessions, tenancies, verification_codes
from hexclave_app.services.sessions import SignInContext
from hexclave_app.services.users import creation
from hexclave_app.services.users.creation import UserCreateData
from models import AuditEntry, TeamMembership, User, UserSession, VerificationCode
from models.base import utc_now
from tests.support.clients import ApiClient, known_error
from tests.support.projects import DashboardUser, TestProject, as_client, create_project, dashboard_user

CALLBACK = "http://localhost:3000/handler/magic-link-callback"


@pytest.fixture
def ada(installation: Installation) -> DashboardUser:
    return dashboard_user(installation)


@pytest.fixture
def project(installation: Installation, ada: DashboardUser) -> TestProject:
    """Mailed codes are not enabled, and its user has a second factor."""
    return create_project(installation, owner_team_id=ada.team_id, config={"auth.otp.allowSignIn": False})


@pytest.fixture
def user_id(installation: Installation, project: TestProject) -> uuid.UUID:
    def create(session: Session) -> uuid.UUID:
        tenancy = tenancies.load(session, project.id, "main")
        data = UserCreateData(display_name="Ben", primary_email="ben@example.com", totp_secret=b"1" * 20)
        return creation.create(session, installation=installation, tenancy=tenancy, data=data).id

    return installation.db.call(create)


def link_for(
    installation: Installation,
    project: TestProject,
    ada: DashboardUser,
    user_id: uuid.UUID,
    *,
    reason: str = "Ticket 7",
    minutes: int = 15,
    url: str = CALLBACK,
) -> str:
    def allow(session: Session) -> str:
        context = SignInContext(installation, tenancies.load(session, project.id, "main"), None, utc_now())
        return impersonation.allow(
            session,
            context,
            user_id=user_id,
            reason=reason,
            minutes=minutes,
            requested_by=ada.id,
            callback_url=url,
        )

    return installation.db.call(allow)


def code_in(link: str) -> str:
    address, _, code = link.partition("?code=")
    assert (address, len(code), code.startswith("act-")) == (CALLBACK, verification_codes.CODE_LENGTH, True)
    return code


def entries(installation: Installation, project: TestProject, action: str) -> list[AuditEntry]:
    def read(session: Session) -> list[AuditEntry]:
        mine = (col(AuditEntry.tenancy_id) == project.tenancy_id, col(AuditEntry.action) == action)
        found = list(session.exec(select(AuditEntry).where(*mine)).all())
        session.expunge_all()
        return found

    return installation.db.call(read)


async def test_a_link_signs_in_once_for_minutes_and_says_why(
    client: ApiClient, installation: Installation, project: TestProject, ada: DashboardUser, user_id: uuid.UUID
) -> None:
    app = as_client(client, project)
    code = code_in(link_for(installation, project, ada, user_id))
    [allowed] = entries(installation, project, "user.impersonation_allowed")
    assert allowed.after == {"reason": "Ticket 7", "minutes": 15, "callback_url": CALLBACK}
    assert (await app.post("/auth/otp/sign-in/check-code", {"code": code})).status_code == 200
    answer = await app.post("/auth/otp/sign-in", {"code": code})
    assert answer.status_code == 200
    tokens = answer.json()
    assert (tokens["user_id"], tokens["is_new_user"]) == (str(user_id), False)
    me = await app.as_(access_token=tokens["access_token"]).get("/users/me")
    assert me.json()["primary_email"] == "ben@example.com"

    def read(session: Session) -> list[UserSession]:
        found = list(session.exec(select(UserSession).where(col(UserSession.user_id) == user_id)).all())
        session.expunge_all()
        return found

    [opened] = installation.db.call(read)
    assert opened.expires_at is not None
    assert (opened.is_impersonation, opened.expires_at - opened.created_at) == (True, timedelta(minutes=15))
    assert opened.last_active_ip_info is None, "where the administrator sits is not where the user was"
    [entry] = entries(installation, project, "user.impersonated")
    assert isinstance(entry.after, dict)
    assert (entry.target_id, entry.after["reason"], entry.after["requested_by"], entry.after["session_id"]) == (
        str(user_id),
        "Ticket 7",
        str(ada.id),
        str(opened.id),
    )
    again = await app.post("/auth/otp/sign-in", {"code": code})
    assert known_error(again) == "VERIFICATION_CODE_ALREADY_USED"
    assert len(installation.db.call(read)) == 1


async def test_a_link_is_of_its_project_and_ends_after_minutes(
    client: ApiClient, installation: Installation, project: TestProject, ada: DashboardUser, user_id: uuid.UUID
) -> None:
    code = code_in(link_for(installation, project, ada, user_id))
    other = create_project(installation, owner_team_id=ada.team_id)
    elsewhere = await as_client(client, other).post("/auth/otp/sign-in", {"code": code})
    assert known_error(elsewhere) == "VERIFICATION_CODE_NOT_FOUND"
    for path in ("/auth/password/reset", "/contact-channels/verify", "/auth/mfa/sign-in"):
        body = {"code": code, "password": "correct horse battery", "type": "totp", "totp": "123456"}
        assert known_error(await as_client(client, project).post(path, body)) is not None, path

    def age(session: Session) -> None:
        mine = col(VerificationCode.tenancy_id) == project.tenancy_id
        session.execute(update(VerificationCode).where(mine).values(expires_at=utc_now() - timedelta(seconds=1)))

    lifetime = verification_codes.LIFETIME
    assert max(lifetime[kind] for kind in verification_codes.PREFIXES) == timedelta(minutes=5)
    installation.db.call(age)
    late = await as_client(client, project).post("/auth/otp/sign-in", {"code": code})
    assert known_error(late) == "VERIFICATION_CODE_EXPIRED"


async def test_who_no_longer_manages_the_project_and_who_is_gone_end_a_link(
    client: ApiClient, installation: Installation, project: TestProject, ada: DashboardUser, user_id: uuid.UUID
) -> None:
    app = as_client(client, project)
    first, second = (code_in(link_for(installation, project, ada, user_id)) for _ in range(2))

    def leave(session: Session) -> None:
        session.execute(delete(TeamMembership).where(col(TeamMembership.user_id) == ada.id))

    def remove(session: Session) -> None:
        mine = (col(User.tenancy_id) == project.tenancy_id, col(User.id) == user_id)
        session.execute(delete(User).where(*mine))

    installation.db.call(leave)
    assert known_error(await app.post("/auth/otp/sign-in", {"code": first})) == "VERIFICATION_CODE_NOT_FOUND"
    assert entries(installation, project, "user.impersonated") == []
    installation.db.call(remove)
    assert (await app.post("/auth/otp/sign-in", {"code": second})).status_code in (400, 404)
    assert entries(installation, project, "user.impersonated") == []


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({"reason": " "}, "Give a reason of at most 500 characters."),
        ({"reason": "x" * 501}, "Give a reason of at most 500 characters."),
        ({"minutes": 0}, "Choose between 1 and 30 minutes."),
        ({"minutes": 31}, "Choose between 1 and 30 minutes."),
        ({"url": "https://evil.example/handler/magic-link-callback"}, errors.RedirectUrlNotWhitelisted),
        ({"user_id": uuid.UUID(int=1)}, errors.UserNotFound),
    ],
)
def test_no_link_without_a_reason_a_limit_a_trusted_page_and_a_user(
    installation: Installation,
    project: TestProject,
    ada: DashboardUser,
    user_id: uuid.UUID,
    asked: dict[str, object],
    error: str | type[ApiError],
) -> None:
    wanted: dict[str, object] = {"user_id": user_id, **asked}
    with pytest.raises(ApiError) as refused:
        link_for(installation, project, ada, **wanted)  # type: ignore[arg-type]  # one of them is changed
    assert refused.value.message == error if isinstance(error, str) else isinstance(refused.value, error)
    assert entries(installation, project, "user.impersonation_allowed") == []


def test_a_session_knows_how_long_an_administrator_still_acts(
    installation: Installation, project: TestProject, user_id: uuid.UUID
) -> None:
    def read(session: Session) -> list[int]:
        now = utc_now()
        context = SignInContext(installation, tenancies.load(session, project.id, "main"), None, now)
        acting = impersonation.begin(session, context, user_id=user_id, reason="Ticket 7", minutes=15)
        own = sessions.create(session, context, user_id=user_id)
        return [
            impersonation.minutes_left(session, tenancy_id=project.tenancy_id, session_id=one, now=now + passed)
            for one, passed in (
                (acting.session_id, timedelta(0)),
                (acting.session_id, timedelta(minutes=14, seconds=1)),
                (acting.session_id, timedelta(minutes=16)),
                (own.session_id, timedelta(0)),
                (uuid.UUID(int=1), timedelta(0)),
            )
        ]

    assert installation.db.call(read) == [15, 1, 0, 0, 0]
