"""Removing pictures that nothing refers to any more: whoever is deleted takes their face along.

The databases' triggers write down what was given up (`models/unused_files.py`), and `store_picture` what nobody may
ever have, for the change that it came with can be refused. A file goes once no row has its key, on whatever origin: the
addresses of other installations and old origins of this one are only text that anybody may store.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete
from sqlmodel import Session, col, func, select

from hexclave_app.gateways.blobs import PATH, key_of, open_blobs
from hexclave_app.installation import Installation
from hexclave_app.services.images import resolve_image
from models import Project, Team, TeamMembership, UnusedFile, User
from models.base import utc_now

GRACE: Final = timedelta(hours=1)  # pages that are open still show the picture
BATCH: Final = 200
_COLUMNS: Final = (
    User.profile_image_url,
    Team.profile_image_url,
    TeamMembership.profile_image_url,
    Project.logo_url,
    Project.logo_full_url,
    Project.logo_dark_mode_url,
    Project.logo_full_dark_mode_url,
)


async def store_picture(installation: Installation, value: str | None, *, folder: str, allow_http: bool) -> str | None:
    """The URL to store for a picture (see `resolve_image`); a new file that no row names an hour later goes again."""
    stored = await resolve_image(value, folder=folder, allow_http=allow_http, blobs=open_blobs(installation.settings))
    if stored is not None and stored != value:
        await installation.db.run(_note, url=stored)
    return stored


async def remove_unused(installation: Installation, *, now: datetime) -> int:
    """Remove files that were given up an hour ago; returns how many. Killed in between, it does the rest next time."""
    blobs, removed = open_blobs(installation.settings), 0
    while noted := await installation.db.read(_due, before=now - GRACE):
        keys = {url: key_of(url) for url in noted}
        used = await installation.db.scan(_still_used, keys={key for key in keys.values() if key is not None})
        for key in {key for key in keys.values() if key is not None} - used:
            await blobs.remove(key)
            removed += 1
        await installation.db.run(_forget, urls=noted, before=now - GRACE)
    return removed


def _note(session: Session, *, url: str) -> None:
    session.add(UnusedFile(url=url, unused_since=utc_now()))


def _due(session: Session, *, before: datetime) -> list[str]:
    wanted = select(UnusedFile.url).where(col(UnusedFile.unused_since) < before)
    return list(session.exec(wanted.order_by(col(UnusedFile.unused_since)).limit(BATCH)).all())


def _still_used(session: Session, *, keys: Collection[str]) -> set[str]:
    """Keys that a row refers to."""
    position = func.instr if session.get_bind().dialect.name == "sqlite" else func.strpos
    used: set[str] = set()
    for column in _COLUMNS:
        key = func.substr(col(column), position(col(column), PATH) + len(PATH))
        used.update(session.exec(select(key).where(col(column).is_not(None), key.in_(keys))))
    return used


def _forget(session: Session, *, urls: Collection[str], before: datetime) -> None:
    """What was given up once more meanwhile is looked at again."""
    session.execute(delete(UnusedFile).where(col(UnusedFile.url).in_(urls), col(UnusedFile.unused_since) < before))
