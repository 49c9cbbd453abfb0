"""What each provider says about a person, read into one form (`docs/contract/oauth-providers.csv`)."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from hexclave_app.errors import StatusError

Json = Mapping[str, object]
_MAX_TEXT: Final = 1_000
_MAX_EMAIL: Final = 320
_FACEBOOK: Final = "https://graph.facebook.com"


@dataclass(frozen=True, slots=True)
class Profile:
    """A person at a provider; an unverified e-mail proves nothing."""

    account_id: str
    display_name: str | None = None
    email: str | None = None
    email_verified: bool = False
    profile_image_url: str | None = None


class Fetch(Protocol):
    """Reads JSON from the provider with the person's access token."""

    client_id: str
    userinfo_url: str
    id_token_claims: Json | None

    async def get(self, url: str, headers: Mapping[str, str] | None = None) -> object:
        """The JSON of an answer 2xx."""
        ...


ReadProfile = Callable[[Fetch], Awaitable[Profile]]


def profile(
    account_id: object,
    *,
    name: object = None,
    email: object = None,
    verified: bool = False,
    image: object = None,
) -> Profile:
    """A profile of foreign values: what is not usable text is left out; without an account id there is no profile."""
    if isinstance(account_id, int) and not isinstance(account_id, bool):
        account_id = str(account_id)
    identifier = _text(account_id)
    if identifier is None:
        raise StatusError(400, "The OAuth provider did not say which account this is.")
    address = _email(email)
    return Profile(identifier, _text(name), address, verified and address is not None, _image(image))


async def openid(fetch: Fetch) -> Profile:
    """The standard claims of OpenID Connect."""
    return openid_claims(_object(await fetch.get(fetch.userinfo_url)))


def openid_claims(claims: Json) -> Profile:
    """A profile of standard claims; only a JSON `true` means verified."""
    return profile(
        claims.get("sub"),
        name=claims.get("name"),
        email=claims.get("email"),
        verified=claims.get("email_verified") is True,
        image=claims.get("picture"),
    )


async def github(fetch: Fetch) -> Profile:
    """The primary entry of the person's addresses counts."""
    headers = {"x-github-api-version": "2022-11-28"}
    user = _object(await fetch.get(fetch.userinfo_url, headers))
    emails = _objects(await fetch.get(f"{fetch.userinfo_url}/emails", headers))
    primary = next((entry for entry in emails if entry.get("primary") is True), {})
    return profile(
        user.get("id"),
        name=user.get("name"),
        email=primary.get("email"),
        verified=primary.get("verified") is True,
        image=user.get("avatar_url"),
    )


async def microsoft(fetch: Fetch) -> Profile:
    """Addresses of a directory are what its administrator typed: never verified."""
    user = _object(await fetch.get(fetch.userinfo_url))
    email = user.get("mail") or user.get("userPrincipalName")
    return profile(user.get("id"), name=user.get("displayName"), email=email)


async def spotify(fetch: Fetch) -> Profile:
    """Spotify does not verify addresses."""
    user = _object(await fetch.get(fetch.userinfo_url))
    image = next(iter(_objects(user.get("images"))), {}).get("url")
    return profile(user.get("id"), name=user.get("display_name"), email=user.get("email"), image=image)


async def facebook(fetch: Fetch) -> Profile:
    """Facebook does not say whether it verified an address."""
    user = _object(await fetch.get(fetch.userinfo_url))
    found = profile(user.get("id"), name=user.get("name"), email=user.get("email"))
    if found.email is None:
        raise StatusError(400, "The Facebook account has no e-mail address, or did not share it.")
    picture = _object(await fetch.get(f"{_FACEBOOK}/{found.account_id}?fields=picture.type(small)")).get("picture")
    data = picture.get("data") if isinstance(picture, Mapping) else None
    image = data.get("url") if isinstance(data, Mapping) else None
    return profile(found.account_id, name=found.display_name, email=found.email, image=image)


async def discord(fetch: Fetch) -> Profile:
    """Avatars are named by their hash; animated ones begin with `a_`."""
    user = _object(await fetch.get(fetch.userinfo_url))
    account_id, avatar = user.get("id"), user.get("avatar")
    image = None
    if isinstance(avatar, str):
        ending = "gif" if avatar.startswith("a_") else "png"
        image = f"https://cdn.discordapp.com/avatars/{account_id}/{avatar}.{ending}"
    return profile(
        account_id,
        name=user.get("global_name") or user.get("username"),
        email=user.get("email"),
        verified=user.get("verified") is True,
        image=image,
    )


async def gitlab(fetch: Fetch) -> Profile:
    """An address is verified when its entry has been confirmed."""
    user = _object(await fetch.get(fetch.userinfo_url))
    emails = _objects(await fetch.get(f"{fetch.userinfo_url}/emails"))
    entry = next((entry for entry in emails if entry.get("email") == user.get("email")), {})
    return profile(
        user.get("id"),
        name=user.get("name"),
        email=user.get("email"),
        verified=bool(entry.get("confirmed_at")),
        image=user.get("avatar_url"),
    )


async def bitbucket(fetch: Fetch) -> Profile:
    """The first entry of the person's addresses counts."""
    user = _object(await fetch.get(fetch.userinfo_url))
    page = _object(await fetch.get(f"{fetch.userinfo_url}/emails"))
    first = next(iter(_objects(page.get("values"))), {})
    links = user.get("links")
    avatar = links.get("avatar") if isinstance(links, Mapping) else None
    return profile(
        user.get("account_id"),
        name=user.get("display_name"),
        email=first.get("email"),
        verified=first.get("is_confirmed") is True,
        image=avatar.get("href") if isinstance(avatar, Mapping) else None,
    )


async def apple(fetch: Fetch) -> Profile:
    """Apple says everything in the id token, whose signature has been checked."""
    claims = fetch.id_token_claims
    if claims is None:
        raise StatusError(400, "Apple did not send an identity token.")
    is_verified = claims.get("email_verified") in (True, "true")
    return profile(claims.get("sub"), email=claims.get("email"), verified=is_verified)


async def x(fetch: Fetch) -> Profile:
    """X shares no address."""
    user = _object(_object(await fetch.get(fetch.userinfo_url)).get("data"))
    return profile(user.get("id"), name=user.get("name") or user.get("username"), image=user.get("profile_image_url"))


async def twitch(fetch: Fetch) -> Profile:
    """Twitch shares verified addresses only."""
    page = _object(await fetch.get(fetch.userinfo_url, {"client-id": fetch.client_id}))
    user = next(iter(_objects(page.get("data"))), {})
    return profile(
        user.get("id"),
        name=user.get("display_name"),
        email=user.get("email"),
        verified=True,
        image=user.get("profile_image_url"),
    )


def _object(value: object) -> Json:
    if not isinstance(value, Mapping):
        raise StatusError(400, "The OAuth provider answered in a form that we do not understand.")
    return value


def _objects(value: object) -> Sequence[Json]:
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def _text(value: object) -> str | None:
    """Text that can be stored."""
    is_usable = isinstance(value, str) and 0 < len(value) <= _MAX_TEXT and "\x00" not in value
    return value if is_usable and isinstance(value, str) else None


def _email(value: object) -> str | None:
    text = _text(value)
    if text is None or len(text) > _MAX_EMAIL or text.count("@") != 1 or any(char.isspace() for char in text):
        return None
    local, _, domain = text.partition("@")
    return text if local and domain else None


def _image(value: object) -> str | None:
    text = _text(value)
    return text if text is not None and text.startswith(("https://", "http://")) else None
