"""Merging, resetting and migrating overrides."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import JsonValue

from hexclave_app.config.overrides import Level, Override, merge, migrate, reset_keys
from tests.support.config_strategies import JSON_OBJECTS, NESTED_KEYS, SMALL_OVERRIDES


def test_later_object_replaces_the_whole_subtree() -> None:
    assert merge({"a.b": 1, "a.c.d": 2, "ab": 3}, {"a": {"x": 1}}) == {"ab": 3, "a": {"x": 1}}


def test_parent_object_survives_next_to_a_deeper_key() -> None:
    assert merge({"a": {"b": 1}}, {"a.c": 2}) == {"a": {"b": 1}, "a.c": 2}


def test_keys_of_the_patch_follow_the_kept_ones() -> None:
    assert list(merge({"a": 1, "b": 2}, {"a": 3})) == ["b", "a"]


@given(SMALL_OVERRIDES, SMALL_OVERRIDES, SMALL_OVERRIDES)
def test_merge_is_associative_for_all_overrides_including_key_order(a: Override, b: Override, c: Override) -> None:
    # a key of `a` goes if a key of `b` or `c` covers it; what `c` removes from `b` covers no more than `c` itself does
    left, right = merge(merge(a, b), c), merge(a, merge(b, c))
    assert json.dumps(left) == json.dumps(right)


@given(SMALL_OVERRIDES)
def test_the_empty_override_is_neutral(a: Override) -> None:
    assert merge(a, {}) == merge({}, a) == a


@given(SMALL_OVERRIDES, SMALL_OVERRIDES)
def test_applying_a_patch_twice_changes_nothing_more(a: Override, patch: Override) -> None:
    once = merge(a, patch)
    assert json.dumps(merge(once, patch)) == json.dumps(once)


@given(SMALL_OVERRIDES, SMALL_OVERRIDES)
def test_every_key_of_the_patch_is_stored_unchanged(a: Override, patch: Override) -> None:
    assert patch.items() <= merge(a, patch).items()


@given(SMALL_OVERRIDES, SMALL_OVERRIDES)
def test_resetting_patched_keys_forgets_the_patch(a: Override, patch: Override) -> None:
    assert reset_keys(merge(a, patch), patch) == reset_keys(a, patch)


@given(SMALL_OVERRIDES, st.lists(NESTED_KEYS))
def test_resetting_twice_changes_nothing_more(a: Override, keys: list[str]) -> None:
    once = reset_keys(a, keys)
    assert reset_keys(once, keys) == once


@pytest.mark.parametrize(
    ("stored", "keys", "left"),
    [
        ({"a.b": 1, "a.b.c": 2, "a.bc": 3}, ["a.b"], {"a.bc": 3}),
        ({"a": {"b": 1, "c": 2}}, ["a.b"], {"a": {"c": 2}}),
        ({"a": {"b": {"c": 1}}, "d": 1}, ["a.b.c"], {"d": 1}),
        ({"a.b": {"c": {"d": 1, "e": 2}}}, ["a.b.c.d"], {"a.b": {"c": {"e": 2}}}),
        ({"a": {}}, ["a.b"], {"a": {}}),
        ({"a": [1, 2], "b": 5}, ["a.0", "b.c"], {"a": [1, 2], "b": 5}),
        ({"a": {"b": 1}}, ["x", "a.y", ""], {"a": {"b": 1}}),
        ({"a": {"b": 1}, "a.b": 2}, ["a"], {}),
    ],
)
def test_reset_reaches_flat_keys_and_stored_objects(stored: Override, keys: list[str], left: Override) -> None:
    assert reset_keys(stored, keys) == left


def test_reset_does_not_touch_its_input() -> None:
    stored: Override = {"a": {"b": {"c": 1, "d": 2}}}
    reset_keys(stored, ["a.b.c"])
    assert stored == {"a": {"b": {"c": 1, "d": 2}}}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"emails.theme": "t"}, {"emails.selectedThemeId": "t"}),
        ({"emails": {"theme": "t", "server": {}}}, {"emails": {"selectedThemeId": "t", "server": {}}}),
        ({"emails.theme": "old", "emails.selectedThemeId": "new"}, {"emails.selectedThemeId": "new"}),
        ({"emails.selectedThemeId": "new", "emails.theme": "old"}, {"emails.selectedThemeId": "new"}),
        ({"emails": {"selectedThemeId": "new", "theme": "old"}}, {"emails": {"selectedThemeId": "new"}}),
        ({"domains.trustedDomains": [{"baseUrl": "u"}]}, {"domains.trustedDomains": {"0": {"baseUrl": "u"}}}),
        ({"domains": {"trustedDomains": [1, 2]}}, {"domains": {"trustedDomains": {"0": 1, "1": 2}}}),
        ({"emails.themeList": {}, "emails.templateList.x": 1, "emails": {"themeList": 1}}, {"emails": {}}),
        ({"workflows": {}, "workflows.availableWorkflows": 1}, {}),
        ({"payments.stripeAccountId": "x", "payments": {"stripeAccountSetupComplete": True}}, {"payments": {}}),
        (
            {"payments.items": {"i": {"default": 1, "displayName": "I"}}},
            {"payments.items": {"i": {"displayName": "I"}}},
        ),
        ({"payments.items.i.default.quantity": 1}, {}),
        ({"payments.offers.o": {"groupId": "g"}}, {"payments.products.o": {"productLineId": "g"}}),
        ({"payments.offers.o.catalogId": "g"}, {"payments.products.o.productLineId": "g"}),
        ({"payments.products.p.prices": "include-by-default"}, {"payments.products.p.prices": {}}),
        (
            {"payments": {"products": {"p": {"prices": "include-by-default"}}}},
            {"payments": {"products": {"p": {"prices": {}}}}},
        ),
        ({"sourceOfTruth": {"type": "neon"}, "sourceOfTruth.type": "x"}, {"sourceOfTruth.type": "x"}),
    ],
)
def test_outdated_keys_are_rewritten(old: Override, new: Override) -> None:
    assert migrate(old, Level.ENVIRONMENT) == new


def test_groups_become_product_lines_with_the_customer_type_of_their_products() -> None:
    old: Override = {
        "payments.groups": {"plans": {"displayName": "Plans"}, "unused": {}},
        "payments.products.pro": {"groupId": "plans", "customerType": "team"},
    }
    assert migrate(old, Level.BRANCH)["payments.productLines"] == {
        "plans": {"displayName": "Plans", "customerType": "team"}
    }


def test_a_nested_catalog_becomes_a_product_line() -> None:
    products: JsonValue = {"pro": {"catalogId": "plans", "customerType": "user"}}
    old: Override = {"payments": {"catalogs": {"plans": {}, "empty": {}}, "products": products}}
    assert migrate(old, Level.BRANCH) == {
        "payments": {
            "productLines": {"plans": {"customerType": "user"}},
            "products": {"pro": {"productLineId": "plans", "customerType": "user"}},
        }
    }


def test_product_lines_without_products_stay() -> None:
    override: Override = {"payments.productLines.plans": {"customerType": "user"}}
    assert migrate(override, Level.BRANCH) == override


def test_legacy_source_of_truth_is_dropped_at_project_level() -> None:
    old: Override = {
        "sourceOfTruth.type": "neon",
        "sourceOfTruth.connectionStrings.main": "postgres://",
        "project.requirePublishableClientKey": True,
    }
    assert migrate(old, Level.PROJECT) == {"project.requirePublishableClientKey": True}


@given(JSON_OBJECTS, st.sampled_from(Level))
def test_migrating_any_object_twice_changes_nothing_more(override: Override, level: Level) -> None:
    once = migrate(override, level)
    assert migrate(once, level) == once
