"""Makes the built pages talk to the origin they were loaded from, whatever its host, port or scheme."""

from typing import Unpack

from reflex_base.plugins.base import Plugin, PreCompileContext

_CLIENT_MODULE = "utils/state.js"
_BAKED_PORT = """    endpoint.hostname = frontend_hostname;
"""
_OWN_PORT = """    endpoint.hostname = frontend_hostname;
    endpoint.port = window.location.port;
"""
_BAKED_TLS_PORT = """      endpoint.port = ""; // Assume websocket is on https port via load balancer.
"""


class SameOriginBackend(Plugin):
    """Lets one build serve `localhost`, `<project>.localhost` and custom domains on any port."""

    def pre_compile(self, **context: Unpack[PreCompileContext]) -> None:
        """Register the change of Reflex's client module that replaces the baked port."""
        context["add_modify_task"](_CLIENT_MODULE, follow_own_origin)


def follow_own_origin(source: str) -> str:
    """Return the client module with the endpoint's port taken from the page; refuses an unknown module."""
    if _OWN_PORT in source:
        return source
    if _BAKED_PORT not in source or _BAKED_TLS_PORT not in source:
        msg = f"Reflex's {_CLIENT_MODULE} has changed: adapt hexclave_app/same_origin.py to it."
        raise ValueError(msg)
    return source.replace(_BAKED_PORT, _OWN_PORT).replace(_BAKED_TLS_PORT, "")
