"""Passwords: policy and hashes (argon2id; bcrypt accepted for imported users)."""

import re

from pwdlib import PasswordHash
from pwdlib.exceptions import UnknownHashError
from pwdlib.hashers.argon2 import Argon2Hasher
from pwdlib.hashers.bcrypt import BcryptHasher

from hexclave_app.errors import PasswordRequirementsNotMet, PasswordTooLong, PasswordTooShort, StatusError
from hexclave_app.security.common_passwords import is_common

MIN_LENGTH = 8  # UTF-16 code units, as the SDK counts
MAX_LENGTH = 70
_MAX_BCRYPT_COST = 16  # more would let one sign-in occupy a core for minutes
_BCRYPT = re.compile(r"^\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53}\Z")
_BCRYPT_ALPHABET = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
_LAST_OF_SALT = 28

_ARGON2 = re.compile(
    r"^\$argon2(?:id|i|d)\$v=19\$m=([1-9]\d{0,6}),t=([1-9]\d?),p=([1-9]\d?)"
    r"\$[A-Za-z0-9+/]{11,86}\$[A-Za-z0-9+/]{16,172}\Z"
)
_MAX_ARGON2 = (262_144, 16, 16)  # KiB of memory, passes, lanes

# RFC 9106, section 4, second recommended option is 3 passes over 64 MiB; OWASP's equal-strength point of
# 19 MiB and 2 passes keeps a burst of sign-ins within the memory of a small machine.
_HASHER = PasswordHash((Argon2Hasher(time_cost=2, memory_cost=19_456, parallelism=1), BcryptHasher()))
_DUMMY_HASH = _HASHER.hash("a password that nobody has")


def utf16_length(text: str) -> int:
    """Length in UTF-16 code units: astral characters count 2 (contract 01, section 13.1)."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def check_new_password(password: str) -> None:
    """Raise the known error of a password that is too short or too long."""
    length = utf16_length(password)
    if length < MIN_LENGTH:
        raise PasswordTooShort(min_length=MIN_LENGTH)
    if length > MAX_LENGTH:
        raise PasswordTooLong(max_length=MAX_LENGTH)


def check_chosen_password(password: str, *, refuses_common: bool, email: str | None = None) -> None:
    """Raise the known error of a password that a person may not choose: by length, or because it is tried first."""
    check_new_password(password)
    if not refuses_common:
        return
    if is_common(password):
        raise PasswordRequirementsNotMet(
            message="This password is too common: it is among the first that others would try. Please choose another."
        )
    text = password.casefold()
    address = (email or "").strip().casefold()
    if address and text in (address, address.partition("@")[0]):
        raise PasswordRequirementsNotMet(message="The password must not be your e-mail address. Please choose another.")


def check_imported_hash(encoded: str) -> None:
    """Accept bcrypt (contract 04, section 1.1.2) and, beyond the contract, argon2 hashes, both of bounded cost."""
    bcrypt = _BCRYPT.match(encoded)
    if bcrypt is not None and 4 <= int(bcrypt[1]) <= _MAX_BCRYPT_COST:
        return
    argon2 = _ARGON2.match(encoded)
    if argon2 is not None and all(int(cost) <= most for cost, most in zip(argon2.groups(), _MAX_ARGON2, strict=True)):
        return
    raise StatusError(
        400,
        "The password hash is neither a bcrypt hash in modular crypt format with a cost of at most 16 nor an argon2"
        " hash in PHC format with at most 256 MiB, 16 passes and 16 lanes.",
    )


def hash_password(password: str) -> str:
    """Argon2id hash in PHC format; takes tens of milliseconds, so never on the event loop."""
    return _HASHER.hash(password.encode("utf-8", "surrogatepass"))


def verify_password(password: str, encoded: str | None) -> tuple[bool, str | None]:
    """Whether the password fits, and a fresh hash to store when the old one is of a weaker kind.

    Without a hash a dummy is verified, so that unknown and known accounts take the same time.
    """
    candidate = password.encode("utf-8", "surrogatepass")
    if encoded is None:
        _HASHER.verify(candidate, _DUMMY_HASH)
        return False, None
    if encoded.startswith("$2"):
        candidate = candidate[:72]  # bcrypt itself never saw more; newer libraries refuse instead of cutting
        encoded = _with_canonical_salt(encoded)
    try:
        is_right, fresh = _HASHER.verify_and_update(candidate, encoded)
    except UnknownHashError:
        return False, None
    return is_right, hash_password(password) if is_right and fresh is not None else None


def _with_canonical_salt(encoded: str) -> str:
    """A bcrypt hash without the bits of its salt's last character that mean nothing, which the library refuses."""
    if _BCRYPT.match(encoded) is None:
        return encoded
    last = _BCRYPT_ALPHABET.index(encoded[_LAST_OF_SALT]) & 0b110000
    return encoded[:_LAST_OF_SALT] + _BCRYPT_ALPHABET[last] + encoded[_LAST_OF_SALT + 1 :]
