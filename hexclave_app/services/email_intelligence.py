"""What an e-mail address tells by itself, offline: its mailbox, and whether it is made to be thrown away."""

import re
from functools import cache
from pathlib import Path
from typing import Final

from hexclave_app.services.contact_channels import normalise_email

_FILE: Final = Path(__file__).resolve().parent.parent / "data" / "disposable_domains.txt"
_GOOGLE: Final = ("gmail.com", "googlemail.com")  # the same mailboxes; dots in their names mean nothing
_MANY_DIGITS: Final = re.compile(r"\d{5,}")


def base_email(email: str) -> str:
    """The mailbox that an address ends in, as far as rules that providers publish tell."""
    local, _, domain = normalise_email(email).rpartition("@")
    local = local.partition("+")[0] or local
    if domain in _GOOGLE:
        return f"{local.replace('.', '')}@{_GOOGLE[0]}"
    return f"{local}@{domain}"


def is_disposable(email: str) -> bool:
    """Whether the address, or a domain above its own, belongs to a service of throw-away mailboxes."""
    labels = normalise_email(email).rpartition("@")[2].split(".")
    return any(".".join(labels[start:]) in disposable_domains() for start in range(len(labels) - 1))


def looks_generated(email: str) -> bool:
    """Whether the name has so many digits in a row that a program may have made it up."""
    return bool(_MANY_DIGITS.search(base_email(email).rpartition("@")[0]))


@cache
def disposable_domains() -> frozenset[str]:
    """The domains of the file."""
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    return frozenset(domain for line in lines if not line.startswith("#") for domain in line.split())
