"""Claiming mails for rendering and keeping what came out; every row has its own result (contract 06, section 2.1)."""

import uuid
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import orjson
import structlog
from cryptography.exceptions import InvalidTag
from pydantic import JsonValue
from sqlalchemy import tuple_
from sqlmodel import Session, col, select

from hexclave_app.installation import Installation
from hexclave_app.mail_templates.engine import Rendered, RenderJob
from hexclave_app.mail_templates.language import TemplateError, parse
from hexclave_app.services import notification_preferences, verification_codes
from hexclave_app.services.emails import lanes, queueing, stages
from hexclave_app.services.notification_preferences import Category
from hexclave_app.services.tenancies import TenancySnapshot
from models import EmailOutbox, EmailStage, Project, User, VerificationCodeType

log = structlog.get_logger()

BATCH = 20  # small, so that what is urgent never waits long for what is not
STUCK_AFTER = timedelta(minutes=2)  # a batch takes seconds; what takes longer has lost its process
INVALID = "The e-mail could not be rendered. Please check its template and theme."


@dataclass(frozen=True, slots=True)
class RenderTask:
    """A claimed mail: its result counts only as long as the row carries this worker's id."""

    tenancy_id: uuid.UUID
    mail_id: uuid.UUID
    worker_id: uuid.UUID
    job: RenderJob
    category: Category | None


@dataclass(frozen=True, slots=True)
class Content:
    """What was rendered, as it is stored."""

    subject: str
    html: str
    text: str
    unsubscribe_link: str | None = None


def claim(session: Session, *, installation: Installation, now: datetime) -> list[RenderTask]:
    """Take mails to render, a fair share of each tenancy."""
    tenancy_ids = lanes.tenancies_at(session, EmailStage.RENDER)
    share = max(1, BATCH // max(1, len(tenancy_ids)))
    # Urgent mails make a batch of their own, so that nothing else is rendered before they leave.
    for max_rank in (stages.URGENT_RANK, None):
        tasks = []
        for tenancy_id in tenancy_ids:
            rows = lanes.most_urgent(
                session, tenancy_id=tenancy_id, stage=EmailStage.RENDER, limit=share, max_rank=max_rank
            )
            tasks += _claim_rows(session, installation, rows, now)
        if tasks:
            return tasks
    return []


def save(
    session: Session,
    *,
    installation: Installation,
    results: Sequence[tuple[RenderTask, Rendered | str]],
    now: datetime,
) -> None:
    """Store results; a mail that was edited meanwhile has no worker any more and is rendered again."""
    by_worker = {
        row.worker_id: row
        for row in session.exec(
            select(EmailOutbox)
            .where(
                tuple_(col(EmailOutbox.tenancy_id), col(EmailOutbox.id)).in_(
                    [(task.tenancy_id, task.mail_id) for task, _ in results]
                ),
                col(EmailOutbox.finished_rendering_at).is_(None),
            )
            .with_for_update()
        )
    }
    for task, result in results:
        row = by_worker.get(task.worker_id)
        if row is None:
            continue
        row.finished_rendering_at = row.updated_at = now
        if isinstance(result, str):
            row.render_error = {"external_message": INVALID, "internal_message": result}
        else:
            subject = row.subject_override or result.subject or ""
            content = Content(" ".join(subject.split()), result.html, result.text, task.job.unsubscribe_link)
            row.rendered_sealed = seal_content(installation, row.id, content)
            row.rendered_category_id = task.category.id if task.category else None
            row.rendered_is_transactional = task.category == notification_preferences.TRANSACTIONAL
            row.is_queued = row.scheduled_at <= now and not row.is_paused
        stages.settle(row)


def unstick(session: Session, *, now: datetime) -> None:
    """Give mails back whose renderer has gone."""
    rows = session.exec(
        select(EmailOutbox)
        .where(
            col(EmailOutbox.stage) == EmailStage.RENDERING, col(EmailOutbox.started_rendering_at) < now - STUCK_AFTER
        )
        .with_for_update(skip_locked=True)
    ).all()
    for row in rows:
        row.worker_id = row.started_rendering_at = None
        stages.settle(row)


def seal_content(installation: Installation, mail_id: uuid.UUID, content: Content) -> bytes:
    """Rendered texts as they are stored: small, and closed, because they carry codes."""
    return installation.sealer("mail").seal(zlib.compress(orjson.dumps(content), 1), context=f"content:{mail_id}")


def open_content(installation: Installation, row: EmailOutbox) -> Content | None:
    """The rendered texts of a mail; None when it is not rendered, or when they cannot be read any more."""
    if row.rendered_sealed is None:
        return None
    try:
        opened = installation.sealer("mail").open(row.rendered_sealed, context=f"content:{row.id}")
        return Content(**orjson.loads(zlib.decompress(opened)))
    except (InvalidTag, ValueError, zlib.error):
        log.warning("the texts of a mail cannot be read", mail_id=str(row.id))
        return None


def theme_source(tenancy: TenancySnapshot, theme_id: str | None) -> str | None:
    """The source of a theme; one that no longer exists is replaced by the project's."""
    if theme_id is None:
        return None
    emails = tenancy.config.emails
    return (emails.themes.get(theme_id) or emails.themes[emails.selected_theme_id]).tsx_source


def logos_of(project: Project) -> dict[str, str]:
    """The logos a theme may use."""
    given = {
        "logoUrl": project.logo_url,
        "logoFullUrl": project.logo_full_url,
        "logoDarkModeUrl": project.logo_dark_mode_url,
        "logoFullDarkModeUrl": project.logo_full_dark_mode_url,
    }
    return {name: url for name, url in given.items() if url}


def _claim_rows(
    session: Session, installation: Installation, rows: Sequence[EmailOutbox], now: datetime
) -> list[RenderTask]:
    if not rows:
        return []
    tenancy = lanes.snapshot(session, installation, rows[0].tenancy_id)
    logos = logos_of(session.get_one(Project, tenancy.project_id))
    names = _user_names(session, tenancy.id, {row.recipient_user_id for row in rows if row.recipient_user_id})
    tasks = []
    for row in rows:
        row.worker_id, row.started_rendering_at = uuid.uuid4(), now
        stages.settle(row)
        category = _category(row)
        link = None
        if row.recipient_user_id in names and category is not None and category.can_disable:
            link = _unsubscribe_link(session, installation, row, category, now)
        job = _job(tenancy, row, logos, names, queueing.open_variables(installation, row), link)
        tasks.append(RenderTask(row.tenancy_id, row.id, row.worker_id, job, category))
    return tasks


def _job(
    tenancy: TenancySnapshot,
    row: EmailOutbox,
    logos: dict[str, str],
    names: Mapping[uuid.UUID, str | None],
    variables: dict[str, JsonValue],
    link: str | None,
) -> RenderJob:
    name = names.get(row.recipient_user_id) if row.recipient_user_id else None
    given: dict[str, JsonValue] = {"projectDisplayName": tenancy.display_name, "userDisplayName": name or ""}
    return RenderJob(
        source=row.source,
        theme=theme_source(tenancy, row.theme_id),
        project_name=tenancy.display_name,
        logos=logos,
        user_name=name,
        variables=given | variables,
        unsubscribe_link=link,
    )


def _user_names(session: Session, tenancy_id: uuid.UUID, user_ids: set[uuid.UUID]) -> dict[uuid.UUID, str | None]:
    if not user_ids:
        return {}
    wanted = select(User.id, User.display_name).where(col(User.tenancy_id) == tenancy_id, col(User.id).in_(user_ids))
    return dict(session.exec(wanted).all())


def _category(row: EmailOutbox) -> Category | None:
    """The override, else what the source names; an unreadable source fails when it is rendered."""
    if row.category_override is not None:
        return notification_preferences.category(row.category_override)
    try:
        name = parse(row.source).category
    except TemplateError:
        return None
    return notification_preferences.named(name) if name else None


def _unsubscribe_link(
    session: Session, installation: Installation, row: EmailOutbox, category: Category, now: datetime
) -> str | None:
    issued = verification_codes.issue(
        session,
        tenancy_id=row.tenancy_id,
        type=VerificationCodeType.UNSUBSCRIBE,
        data={"user_id": str(row.recipient_user_id), "category_id": str(category.id), "mail_id": str(row.id)},
        method={},
        now=now,
        callback_url=f"{installation.settings.origin}/api/v1/emails/unsubscribe-link",
    )
    return issued.link
