"""Every environment variable: typed, documented, validated once at start.

`hexclave.env.example` documents each variable; a test keeps the two in step. Unknown `HEXCLAVE_*` variables are refused
by name, so that a typing error never silently switches a protection off.
"""

import os
import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import get_args
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from hexclave_app.config.schema_auth import OAuthProviderType
from hexclave_app.security.rate_limits import DEFAULT, RateLimits, parse_rate_limits
from hexclave_app.security.secrets_file import Secrets, load_or_create_secrets

PREFIX = "HEXCLAVE_"
OAUTH_PROVIDERS: tuple[str, ...] = get_args(OAuthProviderType)
_OAUTH_VARIABLE = re.compile(
    rf"^OAUTH_({'|'.join(p.upper() for p in OAUTH_PROVIDERS)})_(CLIENT_ID|CLIENT_SECRET|ISSUER)$"
)


_PLANNED = ("clickhouse_", "stripe_", "email_monitor_")


class SettingsError(ValueError):
    """The environment cannot be used; the message says which variable and why."""


class TrustedProxy(StrEnum):
    """Which proxy stands in front and may be believed about client addresses (contract 01, section 15)."""

    NONE = ""
    VERCEL = "vercel"
    CLOUDFLARE = "cloudflare"
    CLOUDRUN = "cloudrun"


class SmtpSecurity(StrEnum):
    """How the connection to the shared mail server is protected."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


class DashboardSignUp(StrEnum):
    """Who may create an account of the dashboard without an invitation."""

    OPEN = "open"
    FIRST = "first"
    CLOSED = "closed"


class OAuthClient(BaseModel):
    """Shared credentials of one OAuth provider."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    client_id: str = ""
    client_secret: str = ""
    issuer: str = ""


class Settings(BaseModel):
    """The whole configuration of one process; field `x` is read from `HEXCLAVE_X`."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)

    port: int = Field(default=8000, ge=1, le=65535)
    bind_host: str = "127.0.0.1"
    public_url: str = ""
    hosted_domain_suffix: str = ".localhost"
    data_dir: Path = Path(".data")
    database_url: str = ""
    clickhouse_url: str = ""
    redis_url: str = ""
    blob_url: str = ""
    trusted_proxy: TrustedProxy = TrustedProxy.NONE
    internal_publishable_client_key: str = ""
    internal_secret_server_key: str = ""
    internal_super_secret_admin_key: str = ""
    access_token_lifetime: int = Field(default=600, ge=60, le=86_400)
    dashboard_sign_up: DashboardSignUp | None = None
    dashboard_seats: int = Field(default=0, ge=0)
    rate_limits: str = DEFAULT
    refuse_common_passwords: bool = True
    smtp_host: str = ""
    smtp_port: int = Field(default=587, ge=1, le=65535)
    smtp_username: str = ""
    smtp_password: str = ""
    smtp_security: SmtpSecurity = SmtpSecurity.STARTTLS
    smtp_from: str = ""
    resend_api_key: str = ""
    resend_api_base: str = ""
    resend_webhook_secret: str = ""
    emailable_api_key: str = ""
    email_capacity_per_hour: int = Field(default=200, ge=1)
    email_worker: bool = True
    email_sending: bool = True
    email_tracking: bool = False
    email_private_servers: bool | None = None
    email_dns_server: str = ""
    oauth: Mapping[str, OAuthClient] = Field(default_factory=dict)
    stripe_secret_key: str = ""
    stripe_webhook_secret: str = ""
    stripe_api_base: str = ""
    turnstile_site_key: str = ""
    turnstile_secret_key: str = ""
    turnstile_verify_url: str = ""
    turnstile_script_url: str = ""
    turnstile_let_failed_in: bool = False
    ai_base_url: str = ""
    ai_api_key: str = ""
    ai_model: str = ""
    support_email: str = ""
    support_url: str = ""
    feature_requests_url: str = ""
    cron_secret: str = ""
    email_monitor_token: str = ""
    seed_file: Path | None = None
    allow_development_override_key: bool = False

    @field_validator("trusted_proxy", "smtp_security", "dashboard_sign_up", mode="before")
    @classmethod
    def _fold_case(cls, value: object) -> object:
        return value.strip().lower() if isinstance(value, str) else value

    @field_validator("public_url")
    @classmethod
    def _check_public_url(cls, value: str) -> str:
        if not value:
            return value
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("must be an http or https URL such as https://auth.example.com")
        return f"{parts.scheme}://{parts.netloc}"  # contract 01, section 9.2: a path in it is dropped

    @field_validator("support_url", "feature_requests_url")
    @classmethod
    def _check_link(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in ("http", "https") or not parts.hostname):
            raise ValueError("must be an http or https URL such as https://help.example.com")
        return value

    @field_validator("support_email")
    @classmethod
    def _check_address(cls, value: str) -> str:
        if value and not re.fullmatch(r"[^\s@<>\"?&]+@[^\s@<>\"?&]+", value):
            raise ValueError("must be an e-mail address such as help@example.com")
        return value

    @field_validator("redis_url")
    @classmethod
    def _check_redis_url(cls, value: str) -> str:
        if value and not value.startswith(("redis://", "rediss://", "unix://")):
            raise ValueError("must start with redis://, rediss:// or unix://")
        return value

    @field_validator("rate_limits")
    @classmethod
    def _check_rate_limits(cls, value: str) -> str:
        parse_rate_limits(value)
        return value

    @field_validator("hosted_domain_suffix")
    @classmethod
    def _check_suffix(cls, value: str) -> str:
        if not re.fullmatch(r"(\.[a-z0-9-]+)+", value):
            raise ValueError("must begin with a dot and name a domain, such as .auth.example.com")
        return value

    @field_validator("database_url")
    @classmethod
    def _check_database_url(cls, value: str) -> str:
        if value and not value.startswith(("postgresql://", "postgres://", "sqlite:///")):
            raise ValueError("must start with postgresql:// or sqlite:///")
        return value

    @model_validator(mode="after")
    def _check_keys(self) -> "Settings":
        for name in (
            "internal_publishable_client_key",
            "internal_secret_server_key",
            "internal_super_secret_admin_key",
        ):
            value: str = getattr(self, name)
            if value and not re.fullmatch(r"[a-zA-Z0-9_-]{16,}", value):
                raise ValueError(f"{PREFIX}{name.upper()} must be at least 16 characters of A-Z a-z 0-9 _ -")
        return self

    @cached_property
    def origin(self) -> str:
        """Public origin of API and dashboard, without a trailing slash."""
        return self.public_url or f"http://localhost:{self.port}"

    @cached_property
    def is_local(self) -> bool:
        """Whether the public URL is this machine: development conveniences exist only then."""
        host = urlsplit(self.origin).hostname or ""
        return host == "localhost" or host.endswith(".localhost") or host.startswith("127.") or host == "::1"

    @cached_property
    def dashboard_sign_up_mode(self) -> DashboardSignUp:
        """Open on a developer's machine; elsewhere only the first administrator may sign up."""
        return self.dashboard_sign_up or (DashboardSignUp.OPEN if self.is_local else DashboardSignUp.FIRST)

    @cached_property
    def email_private_servers_allowed(self) -> bool:
        """Whether mail servers of projects may have private addresses: on a developer's machine, or when asked for."""
        return self.is_local if self.email_private_servers is None else self.email_private_servers

    @cached_property
    def attempt_limits(self) -> RateLimits | None:
        """Limits of failed sign-ins; None when they are off."""
        return parse_rate_limits(self.rate_limits)

    @cached_property
    def is_secure(self) -> bool:
        """Whether browsers reach us through https (cookies are then `__Host-` and Secure)."""
        return self.origin.startswith("https://")

    @cached_property
    def sqlalchemy_url(self) -> str:
        """Database URL for SQLAlchemy; SQLite in the data directory when none is configured."""
        url = self.database_url or f"sqlite:///{(self.data_dir / 'hexclave.db').absolute()}"
        return to_sqlalchemy_url(url)

    @cached_property
    def secrets(self) -> Secrets:
        """Secrets of this installation, generated at first use (mode 600)."""
        return load_or_create_secrets(self.data_dir)

    @property
    def has_own_challenge(self) -> bool:
        """Whether our own sign-in forms run a bot challenge."""
        return bool(self.turnstile_site_key and self.turnstile_secret_key)

    def without_effect(self) -> list[str]:
        """Names of given settings whose part of the product is not built yet."""
        given = (name for name in sorted(self.model_fields_set) if name.startswith(_PLANNED) and getattr(self, name))
        return [f"{PREFIX}{name.upper()}" for name in given]

    def hosted_origin(self, project_id: str) -> str:
        """Origin of the hosted pages of one project: the project id is the first host label."""
        parts = urlsplit(self.origin)
        port = f":{parts.port}" if parts.port else ""
        return f"{parts.scheme}://{project_id}{self.hosted_domain_suffix}{port}"


def to_sqlalchemy_url(url: str) -> str:
    """A `postgresql://` URL with the driver that we use; SQLite URLs stay."""
    return re.sub(r"^postgres(ql)?://", "postgresql+psycopg://", url)


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read and validate the environment; raises SettingsError naming every bad or unknown variable."""
    source = os.environ if environ is None else environ
    values: dict[str, object] = {}
    oauth: dict[str, dict[str, str]] = {}
    unknown: list[str] = []
    for name, text in source.items():
        if not name.startswith(PREFIX):
            continue
        key = name[len(PREFIX) :]
        if match := _OAUTH_VARIABLE.match(key):
            oauth.setdefault(match[1].lower(), {})[match[2].lower()] = text
        elif key.lower() in Settings.model_fields and key.lower() != "oauth":
            if text != "":
                values[key.lower()] = text
        elif key not in _TOOL_VARIABLES:
            unknown.append(name)
    if unknown:
        raise SettingsError(
            f"Unknown settings: {', '.join(sorted(unknown))}. See hexclave.env.example for the known ones."
        )
    if oauth:
        values["oauth"] = {provider: OAuthClient(**fields) for provider, fields in oauth.items()}
    try:
        return Settings(**values)  # type: ignore[arg-type]  # pydantic converts the texts
    except ValidationError as error:
        problems = "; ".join(
            f"{PREFIX}{str(item['loc'][0]).upper()}: {item['msg']}" if item["loc"] else item["msg"]
            for item in error.errors()
        )
        raise SettingsError(f"The settings cannot be used: {problems}") from None


# Read by tests and build tools, not by the product.
_TOOL_VARIABLES = frozenset({"CHROMIUM", "TEST_POSTGRES", "DEVELOPMENT"})
