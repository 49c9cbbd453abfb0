"""The twelve providers (`docs/contract/oauth-providers.csv`)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from hexclave_app.gateways.oauth import profiles
from hexclave_app.gateways.oauth.profiles import ReadProfile

BASIC: Final = "client_secret_basic"
POST: Final = "client_secret_post"


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """Where a provider's endpoints are, and how it differs from the others."""

    authorize_url: str
    exchange_url: str
    userinfo_url: str
    scopes: tuple[str, ...]
    read_profile: ReadProfile
    issuers: tuple[str, ...] = ()
    """What the `iss` of its callback may be; unknown for providers that send none."""
    jwks_url: str | None = None
    """Where the keys of id tokens are, for providers that say who somebody is in an id token."""
    extra: Mapping[str, str] = field(default_factory=dict)
    has_pkce: bool = True
    token_auth: str = BASIC
    token_lifetime_s: int = 3600
    """Assumed where the provider does not say."""


PROVIDERS: Final[Mapping[str, Provider]] = {
    "google": Provider(
        authorize_url="https://accounts.google.com/o/oauth2/v2/auth",
        exchange_url="https://oauth2.googleapis.com/token",
        userinfo_url="https://openidconnect.googleapis.com/v1/userinfo",
        scopes=(
            "https://www.googleapis.com/auth/userinfo.email",
            "https://www.googleapis.com/auth/userinfo.profile",
        ),
        issuers=("https://accounts.google.com",),
        extra={"include_granted_scopes": "true"},
        read_profile=profiles.openid,
    ),
    "github": Provider(
        authorize_url="https://github.com/login/oauth/authorize",
        exchange_url="https://github.com/login/oauth/access_token",
        userinfo_url="https://api.github.com/user",
        scopes=("user:email",),
        issuers=("https://github.com", "https://github.com/login/oauth"),
        token_lifetime_s=8 * 3600,
        read_profile=profiles.github,
    ),
    "microsoft": Provider(
        authorize_url="https://login.microsoftonline.com/{tenant}/oauth2/v2.0/authorize",
        exchange_url="https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token",
        userinfo_url="https://graph.microsoft.com/v1.0/me",
        scopes=("User.Read", "openid"),
        read_profile=profiles.microsoft,
    ),
    "spotify": Provider(
        authorize_url="https://accounts.spotify.com/authorize",
        exchange_url="https://accounts.spotify.com/api/token",
        userinfo_url="https://api.spotify.com/v1/me",
        scopes=("user-read-email", "user-read-private"),
        read_profile=profiles.spotify,
    ),
    "facebook": Provider(
        authorize_url="https://facebook.com/v20.0/dialog/oauth/",
        exchange_url="https://graph.facebook.com/v20.0/oauth/access_token",
        userinfo_url="https://graph.facebook.com/v3.2/me?fields=id,name,email",
        scopes=("openid", "public_profile", "email"),
        issuers=("https://www.facebook.com",),
        read_profile=profiles.facebook,
    ),
    "discord": Provider(
        authorize_url="https://discord.com/oauth2/authorize",
        exchange_url="https://discord.com/api/oauth2/token",
        userinfo_url="https://discord.com/api/users/@me",
        scopes=("identify", "email"),
        read_profile=profiles.discord,
    ),
    "gitlab": Provider(
        authorize_url="https://gitlab.com/oauth/authorize",
        exchange_url="https://gitlab.com/oauth/token",
        userinfo_url="https://gitlab.com/api/v4/user",
        scopes=("read_user",),
        issuers=("https://gitlab.com",),
        read_profile=profiles.gitlab,
    ),
    "bitbucket": Provider(
        authorize_url="https://bitbucket.org/site/oauth2/authorize",
        exchange_url="https://bitbucket.org/site/oauth2/access_token",
        userinfo_url="https://api.bitbucket.org/2.0/user",
        scopes=("account", "email"),
        read_profile=profiles.bitbucket,
    ),
    "linkedin": Provider(
        authorize_url="https://www.linkedin.com/oauth/v2/authorization",
        exchange_url="https://www.linkedin.com/oauth/v2/accessToken",
        userinfo_url="https://api.linkedin.com/v2/userinfo",
        scopes=("openid", "profile", "email"),
        issuers=("https://www.linkedin.com/oauth",),
        has_pkce=False,
        token_auth=POST,
        read_profile=profiles.openid,
    ),
    "apple": Provider(
        authorize_url="https://appleid.apple.com/auth/authorize",
        exchange_url="https://appleid.apple.com/auth/token",
        userinfo_url="https://appleid.apple.com/auth/userinfo",
        scopes=("name", "email"),
        issuers=("https://appleid.apple.com",),
        jwks_url="https://appleid.apple.com/auth/keys",
        extra={"response_mode": "form_post"},
        token_auth=POST,
        read_profile=profiles.apple,
    ),
    "x": Provider(
        authorize_url="https://twitter.com/i/oauth2/authorize",
        exchange_url="https://api.x.com/2/oauth2/token",
        userinfo_url="https://api.x.com/2/users/me?user.fields=id,name,profile_image_url",
        scopes=("users.read", "offline.access", "tweet.read"),
        read_profile=profiles.x,
    ),
    "twitch": Provider(
        authorize_url="https://id.twitch.tv/oauth2/authorize",
        exchange_url="https://id.twitch.tv/oauth2/token",
        userinfo_url="https://api.twitch.tv/helix/users",
        scopes=("user:read:email",),
        token_auth=POST,
        read_profile=profiles.twitch,
    ),
}
OPENID_SCOPES: Final = ("openid", "profile", "email")
