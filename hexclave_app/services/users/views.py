"""What callers see of users and teams: every field listed by hand, so that a new column never leaks."""

from hexclave_app.config.schema import CompleteConfig
from hexclave_app.services.users.records import SelectedTeam, UserRecord
from models import Team
from models.base import millis

View = dict[str, object]


def client_user(user: UserRecord, config: CompleteConfig) -> View:
    """The user as the user itself sees it."""
    reason = user.restricted_reason(config)
    team = user.selected_team
    return {
        "id": str(user.id),
        "primary_email": user.primary_email,
        "primary_email_verified": user.primary_email_verified,
        "display_name": user.display_name,
        "client_metadata": user.client_metadata,
        "client_read_only_metadata": user.client_read_only_metadata,
        "profile_image_url": user.profile_image_url,
        "signed_up_at_millis": millis(user.signed_up_at),
        "has_password": user.has_password,
        "otp_auth_enabled": user.has_otp,
        "passkey_auth_enabled": user.has_passkey,
        "auth_with_email": user.has_password or user.has_otp,
        "requires_totp_mfa": user.requires_totp_mfa,
        "oauth_providers": [
            {"id": account.provider_config_id, "account_id": account.account_id, "email": account.email}
            for account in user.oauth_accounts
        ],
        "selected_team_id": str(team.id) if team else None,
        "selected_team": client_team(team) if team else None,
        "is_anonymous": user.is_anonymous,
        "is_restricted": reason is not None,
        "restricted_reason": {"type": reason} if reason else None,
        "restricted_by_admin": user.restricted_by_admin,
        "restricted_by_admin_reason": user.restricted_by_admin_reason,
    }


def server_user(user: UserRecord, config: CompleteConfig) -> View:
    """The user as servers and administrators see it; also the payload of user webhooks."""
    team = user.selected_team
    return {
        **client_user(user, config),
        "selected_team": server_team(team) if team else None,
        "primary_email_auth_enabled": user.primary_email_auth_enabled,
        "last_active_at_millis": millis(user.last_active_at),
        "server_metadata": user.server_metadata,
        "restricted_by_admin_private_details": user.restricted_by_admin_private_details,
        "country_code": user.country_code,
        "risk_scores": {"sign_up": {"bot": user.risk_bot, "free_trial_abuse": user.risk_free_trial_abuse}},
    }


def client_team(team: Team | SelectedTeam) -> View:
    """A team as its members see it."""
    return {
        "id": str(team.id),
        "display_name": team.display_name,
        "profile_image_url": team.profile_image_url,
        "client_metadata": team.client_metadata,
        "client_read_only_metadata": team.client_read_only_metadata,
    }


def server_team(team: Team | SelectedTeam) -> View:
    """A team as servers see it; also the payload of team webhooks."""
    return {
        **client_team(team),
        "created_at_millis": millis(team.created_at),
        "server_metadata": team.server_metadata,
    }
