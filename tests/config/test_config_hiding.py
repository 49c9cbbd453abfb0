"""Secrets within overrides: hidden, and put back where they were."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import JsonValue

from hexclave_app.config.hiding import CHANGED, HIDDEN, NoSecretToKeep, hidden, is_secret, kept, leaves

KEYS = st.sampled_from(["auth", "password", "clientSecret", "clientId", "host", "apiKey", "enabled"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(["a", "b", "s3cret", "(hidde)"]),
    lambda inner: st.dictionaries(KEYS, inner, max_size=4) | st.lists(st.integers(), max_size=2),
    max_leaves=12,
)
OVERRIDES = st.dictionaries(st.lists(KEYS, min_size=1, max_size=3).map(".".join), VALUES, max_size=5)


@given(OVERRIDES)
@example({"auth": {"password": "a"}, "auth.password": "b"})
def test_what_is_hidden_and_not_edited_comes_back_whole(override: dict[str, JsonValue]) -> None:
    assert kept(hidden(override), override) == override


@given(OVERRIDES)
def test_no_secret_is_shown_and_everything_else_is(override: dict[str, JsonValue]) -> None:
    shown, stored = list(leaves(hidden(override))), list(leaves(override))
    assert [path for path, _ in shown] == [path for path, _ in stored]
    for (path, visible), (_, value) in zip(shown, stored, strict=True):
        assert visible == (HIDDEN if is_secret(path, value) else value)


def test_switches_with_the_name_of_a_secret_are_none() -> None:
    config: dict[str, JsonValue] = {"auth": {"password": {"allowSignIn": True}}, "apiKeys.enabled.user": False}
    assert hidden(config) == config
    assert hidden({"project.requirePublishableClientKey": True, "x.password": False, "x.token": None}) == {
        "project.requirePublishableClientKey": True,
        "x.password": False,
        "x.token": None,
    }


def test_a_secret_stays_when_its_object_is_written_in_another_form() -> None:
    stored: dict[str, JsonValue] = {"emails.server": {"host": "a", "password": "s3cret"}}
    edited: dict[str, JsonValue] = {"emails.server": {"host": "b"}, "emails.server.password": HIDDEN}
    assert kept(edited, stored) == {"emails.server": {"host": "b"}, "emails.server.password": "s3cret"}


@pytest.mark.parametrize("path", ["emails.other.password", "password", "emails.server.clientSecret"])
def test_a_secret_stays_at_its_place_only(path: str) -> None:
    with pytest.raises(NoSecretToKeep) as problem:
        kept({path: HIDDEN}, {"emails.server.password": "s3cret"})
    assert problem.value.path == path


def test_new_secrets_say_that_they_are_new() -> None:
    assert hidden({"a.password": "new", "b.password": HIDDEN}, edited=True) == {
        "a.password": CHANGED,
        "b.password": HIDDEN,
    }
