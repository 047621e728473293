"""What is asked for in a digest, completed from the digest there is. Pure."""

from analytics.digest_words.month_words import SOME_DAY
from analytics.digest_words.named_days import DAYS, FIRST_DAY_OF_MONTH, FIRST_TIME, FIRST_WEEKDAY, name_days
from analytics.digest_words.unclear_setting import Setting, UnclearSetting
from analytics.digest_words.wanted import Wanted
from bot.digest.records import Subscription


def complete(wanted: Wanted, kept: Subscription | None, zone: str) -> Wanted:
    """
    Take from the digest there is what the words do not say; sections and conditions too. Raises UnclearSetting.

    A weekday alone, said of one that comes monthly, may mean two things.
    """
    return Wanted(
        weekday=wanted.weekday if wanted.weekday is not None else kept.weekday if kept else FIRST_WEEKDAY,
        at=wanted.at or (kept.at if kept else FIRST_TIME),
        zone=zone,
        sections=wanted.sections if wanted.sections is not None else kept.sections if kept else (),
        only_if_matters=wanted.only_if_matters
        if wanted.only_if_matters is not None
        else bool(kept and kept.only_if_matters),
        monthly=_complete_span(wanted, kept),
        name=wanted.name,
    )


def _complete_span(wanted: Wanted, kept: Subscription | None) -> str:
    known = kept.monthly if kept else ""
    if wanted.monthly is not None:
        return wanted.monthly if wanted.monthly != SOME_DAY else known or FIRST_DAY_OF_MONTH
    if kept and known and wanted.weekday is not None:
        day = DAYS[wanted.weekday]
        how = f"Write “weekly {day}”, or which {day} of the month, such as “first {day}”."
        raise UnclearSetting(f"That digest comes {name_days(kept.weekday, known)}. {how}", Setting.DAY)
    return known
