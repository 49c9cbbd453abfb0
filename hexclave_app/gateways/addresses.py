"""Which network addresses the server may be sent to by people it does not know."""

import ipaddress
from typing import Final

# networks that lead to an embedded IPv4 address, which may be a private one
_TRANSLATED: Final = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("2002::/16"))


def is_public(text: str) -> bool:
    """Whether an IP address is reachable for everybody."""
    address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            address = address.ipv4_mapped
        elif any(address in network for network in _TRANSLATED):
            return False
    return address.is_global and not address.is_multicast
