"""Whom sign-up rules matched: kept for a month, for as long as there is the user, and never without a bound."""

from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from hexclave_app.installation import Installation
from hexclave_app.services import sign_up_rule_history, sign_up_rule_statistics
from hexclave_app.services.sign_up_rule_history import KEPT, MOST_PER_HOUR
from hexclave_app.workers import housekeeping
from models import SignUpRuleTrigger
from models.base import JsonValue, utc_now
from tests.support.clients import ApiClient, known_error
from tests.support.configs import configure
from tests.support.oidc import CONFIG, App, Provider, error_code, new_sub, settings_for
from tests.support.projects import TestProject, as_client, as_server, create_project

RULES: dict[str, JsonValue] = {
    "evil": {
        "enabled": True,
        "priority": 2,
        "condition": 'emailDomain == "evil.example"',
        "action": {"type": "reject"},
    },
    "watch": {"enabled": True, "priority": 3, "condition": "true", "action": {"type": "log"}},
}
EVE, ADA = "eve@evil.example", "ada@example.org"


@pytest.fixture
def environment(provider: Provider) -> dict[str, str]:
    return settings_for(provider)


@pytest.fixture
def project(installation: Installation) -> TestProject:
    created = create_project(installation, config=CONFIG)
    configure(installation, created.id, {"auth.password.allowSignIn": True, "auth.signUpRules": RULES})
    return created


async def sign_up(client: ApiClient, project: TestProject, email: str) -> dict[str, JsonValue]:
    body = {"email": email, "password": "correct horse"}
    response = await as_client(client, project).post("/auth/password/sign-up", body)
    return {**response.json(), "code": known_error(response)}


def kept(installation: Installation) -> list[tuple[str, str, str | None, str]]:
    def read(session: Session) -> list[tuple[str, str, str | None, str]]:
        rows = session.exec(select(SignUpRuleTrigger).order_by(col(SignUpRuleTrigger.created_at))).all()
        return sorted((row.rule_id, row.action, row.email, row.auth_method) for row in rows)

    return installation.db.call(read)


async def test_matches_are_kept_also_of_those_who_were_refused(
    client: ApiClient, project: TestProject, installation: Installation
) -> None:
    assert (await sign_up(client, project, EVE))["code"] == "SIGN_UP_REJECTED"
    assert (await sign_up(client, project, ADA))["code"] is None
    assert kept(installation) == [
        ("evil", "reject", EVE, "password"),
        ("watch", "log", ADA, "password"),
        ("watch", "log", EVE, "password"),
    ]


async def test_a_provider_is_named_and_a_rehearsed_sign_up_counts_once(
    client: ApiClient, project: TestProject, provider: Provider, installation: Installation
) -> None:
    app, sub = App(client, project, provider), new_sub()
    provider.knows(sub, email=ADA, email_verified=True, name="Ada")
    await app.session_of(sub)
    provider.knows(sub := new_sub(), email=EVE, email_verified=True, name="Eve")
    assert error_code(await app.sign_in(sub)) == "SIGN_UP_REJECTED"
    assert kept(installation) == [
        ("evil", "reject", EVE, "oauth"),
        ("watch", "log", ADA, "oauth"),
        ("watch", "log", EVE, "oauth"),
    ]


async def test_matches_of_a_deleted_user_go_and_those_of_others_stay(
    client: ApiClient, project: TestProject, installation: Installation
) -> None:
    ada = (await sign_up(client, project, ADA))["user_id"]
    await sign_up(client, project, "ben@example.org")
    await sign_up(client, project, EVE)
    await as_server(client, project).delete(f"/users/{ada}")
    assert [entry[2] for entry in kept(installation)] == [EVE, "ben@example.org", EVE]


async def test_an_upgraded_visitor_takes_the_matches_along(
    client: ApiClient, project: TestProject, installation: Installation
) -> None:
    visitor = as_client(client, project)
    anonymous = (await visitor.post("/auth/anonymous/sign-up")).json()
    signed_in = visitor.as_(access_token=anonymous["access_token"], allow_anonymous_user="true")
    await signed_in.post("/auth/password/sign-up", {"email": ADA, "password": "correct horse"})
    assert len(kept(installation)) == 1
    await as_server(client, project).delete(f"/users/{anonymous['user_id']}")
    assert kept(installation) == []


def test_a_flood_is_counted_but_not_kept(installation: Installation) -> None:
    tenancy_id, now = create_project(installation).tenancy_id, utc_now().replace(minute=0)

    def flood(session: Session) -> None:
        for _ in range(MOST_PER_HOUR + 5):
            count = sign_up_rule_statistics.count(
                session, tenancy_id=tenancy_id, rule_id="evil", action="reject", now=now
            )
            trigger = SignUpRuleTrigger(
                tenancy_id=tenancy_id, rule_id="evil", action="reject", auth_method="password", created_at=now
            )
            sign_up_rule_history.keep(session, trigger, count=count)

    installation.db.call(flood)
    counted = installation.db.call(sign_up_rule_statistics.statistics, tenancy_id=tenancy_id, now=now)
    assert (len(kept(installation)), counted.rules[0].all_time) == (MOST_PER_HOUR, MOST_PER_HOUR + 5)


async def test_the_history_is_read_page_by_page_and_by_its_project_only(
    client: ApiClient, project: TestProject, installation: Installation
) -> None:
    for number in range(5):
        await sign_up(client, project, f"user{number}@example.org")
    seen: list[str | None] = []
    after = None
    for has_more in (True, True, False):
        page = installation.db.call(
            sign_up_rule_history.history, tenancy_id=project.tenancy_id, rule_id="watch", limit=2, after=after
        )
        assert page.has_more is has_more
        seen += [one.email for one in page.triggers]
        after = (page.triggers[-1].created_at, page.triggers[-1].id)
    assert seen == [f"user{number}@example.org" for number in (4, 3, 2, 1, 0)]
    stranger = create_project(installation).tenancy_id
    theirs = installation.db.call(
        sign_up_rule_history.history, tenancy_id=stranger, rule_id="watch", limit=2, after=None
    )
    assert theirs.triggers == []


async def test_matches_are_forgotten_after_a_month(
    client: ApiClient, project: TestProject, installation: Installation
) -> None:
    await sign_up(client, project, ADA)
    assert sign_up_rule_history.forget_old in [job.work for job in housekeeping.SCHEDULE]
    for age, left in ((KEPT - timedelta(minutes=1), 1), (KEPT + timedelta(minutes=1), 0)):
        installation.db.call(sign_up_rule_history.forget_old, now=utc_now() + age)
        assert len(kept(installation)) == left
