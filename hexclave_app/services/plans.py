"""The plans that dashboard teams can be on, as products of project `internal` (contract 02, section 10)."""

from pydantic import JsonValue

from hexclave_app.config.overrides import Override

UNLIMITED = 1_000_000_000
_LINE = "plans"
_ITEMS = {
    "dashboard_admins": "Dashboard administrators",
    "auth_users": "Users",
    "emails_per_month": "E-mails per month",
    "analytics_timeout_seconds": "Analytics query time (s)",
    "analytics_events": "Analytics events per month",
    "session_replays": "Session replays per month",
    "onboarding_call": "Onboarding call",
}


def _plan(name: str, dollars: str, quantities: dict[str, int]) -> dict[str, JsonValue]:
    return {
        "displayName": name,
        "productLineId": _LINE,
        "customerType": "team",
        "serverOnly": False,
        "stackable": False,
        "prices": {"monthly": {"USD": dollars, "interval": [1, "month"], "serverOnly": False}},
        "includedItems": {
            item: {"quantity": quantity, "repeat": "never", "expires": "when-purchase-expires"}
            for item, quantity in quantities.items()
        },
    }


def _quantities(admins: int, users: int, emails: int, timeout_s: int, events: int) -> dict[str, int]:
    return {
        "dashboard_admins": admins,
        "auth_users": users,
        "emails_per_month": emails,
        "analytics_timeout_seconds": timeout_s,
        "analytics_events": events,
        "session_replays": 2_500,
    }


_EXTRA_SEATS: dict[str, JsonValue] = {
    **_plan("Extra seats", "29", {"dashboard_admins": 1}),
    "stackable": True,
    "isAddOnTo": {"team": True, "growth": True},
}

PLAN_OVERRIDE: Override = {
    f"payments.productLines.{_LINE}": {"displayName": "Plans", "customerType": "team"},
    **{f"payments.items.{item}": {"displayName": name, "customerType": "team"} for item, name in _ITEMS.items()},
    "payments.products.free": _plan("Free", "0", _quantities(1, 10_000, 1_000, 10, 100_000)),
    "payments.products.team": _plan("Team", "49", _quantities(4, 50_000, 25_000, 60, 500_000)),
    "payments.products.growth": _plan("Growth", "299", _quantities(4, UNLIMITED, 25_000, 300, 1_000_000)),
    "payments.products.extra-seats": _EXTRA_SEATS,
}
"""Environment override of project `internal`."""
