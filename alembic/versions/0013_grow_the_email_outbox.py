"""grow the e-mail outbox

The old table only collected what no release could send; its rows are dropped.

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_CHECKS = {
    "ck_email_outbox_one_delivery_result": (
        "(CASE WHEN delivered_at IS NULL THEN 0 ELSE 1 END) + (CASE WHEN bounced_at IS NULL THEN 0 "
        "ELSE 1 END) + (CASE WHEN delivery_delayed_at IS NULL THEN 0 ELSE 1 END) <= 1"
    ),
    "ck_email_outbox_delivery_info_known_when_finished": (
        "(can_have_delivery_info IS NULL) = (finished_sending_at IS NULL)"
    ),
    "ck_email_outbox_rendered_or_failed": (
        "(finished_rendering_at IS NULL AND rendered_sealed IS NULL AND render_error IS NULL) OR "
        "(finished_rendering_at IS NOT NULL AND (rendered_sealed IS NULL) <> (render_error IS NULL))"
    ),
    "ck_email_outbox_skipped_with_details": ("(skipped_reason IS NULL) = (skipped_details IS NULL)"),
    "ck_email_outbox_worker_renders": ("(worker_id IS NULL) = (started_rendering_at IS NULL)"),
    "ck_email_outbox_no_unexpected_delivery_info": (
        "NOT (can_have_delivery_info IS NULL OR NOT can_have_delivery_info) OR (delivered_at IS NULL "
        "AND delivery_delayed_at IS NULL AND bounced_at IS NULL)"
    ),
    "ck_email_outbox_clicked_means_opened": ("NOT (clicked_at IS NOT NULL) OR (opened_at IS NOT NULL)"),
    "ck_email_outbox_rendering_started": (
        "NOT (finished_rendering_at IS NOT NULL) OR (started_rendering_at IS NOT NULL)"
    ),
    "ck_email_outbox_no_retry_when_finished": ("NOT (finished_sending_at IS NOT NULL) OR (next_send_retry_at IS NULL)"),
    "ck_email_outbox_sending_started": ("NOT (finished_sending_at IS NOT NULL) OR (started_sending_at IS NOT NULL)"),
    "ck_email_outbox_send_error_is_final": ("NOT (send_error IS NOT NULL) OR (finished_sending_at IS NOT NULL)"),
    "ck_email_outbox_retries_counted": (
        "NOT (send_retries = 0) OR (next_send_retry_at IS NULL AND send_attempt_errors IS NULL)"
    ),
}


def upgrade() -> None:
    op.drop_table("email_outbox")
    _create_outbox()
    _create_writing()
    _create_sending()


def _create_outbox() -> None:
    op.create_table(
        "email_outbox",
        *_outbox_content(),
        *_outbox_progress(),
        *(sa.CheckConstraint(sql, name=op.f(name)) for name, sql in _CHECKS.items()),
        sa.ForeignKeyConstraint(
            ["tenancy_id"], ["tenancy.id"], name=op.f("fk_email_outbox_tenancy_id_tenancy"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("tenancy_id", "id", name=op.f("pk_email_outbox")),
    )
    op.create_index(op.f("ix_email_outbox_provider_message_id"), "email_outbox", ["provider_message_id"], unique=False)
    op.create_index(op.f("ix_email_outbox_stage_due_at"), "email_outbox", ["stage", "due_at"], unique=False)
    op.create_index(
        op.f("ix_email_outbox_stage_tenancy_id_rank_scheduled_at"),
        "email_outbox",
        ["stage", "tenancy_id", "rank", "scheduled_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_email_outbox_tenancy_id_created_at"), "email_outbox", ["tenancy_id", "created_at"], unique=False
    )
    op.create_index(
        op.f("ix_email_outbox_tenancy_id_finished_sending_at"),
        "email_outbox",
        ["tenancy_id", "finished_sending_at"],
        unique=False,
    )


def _outbox_content() -> list[sa.Column[object]]:
    return [
        sa.Column("tenancy_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("theme_id", sa.Text(), nullable=True),
        sa.Column("recipient_type", sa.String(), nullable=False),
        sa.Column("recipient_user_id", sa.Uuid(), nullable=True),
        sa.Column("recipient_emails", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("variables_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("subject_override", sa.Text(), nullable=True),
        sa.Column("category_override", sa.Uuid(), nullable=True),
        sa.Column("is_high_priority", sa.Boolean(), nullable=False),
        sa.Column("skip_deliverability_check", sa.Boolean(), nullable=False),
        sa.Column("template_id", sa.Text(), nullable=True),
        sa.Column("draft_id", sa.Uuid(), nullable=True),
        sa.Column("scheduled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_queued", sa.Boolean(), nullable=False),
        sa.Column("is_paused", sa.Boolean(), nullable=False),
    ]


def _outbox_progress() -> list[sa.Column[object]]:
    return [
        sa.Column("worker_id", sa.Uuid(), nullable=True),
        sa.Column("started_rendering_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_rendering_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("render_error", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("rendered_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("rendered_is_transactional", sa.Boolean(), nullable=True),
        sa.Column("rendered_category_id", sa.Uuid(), nullable=True),
        sa.Column("sender_id", sa.Uuid(), nullable=True),
        sa.Column("started_sending_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("handed_over_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_sending_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("send_error", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("send_retries", sa.Integer(), nullable=False),
        sa.Column("next_send_retry_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("send_attempt_errors", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("skipped_reason", sa.String(), nullable=True),
        sa.Column("skipped_details", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("transport", sa.Text(), nullable=True),
        sa.Column("provider_message_id", sa.Text(), nullable=True),
        sa.Column("can_have_delivery_info", sa.Boolean(), nullable=True),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("delivery_delayed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("bounced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("clicked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("unsubscribed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("marked_as_spam_at", sa.DateTime(timezone=True), nullable=True),
    ]


def _create_writing() -> None:
    op.create_table(
        "email_draft",
        sa.Column("tenancy_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("display_name", sa.Text(), nullable=False),
        sa.Column("theme_mode", sa.String(), nullable=False),
        sa.Column("theme_id", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenancy_id"], ["tenancy.id"], name=op.f("fk_email_draft_tenancy_id_tenancy"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("tenancy_id", "id", name=op.f("pk_email_draft")),
    )
    op.create_index(
        op.f("ix_email_draft_tenancy_id_updated_at"), "email_draft", ["tenancy_id", "updated_at"], unique=False
    )
    op.create_table(
        "email_thread_message",
        sa.Column("tenancy_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("content", sa.JSON(none_as_null=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenancy_id"], ["tenancy.id"], name=op.f("fk_email_thread_message_tenancy_id_tenancy"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("tenancy_id", "id", name=op.f("pk_email_thread_message")),
    )
    op.create_index(
        op.f("ix_email_thread_message_tenancy_id_thread_id_created_at"),
        "email_thread_message",
        ["tenancy_id", "thread_id", "created_at"],
        unique=False,
    )


def _create_sending() -> None:
    op.create_table(
        "email_allowance",
        sa.Column("tenancy_id", sa.Uuid(), nullable=False),
        sa.Column("credit", sa.Float(), nullable=False),
        sa.Column("credited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("boost_expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenancy_id"], ["tenancy.id"], name=op.f("fk_email_allowance_tenancy_id_tenancy"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("tenancy_id", name=op.f("pk_email_allowance")),
    )
    op.create_table(
        "email_suppression",
        sa.Column("tenancy_id", sa.Uuid(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenancy_id"], ["tenancy.id"], name=op.f("fk_email_suppression_tenancy_id_tenancy"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("tenancy_id", "address", name=op.f("pk_email_suppression")),
    )
    op.create_table(
        "managed_email_domain",
        sa.Column("tenancy_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("provider_domain_id", sa.Text(), nullable=False),
        sa.Column("subdomain", sa.Text(), nullable=False),
        sa.Column("sender_local_part", sa.Text(), nullable=False),
        sa.Column("records", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("provider_status", sa.Text(), nullable=True),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_webhook_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenancy_id"], ["tenancy.id"], name=op.f("fk_managed_email_domain_tenancy_id_tenancy"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("tenancy_id", "id", name=op.f("pk_managed_email_domain")),
        sa.UniqueConstraint("provider_domain_id", name=op.f("uq_managed_email_domain_provider_domain_id")),
        sa.UniqueConstraint("tenancy_id", "subdomain", name=op.f("uq_managed_email_domain_tenancy_id_subdomain")),
    )


def downgrade() -> None:
    for table in (
        "managed_email_domain",
        "email_suppression",
        "email_allowance",
        "email_thread_message",
        "email_draft",
    ):
        op.drop_table(table)
    op.drop_table("email_outbox")
    op.create_table(
        "email_outbox",
        sa.Column("tenancy_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("template_id", sa.Text(), nullable=False),
        sa.Column("recipient_email", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("is_high_priority", sa.Boolean(), nullable=False),
        sa.Column("variables_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenancy_id"], ["tenancy.id"], name=op.f("fk_email_outbox_tenancy_id_tenancy"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("tenancy_id", "id", name=op.f("pk_email_outbox")),
    )
    op.create_index(op.f("ix_email_outbox_tenancy_id_created_at"), "email_outbox", ["tenancy_id", "created_at"])
