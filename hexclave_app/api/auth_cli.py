"""Signing in a command line through the browser (contract 03, section 11)."""

from datetime import UTC, timedelta
from typing import Annotated, Final

from hexclave_app.api.auth_passwords import sign_in_context
from hexclave_app.api.protocol.answers import SUCCESS, Answer
from hexclave_app.api.protocol.calls import Call
from hexclave_app.api.protocol.endpoints import ANYONE, Endpoints
from hexclave_app.api.protocol.fields import OptionalText, Rule, Schema, Text, number, one_of
from hexclave_app.services import cli_auth

routes = Endpoints("auth")

_DEFAULT_LIFETIME_MS: Final = 7_200_000
_MAX_LIFETIME_MS: Final = 86_400_000
CHECK, CLAIM, COMPLETE = "check", "claim-anon-session", "complete"


class CliStart(Schema):
    """A new attempt."""

    expires_in_millis: Annotated[float, Rule(number(minimum=1, maximum=_MAX_LIFETIME_MS))] = _DEFAULT_LIFETIME_MS
    anon_refresh_token: OptionalText = None


class CliPoll(Schema):
    """The command line asks whether it is signed in."""

    polling_code: Text


class CliComplete(Schema):
    """The browser looks at an attempt, takes over its anonymous session, or finishes it."""

    login_code: Text
    mode: Annotated[str, Rule(one_of((CHECK, CLAIM, COMPLETE)))] = COMPLETE
    refresh_token: OptionalText = None


@routes.endpoint("POST", "/auth/cli", access=ANYONE, body=CliStart)
async def start(call: Call) -> dict[str, object]:
    """Start a CLI sign-in; returns polling and login codes."""
    body: CliStart = call.body
    started = await cli_auth.start(
        sign_in_context(call),
        lifetime=timedelta(milliseconds=body.expires_in_millis),
        anonymous_refresh_token=body.anon_refresh_token,
    )
    expires_at = started.expires_at.astimezone(UTC).isoformat(timespec="milliseconds")
    return {
        "polling_code": started.polling_code,
        "login_code": started.login_code,
        "expires_at": expires_at.replace("+00:00", "Z"),
    }


@routes.endpoint("POST", "/auth/cli/poll", access=ANYONE, body=CliPoll)
async def poll(call: Call) -> Answer:
    """Poll a CLI sign-in; 201 with the refresh token on success."""
    result = await cli_auth.wait(sign_in_context(call), polling_code=call.body.polling_code)
    view = {"status": result.status.value}
    if result.refresh_token is None:
        return Answer(view)
    return Answer({**view, "refresh_token": result.refresh_token}, 201)


@routes.endpoint("POST", "/auth/cli/complete", access=ANYONE, body=CliComplete)
def complete(call: Call) -> Answer:
    """Browser side of CLI sign-in: check, claim anonymous session, complete."""
    body: CliComplete = call.body
    context = sign_in_context(call)
    if body.mode == CHECK:
        is_anonymous = cli_auth.has_anonymous_session(call.session, context, login_code=body.login_code)
        return Answer({"cli_session_state": "anonymous" if is_anonymous else "none"})
    if body.mode == CLAIM:
        claimed = cli_auth.claim_anonymous_session(call.session, context, login_code=body.login_code)
        return Answer({"access_token": claimed.access_token, "refresh_token": claimed.refresh_token})
    cli_auth.complete(call.session, context, login_code=body.login_code, refresh_token=body.refresh_token)
    return SUCCESS
