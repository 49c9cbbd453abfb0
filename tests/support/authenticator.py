"""An authenticator in software: makes ES256 passkeys and signs with them, behind a browser that shows a page."""

import hashlib
import json
import os
import struct
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from tests.support.tokens import b64u

USER_PRESENT, USER_VERIFIED, ATTESTED = 0x01, 0x04, 0x40
Json = dict[str, Any]


@dataclass
class Authenticator:
    """One device with at most one passkey; `origin` is the page that its browser shows."""

    origin: str = "https://app.example.com"
    rp_id: str = "app.example.com"
    counter: int = 0
    """Zero stays zero, as with synchronised passkeys; others count every use."""
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    credential_id: bytes = field(default_factory=lambda: os.urandom(32))
    user_handle: str | None = None

    def create(self, options: Json) -> Json:
        """The answer to `navigator.credentials.create()`."""
        self.user_handle = options["user"]["id"]
        attested = bytes(16) + struct.pack(">H", len(self.credential_id)) + self.credential_id + self._cose_key()
        data = self._authenticator_data(ATTESTED | USER_PRESENT | USER_VERIFIED) + attested
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        response = {
            "clientDataJSON": b64u(self._client_data("webauthn.create", options["challenge"])),
            "attestationObject": b64u(attestation),
            "transports": ["internal", "hybrid"],
        }
        return self._credential(response)

    def get(self, options: Json) -> Json:
        """The answer to `navigator.credentials.get()`."""
        if self.counter:
            self.counter += 1
        data = self._authenticator_data(USER_PRESENT)
        client_data = self._client_data("webauthn.get", options["challenge"])
        signed = data + hashlib.sha256(client_data).digest()
        response = {
            "clientDataJSON": b64u(client_data),
            "authenticatorData": b64u(data),
            "signature": b64u(self.key.sign(signed, ec.ECDSA(hashes.SHA256()))),
            "userHandle": self.user_handle,
        }
        return self._credential(response)

    def _credential(self, response: Json) -> Json:
        identifier = b64u(self.credential_id)
        return {
            "id": identifier,
            "rawId": identifier,
            "type": "public-key",
            "response": response,
            "clientExtensionResults": {},
            "authenticatorAttachment": "platform",
        }

    def _authenticator_data(self, flags: int) -> bytes:
        return hashlib.sha256(self.rp_id.encode()).digest() + struct.pack(">BI", flags, self.counter)

    def _client_data(self, kind: str, challenge: str) -> bytes:
        content = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return json.dumps(content).encode()

    def _cose_key(self) -> bytes:
        numbers = self.key.public_key().public_numbers()
        point = {-2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        return cbor2.dumps({1: 2, 3: -7, -1: 1, **point})
