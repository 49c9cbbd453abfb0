"""Filters of the table of users, figures of the overview: the same on both databases."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import Session

from hexclave_app.config.overrides import Level
from hexclave_app.installation import Installation
from hexclave_app.services import project_configs, tenancies
from hexclave_app.services.emails import statistics as mail_statistics
from hexclave_app.services.users import creation, listing, statistics
from hexclave_app.services.users.creation import UserCreateData
from hexclave_app.services.users.filters import UserFilter
from hexclave_app.services.users.listing import UserQuery
from hexclave_app.services.users.records import LinkedAccountSummary
from hexclave_app.services.users.statistics import DayCount, Days, Share
from models import EmailOutcome
from tests.support.outbox import add_mail
from tests.support.projects import TestProject, create_project

NOON = datetime(2025, 3, 10, 12, tzinfo=UTC)
DAYS = Days(date(2025, 3, 9), date(2025, 3, 10))
GOOGLE = {"type": "google", "isShared": True, "allowSignIn": True}
PEOPLE = (
    UserCreateData(display_name="ada", password_hash="x", country_code="GB", signed_up_at=NOON),
    UserCreateData(
        display_name="ben",
        primary_email_verified=True,
        signed_up_at=datetime(2025, 3, 9, 23, 59, 59, tzinfo=UTC),
        oauth_accounts=[LinkedAccountSummary("google", "1", None)],
    ),
    UserCreateData(display_name="cleo", country_code="GB", signed_up_at=datetime(2025, 3, 8, tzinfo=UTC)),
    UserCreateData(display_name="dora", restricted_by_admin=True, signed_up_at=datetime(2025, 3, 11, tzinfo=UTC)),
)


@pytest.fixture
def project(installation: Installation) -> TestProject:
    """Four people, one of them restricted."""
    made = create_project(installation)

    def fill(session: Session) -> None:
        project_configs.patch(
            session, project_id=made.id, level=Level.ENVIRONMENT, config={"auth.oauth.providers.google": GOOGLE}
        )
        tenancy = tenancies.load(session, made.id, "main")
        for one in PEOPLE:
            data = replace(one, primary_email=f"{one.display_name}@example.com")
            creation.create(session, installation=installation, tenancy=tenancy, data=data)

    installation.db.call(fill)
    return made


@pytest.mark.parametrize(
    ("narrowed", "left"),
    [
        (UserFilter(is_verified=True), ["ben"]),
        (UserFilter(is_verified=False, country="GB"), ["cleo", "ada"]),
        (UserFilter(method="password"), ["ada"]),
        (UserFilter(method="google"), ["ben"]),
        (UserFilter(restriction="restricted_by_administrator"), ["dora"]),
        (UserFilter(restriction="email_not_verified"), []),
        (UserFilter(signed_up_from=DAYS.start(), signed_up_before=DAYS.end()), ["ben", "ada"]),
    ],
)
def test_filters_leave_the_same_users_with_and_without_a_search(
    installation: Installation, project: TestProject, narrowed: UserFilter, left: list[str]
) -> None:
    def read(session: Session) -> list[tuple[list[str | None], int]]:
        tenancy = tenancies.load(session, project.id, "main")
        queries = [
            UserQuery(narrowed=narrowed, includes_restricted=True, search=text, limit=10)
            for text in ("", "example.com")
        ]
        pages = [listing.list_page_and_count(session, tenancy=tenancy, query=query) for query in queries]
        return [([user.display_name for user in page.items], count.number) for page, count in pages]

    assert installation.db.call(read) == [(left, len(left))] * 2


def test_figures_count_whole_days_in_utc(installation: Installation, project: TestProject) -> None:
    def read(session: Session) -> statistics.UserFigures:
        tenancy = tenancies.load(session, project.id, "main")
        return statistics.figures(session, tenancy=tenancy, days=DAYS, now=NOON + timedelta(days=20))

    figures = installation.db.call(read)
    assert figures.sign_ups == (DayCount(DAYS.first, 1), DayCount(DAYS.last, 1))
    assert (figures.total, figures.total_at_end, figures.sign_ups_before) == (4, 3, 1)
    assert (figures.active_last_day, figures.active_last_month) == (0, 4)


def test_methods_and_countries_are_ranked(installation: Installation, project: TestProject) -> None:
    def read(session: Session) -> tuple[list[Share], list[Share], date]:
        tenancy = tenancies.load(session, project.id, "main")
        first = statistics.first_day(session, tenancy=tenancy, today=date(2026, 1, 1))
        return statistics.methods(session, tenancy=tenancy), statistics.countries(session, tenancy=tenancy), first

    assert installation.db.call(read) == (
        [Share("google", 1), Share("password", 1)],
        [Share("GB", 2)],
        date(2025, 3, 8),
    )


def test_mails_are_counted_by_day(installation: Installation, project: TestProject) -> None:
    add_mail(installation, project.tenancy_id, "a@example.com", "b@example.com")
    today = datetime.now(UTC).date()

    def read(session: Session) -> mail_statistics.MailFigures:
        tenancy = tenancies.load(session, project.id, "main")
        days = Days(today - timedelta(days=1), today + timedelta(days=1))  # midnight may pass meanwhile
        return mail_statistics.figures(session, tenancy=tenancy, days=days)

    figures = installation.db.call(read)
    assert (figures.total, figures.counts[EmailOutcome.PENDING], figures.clicked, figures.before) == (2, 2, 0, 0)
    assert sum(day.waiting for day in figures.days) == 2
