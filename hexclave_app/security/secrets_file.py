"""The secrets of an installation: generated at first start, kept in one file that only its owner can read."""

import json
import os
import secrets
import stat
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from hexclave_app.security.random_ids import random_token

SECRETS_FILE = "secrets.json"


class SecretsFileError(RuntimeError):
    """The secrets file cannot be trusted or read; the message says what to do."""


@dataclass(frozen=True)
class Secrets:
    """Random values that every process of the installation shares."""

    server_secret: str
    """Base64url text from which all token-signing keys are derived (contract 01, section 9.3)."""
    sealing_key: str
    """Hex text of the 256-bit key that seals values we must be able to show or use again."""
    internal_publishable_client_key: str
    internal_secret_server_key: str
    internal_super_secret_admin_key: str


def load_or_create_secrets(data_dir: Path) -> Secrets:
    """Read the secrets file, creating it (mode 600) when absent; refuses one that others can read."""
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)  # the database beside it is nobody else's business, too
    path = data_dir / SECRETS_FILE
    try:
        return _read(path)
    except FileNotFoundError:
        _create(path)
        return _read(path)


def _read(path: Path) -> Secrets:
    with path.open(encoding="utf-8") as file:
        mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
        if mode & 0o077:
            raise SecretsFileError(
                f"{path} can be read by other users of this machine (mode {mode:o}). Run: chmod 600 {path}"
            )
        try:
            values = json.load(file)
        except ValueError:
            values = None
    present = values if isinstance(values, dict) else {}
    missing = [field.name for field in fields(Secrets) if not isinstance(present.get(field.name), str)]
    if missing:
        raise SecretsFileError(f"{path} lacks {', '.join(sorted(missing))}. Restore it from your backup.")
    return Secrets(**{field.name: present[field.name] for field in fields(Secrets)})


def _create(path: Path) -> None:
    values = Secrets(
        server_secret=secrets.token_urlsafe(32),
        sealing_key=secrets.token_hex(32),
        internal_publishable_client_key=random_token("pck_"),
        internal_secret_server_key=random_token("ssk_"),
        internal_super_secret_admin_key=random_token("sak_"),
    )
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(asdict(values), file, indent=2)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(temporary, path)  # unlike rename, link never replaces the file of a process that was faster
    except FileExistsError:
        pass
    finally:
        temporary.unlink()
