"""The REST API: one router module per noun, dispatched before Reflex."""

from fastapi import FastAPI

from hexclave_app.api import (
    ai,
    api_keys,
    audit_log,
    auth_anonymous,
    auth_cli,
    auth_invitations,
    auth_mfa,
    auth_oauth,
    auth_oauth_demo,
    auth_otp,
    auth_passkeys,
    auth_passwords,
    auth_sessions,
    blobs,
    browser_sessions,
    connected_accounts,
    contact_channels,
    email_designs,
    email_drafts,
    email_links,
    email_operations,
    email_suppressions,
    emails,
    embedding,
    hosted_pages,
    notification_preferences,
    oauth_providers,
    permission_definitions,
    permissions,
    project_configs,
    project_keys,
    projects,
    recovery_codes,
    sign_up_rules,
    system,
    team_invitations,
    team_member_profiles,
    team_memberships,
    teams,
    user_downloads,
    users,
)
from hexclave_app.api.coverage import unbuilt_endpoints
from hexclave_app.api.protocol.endpoints import Endpoints
from hexclave_app.api.protocol.pipeline import Api
from hexclave_app.installation import Installation, current_installation

ROUTERS: tuple[Endpoints, ...] = (
    system.routes,
    projects.routes,
    project_configs.routes,
    project_keys.routes,
    blobs.routes,
    auth_passwords.routes,
    auth_otp.routes,
    auth_mfa.routes,
    recovery_codes.routes,
    auth_passkeys.routes,
    auth_cli.routes,
    auth_anonymous.routes,
    auth_sessions.routes,
    auth_oauth.routes,
    auth_oauth_demo.routes,
    oauth_providers.routes,
    connected_accounts.routes,
    auth_invitations.routes,
    sign_up_rules.routes,
    contact_channels.routes,
    users.routes,
    user_downloads.routes,
    teams.routes,
    audit_log.routes,
    team_memberships.routes,
    team_member_profiles.routes,
    team_invitations.routes,
    permission_definitions.routes,
    permissions.routes,
    api_keys.routes,
    notification_preferences.routes,
    emails.routes,
    email_designs.routes,
    email_drafts.routes,
    email_links.routes,
    email_operations.routes,
    email_suppressions.routes,
    ai.routes,
    browser_sessions.routes,
    hosted_pages.routes,
    embedding.routes,
)


def create_api(installation: Installation | None = None) -> Api:
    """The API application; built endpoints from the routers, 501 for the rest of the contract."""
    built = [endpoint for router in ROUTERS for endpoint in router.endpoints]
    documented = FastAPI(title="Hexclave", version="1", openapi_url=None, docs_url=None, redoc_url=None)
    for router in ROUTERS:
        documented.include_router(router, prefix="/api/v1")
    return Api(installation or current_installation(), [*built, *unbuilt_endpoints(built)], documented)
