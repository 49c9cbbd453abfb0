"""Days and times in the language that is spoken; always UTC, and in the digits that everybody has on the keyboard."""

from datetime import UTC, datetime

from babel import Locale
from babel.dates import format_date, format_time, format_timedelta

from hexclave_app.languages.speaking import say, speech

_JUST_NOW_S = 5


def day(moment: datetime) -> str:
    """The day, such as `28 Nov 2026`."""
    return str(format_date(moment.astimezone(UTC), format="medium", locale=speech().date_locale))


def exactly(moment: datetime) -> str:
    """The instant to the minute."""
    time = format_time(moment.astimezone(UTC), format="short", locale=speech().date_locale)
    return say("moment", day=day(moment), time=time)


def ago(moment: datetime, now: datetime) -> str:
    """How long ago, rounded to the largest unit that fits."""
    passed = now - moment
    if passed.total_seconds() < _JUST_NOW_S:
        return say("just-now")
    return format_timedelta(-passed, threshold=1, add_direction=True, locale=speech().date_locale)


def country_name(code: str) -> str:
    """What the country of a two-letter code is called; the code itself for unknown ones."""
    return str(Locale.parse(speech().date_locale).territories.get(code, code))
