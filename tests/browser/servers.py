"""What browser tests know about the server they look at."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Server:
    """A running product, reachable under any `*.localhost` name."""

    port: int
    data_dir: Path
    log: Path

    def url(self, path: str = "/", *, host: str = "localhost") -> str:
        """Return an address of this server as the browser knows it."""
        return f"http://{host}:{self.port}{path}"
