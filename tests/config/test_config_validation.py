"""Errors that refuse a write, and warnings that only inform."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import JsonValue

from hexclave_app.config.legacy import new_project_defaults
from hexclave_app.config.overrides import Level, Override
from hexclave_app.config.rendering import render_json
from hexclave_app.config.validation import MAX_OVERRIDE_LENGTH, OverrideError, check_override, find_warnings
from tests.support.config_strategies import JSON_OBJECTS, JSON_VALUES

THEME_ID = "11111111-2222-4333-8444-555555555555"
BRANCH, ENVIRONMENT = Level.BRANCH, Level.ENVIRONMENT


@pytest.mark.parametrize("value", [None, [], [{}], 5, "{}", True])
@pytest.mark.parametrize("level", Level)
def test_an_override_is_an_object(value: object, level: Level) -> None:
    with pytest.raises(OverrideError, match="must be an object"):
        check_override(value, level)


@pytest.mark.parametrize(
    ("override", "named"),
    [
        ({"teams": {"a.b": True}}, "teams.a.b"),
        ({"rbac.permissions": {"a.b": {}}}, "rbac.permissions.a.b"),
        ({"rbac.permissions": {"a b": {}}}, "rbac.permissions.a b"),
        ({"rbac.permissions": {"-a": {}}}, "rbac.permissions.-a"),
        ({"rbac.permissions": {"": {}}}, "rbac.permissions."),
        ({"rbac.permissions": {"a\n": {}}}, "rbac.permissions.a"),
        ({"": 1}, ""),
        ({".teams": {}}, ".teams"),
        ({"teams.": {}}, "teams."),
        ({"te ams": {}}, "te ams"),
        ({"payments.autoPay.interval": [None, "day"]}, "payments.autoPay.interval.0"),
    ],
)
def test_broken_keys_and_nulls_in_arrays_are_refused_by_name(override: Override, named: str) -> None:
    with pytest.raises(OverrideError, match=r"valid key|not be null") as error:
        check_override(override, ENVIRONMENT)
    assert f'"{named}' in str(error.value)


@pytest.mark.parametrize(
    ("override", "level"),
    [
        ({"nothing": 1}, ENVIRONMENT),
        ({"nothing": None}, ENVIRONMENT),
        ({"teams.nothing": True}, ENVIRONMENT),
        ({"teams.allowClientTeamCreation.deeper": True}, ENVIRONMENT),
        ({"teams": {"nothing": True}}, ENVIRONMENT),
        ({"teams": {"nothing": None}}, ENVIRONMENT),
        ({"auth.oauth.providers.google": {"clientId": "x"}}, BRANCH),
        ({"auth.oauth.providers.google.clientId": "x"}, BRANCH),
        ({"auth": {"oauth": {"providers": {"google": {"isShared": False}}}}}, BRANCH),
        ({"domains.allowLocalhost": True}, BRANCH),
        ({"domains": {"allowLocalhost": True}}, BRANCH),
        ({"emails.server": {}}, BRANCH),
        ({"payments.testMode": True}, BRANCH),
        ({"teams": {}}, Level.PROJECT),
        ({"sourceOfTruth.type": "hosted"}, BRANCH),
        ({"sourceOfTruth.type": "hosted"}, ENVIRONMENT),
        ({"project.requirePublishableClientKey": True}, ENVIRONMENT),
        ({"project": {}}, BRANCH),
        ({"rbac.permissions.Foo": {}}, ENVIRONMENT),
        ({"rbac.permissions.$foo": {}}, ENVIRONMENT),
        ({"domains.trustedDomains." + "a" * 64: {}}, ENVIRONMENT),
        ({"emails.themes.not-a-uuid": {}}, ENVIRONMENT),
        ({"apps.installed.nope.enabled": True}, ENVIRONMENT),
        ({"payments.autoPay.interval.2": "day"}, ENVIRONMENT),
    ],
)
def test_keys_outside_the_schema_of_the_level_are_refused(override: Override, level: Level) -> None:
    with pytest.raises(OverrideError, match="not a known key"):
        check_override(override, level)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("teams.allowClientTeamCreation", "true"),
        ("teams.allowClientTeamCreation", 1),
        ("emails.server.port", "25"),
        ("emails.server.port", True),
        ("emails.server.port", float("inf")),
        ("emails.server.port", float("nan")),
        ("emails.server.host", "a\0b"),
        ("emails.server.host", "\ud800"),
        ("emails.server.provider", "pigeon"),
        ("auth.oauth.accountMergeStrategy", "LINK_METHOD"),
        ("teams", []),
        ("teams", "x"),
        ("rbac.permissions", []),
        ("payments.autoPay.interval", [1, "day", 2]),
        ("payments.autoPay.interval", [1]),
        ("payments.autoPay.interval", [1, "fortnight"]),
        ("payments.products.p.isAddOnTo", True),
        ("payments.products.p.includedItems.i.repeat", "always"),
    ],
)
def test_values_of_another_type_are_refused(key: str, value: JsonValue) -> None:
    with pytest.raises(OverrideError, match=r"must be|wrong type"):
        check_override({key: value}, ENVIRONMENT)


@pytest.mark.parametrize(
    "override",
    [
        {"emails.themes": {"not-a-uuid": {}}},
        {"emails": {"templates": {"x": None}}},
        {"customDashboards": {"x": {}}},
        {"apps.installed": {"nope": {"enabled": True}}},
    ],
)
def test_uuid_and_enum_ids_are_checked_inside_objects_too(override: Override) -> None:
    with pytest.raises(OverrideError, match="not a valid id"):
        check_override(override, ENVIRONMENT)


@pytest.mark.parametrize(
    "override",
    [
        {"domains.trustedDomains.x.baseUrl": "not a url"},
        {"domains.trustedDomains.x.handlerPath": "no slash"},
        {"emails.server.port": 99999},
        {"emails.server.port": 1.5},
        {"emails.server.password": "x" * 71},
        {"emails.server.host": ""},
        {"emails.server.senderEmail": "nobody"},
        {"auth.signUpRules.r.priority": -3.5},
        {"rbac.permissions": {"Foo": {"containedPermissionIds": {"Bar": False}}}},
        {"rbac.defaultPermissions.signUp": {"x": False}},
        {"payments.products.p.prices.x": {"USD": "01.234"}},
        {"payments.products.p.productLineId": "missing"},
        {"payments.autoPay.interval": [-1.5, "day"]},
        {f"emails.themes.{THEME_ID}": {}},
        {f"emails.templates.{THEME_ID}.themeId": "not a uuid"},
        {"emails.selectedThemeId": "none"},
        {"teams": None, "rbac.permissions": None, "payments.products.p": {"prices": {"x": None}}},
        {"domains": {}},
    ],
)
def test_everything_else_is_stored(override: Override) -> None:
    assert check_override(override, ENVIRONMENT) == override


def test_empty_domains_are_fine_at_branch_level() -> None:
    assert check_override({"domains": {}}, BRANCH) == {"domains": {}}


@pytest.mark.parametrize("level", [BRANCH, ENVIRONMENT])
def test_exact_source_of_truth_is_accepted_and_dropped(level: Level) -> None:
    assert check_override({"sourceOfTruth": {"type": "neon"}}, level) == {}


def test_include_by_default_prices_are_accepted_and_rewritten() -> None:
    assert check_override({"payments.products.p.prices": "include-by-default"}, BRANCH) == {
        "payments.products.p.prices": {}
    }


def test_an_oversized_override_is_refused() -> None:
    with pytest.raises(OverrideError, match="longer than"):
        check_override({"auth.signUpRules.r.condition": "x" * MAX_OVERRIDE_LENGTH}, BRANCH)


def test_the_defaults_of_a_new_project_pass_without_warnings() -> None:
    defaults = check_override(new_project_defaults(), ENVIRONMENT)
    assert find_warnings({}, {}, defaults) == []


@pytest.mark.parametrize(
    ("override", "named"),
    [
        ({"domains.trustedDomains.x": {"baseUrl": "not a url"}}, "domains.trustedDomains.x.baseUrl"),
        ({"domains.trustedDomains.x": {"handlerPath": "no"}}, "domains.trustedDomains.x.handlerPath"),
        ({"domains.trustedDomains": {"x" * 64: {}}}, "domains.trustedDomains." + "x" * 64),
        ({"emails.server.port": 99999}, "emails.server.port"),
        ({"emails.server.password": "x" * 71}, "emails.server.password"),
        ({"emails.server.host": ""}, "emails.server.host"),
        ({"emails.server.senderEmail": "nobody"}, "emails.server.senderEmail"),
        ({"emails.server": {"isShared": False, "provider": "managed"}}, "emails.server.password"),
        ({"emails.selectedThemeId": "none"}, "emails.selectedThemeId"),
        ({f"emails.themes.{THEME_ID}": {}}, f"emails.themes.{THEME_ID}.displayName"),
        ({f"emails.templates.{THEME_ID}": {"displayName": "x"}}, f"emails.templates.{THEME_ID}.tsxSource"),
        ({f"customDashboards.{THEME_ID}": {}}, f"customDashboards.{THEME_ID}.displayName"),
        ({"auth.signUpRules.r": {"priority": -3.5}}, "auth.signUpRules.r.priority"),
        (
            {"auth.oauth.providers.apple": {"appleBundles": {"b": {}}}},
            "auth.oauth.providers.apple.appleBundles.b.bundleId",
        ),
        ({"rbac.permissions": {"Foo": {}}}, "rbac.permissions.Foo"),
        ({"rbac.defaultPermissions.signUp": {"x": False}}, "rbac.defaultPermissions.signUp.x"),
        ({"payments.autoPay": {"interval": [1.5, "day"]}}, "payments.autoPay.interval.0"),
        ({"payments.products.p": {"prices": {}}}, "payments.products.p.customerType"),
        ({"payments.products.p": {"prices": {"x": {"USD": "1.234"}}}}, "payments.products.p.prices.x.USD"),
        ({"payments.products.p": {"prices": {"x": {"JPY": "1.5"}}}}, "payments.products.p.prices.x.JPY"),
        ({"payments.products.p": {"prices": {"x": {}}}}, "payments.products.p.prices.x"),
        ({"payments.products.p": {"productLineId": "none"}}, "payments.products.p.productLineId"),
        ({"payments.products.p": {"includedItems": {"i": {}}}}, "payments.products.p.includedItems.i.quantity"),
        ({"payments.products.p.serverOnly": True}, "payments.products.p.serverOnly"),
        ({"dbSync.externalDatabases.d": {}}, "dbSync.externalDatabases.d.type"),
        ({"dbSync.externalDatabases.d": {"type": "postgres"}}, "dbSync.externalDatabases.d.connectionString"),
        (
            {
                "payments.productLines.l": {"customerType": "team"},
                "payments.products.p": {"productLineId": "l", "customerType": "user", "prices": {}},
            },
            "payments.products.p.customerType",
        ),
    ],
)
def test_accepted_but_questionable_overrides_are_warned_about_by_name(override: Override, named: str) -> None:
    check_override(override, ENVIRONMENT)
    assert [warning for warning in find_warnings({}, {}, override) if warning.startswith(f'"{named}"')]


def test_a_complete_product_is_not_warned_about() -> None:
    override: Override = {
        "payments.productLines.plans": {"customerType": "user"},
        "payments.products.pro": {
            "productLineId": "plans",
            "customerType": "user",
            "prices": {"monthly": {"USD": "49.00", "interval": [1, "month"]}},
            "includedItems": {"seats": {"quantity": 4, "repeat": "never"}},
        },
        "payments.products.extra": {"customerType": "user", "prices": {}, "isAddOnTo": {"pro": True}},
    }
    assert find_warnings({}, check_override(override, BRANCH), {}) == []


def test_an_entry_completed_by_another_level_is_not_warned_about() -> None:
    branch: Override = {"auth.oauth.providers.apple": {"type": "apple"}}
    upper: Override = {"auth.oauth.providers.apple.appleBundles": {"b": {"bundleId": "org.example"}}}
    assert find_warnings({}, branch, upper) == []


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(JSON_OBJECTS | JSON_VALUES, st.sampled_from(Level))
def test_an_override_is_refused_by_its_own_error_or_renders(value: JsonValue, level: Level) -> None:
    try:
        accepted = check_override(value, level)
    except OverrideError:
        return
    levels: dict[Level, Override] = {Level.PROJECT: {}, Level.BRANCH: {}, Level.ENVIRONMENT: {}, level: accepted}
    assert render_json(levels[Level.PROJECT], levels[Level.BRANCH], levels[Level.ENVIRONMENT])


def test_deeply_nested_values_are_refused_without_exhausting_the_stack() -> None:
    value: JsonValue = {}
    for _ in range(100_000):
        value = {"a": value}
    with pytest.raises(OverrideError):
        check_override({"teams": value}, ENVIRONMENT)
    assert render_json({}, {}, {"teams": value})
