"""Sealing: authenticated encryption of values that must be readable again (AES-256-GCM, NIST SP 800-38D)."""

import os

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_VERSION = b"\x01"
_NONCE_BYTES = 12


def derive_key(master_key_hex: str, *, use: str) -> bytes:
    """A 256-bit key for one use (HKDF, RFC 5869)."""
    return HKDF(SHA256(), 32, salt=None, info=f"hexclave-{use}".encode()).derive(bytes.fromhex(master_key_hex))


class Sealer:
    """Seals and opens byte strings for one purpose; a value sealed for another purpose or context does not open."""

    def __init__(self, master_key_hex: str, *, purpose: str) -> None:
        self._cipher = AESGCM(derive_key(master_key_hex, use=f"seal:{purpose}"))

    def seal(self, plain: bytes, *, context: str) -> bytes:
        """Encrypt; `context` (for example the row's id) must be given again to open."""
        nonce = os.urandom(_NONCE_BYTES)
        return _VERSION + nonce + self._cipher.encrypt(nonce, plain, context.encode())

    def open(self, sealed: bytes, *, context: str) -> bytes:
        """Decrypt; raises cryptography's InvalidTag when the value was changed or belongs elsewhere."""
        if sealed[:1] != _VERSION:
            raise ValueError("sealed with an unknown format")
        nonce = sealed[1 : 1 + _NONCE_BYTES]
        return self._cipher.decrypt(nonce, sealed[1 + _NONCE_BYTES :], context.encode())
