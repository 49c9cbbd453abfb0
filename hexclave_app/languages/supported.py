"""Which languages there are."""

from dataclasses import dataclass
from typing import Final, Literal

Direction = Literal["ltr", "rtl"]


@dataclass(frozen=True, slots=True)
class Language:
    """A language that pages and mails speak; only these objects are passed on, never a tag that somebody sent."""

    code: str
    """The folder of its texts, and the `lang` of pages and mails."""
    name: str
    """How it calls itself."""
    direction: Direction = "ltr"
    dates: str = ""
    """The locale that dates are written in, where it is not the code."""

    @property
    def date_locale(self) -> str:
        """The locale that dates are written in."""
        return self.dates or self.code


ENGLISH: Final = Language("en", "English", dates="en_GB")
LANGUAGES: Final = (
    ENGLISH,
    Language("de", "Deutsch"),
    Language("es", "Español"),
    Language("fr", "Français"),
    Language("ja", "日本語"),
    Language("ar", "العربية", direction="rtl"),
)
_BY_CODE: Final = {language.code: language for language in LANGUAGES}
_LONGEST_TAG: Final = 35  # characters: what RFC 5646 asks implementations to take


def find(tag: str | None) -> Language | None:
    """The language that a tag such as `de-AT` asks for; None for every other text."""
    if not tag or len(tag) > _LONGEST_TAG:
        return None
    return _BY_CODE.get(tag.replace("_", "-").partition("-")[0].lower())
