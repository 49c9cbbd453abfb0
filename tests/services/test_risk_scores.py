"""How risky sign-ups seem, and what addresses tell."""

import pytest

from hexclave_app.services.email_intelligence import base_email, disposable_domains, is_disposable, looks_generated
from hexclave_app.services.risk_scores import BotVerdict, LocalRiskScorer, RiskScores, RiskSignals

score = LocalRiskScorer().score


@pytest.mark.parametrize(
    ("email", "mailbox"),
    [
        (" Ada.Love+news@Gmail.com ", "adalove@gmail.com"),
        ("a.d.a@googlemail.com", "ada@gmail.com"),
        ("ada.love+x@example.org", "ada.love@example.org"),
        ("+x@example.org", "+x@example.org"),
    ],
)
def test_an_address_leads_to_its_mailbox(email: str, mailbox: str) -> None:
    assert base_email(email) == mailbox


@pytest.mark.parametrize(
    ("email", "expected"),
    [
        ("a@mailinator.com", True),
        ("a@MAILINATOR.com", True),
        ("a@team.mailinator.com", True),
        ("a@notmailinator.example", False),
        ("a@com", False),
        ("a@example.com", False),
    ],
)
def test_throw_away_mailboxes_are_known_with_their_subdomains(email: str, expected: bool) -> None:
    assert is_disposable(email) is expected


def test_the_list_has_no_provider_that_people_live_with() -> None:
    assert len(disposable_domains()) > 500
    real = {"gmail.com", "outlook.com", "yahoo.com", "icloud.com", "proton.me", "gmx.de", "web.de", "mail.ru", "qq.com"}
    assert not real & disposable_domains()
    assert all("." in domain and domain == domain.lower() for domain in disposable_domains())


def test_digits_make_a_name_look_generated() -> None:
    assert looks_generated("user84629@example.com")
    assert not looks_generated("ada1815@example.com")


def test_an_ordinary_sign_up_has_no_risk() -> None:
    assert score(RiskSignals(email="ada@example.com")) == RiskScores(0, 0)


def test_each_signal_adds_what_the_table_says() -> None:
    assert score(RiskSignals(email="a@yopmail.com")) == RiskScores(20, 50)
    assert score(RiskSignals(email="a@b.example", bot_verdict=BotVerdict.INVALID)) == RiskScores(50, 20)
    assert score(RiskSignals(email="a@b.example", bot_verdict=BotVerdict.ERROR)) == RiskScores(20, 10)
    assert score(RiskSignals(email="a@b.example", recent_from_ip=2)) == RiskScores(16, 16)
    assert score(RiskSignals(email="a@b.example", recent_of_mailbox=1)) == RiskScores(5, 30)
    assert score(RiskSignals(email=None)) == RiskScores(0, 0)
    proved = RiskSignals(email="a@b.example", bot_verdict=BotVerdict.INVALID, has_verified_provider=True)
    assert score(proved) == RiskScores(25, 20)


def test_scores_end_at_a_hundred() -> None:
    worst = RiskSignals(
        email="bot12345@yopmail.com", bot_verdict=BotVerdict.INVALID, recent_from_ip=1000, recent_of_mailbox=1000
    )
    assert score(worst) == RiskScores(100, 100)
