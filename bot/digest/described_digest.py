"""
Digests that are meant by when they come, by where, or by which are not meant: `stop the tuesday digest`. Pure.

One that alone fits is meant. Where several do, or none, it is asked which of those there are; so it is where words say
`not` or `but`, and where another channel's is meant, which is changed there.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analytics.digest_words.day_words import SHORTEST_NAME, is_day, number_of
from analytics.digest_words.digest_names import fold_name, name_in_words
from analytics.digest_words.named_days import DAYS, LAST_DAY
from bot.digest.records import Subscription
from bot.digest.unnamed_words import BESIDE, NamedDigest, bare_word, name_as_typed

NEGATIONS = {"not", "no", "never", "except", "but", "without", "besides", "don't", "dont", "neither", "nor"}
"""Words that leave something out; what is left is not said."""

WEEKLY, MONTHLY = "weekly", "monthly"
HERE = {"this", "here", "our", "the", "my"}


@dataclass(frozen=True, slots=True)
class RhythmSaid:
    """What words say of when a digest comes; None where they do not."""

    is_monthly: bool | None = None
    weekday: int | None = None

    def fits(self, digest: Subscription) -> bool:
        """Tell whether a digest comes so; one on a day of the month comes on no weekday."""
        has_weekday = not (digest.monthly.isdigit() or digest.monthly == LAST_DAY)
        is_on_day = self.weekday is None or (has_weekday and digest.weekday == self.weekday)
        return is_on_day and self.is_monthly in (None, bool(digest.monthly))

    @property
    def words(self) -> str:
        """Say it behind `no digest here`."""
        span = {None: "", True: MONTHLY, False: WEEKLY}[self.is_monthly]
        is_span = f"is {span}" if span else ""
        on = f"comes on {DAYS[self.weekday]}" if self.weekday is not None else ""
        return " and ".join(filter(None, [is_span, on]))


def find_described(
    action: str, words: Sequence[str], there: Sequence[Subscription], *, is_sentence: bool
) -> NamedDigest | None:
    """
    Read what is said of a digest beside `digest` and the action; None where that describes none.

    Behind the words of the command, `digest off mon`, a day may mean anything: only a sentence is done.
    """
    said = [bare_word(word) for word in words]
    if NEGATIONS & set(said):
        left = [one for one in there if not set(fold_name(one.name).split()) & set(map(fold_name, said))]
        return _offer(action, left, "I end or change only what is named, not all but that.") if there else None
    if elsewhere := _find_elsewhere(said):
        return _offer(action, there, f"The digests of another channel ({elsewhere}) are changed there.")
    rhythm = _read_rhythm([word for word in said if word not in BESIDE])
    return None if rhythm is None else _find_by_rhythm(action, rhythm, there, is_sentence=is_sentence)


def _find_by_rhythm(
    action: str, rhythm: RhythmSaid, there: Sequence[Subscription], *, is_sentence: bool
) -> NamedDigest:
    """Find which come so: one, several to choose from, or none."""
    if not there:
        return NamedDigest((action,))
    fitting = [one for one in there if rhythm.fits(one)]
    if len(fitting) == 1 and not is_sentence:
        return _offer(action, fitting, f"One digest here {rhythm.words}.")
    if len(fitting) == 1:
        return NamedDigest((action, *(name_as_typed(fitting[0].name) if fitting[0].name else ())))
    return _offer(action, fitting, "") if fitting else _offer(action, there, f"No digest here {rhythm.words}.")


def _offer(action: str, digests: Iterable[Subscription], why: str) -> NamedDigest:
    return NamedDigest(offered=tuple(f"digest {action}{name_in_words(one.name)}" for one in digests), why=why)


def _find_elsewhere(said: Sequence[str]) -> str:
    """Give the channel that stands behind `in`, where it is another than this one."""
    at = said.index("in") + 1 if "in" in said else len(said)
    where = next((word for word in said[at:] if word not in ("channel", "digest", "digests")), "")
    return "" if where in HERE else where


def _read_rhythm(said: Sequence[str]) -> RhythmSaid | None:
    """Read weekdays and how often; None for any other word, and for none at all."""
    is_monthly, weekday = None, None
    for word in said:
        if word in (WEEKLY, MONTHLY):
            is_monthly = word == MONTHLY
        elif len(word) >= SHORTEST_NAME and is_day(word.removesuffix("'s")):
            weekday = number_of(word.removesuffix("'s"))
        else:
            return None
    return RhythmSaid(is_monthly, weekday) if said else None
