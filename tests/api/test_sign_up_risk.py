"""Risk scores of real sign-ups, what rules do with them, and the statistics of rules."""

from datetime import timedelta

import pytest

from hexclave_app.installation import Installation
from hexclave_app.services import sign_up_rule_statistics
from models.base import JsonValue, utc_now
from tests.support.clients import ApiClient, known_error
from tests.support.configs import configure
from tests.support.projects import TestProject, as_admin, as_server, create_project
from tests.support.projects import as_client as client_of

BROWSER = {"user-agent": "Mozilla/5.0", "x-forwarded-for": "203.0.113.9"}
RULES: dict[str, JsonValue] = {
    "abuse": {
        "enabled": True,
        "priority": 5,
        "condition": "riskScores.free_trial_abuse >= 60",
        "action": {"type": "reject"},
    },
    "watch": {
        "enabled": True,
        "priority": 9,
        "condition": 'email.endsWith("@example.com")',
        "action": {"type": "log"},
    },
}


@pytest.fixture
def project(installation: Installation) -> TestProject:
    created = create_project(installation)
    configure(installation, created.id, {"auth.password.allowSignIn": True, "auth.signUpRules": RULES})
    return created


@pytest.fixture
def visitor(client: ApiClient, project: TestProject) -> ApiClient:
    return client_of(client, project)


async def sign_up(visitor: ApiClient, email: str) -> dict[str, JsonValue]:
    body = {"email": email, "password": "correct horse"}
    response = await visitor.post("/auth/password/sign-up", body, headers=BROWSER)
    return {**response.json(), "code": known_error(response)}


async def test_the_same_mailbox_and_address_raise_the_scores_until_a_rule_refuses(
    client: ApiClient, visitor: ApiClient, project: TestProject
) -> None:
    scores = []
    for email in ("ada@gmail.com", "a.da+2@gmail.com"):
        user_id = (await sign_up(visitor, email))["user_id"]
        user = (await as_server(client, project).get(f"/users/{user_id}")).json()
        scores.append(user["risk_scores"]["sign_up"])
    assert scores == [{"bot": 0, "free_trial_abuse": 0}, {"bot": 13, "free_trial_abuse": 38}]
    assert (await sign_up(visitor, "ada+3@gmail.com"))["code"] == "SIGN_UP_REJECTED"


async def test_people_of_other_projects_do_not_count(
    client: ApiClient, visitor: ApiClient, installation: Installation
) -> None:
    other = create_project(installation)
    configure(installation, other.id, {"auth.password.allowSignIn": True})
    for number in range(3):
        await sign_up(client_of(client, other), f"ada+{number}@gmail.com")
    assert (await sign_up(visitor, "ada@gmail.com"))["code"] is None


async def test_a_deleted_user_is_forgotten(client: ApiClient, visitor: ApiClient, project: TestProject) -> None:
    user_id = (await sign_up(visitor, "ada@gmail.com"))["user_id"]
    await as_server(client, project).delete(f"/users/{user_id}")
    again = (await sign_up(visitor, "ada@gmail.com"))["user_id"]
    user = (await as_server(client, project).get(f"/users/{again}")).json()
    assert user["risk_scores"]["sign_up"] == {"bot": 0, "free_trial_abuse": 0}


async def test_a_dry_run_computes_missing_scores(client: ApiClient, project: TestProject) -> None:
    imagined = {"email": "a@yopmail.com", "auth_method": "otp", "oauth_provider": None, "country_code": None}
    answer = await as_admin(client, project).post(
        "/internal/sign-up-rules-test", {**imagined, "turnstile_result": "ok"}
    )
    assert answer.json()["context"]["risk_scores"] == {"bot": 20, "free_trial_abuse": 50}
    default = await as_admin(client, project).post("/internal/sign-up-rules-test", imagined)
    assert default.json()["context"]["risk_scores"] == {"bot": 70, "free_trial_abuse": 70}
    assert default.json()["outcome"]["decision"] == "reject"


async def test_matches_are_counted_by_hour_and_action(
    client: ApiClient, visitor: ApiClient, project: TestProject, installation: Installation
) -> None:
    for number in range(3):
        await sign_up(visitor, f"ada+{number}@example.com")  # the third one is too many of a mailbox
    long_ago = utc_now() - timedelta(hours=60)
    for rule in ("gone", "watch"):
        installation.db.call(
            sign_up_rule_statistics.count, tenancy_id=project.tenancy_id, rule_id=rule, action="log", now=long_ago
        )
    stats = (await as_admin(client, project).get("/internal/sign-up-rules-stats")).json()
    assert set(stats) == {"rule_triggers", "analytics_hours", "total_triggers", "triggers_by_action"}
    assert (stats["analytics_hours"], stats["total_triggers"]) == (48, 4)
    assert stats["triggers_by_action"] == {"allow": 0, "reject": 1, "restrict": 0, "log": 3}
    summary = [(rule["rule_id"], rule["total_count"], rule["all_time_count"]) for rule in stats["rule_triggers"]]
    assert summary == [("abuse", 1, 1), ("gone", 0, 1), ("watch", 3, 4)]
    hours = stats["rule_triggers"][2]["hourly_counts"]
    assert len(hours) == 48
    assert [entry["hour"] for entry in hours] == sorted(entry["hour"] for entry in hours)
    assert sum(entry["count"] for entry in hours[-2:]) == 3  # two: the hour may turn while the test runs


async def test_statistics_are_for_administrators_of_the_project(
    client: ApiClient, visitor: ApiClient, project: TestProject, installation: Installation
) -> None:
    await sign_up(visitor, "ada@example.com")
    stranger = create_project(installation)
    theirs = (await as_admin(client, stranger).get("/internal/sign-up-rules-stats")).json()
    assert (theirs["rule_triggers"], theirs["total_triggers"]) == ([], 0)
    refused = await as_server(client, project).get("/internal/sign-up-rules-stats")
    assert known_error(refused) == "INSUFFICIENT_ACCESS_TYPE"
