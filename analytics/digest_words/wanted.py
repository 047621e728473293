"""What words or a form ask for in a digest, and what cannot be meant together. Pure."""

import datetime as dt
from dataclasses import dataclass, replace

from analytics.digest_words.month_words import SOME_DAY
from analytics.digest_words.named_days import DAYS, name_days
from analytics.digest_words.unclear_setting import Setting, UnclearSetting


@dataclass(frozen=True, slots=True)
class Wanted:
    """
    What `digest on` asks for; None where the words do not say. No sections at all (`()`) means every one.

    `monthly` is a day of the month, SOME_DAY where only that is said, empty where it is to come weekly.
    """

    weekday: int | None = None
    at: dt.time | None = None
    zone: str | None = None
    sections: tuple[str, ...] | None = None
    only_if_matters: bool | None = None
    monthly: str | None = None
    name: str = ""

    @property
    def says_nothing(self) -> bool:
        """Whether no words say when or what, so that the form is wanted."""
        return replace(self, name="", monthly=self.monthly or None) == Wanted()


def refuse_two(found: Wanted, new: Wanted) -> None:
    """
    Refuse a second day, time or zone, and `always` after `only if it matters`: one digest comes once.

    Which of the two was meant nobody can tell; taking the last one would promise what was not asked for.
    """
    for setting, one, other, what in (
        (Setting.DAY, _name_day(found), _name_day(new), "comes on one day"),
        (Setting.DAY, _name_span(found), _name_span(new), "comes weekly or monthly"),
        (Setting.TIME, _name_time(found), _name_time(new), "comes at one time"),
        (Setting.ZONE, found.zone, new.zone, "goes by one time zone"),
        (Setting.ACTION, _name_condition(found), _name_condition(new), "comes in one way"),
    ):
        if one and one != other:
            raise UnclearSetting(f"A digest {what}, and I read two: {one} and {other}. Name the one you mean.", setting)


def _name_day(wanted: Wanted) -> str:
    if wanted.monthly and wanted.monthly != SOME_DAY:
        return name_days(wanted.weekday or 0, wanted.monthly)
    return "" if wanted.weekday is None else DAYS[wanted.weekday]


def _name_span(wanted: Wanted) -> str:
    return "" if wanted.monthly is None else "monthly" if wanted.monthly else "weekly"


def _name_time(wanted: Wanted) -> str:
    return f"{wanted.at:%H:%M}" if wanted.at else ""


def _name_condition(wanted: Wanted) -> str:
    return {None: "", True: "“only if it matters”", False: "“always”"}[wanted.only_if_matters]
