"""Recovery codes of the second factor (beyond the contract, `docs/authentication.md`)."""

from hexclave_app.api.protocol.calls import Call
from hexclave_app.api.protocol.endpoints import ANY_USER, Endpoints
from hexclave_app.services import recovery_codes

routes = Endpoints("auth")


@routes.endpoint("POST", "/auth/mfa/recovery-codes", access=ANY_USER)
def regenerate(call: Call) -> dict[str, object]:
    """Ten new recovery codes, shown only now; the old ones end."""
    codes = recovery_codes.regenerate(
        call.session, tenancy_id=call.tenancy.id, user_id=call.current_user().id, now=call.now
    )
    return {"codes": codes}


@routes.endpoint("GET", "/auth/mfa/recovery-codes", access=ANY_USER)
def remaining(call: Call) -> dict[str, object]:
    """How many recovery codes are left."""
    left = recovery_codes.remaining(call.session, tenancy_id=call.tenancy.id, user_id=call.current_user().id)
    return {"remaining": left}
