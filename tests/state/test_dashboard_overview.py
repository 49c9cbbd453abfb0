"""The overview: what it counts, over which days, and what strangers learn of it."""

import uuid
from datetime import timedelta

import pytest
from sqlmodel import Session

from hexclave_app.services import tenancies
from hexclave_app.services.users import creation
from hexclave_app.services.users.creation import UserCreateData
from hexclave_app.services.users.records import LinkedAccountSummary
from models import EmailOutbox, EmailOutcome, EmailStage, RecipientType
from models.base import utc_now
from state.dashboard import overview
from state.dashboard.live import refresh_of
from state.dashboard.overview import OverviewState
from state.dashboard.overview_charts import change
from state.dashboard.reveal import RevealState
from tests.state.scenes import ProjectScene
from tests.state.tabs import run, targets

GOOGLE = {"type": "google", "isShared": True, "allowSignIn": True}


def sign_up(project: ProjectScene, name: str, days_ago: float = 0, **said: object) -> uuid.UUID:
    def create(session: Session) -> uuid.UUID:
        tenancy = tenancies.load(session, project.project_id, "main")
        email = None if said.get("is_anonymous") else f"{name}@example.com"
        at = utc_now() - timedelta(days=days_ago)
        data = UserCreateData(primary_email=email, signed_up_at=at, **said)  # type: ignore[arg-type]  # of the test
        return creation.create(session, installation=project.installation, tenancy=tenancy, data=data).id

    return project.installation.db.call(create)


def mail(project: ProjectScene, outcome: EmailOutcome, days_ago: float = 0) -> None:
    """A mail of which only what is counted is told."""
    at = utc_now() - timedelta(days=days_ago)

    def add(session: Session) -> None:
        session.add(
            EmailOutbox(
                tenancy_id=project.tenancy().id,
                created_at=at,
                scheduled_at=at,
                outcome=outcome,
                stage=EmailStage.REST,
                rank=10,
                source="",
                variables_sealed=b"",
                recipient_type=RecipientType.CUSTOM_EMAILS,
                recipient_emails=["a@example.com"],
            )
        )

    project.installation.db.call(add)


async def opened(project: ProjectScene, query: str = "") -> OverviewState:
    path = f"/projects/{project.project_id}{query}"
    page = await project.tab_of(project.ada, path, project_id=project.project_id).state(OverviewState)
    await run(page.load())
    return page


@pytest.mark.anyio
async def test_users_and_sign_ups_are_counted_and_compared(project: ProjectScene) -> None:
    for name, days_ago in (("ada", 0), ("ben", 3), ("cleo", 8), ("dora", 400)):
        sign_up(project, name, days_ago)
    sign_up(project, "nobody", is_anonymous=True)
    page = await opened(project, "?range=7")
    assert (page.total, page.active_day, page.active_month) == ("4", "1", "3")
    assert (page.sign_ups.value, page.sign_ups.percent, len(page.days)) == ("2", "+100 %", 7)
    assert [day.users for day in page.days][-1] == 4
    assert (page.growth.value, page.days[0].users) == ("4", 2)
    assert page.summary.startswith("2 sign-ups in ")
    assert page.chart.data[0].y[-1] == 1


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("query", "days"),
    [
        ("", 30),
        ("?range=90", 90),
        ("?range=nonsense", 30),
        ("?from=2025-01-01&to=2025-01-10", 10),
        ("?from=x&to=y", 30),
    ],
)
async def test_the_address_says_which_days(project: ProjectScene, query: str, days: int) -> None:
    assert len((await opened(project, query)).days) == days


@pytest.mark.anyio
async def test_long_spans_are_shown_by_weeks_and_months(project: ProjectScene) -> None:
    sign_up(project, "ada", 3_000)
    sign_up(project, "ben")
    page = await opened(project, "?range=365")
    assert (len(page.days) in (53, 54), page.sign_ups.value) == (True, "1")
    await run(page.choose_range("all"))
    assert (90 < len(page.days) < 110, page.sign_ups.value, page.sign_ups.percent) == (True, "2", "")
    assert (page.days[0].sign_ups, page.days[-1].users, page.days[-1].last_date) == (1, 2, page.days[-1].last_date)


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("first", "last"),
    [("2025-01-02", "2025-01-01"), ("2025-01-01", "2999-01-01"), ("", ""), ("1980-01-01", "2025-01-01")],
)
async def test_days_that_make_no_span_are_refused(project: ProjectScene, first: str, last: str) -> None:
    page = await opened(project)
    await run(page.choose_range("custom"))
    await run(page.choose_days({"first_day": first, "last_day": last}))
    assert (page.problem != "", page.is_custom_open, page.error, page.range) == (True, True, "", "30")


@pytest.mark.anyio
async def test_days_of_ones_own_stand_in_the_address(project: ProjectScene) -> None:
    page = await opened(project)
    events = await run(page.choose_days({"first_day": "2025-01-01", "last_day": "2025-01-03"}))
    assert "from=2025-01-01&to=2025-01-03" in targets(events)
    assert [day.label for day in page.days] == ["1 Jan 2025", "2 Jan 2025", "3 Jan 2025"]


@pytest.mark.anyio
async def test_ways_in_and_countries_lead_to_the_users(project: ProjectScene) -> None:
    project.configure({"auth.oauth.providers.google": GOOGLE})
    sign_up(project, "ada", password_hash="x", country_code="DE")
    sign_up(project, "ben", password_hash="x", oauth_accounts=[LinkedAccountSummary("google", "1", None)])
    page = await opened(project)
    assert [(one.label, one.count, one.share) for one in page.methods] == [
        ("Password", "2", "100.0 %"),
        ("Google", "1", "50.0 %"),
    ]
    assert [one.label for one in page.countries] == ["Germany"]
    users = f"/projects/{project.project_id}/users"
    assert (page.methods[1].address, page.countries[0].address) == (f"{users}?method=google", f"{users}?country=DE")
    assert {one.name for one in page.newcomers} == {"ada@example.com", "ben@example.com"}


@pytest.mark.anyio
async def test_the_map_has_every_country_and_the_list_says_the_same(project: ProjectScene) -> None:
    for number, country in enumerate(("DE", "DE", "DE", "DE", "FR", "FR", *["AT", "BE", "CH", "DK", "ES", "FI", "GB"])):
        sign_up(project, f"user{number}", country_code=country)
    sign_up(project, "unknown")
    page = await opened(project)
    assert [(one.id, one.users, one.step) for one in page.places[:3]] == [
        ("DE", "4 users, 28.6 %", 5),
        ("FR", "2 users, 14.3 %", 3),
        ("AT", "1 user, 7.1 %", 1),
    ]
    listed = [*page.countries, *page.more_countries]
    assert [(one.id, one.label, one.address) for one in page.places] == [
        (one.id, one.label, one.address) for one in listed
    ]
    assert (len(page.countries), len(page.more_countries)) == (8, 1)
    assert page.countries_known.startswith("Known for 13 of 14 users")
    empty = await project.tab(project.cleo).state(OverviewState)
    assert (empty.places, empty.countries) == ([], [])


@pytest.mark.anyio
async def test_mails_are_counted_by_what_became_of_them(project: ProjectScene) -> None:
    sign_up(project, "ada")
    for outcome in (
        EmailOutcome.SENT,
        EmailOutcome.SENT,
        EmailOutcome.SENT,
        EmailOutcome.BOUNCED,
        EmailOutcome.PENDING,
    ):
        mail(project, outcome)
    mail(project, EmailOutcome.SENT, days_ago=40)
    page = await opened(project)
    last = page.days[-1]
    assert (last.delivered, last.waiting, last.failed) == (3, 1, 1)
    assert (page.mails.value, page.mails.percent, page.bounce_rate) == ("5", "+400 %", "25.0 %")


@pytest.mark.anyio
async def test_the_first_user_appears_at_once_and_large_projects_wait_for_the_button(
    project: ProjectScene, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = await opened(project)
    assert refresh_of(f"/projects/{project.project_id}") == OverviewState.follow
    sign_up(project, "ada")
    await run(page.follow())
    seen = [(page.has_users, page.total)]
    monkeypatch.setattr(overview, "_LIVE_USERS", 0)
    sign_up(project, "ben")
    await run(page.follow())
    seen.append((page.has_users, page.total))
    await run(page.refresh())
    assert [*seen, (page.has_users, page.total)] == [(True, "1"), (True, "1"), (True, "2")]


@pytest.mark.anyio
async def test_numbers_are_downloaded(project: ProjectScene) -> None:
    sign_up(project, "ada")
    page = await opened(project, "?range=7")
    assert f"{project.project_id}-overview.csv" in targets(await run(page.download()))


@pytest.mark.anyio
async def test_keys_of_the_guide_are_shown_once(project: ProjectScene) -> None:
    tab = project.tab()
    page, keys = await tab.state(OverviewState), await tab.state(RevealState)
    await run(page.create_keys())
    assert [key.value[:4] for key in keys.keys] == ["pck_", "ssk_"]


@pytest.mark.anyio
async def test_strangers_learn_nothing(project: ProjectScene) -> None:
    sign_up(project, "ada")
    tab = project.tab(project.cleo)
    page, keys = await tab.state(OverviewState), await tab.state(RevealState)
    for step in (page.load(), page.choose_range("all"), page.create_keys(), page.download()):
        await run(step)
    assert (page.total, page.days, page.newcomers, keys.keys, page.error != "") == ("", [], [], [], True)


def test_changes_are_written_with_their_sign() -> None:
    assert [change(number, before).percent for number, before in ((3, 2), (1, 2), (2, 2), (2, 0))] == [
        "+50 %",
        "−50 %",
        "+0 %",
        "",
    ]
