"""SQL tables, one module per noun; importing this package registers all of them."""

from models.api_keys import ApiKey
from models.attempts import AttemptCounter
from models.audit import AuditEntry, AuditHead
from models.base import METADATA
from models.bulk_imports import BulkImport
from models.cli_auth import CliAuthAttempt
from models.configs import ConfigOverride
from models.contact_channels import ContactChannel
from models.emails import (
    DraftTheme,
    EmailAllowance,
    EmailDraft,
    EmailMailing,
    EmailMailingPart,
    EmailOutbox,
    EmailOutcome,
    EmailSendKey,
    EmailStage,
    EmailSuppression,
    EmailThreadMessage,
    ManagedDomainStatus,
    ManagedEmailDomain,
    RecipientType,
    SkippedReason,
    SuppressionReason,
)
from models.linked_accounts import LinkedAccount
from models.login_claims import LoginClaim
from models.notification_preferences import NotificationPreference
from models.oauth import OAuthCode, OAuthFlow, ProviderToken, ProviderTokenKind
from models.outbox import AnalyticsEvent, WebhookEvent
from models.passkeys import Passkey
from models.permissions import ProjectPermissionGrant, TeamPermissionGrant
from models.project_keys import ProjectKeySet
from models.projects import OnboardingStatus, Project, Tenancy
from models.recovery_codes import RecoveryCode
from models.sessions import UserSession
from models.sign_up_facts import SignUpFact
from models.sign_up_rules import SignUpRuleCount, SignUpRuleTrigger
from models.teams import Team, TeamMembership
from models.unused_files import UnusedFile
from models.user_search import UserSearch
from models.users import User
from models.verification_codes import VerificationCode, VerificationCodeType

__all__ = [
    "METADATA",
    "AnalyticsEvent",
    "ApiKey",
    "AttemptCounter",
    "AuditEntry",
    "AuditHead",
    "BulkImport",
    "CliAuthAttempt",
    "ConfigOverride",
    "ContactChannel",
    "DraftTheme",
    "EmailAllowance",
    "EmailDraft",
    "EmailMailing",
    "EmailMailingPart",
    "EmailOutbox",
    "EmailOutcome",
    "EmailSendKey",
    "EmailStage",
    "EmailSuppression",
    "EmailThreadMessage",
    "LinkedAccount",
    "LoginClaim",
    "ManagedDomainStatus",
    "ManagedEmailDomain",
    "NotificationPreference",
    "OAuthCode",
    "OAuthFlow",
    "OnboardingStatus",
    "Passkey",
    "Project",
    "ProjectKeySet",
    "ProjectPermissionGrant",
    "ProviderToken",
    "ProviderTokenKind",
    "RecipientType",
    "RecoveryCode",
    "SignUpFact",
    "SignUpRuleCount",
    "SignUpRuleTrigger",
    "SkippedReason",
    "SuppressionReason",
    "Team",
    "TeamMembership",
    "TeamPermissionGrant",
    "Tenancy",
    "UnusedFile",
    "User",
    "UserSearch",
    "UserSession",
    "VerificationCode",
    "VerificationCodeType",
    "WebhookEvent",
]
