"""What periodic jobs remove, and what they leave."""

from datetime import timedelta

from sqlmodel import Session, select

from hexclave_app.installation import Installation
from hexclave_app.services import verification_codes
from hexclave_app.workers import housekeeping
from models import VerificationCode, VerificationCodeType
from models.base import utc_now
from tests.support.projects import create_project

CHALLENGES = {
    VerificationCodeType.MFA_ATTEMPT,
    VerificationCodeType.PASSKEY_REGISTRATION_CHALLENGE,
    VerificationCodeType.PASSKEY_AUTHENTICATION_CHALLENGE,
}


def left_after(installation: Installation, since_expiry: timedelta) -> set[VerificationCodeType]:
    """Which of one code of each type are left so long after it expired."""
    tenancy_id, now = create_project(installation).tenancy_id, utc_now()

    def issue(session: Session) -> None:
        for kind in VerificationCodeType:
            issued_at = now - since_expiry - verification_codes.LIFETIME[kind]
            verification_codes.issue(session, tenancy_id=tenancy_id, type=kind, data={}, method={}, now=issued_at)

    def left(session: Session) -> set[VerificationCodeType]:
        mine = select(VerificationCode.type).where(VerificationCode.tenancy_id == tenancy_id)
        return {VerificationCodeType(kind) for kind in session.exec(mine)}

    installation.db.call(issue)
    installation.db.call(housekeeping.delete_verification_codes, now=now)
    return installation.db.call(left)


def test_codes_of_mails_are_known_for_a_month_and_challenges_for_an_hour(installation: Installation) -> None:
    everything = set(VerificationCodeType)
    assert left_after(installation, timedelta(minutes=-1)) == everything
    assert left_after(installation, timedelta(minutes=59)) == everything
    assert left_after(installation, timedelta(minutes=61)) == everything - CHALLENGES
    assert left_after(installation, timedelta(days=29)) == everything - CHALLENGES
    assert left_after(installation, timedelta(days=31)) == set()
