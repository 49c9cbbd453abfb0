"""Known errors of e-mails and analytics."""

from hexclave_app.errors.base import KnownError


class AnalyticsNotEnabled(KnownError):
    """Event or replay upload while the analytics app is disabled."""

    code, status = "ANALYTICS_NOT_ENABLED", 400

    def __init__(self) -> None:
        super().__init__("Analytics is not enabled for this project.")


class AnalyticsQueryError(KnownError):
    """Analytics SQL query failed; message is the (sanitised) database error."""

    code, status = "ANALYTICS_QUERY_ERROR", 400

    def __init__(self, *, error: str) -> None:
        super().__init__(f"{error}", error=error)


class AnalyticsQueryTimeout(KnownError):
    """Reserved: defined and decoded by the SDK, not raised by the reference server of April. Meant for an analytics
    query that exceeds its timeout.
    """

    code, status = "ANALYTICS_QUERY_TIMEOUT", 400

    def __init__(self, *, timeout_ms: int) -> None:
        super().__init__(
            f"The query timed out. Please try again with a shorter query or increase the timeout. Timeout was {timeout_ms}ms.",
            timeout_ms=timeout_ms,
        )


class EmailCapacityBoostAlreadyActive(KnownError):
    """Capacity boost requested while one is active."""

    code, status = "EMAIL_CAPACITY_BOOST_ALREADY_ACTIVE", 409

    def __init__(self, *, expires_at: str) -> None:
        super().__init__(f"Email capacity boost is already active until {expires_at}.", expires_at=expires_at)


class EmailNotEditable(KnownError):
    """Editing an outbox email whose state no longer allows it."""

    code, status = "EMAIL_NOT_EDITABLE", 400

    def __init__(self, *, email_id: str, status: str) -> None:
        super().__init__(
            f'Email with ID "{email_id}" cannot be edited because it is in status "{status}". Only emails in PAUSED, PREPARING, RENDERING, RENDER_ERROR, SCHEDULED, QUEUED, or SERVER_ERROR status can be edited.',
            email_id=email_id,
            status=status,
        )


class EmailRenderingError(KnownError):
    """Email template/theme source fails to render."""

    code, status = "EMAIL_RENDERING_ERROR", 400

    def __init__(self, *, error: str) -> None:
        super().__init__(f"Failed to render email with theme: {error}", error=error)


class EmailTemplateAlreadyExists(KnownError):
    """Reserved: defined and decoded by the SDK, not raised by the reference server of April."""

    code, status = "EMAIL_TEMPLATE_ALREADY_EXISTS", 409

    def __init__(self) -> None:
        super().__init__("Email template already exists.")


class RequiresCustomEmailServer(KnownError):
    """Action not available with the shared email server."""

    code, status = "REQUIRES_CUSTOM_EMAIL_SERVER", 400

    def __init__(self) -> None:
        super().__init__(
            "This action requires a custom SMTP server. Please edit your email server configuration and try again."
        )


class TemplateSourceRewriteError(KnownError):
    """Template source rewriting (AI assisted) failed."""

    code, status = "TEMPLATE_SOURCE_REWRITE_ERROR", 400

    def __init__(self, *, error: str) -> None:
        super().__init__(f"Failed to rewrite template source: {error}", error=error)
