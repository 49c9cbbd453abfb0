"""The language that people are written to: the one they signed up or last signed in with. Never on the wire."""

import uuid

from sqlalchemy import update
from sqlmodel import Session, col, select

from hexclave_app.languages import supported
from hexclave_app.languages.speaking import heard
from hexclave_app.languages.supported import ENGLISH, Language
from models import User


def language_of(session: Session, *, tenancy_id: uuid.UUID, user_id: uuid.UUID | None) -> Language:
    """The language of a recipient: the user's, else that of whoever asks for the mail, else English."""
    stored = None
    if user_id is not None:
        wanted = select(User.locale).where(col(User.tenancy_id) == tenancy_id, col(User.id) == user_id)
        stored = supported.find(session.exec(wanted).first())
    return stored or heard() or ENGLISH


def remember(session: Session, *, tenancy_id: uuid.UUID, user_id: uuid.UUID) -> None:
    """Write to the user in the language that they have just used."""
    language = heard()
    if language is None:
        return
    session.execute(
        update(User)
        .where(
            col(User.tenancy_id) == tenancy_id,
            col(User.id) == user_id,
            col(User.locale).is_distinct_from(language.code),
        )
        .values(locale=language.code)
    )
