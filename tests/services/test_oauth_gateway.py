"""Talking to providers: no way into the local network, no endless answers, nobody's word taken for more than it is."""

import http.server
import threading
from collections.abc import Iterator, Mapping

import httpx2
import pytest

from hexclave_app.errors import StatusError
from hexclave_app.gateways.oauth import profiles
from hexclave_app.gateways.oauth.http import MAX_ANSWER_BYTES, GuardedTransport
from hexclave_app.gateways.oauth.profiles import Profile
from hexclave_app.gateways.oauth.providers import PROVIDERS
from hexclave_app.settings import OAUTH_PROVIDERS


class Answers(http.server.BaseHTTPRequestHandler):
    """A small server with bad habits."""

    def do_GET(self) -> None:
        self.send_response(302 if self.path == "/redirect" else 200)
        self.send_header("location", "http://169.254.169.254/latest/meta-data")
        if self.path == "/compressed":
            self.send_header("content-encoding", "gzip")
        self.end_headers()
        self.wfile.write(b"x" * (MAX_ANSWER_BYTES + 1) if self.path == "/large" else b"{}")

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def local_url() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


async def get(url: str, *, named_by_operator: str = "") -> httpx2.Response:
    async with httpx2.AsyncClient(transport=GuardedTransport(named_by_operator=named_by_operator)) as client:
        return await client.get(url)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "10.0.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104 - an address to refuse, not one to listen at
        "[::1]",
        "[fd00::1]",
        "[fe80::1]",
        "[::ffff:10.0.0.1]",
        "[64:ff9b::a00:1]",
        "[2002:a00:1::]",
        "224.0.0.1",
    ],
)
async def test_addresses_that_are_not_public_are_not_reached(host: str) -> None:
    with pytest.raises(httpx2.ConnectError, match="not public"):
        await get(f"https://{host}/")


async def test_only_the_very_origin_that_the_operator_names_is_exempt(local_url: str) -> None:
    assert (await get(f"{local_url}/", named_by_operator=local_url)).status_code == 200
    for named in ("", "http://127.0.0.1:1", local_url.replace("http:", "https:")):
        with pytest.raises(httpx2.TransportError):
            await get(f"{local_url}/", named_by_operator=named)


async def test_redirects_are_not_followed_and_answers_are_bounded(local_url: str) -> None:
    assert (await get(f"{local_url}/redirect", named_by_operator=local_url)).status_code == 302
    with pytest.raises(httpx2.ReadError, match="too large"):
        await get(f"{local_url}/large", named_by_operator=local_url)
    with pytest.raises(httpx2.DecodingError):
        await get(f"{local_url}/compressed", named_by_operator=local_url)


class Said:
    """What a provider answers, by the end of the address."""

    client_id = "client"
    userinfo_url = "https://provider.example/user"

    def __init__(self, answers: Mapping[str, object], claims: Mapping[str, object] | None = None) -> None:
        self.id_token_claims = claims
        self._answers = answers

    async def get(self, url: str, headers: Mapping[str, str] | None = None) -> object:
        return next(answer for end, answer in self._answers.items() if url.endswith(end))


def test_there_is_an_entry_for_every_provider() -> None:
    assert tuple(PROVIDERS) == OAUTH_PROVIDERS
    addresses = [url for entry in PROVIDERS.values() for url in (entry.authorize_url, entry.exchange_url)]
    assert all(url.startswith("https://") for url in addresses)


async def test_of_githubs_addresses_the_primary_one_counts() -> None:
    emails = [
        {"email": "old@example.org", "primary": False, "verified": True},
        {"email": "ada@example.org", "primary": True, "verified": False},
    ]
    said = Said({"/emails": emails, "/user": {"id": 7, "name": "Ada", "avatar_url": "https://img.example/a.png"}})
    expected = Profile(
        "7", "Ada", "ada@example.org", email_verified=False, profile_image_url="https://img.example/a.png"
    )
    assert await profiles.github(said) == expected


@pytest.mark.parametrize(
    ("read", "user"),
    [
        (profiles.microsoft, {"id": "1", "mail": None, "userPrincipalName": "a@example.org", "email_verified": True}),
        (profiles.spotify, {"id": "1", "email": "a@example.org", "verified": True, "images": []}),
    ],
)
async def test_providers_that_do_not_vouch_never_verify(read: profiles.ReadProfile, user: dict[str, object]) -> None:
    found = await read(Said({"/user": user}))
    assert (found.email, found.email_verified) == ("a@example.org", False)


async def test_the_other_providers_are_read_as_they_write() -> None:
    discord = {"id": "5", "username": "ada", "avatar": "a_f00", "email": "a@example.org", "verified": True}
    found = await profiles.discord(Said({"/user": discord}))
    assert (found.display_name, found.email_verified) == ("ada", True)
    assert found.profile_image_url == "https://cdn.discordapp.com/avatars/5/a_f00.gif"
    gitlab = {"id": 9, "name": "Ada", "email": "a@example.org"}
    emails = [{"email": "a@example.org", "confirmed_at": "2026-01-01"}]
    assert (await profiles.gitlab(Said({"/emails": emails, "/user": gitlab}))).email_verified
    assert not (await profiles.gitlab(Said({"/emails": [], "/user": gitlab}))).email_verified
    bucket = {"account_id": "b", "display_name": "Ada", "links": {"avatar": {"href": "https://img.example/b"}}}
    values = {"values": [{"email": "a@example.org", "is_confirmed": True}]}
    assert (await profiles.bitbucket(Said({"/emails": values, "/user": bucket}))).email_verified
    assert (await profiles.x(Said({"/user": {"data": {"id": "3", "username": "ada"}}}))).email is None
    twitch = await profiles.twitch(Said({"/user": {"data": [{"id": "4", "email": "a@example.org"}]}}))
    assert (twitch.account_id, twitch.email_verified) == ("4", True)
    apple = await profiles.apple(Said({}, {"sub": "6", "email": "a@example.org", "email_verified": "false"}))
    assert (apple.account_id, apple.email_verified) == ("6", False)
    facebook = {"id": "8", "name": "Ada", "email": "a@example.org"}
    picture = {"picture": {"data": {"url": "https://img.example/f"}}}
    said = Said({"fields=picture.type(small)": picture, "/user": facebook})
    assert (await profiles.facebook(said)).profile_image_url == "https://img.example/f"


@pytest.mark.parametrize("bad", [{}, {"sub": ""}, {"sub": None}, {"sub": True}, {"sub": "a\x00"}, [], "text"])
async def test_without_an_account_id_there_is_nobody(bad: object) -> None:
    with pytest.raises(StatusError):
        await profiles.openid(Said({"/user": bad}))


@pytest.mark.parametrize("email", ["nobody", "a@b@c", " a@example.org", "@example.org", "a@", 5, "x" * 400 + "@b.c"])
def test_what_is_no_address_is_left_out(email: object) -> None:
    found = profiles.openid_claims({"sub": "1", "email": email, "email_verified": True})
    assert (found.email, found.email_verified) == (None, False)
