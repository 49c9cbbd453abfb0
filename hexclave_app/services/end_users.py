"""Who is at the other end of a request: address and place as the trusted proxy tells them (contract 01, section 15)."""

import ipaddress
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from hexclave_app.settings import TrustedProxy

_BROWSER_MARKS = ("Mozilla", "Chrome", "Safari")
_TRUSTED_IP_HEADER = {TrustedProxy.VERCEL: "x-vercel-forwarded-for", TrustedProxy.CLOUDFLARE: "cf-connecting-ip"}


@dataclass(frozen=True, slots=True)
class EndUser:
    """Address of a browser, whether it can be believed, and where it seems to be."""

    ip: str
    is_trusted: bool
    country_code: str | None = None
    region_code: str | None = None
    city_name: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    tz_identifier: str | None = None

    def stored(self) -> dict[str, object]:
        """The shape kept with sessions (camelCase keys, absent when unknown)."""
        optional = {
            "countryCode": self.country_code,
            "regionCode": self.region_code,
            "cityName": self.city_name,
            "latitude": self.latitude,
            "longitude": self.longitude,
            "tzIdentifier": self.tz_identifier,
        }
        known = {key: value for key, value in optional.items() if value is not None}
        return {"ip": self.ip, "isTrusted": self.is_trusted, **known}

    @classmethod
    def from_stored(cls, stored: Mapping[str, object] | None) -> "EndUser | None":
        """Address and country of what `stored` made."""
        if not stored:
            return None
        country = stored.get("countryCode")
        return cls(
            ip=str(stored["ip"]),
            is_trusted=stored.get("isTrusted") is True,
            country_code=str(country) if country else None,
        )

    def event_data(self) -> dict[str, object]:
        """The shape of analytics events (snake_case keys)."""
        optional = {
            "country_code": self.country_code,
            "region_code": self.region_code,
            "city_name": self.city_name,
            "latitude": self.latitude,
            "longitude": self.longitude,
            "tz_identifier": self.tz_identifier,
        }
        known = {key: value for key, value in optional.items() if value is not None}
        return {"ip": self.ip, "is_trusted": self.is_trusted, **known}


def read_end_user(headers: Mapping[str, str], proxy: TrustedProxy) -> EndUser | None:
    """The browser behind a request; None for servers and when no valid address is known."""
    agent = headers.get("user-agent", "")
    if not any(mark in agent for mark in _BROWSER_MARKS):
        return None
    trusted_ip = _trusted_ip(headers, proxy)
    ip = trusted_ip or _spoofable_ip(headers, proxy)
    if ip is None or not _is_address(ip):
        return None
    geo: dict[str, str | float | None] = {}
    if trusted_ip is not None or proxy is TrustedProxy.NONE:
        geo = _geo(headers, proxy)
    return EndUser(ip=ip, is_trusted=trusted_ip is not None, **geo)  # type: ignore[arg-type]  # keys are field names


def counted_address(headers: Mapping[str, str], proxy: TrustedProxy, peer: str) -> str:
    """The address that limits count on: what the trusted proxy says, else a public peer; never what a visitor claims.

    Empty when unknown: behind a proxy of one's own every visitor seems to be the same loopback or private peer.
    """
    trusted = _trusted_ip(headers, proxy)
    if trusted is not None:
        return trusted
    return peer if _is_public(peer) else ""


def _trusted_ip(headers: Mapping[str, str], proxy: TrustedProxy) -> str | None:
    if proxy is TrustedProxy.CLOUDRUN:
        entries = [entry.strip() for entry in headers.get("x-forwarded-for", "").split(",")]
        return entries[-2] if len(entries) >= 2 and _is_address(entries[-2]) else None
    header = _TRUSTED_IP_HEADER.get(proxy)
    value = headers.get(header, "").strip() if header else ""
    return value if _is_address(value) else None


def _spoofable_ip(headers: Mapping[str, str], proxy: TrustedProxy) -> str | None:
    candidates = [headers.get("x-real-ip", "")]
    if proxy is not TrustedProxy.CLOUDRUN:
        candidates.append(headers.get("x-forwarded-for", "").split(",")[0])
    candidates += [headers.get(header, "") for kind, header in _TRUSTED_IP_HEADER.items() if kind is not proxy]
    return next((value.strip() for value in candidates if value.strip()), None)


def _geo(headers: Mapping[str, str], proxy: TrustedProxy) -> dict[str, str | float | None]:
    country = headers.get("cf-ipcountry") if proxy in (TrustedProxy.CLOUDFLARE, TrustedProxy.NONE) else None
    if proxy in (TrustedProxy.VERCEL, TrustedProxy.NONE):
        country = headers.get("x-vercel-ip-country") or country
        return {
            "country_code": country_code(country),
            "region_code": headers.get("x-vercel-ip-country-region") or None,
            "city_name": headers.get("x-vercel-ip-city") or None,
            "latitude": _coordinate(headers.get("x-vercel-ip-latitude")),
            "longitude": _coordinate(headers.get("x-vercel-ip-longitude")),
            "tz_identifier": headers.get("x-vercel-ip-timezone") or None,
        }
    return {"country_code": country_code(country)}


def country_code(text: str | None) -> str | None:
    """Trimmed upper-case ISO code, or None when it is not two letters A-Z."""
    code = (text or "").strip().upper()
    return code if len(code) == 2 and code.isascii() and code.isalpha() else None


def _coordinate(text: str | None) -> float | None:
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if math.isfinite(value) else None


@lru_cache(maxsize=10_000)
def _is_public(text: str) -> bool:
    return _is_address(text) and ipaddress.ip_address(text).is_global


@lru_cache(maxsize=10_000)
def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
