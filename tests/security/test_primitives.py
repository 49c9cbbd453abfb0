"""Passwords, sealed values, random ids and token keys: the small things that everything trusts."""

import re
import uuid

import bcrypt
import pytest
from cryptography.exceptions import InvalidTag

from hexclave_app.errors import AccessTokenExpired, PasswordTooLong, PasswordTooShort, StatusError
from hexclave_app.security.passwords import (
    check_imported_hash,
    check_new_password,
    hash_password,
    utf16_length,
    verify_password,
)
from hexclave_app.security.random_ids import CROCKFORD, new_id, random_token, request_id
from hexclave_app.security.sealing import Sealer
from hexclave_app.security.tokens import TokenAuthority, UnparsableToken, UserKind
from tests.support.tokens import claims_of, decoded_part

KEY, OTHER_KEY = "11" * 32, "22" * 32
KID = "95cIGi5tb4M4"  # of audience `internal` and secret `c2VjcmV0`
ORIGIN = "https://auth.example.com"


def authority(secret: str = "secret", origin: str = ORIGIN) -> TokenAuthority:
    return TokenAuthority(server_secret=secret, origin=origin, lifetime_s=600)


def test_a_password_is_stored_as_argon2id_with_its_own_salt() -> None:
    first, second = hash_password("correct horse"), hash_password("correct horse")
    assert first.startswith("$argon2id$")
    assert first != second
    assert verify_password("correct horse", first) == verify_password("correct horse", second) == (True, None)
    assert verify_password("Correct horse", first) == (False, None)


@pytest.mark.parametrize("prefix", [b"2a", b"2b"])
def test_an_imported_bcrypt_hash_works_once_and_is_then_renewed(prefix: bytes) -> None:
    imported = bcrypt.hashpw(b"correct horse", bcrypt.gensalt(4, prefix)).decode()
    check_imported_hash(imported)
    is_right, fresh = verify_password("correct horse", imported)
    assert is_right
    assert fresh is not None
    assert verify_password("correct horse", fresh) == (True, None)
    assert verify_password("wrong", imported) == (False, None)


def test_a_long_password_matches_its_bcrypt_hash_as_it_always_did() -> None:
    long = "ä" * 40  # 80 bytes, of which bcrypt sees 72
    imported = bcrypt.hashpw(long.encode()[:72], bcrypt.gensalt(4)).decode()
    assert verify_password(long, imported)[0]


@pytest.mark.parametrize("last_of_salt", ["u", "v", "9"])
def test_a_bcrypt_hash_with_meaningless_bits_in_its_salt_is_compared_like_any_other(last_of_salt: str) -> None:
    """The import accepts such hashes, so a sign-in must not break on them."""
    canonical = bcrypt.hashpw(b"correct horse", b"$2b$04$" + b"." * 21 + b"u").decode()
    imported = canonical[:28] + last_of_salt + canonical[29:]
    check_imported_hash(imported)
    assert verify_password("correct horse", imported)[0]
    assert verify_password("battery staple", imported) == (False, None)
    assert verify_password("correct horse", "$2y$04$" + "a" * 53) == (False, None)


@pytest.mark.parametrize("encoded", [None, "", "plain", "$1$x", "$argon2id$broken", "$2b$04$short"])
def test_without_a_usable_hash_no_password_is_right(encoded: str | None) -> None:
    assert verify_password("anything", encoded) == (False, None)


@pytest.mark.parametrize(
    "encoded",
    ["", "plain", "$argon2id$v=19$x", "$2b$10$short", "$2x$10$" + "a" * 53, "$2b$17$" + "a" * 53, "$2b$03$" + "a" * 53,
     "$2b$10$" + "a" * 53 + "\n", "$2b$10$" + "!" * 53],
)  # fmt: skip
def test_other_hashes_are_not_imported(encoded: str) -> None:
    with pytest.raises(StatusError):
        check_imported_hash(encoded)


def test_lengths_of_passwords_count_as_browsers_count() -> None:
    assert [utf16_length(text) for text in ("", "a", "ä", "😀", "\ud800")] == [0, 1, 1, 2, 1]
    check_new_password("😀" * 4)
    check_new_password("😀" * 35)
    with pytest.raises(PasswordTooShort):
        check_new_password("ä" * 7)
    with pytest.raises(PasswordTooLong):
        check_new_password("😀" * 35 + "a")


def test_a_sealed_value_opens_only_where_it_belongs() -> None:
    sealer = Sealer(KEY, purpose="totp")
    sealed = sealer.seal(b"secret", context="row 1")
    assert b"secret" not in sealed
    assert sealed != sealer.seal(b"secret", context="row 1")
    assert sealer.open(sealed, context="row 1") == b"secret"
    for other in (Sealer(OTHER_KEY, purpose="totp"), Sealer(KEY, purpose="mail")):
        with pytest.raises(InvalidTag):
            other.open(sealed, context="row 1")
    with pytest.raises(InvalidTag):
        sealer.open(sealed, context="row 2")


@pytest.mark.parametrize("position", [1, 12, 13, -1])
def test_a_changed_sealed_value_does_not_open(position: int) -> None:
    sealer = Sealer(KEY, purpose="totp")
    sealed = bytearray(sealer.seal(b"secret", context="x"))
    sealed[position] ^= 1
    with pytest.raises(InvalidTag):
        sealer.open(bytes(sealed), context="x")


def test_an_unknown_sealing_format_is_named() -> None:
    with pytest.raises(ValueError, match="unknown format"):
        Sealer(KEY, purpose="totp").open(b"\x02" + b"x" * 40, context="x")


def test_random_texts_have_the_formats_of_the_contract() -> None:
    assert re.fullmatch(f"pck_[{CROCKFORD}]{{45}}", random_token("pck_"))
    assert re.fullmatch(f"[{CROCKFORD}]{{16}}", request_id())
    assert len({random_token() for _ in range(1000)}) == 1000
    assert new_id().version == 4
    assert set("".join(random_token() for _ in range(200))) == set(CROCKFORD)


def test_keys_are_the_same_in_every_process_with_the_secret_and_in_no_other() -> None:
    kinds = list(UserKind)
    assert authority().public_keys("p", kinds) == authority().public_keys("p", kinds)
    kids = [
        key["kid"]
        for one in (authority(), authority("other"))
        for project in ("p", "q")
        for key in one.public_keys(project, kinds)
    ]
    assert len(set(kids)) == len(kids) == 12


def test_keys_follow_the_published_derivation() -> None:
    """Computed from the formulas of contract 01, section 9.3, so that an installation can be taken over."""
    (key,) = authority("c2VjcmV0").public_keys("internal", [UserKind.NORMAL])
    assert key["kid"] == KID
    token = authority("c2VjcmV0").sign("internal", UserKind.NORMAL, {}, now_s=0)
    assert decoded_part(token, 0) == {"alg": "ES256", "kid": KID, "typ": "JWT"}


def test_a_token_is_valid_until_exactly_its_expiry() -> None:
    tokens, user_id = authority(), uuid.uuid4()
    token = tokens.sign("p", UserKind.NORMAL, claims_of(UserKind.NORMAL, "p", user_id), now_s=1000)
    for fresh in (tokens, authority()):
        assert fresh.verify(token, now_s=1599.9).user_id == str(user_id)
        with pytest.raises(AccessTokenExpired) as raised:
            fresh.verify(token, now_s=1600)
        assert raised.value.details["expired_at_millis"] == 1_600_000


@pytest.mark.parametrize("kind", list(UserKind))
def test_a_kind_that_is_not_wanted_is_unparsable_even_when_seen_before(kind: UserKind) -> None:
    tokens = authority()
    token = tokens.sign("p", kind, claims_of(kind, "p", uuid.uuid4()), now_s=1000)
    assert tokens.verify(token, now_s=1001).kind is kind
    for other in set(UserKind) - {kind}:
        with pytest.raises(UnparsableToken):
            tokens.verify(token, kinds=(other,), now_s=1001)


def test_a_changed_public_address_ends_the_validity_of_tokens() -> None:
    token = authority().sign("p", UserKind.NORMAL, claims_of(UserKind.NORMAL, "p", uuid.uuid4()), now_s=1000)
    with pytest.raises(UnparsableToken):
        authority(origin="https://other.example.com").verify(token, now_s=1001)
