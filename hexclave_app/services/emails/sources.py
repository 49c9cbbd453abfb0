"""What mails were made from."""

import uuid
from dataclasses import dataclass
from typing import Self

from sqlalchemy import ColumnElement
from sqlmodel import col

from models import EmailMailing, EmailOutbox


@dataclass(frozen=True, slots=True)
class Source:
    """What mails were made from: a draft, a template, or neither."""

    draft_id: uuid.UUID | None = None
    template_id: str | None = None

    def conditions(self, model: type[EmailOutbox] | type[EmailMailing] = EmailOutbox) -> list[ColumnElement[bool]]:
        """Whether a row is of this source."""
        return [
            col(model.draft_id) == self.draft_id if self.draft_id else col(model.draft_id).is_(None),
            col(model.template_id) == self.template_id if self.template_id else col(model.template_id).is_(None),
        ]

    @classmethod
    def read(cls, text: str) -> Self | None:
        """The source that an address names; None for anything else."""
        kind, _, name = text.partition("-")
        if kind == "template" and name:
            return cls(template_id=name)
        if kind == "draft":
            try:
                return cls(draft_id=uuid.UUID(name))
            except ValueError:
                return None
        return cls() if text == "none" else None

    def __str__(self) -> str:
        """The text that `read` takes."""
        if self.draft_id is not None:
            return f"draft-{self.draft_id}"
        return f"template-{self.template_id}" if self.template_id is not None else "none"
