"""Rendering: worked examples of the contract, sanitising, and properties."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from pydantic import JsonValue

from hexclave_app.config.apps import APPS
from hexclave_app.config.builtins import DEFAULT_THEME_ID, TEMPLATES, THEMES
from hexclave_app.config.overrides import Level, Override
from hexclave_app.config.rendering import render, render_json
from hexclave_app.config.schema import CompleteConfig
from hexclave_app.config.validation import check_override, find_warnings
from tests.support.config_strategies import JSON_OBJECTS, accepted_overrides

SLOW_DRAWING = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
CUSTOM_ID = "11111111-2222-4333-8444-555555555555"
ENTRY_A: Override = {"domains.trustedDomains.a": {"baseUrl": "https://a.com"}}


def two_levels(lower: Override, upper: Override) -> CompleteConfig:
    return render({}, lower, upper)


def environment(**keys: JsonValue) -> CompleteConfig:
    return render({}, {}, {key.replace("__", "."): value for key, value in keys.items()})


def json_at(override: Override, *path: str) -> JsonValue:
    value: JsonValue = render_json({}, {}, override)
    for name in path:
        assert isinstance(value, dict)
        value = value[name]
    return value


def domains_of(config: CompleteConfig) -> dict[str, tuple[str | None, str]]:
    return {key: (domain.base_url, domain.handler_path) for key, domain in config.domains.trusted_domains.items()}


def test_upper_object_wipes_lower_dotted_key() -> None:
    teams = two_levels({"teams.allowClientTeamCreation": True}, {"teams": {"createPersonalTeamOnSignUp": True}}).teams
    assert (teams.allow_client_team_creation, teams.create_personal_team_on_sign_up) == (False, True)


def test_upper_dotted_key_adds_to_lower_object() -> None:
    teams = two_levels({"teams": {"allowClientTeamCreation": True}}, {"teams.createPersonalTeamOnSignUp": True}).teams
    assert (teams.allow_client_team_creation, teams.create_personal_team_on_sign_up) == (True, True)


def test_null_means_the_default_not_the_lower_level() -> None:
    config = two_levels({"teams.allowClientTeamCreation": True}, {"teams.allowClientTeamCreation": None})
    assert config.teams.allow_client_team_creation is False


@pytest.mark.parametrize(
    ("lower", "upper", "domains"),
    [
        (ENTRY_A, {"domains.trustedDomains.a": None}, {}),
        (ENTRY_A, {"domains.trustedDomains.a.handlerPath": "/x"}, {"a": ("https://a.com", "/x")}),
        (
            ENTRY_A,
            {"domains.trustedDomains": {"b": {"baseUrl": "https://b.com"}}},
            {"b": ("https://b.com", "/handler")},
        ),
        ({}, {"domains.trustedDomains.a.baseUrl": "https://a.com"}, {}),
        (
            {"domains.trustedDomains.a": {"baseUrl": "..", "handlerPath": "/zz"}},
            {"domains.trustedDomains.a.handlerPath": None},
            {"a": ("..", "/handler")},
        ),
        ({}, {"domains.trustedDomains": {"a": None, "b": {}}}, {"b": (None, "/handler")}),
    ],
)
def test_worked_examples_of_trusted_domains(
    lower: Override, upper: Override, domains: dict[str, tuple[str, str]]
) -> None:
    assert domains_of(two_levels(lower, upper)) == domains


def test_key_of_a_missing_entry_is_warned_about() -> None:
    warnings = find_warnings({}, {}, {"domains.trustedDomains.a.baseUrl": "https://a.com"})
    assert [warning for warning in warnings if "domains.trustedDomains.a.baseUrl" in warning]


def test_dropped_key_takes_effect_as_soon_as_its_entry_appears() -> None:
    upper: Override = {"domains.trustedDomains.a.handlerPath": "/x"}
    assert domains_of(two_levels({}, upper)) == {}
    assert domains_of(two_levels(ENTRY_A, upper)) == {"a": ("https://a.com", "/x")}


def test_keys_without_default_are_absent_from_the_json() -> None:
    payments = json_at({"payments.products.p": {}}, "payments")
    assert isinstance(payments, dict)
    assert "autoPay" not in payments
    assert json_at({"payments.products.p": {}}, "payments", "products", "p") == {
        "displayName": "p",
        "isAddOnTo": False,
        "customerType": "user",
        "serverOnly": False,
        "prices": {},
        "includedItems": {},
    }


def test_the_empty_config_has_exactly_the_top_level_keys_of_the_contract() -> None:
    expected = (
        "rbac apiKeys apps teams users onboarding domains auth emails payments dbSync dataVault analytics "
        "customDashboards sourceOfTruth project"
    )
    assert list(render_json({}, {}, {})) == expected.split()


def test_the_models_defaults_are_the_rendered_defaults() -> None:
    assert CompleteConfig() == render({}, {}, {})


def test_an_element_of_a_stored_interval_can_be_replaced() -> None:
    config = two_levels({"payments.autoPay": {"interval": [1, "day"]}}, {"payments.autoPay.interval.0": 7})
    assert config.payments.auto_pay is not None
    assert config.payments.auto_pay.interval == (7, "day")


def test_an_interval_without_parent_is_dropped() -> None:
    assert environment(payments__autoPay__interval=[1, "day"]).payments.auto_pay is None


def test_a_whole_float_is_the_same_number_as_an_integer() -> None:
    assert json.dumps(json_at({"emails.server.port": 25.0}, "emails", "server", "port")) == "25"


def test_source_of_truth_is_always_hosted() -> None:
    assert render({"sourceOfTruth": {"type": "neon"}}, {}, {}).source_of_truth.type == "hosted"


def test_providers_without_type_are_left_out() -> None:
    providers = environment(
        auth__oauth__providers={"google": {"type": "google"}, "odd": {"isShared": True}}
    ).auth.oauth.providers
    assert list(providers) == ["google"]


def test_a_provider_needs_its_entry_from_the_branch() -> None:
    upper: Override = {"auth.oauth.providers.google.clientId": "id"}
    config = two_levels({"auth.oauth.providers.google": {"type": "google"}}, upper)
    assert config.auth.oauth.providers["google"].client_id == "id"
    assert two_levels({}, upper).auth.oauth.providers == {}


def test_sign_up_rules_are_ordered_by_priority_then_id_and_keep_disabled_ones() -> None:
    rules: JsonValue = {
        "b": {"priority": 1},
        "a": {"priority": 1},
        "A": {"priority": 1},
        "z": {"priority": 5, "enabled": False},
    }
    assert list(environment(auth__signUpRules=rules).auth.sign_up_rules) == ["z", "a", "A", "b"]


def test_unknown_selected_theme_falls_back_to_light() -> None:
    assert environment(emails__selectedThemeId="nope").emails.selected_theme_id == DEFAULT_THEME_ID
    assert environment(emails__selectedThemeId=THEMES[1].id).emails.selected_theme_id == THEMES[1].id


def test_custom_theme_can_be_selected() -> None:
    config = environment(emails__selectedThemeId=CUSTOM_ID, emails__themes={CUSTOM_ID: {"displayName": "Own"}})
    assert config.emails.selected_theme_id == CUSTOM_ID
    assert [theme.display_name for theme in config.emails.themes.values()][-1] == "Own"


def test_template_edits_are_hidden_while_the_server_is_shared() -> None:
    edits: Override = {
        f"emails.templates.{CUSTOM_ID}": {"displayName": "Own"},
        f"emails.templates.{TEMPLATES[0].id}.displayName": "Edited",
    }
    shared = two_levels(edits, {}).emails.templates
    own = two_levels(edits, {"emails.server.isShared": False}).emails.templates
    assert [template.display_name for template in shared.values()] == [template.display_name for template in TEMPLATES]
    assert (own[TEMPLATES[0].id].display_name, own[CUSTOM_ID].display_name) == ("Edited", "Own")


@pytest.mark.parametrize("key", ["emails.themes.{id}", "emails.themes.{id}.displayName", "emails.themes"])
def test_null_resets_a_built_in_theme(key: str) -> None:
    theme = THEMES[0]
    edited: Override = {f"emails.themes.{theme.id}": {"displayName": "Edited"}}
    assert two_levels(edited, {}).emails.themes[theme.id].display_name == "Edited"
    reset = two_levels(edited, {key.format(id=theme.id): None}).emails.themes[theme.id]
    assert (reset.display_name, reset.tsx_source) == (theme.display_name, theme.source)


def test_edited_built_in_theme_keeps_its_other_values() -> None:
    theme = THEMES[0]
    assert (
        environment(emails__themes={theme.id: {"displayName": "x"}}).emails.themes[theme.id].tsx_source == theme.source
    )


def test_template_theme_may_be_false() -> None:
    keys: Override = {"emails.server.isShared": False, f"emails.templates.{TEMPLATES[0].id}.themeId": False}
    assert json_at(keys, "emails", "templates", TEMPLATES[0].id, "themeId") is False


def test_every_app_is_rendered_in_catalogue_order() -> None:
    installed = environment(apps__installed={"teams": {"enabled": True}, "rbac": None}).apps.installed
    assert list(installed) == [app.id for app in APPS]
    assert [app_id for app_id, app in installed.items() if app.enabled] == ["teams"]


def test_add_on_is_false_or_a_record_of_true() -> None:
    config = environment(payments__products={"a": {"isAddOnTo": {"b": True, "c": False}}, "b": {}})
    assert (config.payments.products["a"].is_add_on_to, config.payments.products["b"].is_add_on_to) == (
        {"b": True},
        False,
    )


def test_price_order_is_kept_and_server_only_defaults_to_false() -> None:
    prices: JsonValue = {"z": {"USD": "1"}, "a": {"USD": "2", "interval": [1, "month"]}}
    product = environment(payments__products={"p": {"prices": prices}}).payments.products["p"]
    assert [(key, price.usd, price.server_only) for key, price in product.prices.items()] == [
        ("z", "1", False),
        ("a", "2", False),
    ]


@SLOW_DRAWING
@given(JSON_OBJECTS, JSON_OBJECTS, JSON_OBJECTS)
def test_rendering_survives_any_json_objects(project: Override, branch: Override, upper: Override) -> None:
    config = render(project, branch, upper)
    text = json.dumps(render_json(project, branch, upper))
    assert config.model_dump(mode="json", by_alias=True, exclude_none=True) == json.loads(text)


@SLOW_DRAWING
@given(JSON_OBJECTS, JSON_OBJECTS, JSON_OBJECTS)
def test_warnings_survive_any_json_objects(project: Override, branch: Override, upper: Override) -> None:
    assert all(isinstance(warning, str) for warning in find_warnings(project, branch, upper))


@SLOW_DRAWING
@given(accepted_overrides(Level.BRANCH), accepted_overrides(Level.ENVIRONMENT))
def test_accepted_overrides_render_the_same_every_time_and_unchanged_through_json(
    branch: Override, upper: Override
) -> None:
    before = json.dumps([branch, upper])
    accepted = check_override(branch, Level.BRANCH), check_override(upper, Level.ENVIRONMENT)
    reloaded = json.loads(json.dumps(accepted))
    assert json.dumps(render_json({}, *accepted)) == json.dumps(render_json({}, *reloaded))
    assert json.dumps([branch, upper]) == before


@SLOW_DRAWING
@given(accepted_overrides(Level.ENVIRONMENT))
def test_the_rendered_config_is_itself_an_accepted_override_with_the_same_rendering(override: Override) -> None:
    rendered = render_json({}, {}, override)
    pushed = {key: value for key, value in rendered.items() if key not in {"sourceOfTruth", "project"}}
    assert render_json({}, {}, check_override(pushed, Level.ENVIRONMENT)) == rendered
