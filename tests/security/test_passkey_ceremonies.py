"""What a browser's answer proves: nothing that was changed on the way gets through, and nothing makes us fall over."""

import base64
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hexclave_app.security.passkeys import CeremonyFailed, Credential, encode, verify_assertion, verify_registration
from tests.support.authenticator import Authenticator

CHALLENGE = b"c" * 32
OPTIONS = {"challenge": encode(CHALLENGE), "user": {"id": encode(b"ada")}}
DEVICE = Authenticator(counter=1)
MADE, SIGNED = DEVICE.create(OPTIONS), DEVICE.get(OPTIONS)
KEPT: Credential = verify_registration(MADE, challenge=CHALLENGE)
FIELDS = {
    "made": (MADE, ("clientDataJSON", "attestationObject")),
    "signed": (SIGNED, ("clientDataJSON", "authenticatorData", "signature")),
}


def judge(kind: str, answer: dict[str, Any]) -> None:
    if kind == "made":
        verify_registration(answer, challenge=CHALLENGE)
    else:
        verify_assertion(answer, KEPT, challenge=CHALLENGE)


@pytest.mark.parametrize("kind", FIELDS)
def test_an_unchanged_answer_is_accepted_for_its_challenge_only(kind: str) -> None:
    judge(kind, FIELDS[kind][0])
    with pytest.raises(CeremonyFailed):
        verify_registration(MADE, challenge=b"other")
    with pytest.raises(CeremonyFailed):
        verify_assertion(SIGNED, KEPT, challenge=b"other")


@given(st.sampled_from(["clientDataJSON", "authenticatorData", "signature"]), st.integers(0, 400), st.integers(1, 255))
@settings(deadline=None, max_examples=150)
def test_no_flipped_bit_of_an_assertion_is_accepted(name: str, at: int, flip: int) -> None:
    data = bytearray(base64.urlsafe_b64decode(SIGNED["response"][name] + "=="))
    data[at % len(data)] ^= flip
    with pytest.raises(CeremonyFailed):
        judge("signed", {**SIGNED, "response": {**SIGNED["response"], name: encode(bytes(data))}})


@given(st.sampled_from(sorted(FIELDS)), st.data())
@settings(deadline=None, max_examples=300)
def test_whatever_is_not_an_answer_is_refused_and_nothing_else_happens(kind: str, data: st.DataObject) -> None:
    answer, names = FIELDS[kind]
    name = data.draw(st.sampled_from(names))
    good = base64.urlsafe_b64decode(answer["response"][name] + "==")
    at = data.draw(st.integers(0, len(good)))
    bad = good[:at] + data.draw(st.binary(max_size=40)) + good[data.draw(st.integers(at, len(good))) :]
    try:
        judge(kind, {**answer, "response": {**answer["response"], name: encode(bad)}})
    except CeremonyFailed:
        return
    assert bad == good or kind == "made"  # nobody signs a registration: its key is whatever the device says


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
@settings(deadline=None, max_examples=100)
def test_any_json_in_any_place_is_refused(value: object) -> None:
    for kind, (answer, names) in FIELDS.items():
        changed = [{**answer, key: value} for key in ("id", "rawId", "type", "response")]
        changed += [{**answer, "response": {**answer["response"], name: value}} for name in names]
        changed.append(
            {**answer, "response": {**answer["response"], "clientDataJSON": encode(json.dumps(value).encode())}}
        )
        for one in changed:
            with pytest.raises(CeremonyFailed):
                judge(kind, one)


def test_algorithms_that_were_not_asked_for_are_refused() -> None:
    answer = {**MADE, "response": {**MADE["response"]}}
    attestation = base64.urlsafe_b64decode(answer["response"]["attestationObject"] + "==")
    es384 = attestation.replace(bytes.fromhex("0326"), bytes.fromhex("033822"), 1)  # COSE alg -7 becomes -35
    assert es384 != attestation
    answer["response"]["attestationObject"] = encode(es384)
    with pytest.raises(CeremonyFailed):
        judge("made", answer)
