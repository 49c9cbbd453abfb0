"""Finding work fairly: every tenancy with mails at a stage gets its share, its most urgent mails first."""

import uuid
from collections.abc import Sequence

from sqlmodel import Session, col, select

from hexclave_app.installation import Installation
from hexclave_app.services.tenancies import TenancySnapshot
from models import EmailOutbox, EmailStage, Tenancy

MAX_TENANCIES = 50  # per step; it begins at a random one, so that each has its turn


def tenancies_at(session: Session, stage: EmailStage) -> list[uuid.UUID]:
    """Tenancies that have mails at a stage: one index look-up each, however many mails there are."""
    start = uuid.uuid4()
    found: list[uuid.UUID] = []
    for is_wrapped in (False, True):
        last = uuid.UUID(int=0) if is_wrapped else start
        while len(found) < MAX_TENANCIES:
            wanted = select(EmailOutbox.tenancy_id).where(
                col(EmailOutbox.stage) == stage, col(EmailOutbox.tenancy_id) > last
            )
            if is_wrapped:
                wanted = wanted.where(col(EmailOutbox.tenancy_id) <= start)
            tenancy_id = session.exec(wanted.order_by(col(EmailOutbox.tenancy_id)).limit(1)).first()
            if tenancy_id is None:
                break
            found.append(tenancy_id)
            last = tenancy_id
    return found


def most_urgent(
    session: Session, *, tenancy_id: uuid.UUID, stage: EmailStage, limit: int, max_rank: int | None = None
) -> Sequence[EmailOutbox]:
    """The next mails of a tenancy, reserved for this transaction; what another worker holds is passed over."""
    wanted = select(EmailOutbox).where(col(EmailOutbox.stage) == stage, col(EmailOutbox.tenancy_id) == tenancy_id)
    if max_rank is not None:
        wanted = wanted.where(col(EmailOutbox.rank) <= max_rank)
    return session.exec(
        wanted.order_by(col(EmailOutbox.rank), col(EmailOutbox.scheduled_at))
        .limit(limit)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    ).all()


def snapshot(session: Session, installation: Installation, tenancy_id: uuid.UUID) -> TenancySnapshot:
    """The tenancy of rows that refer to it."""
    home = session.get_one(Tenancy, tenancy_id)
    tenancy = installation.tenancies.find(session, home.project_id, home.branch_id)
    if tenancy is None:
        raise RuntimeError("the tenancy of a mail must be found")
    return tenancy
