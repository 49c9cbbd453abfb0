"""Who is at the other end: addresses and places from proxies (contract 01, section 15)."""

import pytest

from hexclave_app.services.end_users import EndUser, read_end_user
from hexclave_app.settings import TrustedProxy

BROWSER = {"user-agent": "Mozilla/5.0"}
NONE, VERCEL, CLOUDFLARE, CLOUDRUN = TrustedProxy
VERCEL_PLACE = {
    "x-vercel-ip-country": " de ",
    "x-vercel-ip-country-region": "BE",
    "x-vercel-ip-city": "Berlin",
    "x-vercel-ip-latitude": "52.5",
    "x-vercel-ip-longitude": "13.4",
    "x-vercel-ip-timezone": "Europe/Berlin",
}


def read(headers: dict[str, str], proxy: TrustedProxy = NONE) -> EndUser | None:
    return read_end_user({**BROWSER, **headers}, proxy)


@pytest.mark.parametrize("agent", [None, "", "curl/8", "node", "python-httpx/1"])
def test_servers_have_no_end_user(agent: str | None) -> None:
    headers = {"x-real-ip": "1.2.3.4"} | ({"user-agent": agent} if agent is not None else {})
    assert read_end_user(headers, NONE) is None


@pytest.mark.parametrize("agent", ["Mozilla/5.0", "x Chrome/1", "Safari"])
def test_browsers_have_one(agent: str) -> None:
    assert read_end_user({"user-agent": agent, "x-real-ip": "1.2.3.4"}, NONE) == EndUser("1.2.3.4", is_trusted=False)


@pytest.mark.parametrize(
    ("proxy", "headers", "ip"),
    [
        (VERCEL, {"x-vercel-forwarded-for": "1.1.1.1", "x-real-ip": "9.9.9.9"}, "1.1.1.1"),
        (CLOUDFLARE, {"cf-connecting-ip": "2001:db8::1", "x-forwarded-for": "9.9.9.9"}, "2001:db8::1"),
        (CLOUDRUN, {"x-forwarded-for": "6.6.6.6, 1.1.1.1, 2.2.2.2"}, "1.1.1.1"),
    ],
)
def test_a_trusted_proxy_is_believed(proxy: TrustedProxy, headers: dict[str, str], ip: str) -> None:
    found = read(headers, proxy)
    assert found is not None
    assert (found.ip, found.is_trusted) == (ip, True)


@pytest.mark.parametrize(
    ("proxy", "headers", "ip"),
    [
        (NONE, {"x-real-ip": "1.1.1.1", "x-forwarded-for": "2.2.2.2"}, "1.1.1.1"),
        (NONE, {"x-forwarded-for": "2.2.2.2, 3.3.3.3", "cf-connecting-ip": "4.4.4.4"}, "2.2.2.2"),
        (NONE, {"x-vercel-forwarded-for": "5.5.5.5", "cf-connecting-ip": "4.4.4.4"}, "5.5.5.5"),
        (NONE, {"cf-connecting-ip": "4.4.4.4"}, "4.4.4.4"),
        (VERCEL, {"cf-connecting-ip": "4.4.4.4"}, "4.4.4.4"),
        (CLOUDFLARE, {"x-vercel-forwarded-for": "5.5.5.5"}, "5.5.5.5"),
        (CLOUDRUN, {"x-real-ip": "1.1.1.1", "x-forwarded-for": "2.2.2.2"}, "1.1.1.1"),
    ],
)
def test_without_trusted_address_the_first_of_the_others_counts_as_spoofable(
    proxy: TrustedProxy, headers: dict[str, str], ip: str
) -> None:
    found = read({**headers, **VERCEL_PLACE}, proxy)
    assert found is not None
    assert (found.ip, found.is_trusted) == (ip, False)
    assert (found.city_name is None) == (proxy is not NONE)


@pytest.mark.parametrize(
    ("proxy", "headers"),
    [
        (NONE, {}),
        (NONE, {"x-real-ip": "unknown"}),
        (NONE, {"x-forwarded-for": "1.2.3.4:5678"}),
        (NONE, {"x-real-ip": "1.2.3.999"}),
        (CLOUDRUN, {"x-forwarded-for": "2.2.2.2"}),
        (CLOUDRUN, {"x-forwarded-for": ","}),
    ],
)
def test_what_is_no_address_is_nobody(proxy: TrustedProxy, headers: dict[str, str]) -> None:
    assert read(headers, proxy) is None


def test_the_place_comes_from_the_trusted_proxy_only() -> None:
    both = {**VERCEL_PLACE, "cf-ipcountry": "fr"}
    vercel = read({**both, "x-vercel-forwarded-for": "1.1.1.1"}, VERCEL)
    cloudflare = read({**both, "cf-connecting-ip": "1.1.1.1"}, CLOUDFLARE)
    cloudrun = read({**both, "x-forwarded-for": "1.1.1.1, 2.2.2.2"}, CLOUDRUN)
    assert vercel == EndUser("1.1.1.1", True, "DE", "BE", "Berlin", 52.5, 13.4, "Europe/Berlin")
    assert cloudflare == EndUser("1.1.1.1", True, "FR")
    assert cloudrun == EndUser("1.1.1.1", True)


def test_without_proxy_the_place_is_taken_from_any_of_them() -> None:
    assert read({"x-real-ip": "1.1.1.1", "cf-ipcountry": "fr"}) == EndUser("1.1.1.1", False, "FR")
    both = read({"x-real-ip": "1.1.1.1", "cf-ipcountry": "fr", **VERCEL_PLACE})
    assert both == EndUser("1.1.1.1", False, "DE", "BE", "Berlin", 52.5, 13.4, "Europe/Berlin")


@pytest.mark.parametrize("latitude", ["", "north", "nan", "inf", "-Infinity", "1e999"])
def test_coordinates_must_be_finite_numbers(latitude: str) -> None:
    found = read({"x-real-ip": "1.1.1.1", "x-vercel-ip-latitude": latitude})
    assert found == EndUser("1.1.1.1", False)


@pytest.mark.parametrize("country", ["", "D", "DEU", "D1", "ÄÖ", "T1"])
def test_a_country_is_two_letters(country: str) -> None:
    found = read({"x-real-ip": "1.1.1.1", "cf-ipcountry": country})
    assert found is not None
    assert found.country_code is None


def test_what_is_unknown_is_not_stored() -> None:
    assert EndUser("1.1.1.1", False, "DE", latitude=0.0).stored() == {
        "ip": "1.1.1.1", "isTrusted": False, "countryCode": "DE", "latitude": 0.0,
    }  # fmt: skip
