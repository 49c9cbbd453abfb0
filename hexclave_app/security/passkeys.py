"""WebAuthn ceremonies: what a browser's answer proves. The library does the work; this module bounds and tames it.

The library is imported at the first ceremony: it takes 16 MB that an installation without passkeys does not need.
"""

import base64
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from cryptography.exceptions import UnsupportedAlgorithm

from hexclave_app.config.urls import parse_origin

T = TypeVar("T")
Answer = Mapping[str, Any]
"""A credential as `PublicKeyCredential.toJSON` writes it, unchecked."""

CHALLENGE_BYTES: Final = 32
_CREDENTIAL_ID = re.compile(r"[A-Za-z0-9_-]{1,1364}")  # at most 1023 bytes (WebAuthn Level 3, section 4)
_TRANSPORTS: Final = frozenset({"usb", "nfc", "ble", "smart-card", "hybrid", "internal", "cable"})
# What the parsers beneath the library raise when an answer is not even well-formed.
_MALFORMED = (
    UnsupportedAlgorithm,
    ValueError,
    TypeError,
    AttributeError,
    LookupError,
    ArithmeticError,
    RecursionError,
)


class CeremonyFailed(Exception):
    """The answer proves nothing; the message may be shown."""


@dataclass(frozen=True, slots=True)
class Credential:
    """What is kept of a passkey."""

    credential_id: str
    public_key: bytes
    rp_id: str
    sign_count: int
    transports: tuple[str, ...] = ()
    device_type: str = ""


def encode(data: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decode(text: str) -> bytes:
    """The bytes of base64url text, with or without padding."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def origin_of(answer: Answer) -> str:
    """The origin of the page that asked the authenticator, as the browser wrote it."""
    origin = _tamed(lambda: json.loads(decode(answer["response"]["clientDataJSON"]))["origin"])
    parsed = parse_origin(origin) if isinstance(origin, str) else None
    if parsed is None or parsed.scheme not in ("https", "http"):
        raise CeremonyFailed("A passkey can only be used on a web page.")
    return str(origin)


def credential_id_of(answer: Answer) -> str:
    """Which credential claims to have answered."""
    found = answer.get("id")
    if not isinstance(found, str) or not _CREDENTIAL_ID.fullmatch(found):
        raise CeremonyFailed("The answer names no credential.")
    return found


def user_handle_of(answer: Answer) -> bytes | None:
    """For whom the credential was made, if the authenticator says so."""
    found = _tamed(lambda: answer["response"].get("userHandle"))
    return _tamed(lambda: decode(found)) if found else None


def verify_registration(answer: Answer, *, challenge: bytes) -> Credential:
    """The credential that the answer to a registration proves to exist."""
    import webauthn.helpers.exceptions  # noqa: PLC0415 - see the module's first lines

    origin, credential_id = origin_of(answer), credential_id_of(answer)
    rp_id = _host_of(origin)
    verified = _tamed(
        lambda: webauthn.verify_registration_response(
            credential=dict(answer), expected_challenge=challenge, expected_rp_id=rp_id, expected_origin=origin
        ),
        webauthn.helpers.exceptions.WebAuthnException,
    )
    if encode(verified.credential_id) != credential_id:
        raise CeremonyFailed("The answer names another credential than the authenticator.")
    return Credential(
        credential_id=credential_id,
        public_key=verified.credential_public_key,
        rp_id=rp_id,
        sign_count=verified.sign_count,
        transports=_transports_of(answer),
        device_type=verified.credential_device_type.value,
    )


def verify_assertion(answer: Answer, credential: Credential, *, challenge: bytes) -> int:
    """The authenticator's new counter, when the credential has signed the answer."""
    import webauthn.helpers.exceptions  # noqa: PLC0415 - see the module's first lines

    origin = origin_of(answer)
    if _host_of(origin) != credential.rp_id:
        raise CeremonyFailed("The passkey belongs to another domain.")
    verified = _tamed(
        lambda: webauthn.verify_authentication_response(
            credential=dict(answer),
            expected_challenge=challenge,
            expected_rp_id=credential.rp_id,
            expected_origin=origin,
            credential_public_key=credential.public_key,
            credential_current_sign_count=credential.sign_count,
        ),
        webauthn.helpers.exceptions.WebAuthnException,
    )
    return verified.new_sign_count


def _tamed(work: Callable[[], T], refusal: type[Exception] = CeremonyFailed) -> T:
    try:
        return work()
    except refusal as error:
        raise CeremonyFailed(f"The authenticator's answer was refused: {error}.") from error
    except _MALFORMED as error:
        raise CeremonyFailed("The authenticator's answer is malformed.") from error


def _host_of(origin: str) -> str:
    """The relying party of a page: the SDK makes every credential for exactly the page's host."""
    parsed = parse_origin(origin)
    if parsed is None:
        raise CeremonyFailed("A passkey can only be used on a web page.")
    return parsed.host


def _transports_of(answer: Answer) -> tuple[str, ...]:
    told = answer["response"].get("transports")
    return (
        tuple(sorted(_TRANSPORTS.intersection(item for item in told if isinstance(item, str))))
        if isinstance(told, list)
        else ()
    )
