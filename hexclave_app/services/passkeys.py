"""Passkeys: registering one, signing in with it, removing it (contract 03, section 7)."""

import secrets
import uuid
from functools import partial
from typing import Final

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from hexclave_app import errors
from hexclave_app.config.trusted_domains import is_trusted_url
from hexclave_app.security.passkeys import (
    CHALLENGE_BYTES,
    Answer,
    CeremonyFailed,
    Credential,
    credential_id_of,
    decode,
    encode,
    origin_of,
    user_handle_of,
    verify_assertion,
    verify_registration,
)
from hexclave_app.services import code_redemption, limits, locks, verification_codes
from hexclave_app.services.sessions import SignInContext
from hexclave_app.services.sign_in import SignedIn, SignInResult, start_session, unwrap
from hexclave_app.services.tenancies import TenancySnapshot
from hexclave_app.services.users.creation import flush_unique
from hexclave_app.services.users.records import UserRecord
from models import Passkey, User, VerificationCode, VerificationCodeType
from models.base import JsonValue

RP_SENTINEL: Final = "THIS_VALUE_WILL_BE_REPLACED.example.com"
"""The SDK asserts this very text and puts the host of its page in its place."""

_NAMELESS: Final = "User"
_TIMEOUT_MS: Final = 60_000
_ALGORITHMS: Final = (-8, -7, -257)  # EdDSA, ES256, RS256
_REGISTRATION: Final = VerificationCodeType.PASSKEY_REGISTRATION_CHALLENGE
_AUTHENTICATION: Final = VerificationCodeType.PASSKEY_AUTHENTICATION_CHALLENGE

Ceremony = tuple[dict[str, JsonValue], str]
"""Options for the browser, and the code that its answer comes back with."""


async def begin_registration(context: SignInContext, *, user: UserRecord) -> Ceremony:
    """Options for making a passkey; the challenge is good for this user only."""
    name = user.display_name or user.primary_email or _NAMELESS
    challenge, code = await _issue(context, _REGISTRATION, user_id=user.id)
    options = {
        "rp": {"name": context.tenancy.display_name, "id": RP_SENTINEL},
        "user": {"id": encode(_user_handle(user.id)), "name": name, "displayName": name},
        "challenge": challenge,
        "pubKeyCredParams": [{"alg": algorithm, "type": "public-key"} for algorithm in _ALGORITHMS],
        "timeout": _TIMEOUT_MS,
        "attestation": "none",
        "excludeCredentials": [],
        "authenticatorSelection": {
            "residentKey": "required",
            "requireResidentKey": True,
            "userVerification": "preferred",
        },
        "extensions": {"credProps": True},
    }
    return options, code


async def begin_sign_in(context: SignInContext) -> Ceremony:
    """Options for signing in with any passkey of the page's domain."""
    challenge, code = await _issue(context, _AUTHENTICATION, user_id=None)
    options = {
        "challenge": challenge,
        "rpId": RP_SENTINEL,
        "allowCredentials": [],
        "timeout": _TIMEOUT_MS,
        "userVerification": "preferred",
    }
    return options, code


async def register(context: SignInContext, *, user_id: uuid.UUID, answer: Answer, code: str) -> str:
    """Keep the passkey that the browser made, in the place of an earlier one; returns its credential id."""
    _require_enabled(context.tenancy)
    db = context.installation.db
    submitted = await code_redemption.submit(
        db, tenancy_id=context.tenancy.id, type=_REGISTRATION, code=code, now=context.now
    )
    action = partial(_register, context=context, user_id=user_id, answer=answer)
    return unwrap(await db.run(code_redemption.redeem, submitted, action=action))


async def sign_in(context: SignInContext, *, answer: Answer, code: str) -> SignedIn:
    """Sign in as the owner of the passkey that has answered."""
    _require_enabled(context.tenancy)
    db = context.installation.db
    submitted = await code_redemption.submit(
        db, tenancy_id=context.tenancy.id, type=_AUTHENTICATION, code=code, now=context.now
    )
    action = partial(_sign_in, context=context, answer=answer)
    return unwrap(await db.run(code_redemption.redeem, submitted, action=action))


def remove(session: Session, *, tenancy_id: uuid.UUID, user_id: uuid.UUID) -> None:
    """Delete the user's passkey, if there is one."""
    session.execute(delete(Passkey).where(col(Passkey.tenancy_id) == tenancy_id, col(Passkey.user_id) == user_id))
    _set_flag(session, tenancy_id=tenancy_id, user_id=user_id, value=False)


def _require_enabled(tenancy: TenancySnapshot) -> None:
    if not tenancy.config.auth.passkey.allow_sign_in:
        raise errors.PasskeyAuthenticationNotEnabled


async def _issue(context: SignInContext, type: VerificationCodeType, *, user_id: uuid.UUID | None) -> tuple[str, str]:
    _require_enabled(context.tenancy)
    await limits.ceremony(context)
    challenge = encode(secrets.token_bytes(CHALLENGE_BYTES))
    issued = await context.installation.db.run(
        verification_codes.issue,
        tenancy_id=context.tenancy.id,
        type=type,
        data={"challenge": challenge, "user_id": str(user_id) if user_id else None},
        method={},
        now=context.now,
    )
    return challenge, issued.code


def _register(
    session: Session, code: VerificationCode, *, context: SignInContext, user_id: uuid.UUID, answer: Answer
) -> str:
    if code.data["user_id"] != str(user_id):
        raise errors.PasskeyRegistrationFailed(message="The challenge was issued to another user.")
    try:
        _require_trusted_page(context, answer)
        made = verify_registration(answer, challenge=decode(code.data["challenge"]))
    except CeremonyFailed as failure:
        raise errors.PasskeyRegistrationFailed(message=str(failure)) from failure
    locks.keep_user(session, tenancy_id=context.tenancy.id, user_id=user_id)
    remove(session, tenancy_id=context.tenancy.id, user_id=user_id)
    session.add(
        Passkey(
            tenancy_id=context.tenancy.id,
            user_id=user_id,
            credential_id=made.credential_id,
            public_key=made.public_key,
            rp_id=made.rp_id,
            transports=list(made.transports),
            device_type=made.device_type,
            sign_count=made.sign_count,
            created_at=context.now,
        )
    )
    # Whoever could register the credential id of somebody else would sign in as them, or lock them out.
    flush_unique(session, errors.PasskeyRegistrationFailed(message="This passkey is registered already."))
    _set_flag(session, tenancy_id=context.tenancy.id, user_id=user_id, value=True)
    return made.credential_id


def _sign_in(session: Session, code: VerificationCode, *, context: SignInContext, answer: Answer) -> SignInResult:
    try:
        _require_trusted_page(context, answer)
        passkey = _require_passkey(session, context, answer)
        known = Credential(passkey.credential_id, passkey.public_key, passkey.rp_id, passkey.sign_count)
        count = verify_assertion(answer, known, challenge=decode(code.data["challenge"]))
        _advance(session, passkey, count)
    except CeremonyFailed as failure:
        raise errors.PasskeyAuthenticationFailed(message=str(failure)) from failure
    return start_session(session, context, user_id=passkey.user_id, is_new_user=False)


def _require_passkey(session: Session, context: SignInContext, answer: Answer) -> Passkey:
    found = session.exec(
        select(Passkey).where(
            col(Passkey.tenancy_id) == context.tenancy.id, col(Passkey.credential_id) == credential_id_of(answer)
        )
    ).first()
    if found is None:
        raise CeremonyFailed("No account has this passkey.")
    if user_handle_of(answer) not in (None, _user_handle(found.user_id)):
        raise CeremonyFailed("The passkey was made for another account.")
    return found


def _advance(session: Session, passkey: Passkey, count: int) -> None:
    """Remember the counter; of a passkey and its copy used at the same moment only one gets in."""
    advanced = session.execute(
        update(Passkey)
        .where(
            col(Passkey.tenancy_id) == passkey.tenancy_id,
            col(Passkey.id) == passkey.id,
            col(Passkey.sign_count) == passkey.sign_count,
        )
        .values(sign_count=count)
        .returning(col(Passkey.id))
        .execution_options(synchronize_session=False)
    ).first()
    if advanced is None:
        raise CeremonyFailed("The passkey has been used or replaced at this very moment.")


def _require_trusted_page(context: SignInContext, answer: Answer) -> None:
    tenancy = context.tenancy
    hosted = context.installation.settings.hosted_origin(tenancy.project_id)
    if not is_trusted_url(origin_of(answer), config=tenancy.config, hosted_origin=hosted):
        raise CeremonyFailed("The page is not on a trusted domain of the project.")


def _user_handle(user_id: uuid.UUID) -> bytes:
    return str(user_id).encode()


def _set_flag(session: Session, *, tenancy_id: uuid.UUID, user_id: uuid.UUID, value: bool) -> None:
    session.execute(
        update(User).where(col(User.tenancy_id) == tenancy_id, col(User.id) == user_id).values(has_passkey=value)
    )
