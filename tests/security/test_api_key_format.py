"""The format of API keys, against the contract's vectors (contract 04, section 6.1)."""

import re
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexclave_app.security.api_keys import KeyOwner, ParsedKey, generate, parse

SECRET = "sk_kn5tbkzxxqn10x1mewjm223w0s9xwd1zt76chjqhkpbeg0123456789ab4cde8f0123456789abcduser1574ck4u7he1c9a543"
PUBLIC = "pk_qjf700d8kvn14a525j0f7xqe130drtm2scx7ww3vh0y5r0123456789ab4cde8f0123456789abcdteam3574ck4u7h278b2028"
ID = uuid.UUID("01234567-89ab-4cde-8f01-23456789abcd")
SCANNER = re.compile(r"(sk|pk)_[0-9a-hjkmnp-tv-z]{45}[0-9a-f]{32}(user|team)[0-3]574ck4u7h[0-9a-f]{8}")


def test_the_vectors_of_the_contract_are_understood() -> None:
    assert parse(SECRET) == ParsedKey(ID, KeyOwner.USER, is_public=False, is_cloud=False)
    assert parse(PUBLIC) == ParsedKey(ID, KeyOwner.TEAM, is_public=True, is_cloud=False)


@given(st.uuids(version=4), st.sampled_from(list(KeyOwner)), st.booleans())
def test_generated_keys_are_found_by_scanners_and_describe_themselves(
    key_id: uuid.UUID, owner: KeyOwner, is_public: bool
) -> None:
    key = generate(key_id=key_id, owner=owner, is_public=is_public)
    assert len(key) == 102
    assert SCANNER.fullmatch(key)
    assert key[80:85] == owner.value + ("3" if is_public else "1")
    assert parse(key) == ParsedKey(key_id, owner, is_public, is_cloud=False)


def test_two_keys_of_the_same_id_differ() -> None:
    made = {generate(key_id=ID, owner=KeyOwner.USER, is_public=False)[3:48] for _ in range(20)}
    assert len(made) == 20


@given(st.integers(0, 101), st.sampled_from("0123456789abcdefghjkmnpqrstvwxyzABC_\ud800é"))
def test_a_changed_character_is_noticed(position: int, character: str) -> None:
    changed = SECRET[:position] + character + SECRET[position + 1 :]
    assert changed == SECRET or parse(changed) is None


@pytest.mark.parametrize("text", ["", "x", SECRET[:-1], SECRET + "\n", " " + SECRET, SECRET.upper()])
def test_anything_else_is_no_key(text: str) -> None:
    assert parse(text) is None
