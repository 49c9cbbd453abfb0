"""An OpenID issuer on loopback that publishes one key; its owner signs what it likes."""

import http.server
import json
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from joserfc import jwt
from joserfc.jwk import RSAKey


@dataclass
class Issuer:
    """The issuer's address and key."""

    url: str = ""
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "published"}))

    def sign(self, content: bytes) -> bytes:
        """An RS256 signature of anything."""
        private = self.key.private_key
        assert private is not None
        return private.sign(content, PKCS1v15(), SHA256())

    def token(self, header: Mapping[str, object] | None = None, key: RSAKey | None = None, **claims: object) -> str:
        """A signed identity token; claims given as None are left out."""
        now = int(time.time())
        whole = {"iss": self.url, "sub": "001.ada", "aud": "com.example.app", "iat": now, "exp": now + 600, **claims}
        told = {"alg": "RS256", "kid": "published", **(header or {})}
        return jwt.encode(told, {name: value for name, value in whole.items() if value is not None}, key or self.key)


@contextmanager
def running_issuer() -> Iterator[Issuer]:
    """An issuer on a free port of this machine."""
    issuer = Issuer()

    class Documents(http.server.BaseHTTPRequestHandler):
        """Discovery and keys."""

        def do_GET(self) -> None:
            documents: dict[str, object] = {
                "/.well-known/openid-configuration": {"issuer": issuer.url, "jwks_uri": f"{issuer.url}/keys"},
                "/keys": {"keys": [issuer.key.as_dict(private=False)]},
            }
            self.send_response(200 if self.path in documents else 404)
            self.end_headers()
            self.wfile.write(json.dumps(documents.get(self.path)).encode())

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Documents)
    issuer.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield issuer
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
