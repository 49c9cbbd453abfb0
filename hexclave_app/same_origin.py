"""Makes the built pages talk to the origin they were loaded from, and say when they stand inside another page."""

from typing import Final, Unpack

from reflex_base.plugins.base import Plugin, PreCompileContext

from hexclave_app import client_module

_BAKED_PORT = """    endpoint.hostname = frontend_hostname;
"""
_OWN_PORT = """    endpoint.hostname = frontend_hostname;
    endpoint.port = window.location.port;
"""
_BAKED_TLS_PORT = """      endpoint.port = ""; // Assume websocket is on https port via load balancer.
"""


# Sockets of pages inside other pages say so (hexclave_app/dispatch.py).
_CREATE = "const createSocket = ("
_SOCKET_QUERY = f"""const socketQuery = (token) => (window.self === window.top ? {{ token }} : {{ token, framed: 1 }});
{_CREATE}"""
_SOCKET_QUERIES = (
    ("    query: { token },\n", "    query: socketQuery(token),\n"),
    ("opts.query = { token: getToken() };", "opts.query = socketQuery(getToken());"),
    (_CREATE, _SOCKET_QUERY),
)

FORGETFUL_FRAMES: Final = """
if (window.self !== window.top) {
  for (const name of ["localStorage", "sessionStorage"]) {
    const kept = new Map();
    const storage = {
      getItem: (key) => kept.get(String(key)) ?? null,
      setItem: (key, value) => void kept.set(String(key), String(value)),
      removeItem: (key) => void kept.delete(String(key)),
      clear: () => kept.clear(),
      key: (index) => [...kept.keys()][index] ?? null,
      get length() { return kept.size; },
    };
    Object.defineProperty(window, name, { value: storage, configurable: true });
  }
}
"""
"""Before anything else in every page: inside another page nothing is remembered, and browsers may forbid to try."""


class SameOriginBackend(Plugin):
    """Lets one build serve `localhost`, `<project>.localhost` and custom domains on any port."""

    def pre_compile(self, **context: Unpack[PreCompileContext]) -> None:
        """Register the changes of Reflex's client module."""
        context["add_modify_task"](client_module.PATH, follow_own_origin)
        context["add_modify_task"](client_module.PATH, tell_of_frames)


def follow_own_origin(source: str) -> str:
    """Return the client module with the endpoint's port taken from the page; refuses an unknown module."""
    if _OWN_PORT in source:
        return source
    return client_module.changed(source, ((_BAKED_PORT, _OWN_PORT), (_BAKED_TLS_PORT, "")), by=__name__)


def tell_of_frames(source: str) -> str:
    """Return the client module whose socket says that its page is inside another one; refuses an unknown module."""
    if "socketQuery" in source:
        return source
    return client_module.changed(source, _SOCKET_QUERIES, by=__name__)
