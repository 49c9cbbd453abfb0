"""The flat views of the SDK, production mode, ordering, catalogue and built-ins."""

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import JsonValue

from hexclave_app.config.apps import APP_TAGS, APPS, APPS_BY_ID, AppStage
from hexclave_app.config.builtins import DEFAULT_THEME_ID, TEMPLATES, THEMES
from hexclave_app.config.legacy import admin_view, compare_key, new_project_defaults, public_view, to_override
from hexclave_app.config.overrides import Level, Override, merge
from hexclave_app.config.production import production_mode_errors
from hexclave_app.config.rendering import render
from hexclave_app.config.schema import CompleteConfig
from hexclave_app.config.validation import check_override

LEGACY_PATCH: dict[str, JsonValue] = {
    "allow_localhost": True,
    "sign_up_enabled": False,
    "credential_enabled": True,
    "magic_link_enabled": True,
    "passkey_enabled": True,
    "client_team_creation_enabled": True,
    "create_team_on_sign_up": True,
    "client_user_deletion_enabled": True,
    "allow_user_api_keys": True,
    "allow_team_api_keys": True,
    "oauth_account_merge_strategy": "raise_error",
    "email_theme": THEMES[1].id,
}


def environment(override: Override) -> CompleteConfig:
    return render({}, {}, check_override(override, Level.ENVIRONMENT))


def patched(patch: dict[str, JsonValue]) -> CompleteConfig:
    ids = (f"id-{number}" for number in itertools.count())
    return environment(merge(new_project_defaults(), to_override(patch, new_id=lambda: next(ids))))


def test_public_view_of_an_empty_config() -> None:
    assert public_view(render({}, {}, {})) == {
        "sign_up_enabled": True,
        "credential_enabled": False,
        "magic_link_enabled": False,
        "passkey_enabled": False,
        "client_team_creation_enabled": False,
        "client_user_deletion_enabled": False,
        "allow_localhost": False,
        "allow_user_api_keys": False,
        "allow_team_api_keys": False,
        "enabled_oauth_providers": [],
        "domains": [],
    }


def test_admin_view_of_a_new_project() -> None:
    config = environment(new_project_defaults())
    assert admin_view(config) == {
        **public_view(config),
        "create_team_on_sign_up": False,
        "oauth_account_merge_strategy": "link_method",
        "oauth_providers": [],
        "email_config": {"type": "shared"},
        "email_theme": DEFAULT_THEME_ID,
        "team_creator_default_permissions": [{"id": "team_admin"}],
        "team_member_default_permissions": [{"id": "team_member"}],
        "user_default_permissions": [],
    }
    assert (config.auth.password.allow_sign_in, config.domains.allow_localhost) == (True, True)
    assert [app_id for app_id, app in config.apps.installed.items() if app.enabled] == ["authentication", "emails"]


def test_written_fields_are_read_back() -> None:
    view = admin_view(patched(LEGACY_PATCH))
    assert {name: view[name] for name in LEGACY_PATCH} == LEGACY_PATCH


def test_the_email_verification_requirement_is_write_only() -> None:
    config = patched({"require_email_verification": True})
    assert config.onboarding.require_email_verification
    assert "require_email_verification" not in admin_view(config)


def test_domains_get_fresh_ids_and_are_sorted() -> None:
    domains: list[JsonValue] = [
        {"domain": "https://b.com", "handler_path": "/x"},
        {"domain": "https://A.com", "handler_path": "/y"},
        {"domain": "https://a.com", "handler_path": "/z"},
    ]
    config = patched({"domains": domains})
    assert list(config.domains.trusted_domains) == ["id-0", "id-1", "id-2"]
    assert public_view(config)["domains"] == [domains[2], domains[1], domains[0]]


def test_a_domain_without_base_url_is_not_shown() -> None:
    assert public_view(environment({"domains.trustedDomains.a": {}}))["domains"] == []


def test_providers_are_written_under_their_type_with_both_switches_on() -> None:
    standard: dict[str, JsonValue] = {
        "id": "apple",
        "type": "standard",
        "client_id": "id",
        "client_secret": "secret",
        "apple_bundle_ids": ["org.one", "org.two"],
    }
    config = patched({"oauth_providers": [{"id": "google", "type": "shared"}, standard]})
    google = config.auth.oauth.providers["google"]
    assert (google.is_shared, google.allow_sign_in, google.allow_connected_accounts) == (True, True, True)
    assert admin_view(config)["oauth_providers"] == [
        {"provider_config_id": "apple", **standard},
        {"provider_config_id": "google", "id": "google", "type": "shared"},
    ]
    assert public_view(config)["enabled_oauth_providers"] == [{"id": "apple"}, {"id": "google"}]


def test_providers_without_sign_in_are_hidden() -> None:
    config = environment({"auth.oauth.providers.google": {"type": "google", "allowSignIn": False}})
    assert admin_view(config)["oauth_providers"] == []


def test_an_incomplete_standard_provider_is_shown_partially() -> None:
    config = environment({"auth.oauth.providers.mine": {"type": "x", "allowSignIn": True, "isShared": False}})
    assert admin_view(config)["oauth_providers"] == [{"provider_config_id": "mine", "id": "x", "type": "standard"}]


def test_a_standard_mail_server_is_read_back_and_replaces_a_managed_one() -> None:
    server: JsonValue = {
        "type": "standard",
        "host": "mail.example",
        "port": 587,
        "username": "u",
        "password": "p",
        "sender_name": "N",
        "sender_email": "n@example.org",
    }
    config = patched({"email_config": server})
    assert admin_view(config)["email_config"] == server
    assert config.emails.server.provider == "smtp"
    managed: Override = {"emails.server": {"isShared": False, "provider": "managed", "managedSubdomain": "x"}}
    replaced = merge(managed, to_override({"email_config": server}, new_id=str))
    assert environment(replaced).emails.server.managed_subdomain is None


def test_a_managed_mail_server_is_shown_with_its_smtp_values() -> None:
    managed: JsonValue = {
        "isShared": False,
        "provider": "managed",
        "password": "key",
        "managedSubdomain": "mail.example.org",
        "managedSenderLocalPart": "hello",
        "senderName": "Hello",
    }
    assert admin_view(environment({"emails.server": managed}))["email_config"] == {
        "type": "standard",
        "host": "smtp.resend.com",
        "port": 465,
        "username": "resend",
        "password": "key",
        "sender_name": "Hello",
        "sender_email": "hello@mail.example.org",
    }


def test_an_incomplete_mail_server_is_shown_partially() -> None:
    config = environment({"emails.server": {"isShared": False, "host": "h"}})
    assert admin_view(config)["email_config"] == {"type": "standard", "host": "h"}


def test_default_permissions_hide_dangling_false_and_wrongly_scoped_ids() -> None:
    config = environment(
        {
            "rbac.permissions": {"b": {"scope": "team"}, "p": {"scope": "project"}, "none": {}},
            "rbac.defaultPermissions.teamCreator": {
                "b": True,
                "$update_team": True,
                "p": True,
                "none": True,
                "gone": True,
                "$gone": True,
            },
            "rbac.defaultPermissions.teamMember": {"b": False},
            "rbac.defaultPermissions.signUp": {"p": True, "b": True, "$update_team": True},
        }
    )
    view = admin_view(config)
    assert view["team_creator_default_permissions"] == [{"id": "$update_team"}, {"id": "b"}]
    assert view["team_member_default_permissions"] == []
    assert view["user_default_permissions"] == [{"id": "p"}]


def test_permission_lists_replace_the_whole_record() -> None:
    patch: dict[str, JsonValue] = {"team_creator_default_permissions": [{"id": "team_member"}]}
    assert admin_view(patched(patch))["team_creator_default_permissions"] == [{"id": "team_member"}]


def test_an_unknown_field_is_not_silently_lost() -> None:
    with pytest.raises(KeyError):
        to_override({"enabled_oauth_providers": []}, new_id=str)


def test_strings_are_ordered_upper_cased_with_lower_case_first() -> None:
    assert sorted(["b", "A", "a", "_", "B", "aa", "Z"], key=compare_key) == ["a", "A", "aa", "b", "B", "Z", "_"]


@given(st.text(), st.text())
def test_the_order_of_strings_is_total(left: str, right: str) -> None:
    assert (compare_key(left) == compare_key(right)) == (left == right)


@pytest.mark.parametrize(
    ("base_url", "message"),
    [
        ("not a url", "not a valid URL"),
        ("http://localhost:3000", "own machine"),
        ("https://127.0.0.1", "own machine"),
        ("https://10.0.0.1", "bare IP address"),
        ("http://example.com", "does not use https"),
        ("http://*.example.com", "does not use https"),
        ("myapp://cb", "does not use https"),
    ],
)
def test_each_questionable_domain_is_one_production_mode_error(base_url: str, message: str) -> None:
    config = environment({"domains.trustedDomains": {"a": {"baseUrl": base_url}, "b": {}}})
    (error,) = production_mode_errors(config, "p1")
    assert message in error.message
    assert error.relative_fix_url == "/projects/p1/domains"


def test_good_domains_and_no_domains_are_ready_for_production() -> None:
    domains: JsonValue = {"a": {"baseUrl": "https://example.com"}, "b": {"baseUrl": "https://**.example.com"}}
    assert production_mode_errors(render({}, {}, {}), "p1") == []
    assert production_mode_errors(environment({"domains.trustedDomains": domains}), "p1") == []


def test_allowed_localhost_is_always_an_error() -> None:
    assert len(production_mode_errors(environment({"domains.allowLocalhost": True}), "p1")) == 1


def test_the_catalogue_has_the_apps_of_the_contract_in_order() -> None:
    expected = (
        "authentication fraud-protection onboarding teams rbac api-keys payments emails support email-api data-vault "
        "webhooks tv-mode launch-checklist catalyst neon convex vercel tanstack-start analytics session-replays"
    )
    assert [app.id for app in APPS] == expected.split()


def test_every_app_is_described_with_known_tags() -> None:
    assert all(app.display_name and app.subtitle and set(app.tags) <= APP_TAGS.keys() for app in APPS)
    assert {app.id for app in APPS if app.stage is AppStage.BETA} == {"payments", "data-vault"}


def test_a_sub_app_follows_the_switch_of_its_parent() -> None:
    assert APPS_BY_ID["fraud-protection"].switch_id == "authentication"
    assert APPS_BY_ID["teams"].switch_id == "teams"


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.kind)
def test_a_built_in_template_declares_what_it_uses(template: object) -> None:
    source = template.source  # type: ignore[attr-defined]  # one of several kinds of entry
    declared = set(re.findall(r"^variable: (\w+) ", source, re.MULTILINE))
    assert declared == set(re.findall(r"variables\.(\w+)", source))
    assert re.search(r"^subject: \S", source, re.MULTILINE)
    assert "\ncategory: Transactional\n" in source


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.display_name)
def test_a_built_in_theme_wraps_the_body_and_offers_to_unsubscribe(theme: object) -> None:
    source = theme.source  # type: ignore[attr-defined]  # one of several kinds of entry
    assert source.count("{{ children }}") == 1
    assert '<a href="{{ unsubscribeLink }}"' in source
