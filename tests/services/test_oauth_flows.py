"""Flows and codes that nobody finishes do not stay."""

from datetime import timedelta

from sqlmodel import Session, select

from hexclave_app.installation import Installation
from hexclave_app.services.oauth import clients, flows
from hexclave_app.services.oauth.flows import FlowRequest, FlowType
from models import OAuthFlow
from models.base import utc_now
from tests.support.projects import create_project


def begin(installation: Installation, state: str, *, age: timedelta) -> None:
    request = FlowRequest(
        client_id="p",
        client_secret="s",
        provider_id="google",
        type=FlowType.AUTHENTICATE,
        redirect_uri="https://app.example.com/",
        state="outer",
        code_challenge="c",
        verifier="v",
        scopes=[],
        user_id=None,
        error_redirect_url=None,
        after_callback_redirect_url=None,
    )
    installation.db.call(
        flows.save,
        installation,
        tenancy_id=create_project(installation).tenancy_id,
        state=state,
        request=request,
        needs_cookie=False,
        now=utc_now() - age,
    )


def test_flows_that_nobody_finished_are_removed_some_time_after_they_expired(installation: Installation) -> None:
    begin(installation, "old", age=timedelta(minutes=25))
    begin(installation, "expired", age=timedelta(minutes=15))
    begin(installation, "open", age=timedelta())
    installation.db.call(flows.delete_expired, now=utc_now())

    def states(session: Session) -> int:
        return len(session.exec(select(OAuthFlow)).all())

    assert installation.db.call(states) == 2


def test_query_parameters_of_a_redirect_are_kept_and_ours_replace_planted_ones() -> None:
    url = "https://app.example.com/back?code=planted&x=1&y=%20ä#part"
    assert clients.with_query(url, {"code": "real"}) == "https://app.example.com/back?x=1&y=+%C3%A4&code=real#part"
