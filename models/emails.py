"""Mails on their way, and what the e-mail app keeps beside them (contract 06, section 1)."""

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, LargeBinary, String, UniqueConstraint, Uuid
from sqlmodel import Field, SQLModel

from models.base import Json, JsonValue, TenantRecord, UtcDateTime, utc_now


class EmailStage(StrEnum):
    """What the worker has to do next with a mail; the status of the contract follows from the other columns."""

    RENDER = "render"
    RENDERING = "rendering"
    WAIT = "wait"
    """Rendered; its time has not come or has just come (`due_at`)."""
    QUEUE = "queue"
    SEND = "send"
    REST = "rest"
    """Nothing: paused, skipped, failed for good, or sent."""


class EmailOutcome(StrEnum):
    """What became of a mail, for counting; `services/emails/stages.settle` keeps it in line with the other columns."""

    PENDING = "pending"
    SENT = "sent"
    BOUNCED = "bounced"
    SPAM = "spam"
    FAILED = "failed"
    SKIPPED = "skipped"
    """Cancelled, or not sent for another reason."""


class RecipientType(StrEnum):
    """Where the addresses of a mail come from."""

    USER_PRIMARY_EMAIL = "user-primary-email"
    USER_CUSTOM_EMAILS = "user-custom-emails"
    CUSTOM_EMAILS = "custom-emails"


class SkippedReason(StrEnum):
    """Why a mail was not sent although nothing failed."""

    USER_UNSUBSCRIBED = "USER_UNSUBSCRIBED"
    USER_ACCOUNT_DELETED = "USER_ACCOUNT_DELETED"
    USER_HAS_NO_PRIMARY_EMAIL = "USER_HAS_NO_PRIMARY_EMAIL"
    NO_EMAIL_PROVIDED = "NO_EMAIL_PROVIDED"
    LIKELY_NOT_DELIVERABLE = "LIKELY_NOT_DELIVERABLE"
    MANUALLY_CANCELLED = "MANUALLY_CANCELLED"


def _implies(condition: str, consequence: str, name: str) -> CheckConstraint:
    return CheckConstraint(f"NOT ({condition}) OR ({consequence})", name=name)


class EmailOutbox(TenantRecord, table=True):
    """One mail to one recipient entity; variables and rendered texts carry codes and are therefore sealed."""

    __tablename__ = "email_outbox"
    __table_args__ = (
        Index(None, "tenancy_id", "created_at"),
        # These two have all that counting needs: the rows themselves are large.
        Index("ix_email_outbox_finished", "tenancy_id", "finished_sending_at", "outcome", "marked_as_spam_at"),
        Index("ix_email_outbox_source", "tenancy_id", "draft_id", "template_id", "created_at", "outcome"),
        Index(None, "stage", "tenancy_id", "rank", "scheduled_at"),
        Index(None, "stage", "due_at"),
        Index(None, "provider_message_id"),
        CheckConstraint("(worker_id IS NULL) = (started_rendering_at IS NULL)", name="worker_renders"),
        _implies("finished_rendering_at IS NOT NULL", "started_rendering_at IS NOT NULL", "rendering_started"),
        _implies("finished_sending_at IS NOT NULL", "started_sending_at IS NOT NULL", "sending_started"),
        CheckConstraint(
            "(finished_rendering_at IS NULL AND rendered_sealed IS NULL AND render_error IS NULL) OR"
            " (finished_rendering_at IS NOT NULL AND (rendered_sealed IS NULL) <> (render_error IS NULL))",
            name="rendered_or_failed",
        ),
        CheckConstraint("(skipped_reason IS NULL) = (skipped_details IS NULL)", name="skipped_with_details"),
        CheckConstraint(
            "(can_have_delivery_info IS NULL) = (finished_sending_at IS NULL)", name="delivery_info_known_when_finished"
        ),
        _implies(
            "can_have_delivery_info IS NULL OR NOT can_have_delivery_info",
            "delivered_at IS NULL AND delivery_delayed_at IS NULL AND bounced_at IS NULL",
            "no_unexpected_delivery_info",
        ),
        CheckConstraint(
            "(CASE WHEN delivered_at IS NULL THEN 0 ELSE 1 END) + (CASE WHEN bounced_at IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN delivery_delayed_at IS NULL THEN 0 ELSE 1 END) <= 1",
            name="one_delivery_result",
        ),
        _implies("clicked_at IS NOT NULL", "opened_at IS NOT NULL", "clicked_means_opened"),
        _implies("send_error IS NOT NULL", "finished_sending_at IS NOT NULL", "send_error_is_final"),
        _implies("send_retries = 0", "next_send_retry_at IS NULL AND send_attempt_errors IS NULL", "retries_counted"),
        _implies("finished_sending_at IS NOT NULL", "next_send_retry_at IS NULL", "no_retry_when_finished"),
    )

    updated_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
    stage: EmailStage = Field(default=EmailStage.RENDER, sa_type=String)
    rank: int
    """100 for high priority and 10 for transactional mails, taken off 110: low ranks go first."""
    due_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    outcome: EmailOutcome = Field(default=EmailOutcome.PENDING, sa_type=String)

    source: str
    theme_id: str | None = None
    recipient_type: RecipientType = Field(sa_type=String)
    recipient_user_id: uuid.UUID | None = Field(default=None, sa_type=Uuid)
    recipient_emails: JsonValue = Field(default=None, sa_type=Json, nullable=True)
    variables_sealed: bytes = Field(sa_type=LargeBinary)
    subject_override: str | None = None
    category_override: uuid.UUID | None = Field(default=None, sa_type=Uuid)
    is_high_priority: bool = False
    skip_deliverability_check: bool = False
    template_id: str | None = None
    draft_id: uuid.UUID | None = Field(default=None, sa_type=Uuid)
    scheduled_at: datetime = Field(sa_type=UtcDateTime)
    is_queued: bool = False
    is_paused: bool = False

    worker_id: uuid.UUID | None = Field(default=None, sa_type=Uuid)
    started_rendering_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    finished_rendering_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    render_error: JsonValue = Field(default=None, sa_type=Json, nullable=True)
    rendered_sealed: bytes | None = Field(default=None, sa_type=LargeBinary)
    rendered_is_transactional: bool | None = None
    rendered_category_id: uuid.UUID | None = Field(default=None, sa_type=Uuid)

    sender_id: uuid.UUID | None = Field(default=None, sa_type=Uuid)
    """The claim under which the mail is being sent; a claim that is gone may not hand the mail over any more."""
    started_sending_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    handed_over_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """Set right before the text goes to the provider: from then on a crash leaves it unknown whether it was sent."""
    finished_sending_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    send_error: JsonValue = Field(default=None, sa_type=Json, nullable=True)
    send_retries: int = 0
    next_send_retry_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    send_attempt_errors: JsonValue = Field(default=None, sa_type=Json, nullable=True)
    skipped_reason: SkippedReason | None = Field(default=None, sa_type=String)
    skipped_details: JsonValue = Field(default=None, sa_type=Json, nullable=True)
    transport: str | None = None
    provider_message_id: str | None = None

    can_have_delivery_info: bool | None = None
    delivered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    delivery_delayed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    bounced_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    opened_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    clicked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    unsubscribed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    marked_as_spam_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class EmailMailing(TenantRecord, table=True):
    """What many users are to get: acknowledged as a whole, then made into mails of the outbox part by part."""

    __tablename__ = "email_mailing"
    __table_args__ = (Index(None, "tenancy_id", "is_high_priority", "created_at"),)

    source: str
    theme_id: str | None = None
    variables_sealed: bytes = Field(sa_type=LargeBinary)
    subject_override: str | None = None
    category_override: uuid.UUID | None = Field(default=None, sa_type=Uuid)
    is_high_priority: bool = False
    template_id: str | None = None
    draft_id: uuid.UUID | None = Field(default=None, sa_type=Uuid)
    scheduled_at: datetime = Field(sa_type=UtcDateTime)
    is_paused: bool = False
    """No mails are made of it until it goes on."""


class EmailMailingPart(SQLModel, table=True):
    """Users of a mailing for whom there are no mails yet; it goes in the transaction that makes them."""

    __tablename__ = "email_mailing_part"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenancy_id", "mailing_id"], ["email_mailing.tenancy_id", "email_mailing.id"], ondelete="CASCADE"
        ),
    )

    tenancy_id: uuid.UUID = Field(primary_key=True, sa_type=Uuid)
    mailing_id: uuid.UUID = Field(primary_key=True, sa_type=Uuid)
    number: int = Field(primary_key=True)
    user_ids: bytes = Field(sa_type=LargeBinary)
    """16 bytes for each user."""


class EmailSendKey(SQLModel, table=True):
    """A request to send that came with an idempotency key, and whom it reached: repeating it sends nothing."""

    __tablename__ = "email_send_key"
    __table_args__ = (Index(None, "created_at"),)

    tenancy_id: uuid.UUID = Field(primary_key=True, foreign_key="tenancy.id", ondelete="CASCADE", sa_type=Uuid)
    key_hash: str = Field(primary_key=True)
    request_hash: str
    user_ids: bytes = Field(sa_type=LargeBinary)
    """16 bytes for each user, as the answer named them."""
    created_at: datetime = Field(sa_type=UtcDateTime)


class DraftTheme(StrEnum):
    """Which theme a draft is sent with."""

    PROJECT = "project"
    NONE = "none"
    CUSTOM = "custom"


class EmailDraft(TenantRecord, table=True):
    """A mail being written in the dashboard."""

    __tablename__ = "email_draft"
    __table_args__ = (Index(None, "tenancy_id", "updated_at"),)

    updated_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
    display_name: str
    theme_mode: DraftTheme = Field(default=DraftTheme.PROJECT, sa_type=String)
    theme_id: str | None = None
    source: str
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class EmailThreadMessage(TenantRecord, table=True):
    """A message of the conversation with the assistant about one template, theme or draft."""

    __tablename__ = "email_thread_message"
    __table_args__ = (Index(None, "tenancy_id", "thread_id", "created_at"),)

    thread_id: uuid.UUID = Field(sa_type=Uuid)
    content: JsonValue = Field(sa_type=Json, nullable=False)
    """`{"message": …}` in the client's own shape, which may be null."""


class EmailAllowance(SQLModel, table=True):
    """How much a tenancy may send right now: credit grows with time up to an hour's capacity."""

    __tablename__ = "email_allowance"

    tenancy_id: uuid.UUID = Field(primary_key=True, foreign_key="tenancy.id", ondelete="CASCADE", sa_type=Uuid)
    credit: float
    credited_at: datetime = Field(sa_type=UtcDateTime)
    boost_expires_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class SuppressionReason(StrEnum):
    """Why an address gets no more mails."""

    BOUNCED = "bounced"
    COMPLAINED = "complained"
    REFUSED = "refused"
    """A mail server said for good that there is no such mailbox."""
    MANUAL = "manual"
    """Somebody put it on the list."""


class EmailSuppression(SQLModel, table=True):
    """An address that gets nothing but security mails: it refused mails for good, called one spam, or was put here."""

    __tablename__ = "email_suppression"
    __table_args__ = (Index(None, "tenancy_id", "created_at"),)

    tenancy_id: uuid.UUID = Field(primary_key=True, foreign_key="tenancy.id", ondelete="CASCADE", sa_type=Uuid)
    address: str = Field(primary_key=True)
    reason: SuppressionReason = Field(sa_type=String)
    detail: str | None = None
    """The words of the mail server that refused it."""
    created_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)


class ManagedDomainStatus(StrEnum):
    """How far a managed domain has come."""

    PENDING_DNS = "pending_dns"
    PENDING_VERIFICATION = "pending_verification"
    VERIFIED = "verified"
    APPLIED = "applied"
    FAILED = "failed"


class ManagedEmailDomain(TenantRecord, table=True):
    """A domain that mails of a project are sent from through the deployment's provider account."""

    __tablename__ = "managed_email_domain"
    __table_args__ = (UniqueConstraint("provider_domain_id"), UniqueConstraint("tenancy_id", "subdomain"))

    updated_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
    provider_domain_id: str
    subdomain: str
    sender_local_part: str
    records: JsonValue = Field(sa_type=Json, nullable=False)
    """What the owner has to enter in the DNS: `[{type, name, value, priority?}]`."""
    status: ManagedDomainStatus = Field(sa_type=String)
    provider_status: str | None = None
    is_active: bool = True
    last_error: str | None = None
    verified_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    applied_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    last_webhook_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
