"""
What converts each row of a census on load, as a small number: the rule by tags, asked once for rows alike to it.

A row is reduced to a key of what that rule looks at: some of its tags, its library and task, and of timm what its name
begins with. The rule itself judges one row of each key, so that nothing of it stands here a second time.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING

from analytics.attribution import PYTORCH
from analytics.attribution.library_table import spell
from analytics.census.arrow_arrays import as_numbers, is_true
from analytics.census.fingerprints import LibraryNumbers, NameNumbers, Outlined
from analytics.census.outlines import mix, number_alike, sum_words
from analytics.census.tag_codes import TIMMS
from analytics.domain.observations import Model
from analytics.reach.conversion_tables import TIMM, Listings
from analytics.reach.many_repositories import FRAMEWORKS
from analytics.reach.tag_rule import NEVER, QUANTISED, SAFETENSORS, TOLD_BY_TAGS, Tagged, judge_tags

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

INTO = tuple(name for name in FRAMEWORKS if name != PYTORCH)
"""The frameworks that something converts into."""

ANSWERS = dict(enumerate(product((Tagged.NO, Tagged.PROVEN, Tagged.LISTED), repeat=len(INTO))))
"""What the rule says of each of them, by the number that stands for it; 0 where nothing converts."""

NUMBER_OF = {answers: number for number, answers in ANSWERS.items()}


@dataclass(slots=True)
class ConversionCoder:
    """
    One worker.

    `judged`: the number of each key that any worker met so far.
    """

    listings: Listings
    names: NameNumbers
    judged: dict[int, int]
    looked_at: frozenset[str] = field(init=False)
    timm_starts: list[str] = field(init=False)
    libraries: LibraryNumbers = field(init=False)
    weighed: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.libraries = LibraryNumbers(self.names)
        self.looked_at = collect_words(self.listings)
        self.timm_starts = _match_timm(self.listings)

    def code(self, seen: Outlined) -> "np.ndarray":
        """Give the number of each row: that of its look, but for timm's, where the name decides."""
        import numpy as np

        looks = seen.looks
        timms = self._find_timms(seen)
        able = np.flatnonzero(self._is_able(looks.library) & ~timms)
        named = np.flatnonzero(timms[looks.of])
        begins = self._number_starts(seen.rows["id"].take(as_numbers(named)).combine_chunks())
        of, rows = np.concatenate([able, looks.of[named]]), np.concatenate([looks.rows[able], named])
        found = self._code(seen, of, rows, np.concatenate([np.zeros(len(able), np.uint64), begins]))
        numbers = np.zeros(len(timms), np.int8)
        numbers[able] = found[: len(able)]
        coded: np.ndarray = numbers[looks.of]
        coded[named] = found[len(able) :]
        return coded

    def _code(self, seen: Outlined, looks: "np.ndarray", rows: "np.ndarray", begins: "np.ndarray") -> "np.ndarray":
        """Give the number of each of these looks, `rows` being one of each."""
        import numpy as np

        if not len(rows):
            return np.zeros(0, np.int8)
        tagged = sum_words(seen.looks.tags, self._weigh(seen))
        keys = mix((tagged[looks], seen.looks.library[looks], seen.looks.task[looks], begins))
        kinds, first = number_alike(keys)
        numbers: np.ndarray = self._judge(seen, rows[first], keys[first].tolist()).take(kinds)
        return numbers

    def _is_able(self, library: "np.ndarray") -> "np.ndarray":
        """Mark the looks of a library whose tags say something, or of none that is known."""
        import numpy as np

        return np.isin(library, self.libraries.find("", *TOLD_BY_TAGS))

    def _weigh(self, seen: Outlined) -> "np.ndarray":
        """Give a number for each word that the rule looks at, in whatever letters; 0 for the others."""
        import numpy as np

        for word in set(seen.words.values()) - self.weighed.keys():  # the same few words come in every lot
            self.weighed[word] = hash(word) if spell(word) in self.looked_at else 0
        weights = np.zeros(len(seen.looks.kinds), np.int64)
        weights[list(seen.words)] = [self.weighed[word] for word in seen.words.values()]
        return weights.view(np.uint64)

    def _find_timms(self, seen: Outlined) -> "np.ndarray":
        """Mark the looks of timm's repositories: by library, or by tag where none is named."""
        import numpy as np

        looks = seen.looks
        tagged = np.zeros(len(looks.library), bool)
        tagged[looks.tags.find_rows(np.flatnonzero(seen.traits & TIMMS))] = True
        named: np.ndarray = np.isin(looks.library, self.libraries.find("timm"))
        named |= tagged & np.isin(looks.library, self.libraries.find(""))
        return named

    def _number_starts(self, names: "pa.Array") -> "np.ndarray":
        """Give a number for each, the place of what it begins with; 0 for none."""
        import numpy as np
        import pyarrow.compute as pc

        begins = np.zeros(len(names), np.uint64)
        listed = np.flatnonzero(is_true(pc.match_substring_regex(names, "|".join(self.timm_starts) or "$.")))
        some = names.take(as_numbers(listed))
        for number, start in enumerate(self.timm_starts, 1):
            begins[listed[is_true(pc.match_substring_regex(some, start))]] = number
        return begins

    def _judge(self, seen: Outlined, rows: "np.ndarray", keys: list[int]) -> "np.ndarray":
        """Give the numbers of these rows, one of each key."""
        import numpy as np

        fresh = np.array([number for number, key in enumerate(keys) if key not in self.judged], np.int64)
        for number, model in zip(fresh.tolist(), _read_models(seen, rows[fresh]), strict=True):
            self.judged[keys[number]] = NUMBER_OF[tuple(judge_tags(model, name, self.listings) for name in INTO)]
        return np.array([self.judged[key] for key in keys], np.int8)


def collect_words(listings: Listings) -> frozenset[str]:
    """Collect the tags that the rule looks at, as the library table spells them."""
    types = {name for name in listings.model_types if not name.startswith(TIMM)}
    return frozenset(map(spell, {*types, *NEVER, *QUANTISED, *TOLD_BY_TAGS, SAFETENSORS}))


def _match_timm(listings: Listings) -> list[str]:
    """Write patterns for timm's listed names, in turn of what the table chooses: whole ones last, long ones late."""
    known = {name.removeprefix(TIMM) for name in listings.model_types if name.startswith(TIMM)}
    starts = sorted((name.rstrip("*") for name in known if name.endswith("*")), key=lambda start: (len(start), start))
    whole = sorted(name for name in known if not name.endswith("*"))
    patterns = [
        *(f"{re.escape(start)}[^/]*" for start in starts),
        *(rf"{re.escape(name)}([.][^/]*)?" for name in whole),
    ]
    return [f"(^|/){pattern}$" for pattern in patterns]


def _read_models(seen: Outlined, rows: "np.ndarray") -> Iterable[Model]:
    """Give some rows as the rule takes them."""
    place = as_numbers(rows)
    names, libraries, tasks = (seen.rows[name].take(place).to_pylist() for name in ("id", "library_name", "task"))
    tags = seen.looks.tags.pick(seen.looks.of[rows]).write_out().to_pylist()
    for name, library, task, said in zip(names, libraries, tasks, tags, strict=True):
        yield Model(name, library=library, task=task, tags=None if said is None else tuple(said))
