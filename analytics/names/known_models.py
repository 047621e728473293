"""
The ids of the most downloaded models, and which of them a loosely written name stands for.

`known_models.csv` beside this file is data (its origin: analytics/sample/README.md). Families (whisper, llama, bert)
are no list: a family is how the names of several models begin.
"""

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files

from analytics.names.slips import find_slips

Atoms = tuple[str, ...]
ATOM = re.compile(r"[^\W\d_]+|\d+")
"""Runs of letters and of digits: `flux1 dev` and `FLUX.1-dev` are the same three."""

VERSION_GOES_ON = re.compile(r"\.\d")
"""What stands behind the figures of a version that are not all of it."""

LIKES_UNKNOWN = 30
"""What stands for the likes of a model whose source told none."""

FEW_LIKES = 10
"""Likes that what people mean by a family's name has at least."""

HOME = 50
"""How much more an id weighs whose account is named after the family: google-bert, xlnet, stable-diffusion-v1-5."""

MAKER = 5_000_000
"""Downloads in 30 days of all its models together that whoever makes families has at least: nvidia, google."""

COPY = re.compile(r"gguf|bnb|awq|gptq|mlx|\dbit|fp8|nvfp4|int[48]|quant|imatrix|tiny-random", re.IGNORECASE)
"""What stands in the names of copies, which are meant by whoever names it, too."""

COPIED = 10
"""How much less a copy weighs where its kind is not named."""

MADE = 5
"""How much more an id of such an account weighs: who fine-tunes a family seldom makes one."""

CLOSE = 0.5
"""An id named exactly is taken before a longer one, unless it weighs less than this part of it."""

SPELLED = 0.01
"""The same for a name that is spelled out: only one that hardly anybody downloads is not meant, `phi-3`."""

RARE = 0.001
"""What a name that begins as was written weighs at most of one with words between, for that to be meant: bert_cased."""

SAID_LESS = 2
"""How much less a name weighs for each part of it that was left out: `bert cased` is not the multilingual one."""

OUTSTANDING = 5
"""How many times the downloads of the next an owner must have to be the one who is meant."""

SHORTEST = 4
"""Letters of a family whose slips are mended; shorter ones are likely other words."""

RATHER = 10
"""How many times the downloads of a family an account of the same name has that is meant instead."""

OF_FAMILY = 3
"""Words and figures at most of what may be a family's name, `llama-3.1`; a longer one is spelled out."""

SHORTEST_NAME = 3
"""Letters of a family that can be meant alone."""

LONG_NAME = 10
"""Letters of a name in which two slips are looked for; in shorter ones it is one."""

FEWEST = 20_000
"""Downloads in 30 days that a family has at least; rarer ones are no word people use for a model."""


NAMED = 10_000_000
"""Downloads in 30 days that an account has at least whose name is looked for in slips."""


KNOWN_ACCOUNT = 1_000_000
"""The same for an account that is meant by a name that is given as an account's."""


@dataclass(frozen=True, slots=True)
class KnownModel:
    """One id with its measures as they were when the file was made."""

    id: str
    downloads: int
    likes: int

    @property
    def author(self) -> str:
        """The account."""
        return self.id.partition("/")[0]

    @property
    def name(self) -> str:
        """What stands after the account."""
        return self.id.partition("/")[2]


@dataclass(frozen=True, slots=True)
class Meant:
    """Which id a name stands for, the others that it may, and whether one is clearly meant."""

    id: str
    others: Atoms = ()
    clear: bool = True


def atoms_of(text: str) -> Atoms:
    """Take a name apart into runs of letters and digits."""
    return tuple(ATOM.findall(text.casefold()))


def resolve_name(written: Sequence[str], author: str = "") -> Meant | None:
    """
    Give the model that some words name, whole or by how its name begins; None where no known one is.

    `written`: the words as typed, `("llama", "3.2")`; `author`: an account that is named beside it.
    """
    wanted = tuple(atom for word in written for atom in atoms_of(word))
    found = [one for one in _beginning(wanted) if not author or one.author.casefold() == author.casefold()]
    found.sort(key=lambda one: _is_of_later_version(one.name, wanted))
    if not wanted or not found:
        return None
    exact = [one for one in found if atoms_of(one.name) == wanted]
    least = SPELLED if _is_spelled_out(written) else CLOSE
    if exact and _weigh(exact[0], wanted) >= least * _weigh(found[0], wanted):
        return _among(exact, found)
    return _among(found[:1], found)


def resolve_shortened(written: Sequence[str]) -> Meant | None:
    """
    Give the model of whose name words were left out, `whisper turbo`, `bert cased`; None where no known one is.

    Where a name begins as was written all the same, it is meant, unless hardly anybody downloads it beside the other.
    """
    wanted = tuple(atom for word in written for atom in atoms_of(word))
    found = _holding(wanted) if len(wanted) > 1 and weigh_family(wanted[:1]) else ()
    if sum(one.downloads for one in found) < FEWEST:
        return None
    whole = _beginning(wanted)
    outweighed = not whole or _weigh(whole[0], wanted) < RARE * _weigh(found[0], wanted)
    return _among(found[:1], (*found, *whole)) if outweighed else None


def resolve_bare(name: str) -> Meant | None:
    """
    Give the models called exactly so: `gpt2` is openai-community/gpt2; None where no known one is.

    A number alone is no name, whoever has a model called so: `model 2` is the second of some list.
    """
    if not any(map(str.isalpha, name)):
        return None
    if "-" not in name:
        # A family: who copies one under its bare name is not meant, nor is an account that is called so.
        meant = resolve_name((name,)) if weigh_family((name,)) and not is_rather_account(name) else None
        unclear = meant and (is_abbreviation(name) or is_of_stranger(meant.id, name))
        return replace(meant, clear=False) if meant and unclear else meant
    alike = _beginning(atoms_of(name))
    found = [one for one in alike if one.name.casefold() == name.casefold()]
    if not found:
        return None
    wanted = atoms_of(name)
    owner = _of_outstanding_owner(alike, found, wanted) if len(wanted) <= OF_FAMILY else None
    return owner or _among(found, found)


def _of_outstanding_owner(alike: Sequence[KnownModel], called: Sequence[KnownModel], wanted: Atoms) -> Meant | None:
    """Give who is meant though others have the name itself: `bert-base` is google-bert's, and no little known one's."""
    first = alike[0]
    owners = {one.author for one in called}
    hardly_known = _weigh(called[0], wanted) < SPELLED * _weigh(first, wanted)
    if first.author in owners or not (hardly_known and _is_at_home(first, wanted)):
        return None
    return replace(_among([first], [first, *called, *alike]), clear=True)


def is_abbreviation(name: str) -> bool:
    """Tell whether a name is of a letter or two, which are other words as often as a family: `c`, `yi`, `sd`."""
    return len(name) < SHORTEST_NAME and name.isalpha()


@lru_cache(maxsize=256)
def find_near(name: str) -> tuple[str, ...]:
    """Give the models whose names a mistyped one was meant to be, the most downloaded first: `bert-base-uncaesd`."""
    slips = 2 if len(name) >= LONG_NAME else 1
    found = find_slips(name.casefold(), _by_name().keys(), slips)
    return tuple(sorted((one for _, near in found for one in _by_name()[near]), key=downloads_of, reverse=True))[:4]


def find_account(written: str) -> str | None:
    """Give the account that is meant, `helsinki nlp`, as the Hub spells it; None where none is known."""
    name = "".join(atoms_of(written))
    return _accounts().get(name) or _accounts().get(f"{name}ai")  # who says Mistral means mistralai


def weigh_family(written: Sequence[str]) -> int:
    """Give how often the models are downloaded whose names begin so; 0 where there are none, or too few to be one."""
    total = sum(one.downloads for one in _beginning(tuple(atom for word in written for atom in atoms_of(word))))
    return total if total >= FEWEST else 0


def is_rather_account(word: str) -> bool:
    """Tell whether a word is an account far more than the beginning of names: `google`."""
    account = find_account(word)
    return account is not None and weigh_account(account) > RATHER * weigh_family((word,))


def weigh_account(account: str) -> int:
    """Give how often the models of an account are downloaded."""
    return _downloads_by_account()[account]


def list_family(model: str) -> tuple[KnownModel, ...]:
    """Give the known models of the same account whose names begin with the same word."""
    author, _, name = model.partition("/")
    return tuple(one for one in _beginning(atoms_of(name)[:1]) if one.author.casefold() == author.casefold())


def is_of_stranger(model: str, family: str) -> bool:
    """Tell whether a family's name stands for a longer one that hardly anybody likes, of another's account."""
    wanted = atoms_of(family)
    found = next((one for one in _beginning(wanted) if one.id == model), None)
    if found is None or _is_at_home(found, wanted) or atoms_of(found.name) == wanted:
        return False
    return 0 < found.likes < FEW_LIKES


def downloads_of(name: str) -> int:
    """Give the downloads of a known id; 0 of others."""
    return _by_id().get(name, 0)


@cache
def first_words() -> tuple[str, ...]:
    """Give the words that families begin with, for whoever corrects slips."""
    return tuple(word for word in _by_first_atom() if len(word) >= SHORTEST and weigh_family((word,)))


@cache
def list_known_accounts() -> tuple[str, ...]:
    """Give the accounts of one word that are so much downloaded that people name them, for whoever corrects slips."""
    known = (account for account, weight in _downloads_by_account().items() if weight >= NAMED)
    return tuple(account.casefold() for account in known if account.isalpha() and len(account) > SHORTEST)


@cache
def list_accounts() -> tuple[str, ...]:
    """Give the accounts that may be meant by a mistyped account, as the Hub spells them."""
    return tuple(account for account, weight in _downloads_by_account().items() if weight >= KNOWN_ACCOUNT)


@lru_cache(maxsize=256)
def find_near_accounts(written: str) -> tuple[str, ...]:
    """Give the known accounts that a mistyped one was meant to be, the most downloaded first: `mircosoft`."""
    name = "".join(atoms_of(written))
    if name in _accounts():
        return () if _accounts()[name].casefold() == written.casefold() else (_accounts()[name],)
    slips = 2 if len(name) >= LONG_NAME - 2 else 1
    alike = {"".join(atoms_of(account)): account for account in list_accounts()}
    found = sorted(find_slips(name, alike.keys(), slips), key=lambda one: (one[0], -weigh_account(alike[one[1]])))
    return tuple(alike[near] for _, near in found)[:3] if len(name) > SHORTEST else ()


def _is_spelled_out(written: Sequence[str]) -> bool:
    """Tell whether a name was written as names are, `Qwen2.5-1.5B`, and not as people say it."""
    return len(written) == 1 and "-" in written[0]


def _among(meant: Sequence[KnownModel], found: Iterable[KnownModel]) -> Meant:
    first, *rest = meant
    clear = not rest or _stand(first) >= OUTSTANDING * max(map(_stand, rest))
    others = [one.id for one in found if one.id != first.id]
    return Meant(first.id, tuple(dict.fromkeys(others))[:4], clear)


def _stand(one: KnownModel) -> int:
    """Give how outstanding an owner is among those of one name: google-bert is who has bert-base-german-cased."""
    return one.downloads * (HOME if _is_at_home(one, atoms_of(one.name)) else 1)


def _weigh(one: KnownModel, wanted: Atoms) -> int:
    known = one.downloads * (one.likes or LIKES_UNKNOWN) * (HOME if _is_at_home(one, wanted) else 1)
    copied = COPIED if COPY.search(one.name) and not COPY.search("".join(wanted)) else 1
    return known * (MADE if weigh_account(one.author) >= MAKER else 1) // copied


def _is_at_home(one: KnownModel, wanted: Atoms) -> bool:
    """Tell whether the account is named after the family."""
    return wanted[0] in atoms_of(one.author)


@lru_cache(maxsize=2048)
def _beginning(wanted: Atoms) -> tuple[KnownModel, ...]:
    """Give the models whose names begin with some atoms, the most likely meant first."""
    alike = (_read(line) for line in _by_first_atom().get(wanted[0], ())) if wanted else ()
    found = [one for one in alike if _begins(one.name, wanted)]
    return tuple(sorted(found, key=lambda one: (-_weigh(one, wanted), one.id)))


def _begins(name: str, wanted: Atoms) -> bool:
    """Tell whether a name begins with some atoms and they end where a word of it does: `gpt-4` is not gpt4all."""
    found = list(itertools.islice(ATOM.finditer(name.casefold()), len(wanted)))
    if tuple(match.group() for match in found) != wanted:
        return False
    after = name[found[-1].end() : found[-1].end() + 1]
    return not after.isalpha()


@lru_cache(maxsize=1024)
def _holding(wanted: Atoms) -> tuple[KnownModel, ...]:
    """Give the models whose names hold some atoms in their order, the first as their first, the most likely first."""
    alike = (_read(line) for line in _by_first_atom().get(wanted[0], ()))
    found = [one for one in alike if _holds(one.name, wanted)]
    more = {one: len(atoms_of(one.name)) - len(wanted) for one in found}
    return tuple(sorted(found, key=lambda one: (-_weigh(one, wanted) // SAID_LESS ** more[one], one.id)))


def _holds(name: str, wanted: Atoms) -> bool:
    """Tell whether a name has some atoms in this order; what goes on behind a figure is another version: 3 and 3.1."""
    atoms = ATOM.finditer(name.casefold())
    for atom, after in itertools.zip_longest(wanted, wanted[1:]):
        end = next((match.end() for match in atoms if match.group() == atom), None)
        if end is None:
            return False
        goes_on = atom.isdigit() and VERSION_GOES_ON.match(name, end)
        if goes_on and not (after and name.startswith(after, end + 1)):
            return False
    return True


def _is_of_later_version(name: str, wanted: Atoms) -> bool:
    """Tell whether a version goes on behind what was asked for: Phi 3.5 is not Phi 3."""
    found = list(itertools.islice(ATOM.finditer(name), len(wanted)))
    return wanted[-1].isdigit() and VERSION_GOES_ON.match(name, found[-1].end()) is not None


def _read(line: str) -> KnownModel:
    name, downloads, likes = line.split(",")
    return KnownModel(name, int(downloads), int(likes))


@cache
def _lines() -> tuple[str, ...]:
    return tuple(files(__package__).joinpath("known_models.csv").read_text(encoding="utf-8").splitlines()[1:])


@cache
def _by_first_atom() -> dict[str, list[str]]:
    """Sort the lines by how their names begin, so that few have to be looked at."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in _lines():
        begins = ATOM.search(line, line.index("/"))
        if begins:
            found[begins.group().casefold()].append(line)
    return dict(found)


@cache
def _by_id() -> dict[str, int]:
    return {one.id: one.downloads for one in map(_read, _lines())}


@cache
def _by_name() -> dict[str, list[str]]:
    """Sort the ids by what stands after the account."""
    found: dict[str, list[str]] = defaultdict(list)
    for one in _by_id():
        found[one.partition("/")[2].casefold()].append(one)
    return dict(found)


@cache
def _downloads_by_account() -> Counter[str]:
    counted: Counter[str] = Counter()
    for one in map(_read, _lines()):
        counted[one.author] += one.downloads
    return counted


@cache
def _accounts() -> dict[str, str]:
    """Give the accounts by their letters and digits alone, the most downloaded of those that are alike."""
    ordered = sorted(_downloads_by_account().items(), key=lambda pair: pair[1])
    return {"".join(atoms_of(account)): account for account, _ in ordered}
