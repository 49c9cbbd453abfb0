"""A PostgreSQL server for tests, from the system's packages."""

import os
import pwd
import shutil
import subprocess
from pathlib import Path

import psycopg
from psycopg import sql

_ROOM_BYTES = 2_000_000_000


def find_postgres() -> Path | None:
    """The folder of PostgreSQL's server programs; None when there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parent.parent.name))
    if found:
        return found[-1].parent
    program = shutil.which("initdb")
    return Path(program).parent if program else None


def _roomy_place() -> Path:
    """A folder with a short name, as paths of sockets need it: in memory if there is room.

    A database consists of a thousand small files; on a disk, making one takes longer than most of the tests.
    """
    memory = Path("/dev/shm")  # noqa: S108 - everything in it is in a folder for us alone
    is_roomy = os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > _ROOM_BYTES
    return memory if is_roomy else Path("/tmp")  # noqa: S108 - a private folder is made in it


class PostgresServer:
    """One server on a Unix socket in a private folder; fast and forgetful settings, it is only for tests."""

    def __init__(self, binaries: Path, folder: Path) -> None:
        self._binaries = binaries
        self._folder = _roomy_place() / f"hexpg-{os.getpid()}"
        self._data = self._folder / "data"
        self._log = folder / "postgres.log"

    def start(self) -> None:
        """Create the cluster and start it."""
        self._folder.mkdir(mode=0o700)
        self._give_away()
        self._run("initdb", "-D", str(self._data), "-U", "test", "-A", "trust", "-E", "UTF8", "--no-sync")
        options = (
            f"-k {self._folder} -c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
            " -c max_connections=200 -c max_wal_size=256MB"
        )
        self._run("pg_ctl", "-D", str(self._data), "-w", "-l", str(self._folder / "log"), "-o", options, "start")
        self._connection = psycopg.connect(self.url("postgres"), autocommit=True)

    def stop(self) -> None:
        """Stop it and delete everything."""
        self._connection.close()
        self._run("pg_ctl", "-D", str(self._data), "-m", "immediate", "stop")
        shutil.rmtree(self._folder)

    def url(self, name: str) -> str:
        """URL of a database of this server."""
        return f"postgresql://test@/{name}?host={self._folder}"

    def create_database(self, name: str, *, template: str = "template1") -> str:
        """Create a database; returns its URL."""
        self._connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
        )
        return self.url(name)

    def drop_database(self, name: str) -> None:
        """Delete a database whatever is still connected."""
        self._connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self._binaries / program), *arguments]
        user = "postgres" if os.geteuid() == 0 else None  # the server refuses to run as root
        subprocess.run(command, check=True, user=user, stdout=subprocess.DEVNULL, cwd=self._folder)

    def _give_away(self) -> None:
        if os.geteuid() == 0:
            account = pwd.getpwnam("postgres")
            os.chown(self._folder, account.pw_uid, account.pw_gid)
