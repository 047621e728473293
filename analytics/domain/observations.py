"""
What was seen outside, on what day, before any meaning is given to it.

`sources/` produces these records, `storage/` keeps them, `questions/` interpret them. They hold what the source said
and no verdict, so a reading can be counted again whenever the rule changes.
"""

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analytics.domain.answer import Origin

MOST_COUNTED = 10**12
"""No model is downloaded or liked more often; a larger number, a negative or broken one is unknown."""


@dataclass(frozen=True, slots=True)
class Model:
    """
    One model repository as a listing showed it.

    Units:   `downloads_30d` over the 30 days before the reading, `downloads_all` and `likes` of all time, as the Hub
             reports them; None where the listing gave no value.
    `tags`:  None when the tags of the model are not known; an empty tuple when it is known to have none.
    `files`: names that can bear on the framework (weights, configurations); None when the file list was not read.
    `header`: the `format` of a safetensors header, empty when it states none; None when no header was read.
    `number`: the Hub's own for the repository (`_id`), which stays when it is renamed; None where it was not kept.
    """

    id: str
    downloads_30d: int | None = None
    likes: int | None = None
    trending: float | None = None
    library: str | None = None
    task: str | None = None
    created_at: str | None = None
    gated: str | None = None
    tags: tuple[str, ...] | None = None
    files: tuple[str, ...] | None = None
    header: str | None = None
    downloads_all: int | None = None
    number: str | None = None

    @property
    def author(self) -> str:
        """The account that published it; empty for the few old models without one."""
        return self.id.partition("/")[0] if "/" in self.id else ""


@dataclass(frozen=True, slots=True)
class Ranking:
    """Which ranking of the Hub: the measure, and the task and author it is narrowed to."""

    by: str = "downloads"
    task: str | None = None
    author: str | None = None


@dataclass(frozen=True, slots=True)
class TopList:
    """
    The first models of one ranking at one moment, best first.

    `asked` is how many were asked for. When fewer came, `complete` says whether the ranking ends there (nothing more
    exists) or the list was cut short. `method` is the version of the rule that chose the names of files kept with it;
    empty where it comes from outside just now. `known` is when the last was read that is known of its models otherwise.
    `among` is how many models of the whole ranking it was cut from; 0 where the source gave the narrower one itself.
    """

    ranking: Ranking
    as_of: dt.datetime
    models: tuple[Model, ...]
    asked: int
    complete: bool
    origin: "Origin"
    method: str = field(default="", compare=False)
    known: dt.datetime | None = field(default=None, compare=False)
    among: int = field(default=0, compare=False)

    @property
    def receipt(self) -> dt.datetime:
        """The moment of which all of it was known: what is asked of that moment is answered with the same again."""
        return max(self.as_of, self.known or self.as_of)

    def reaches(self, n: int) -> bool:
        """Tell whether the first `n` of the ranking can be read from this list."""
        return len(self.models) >= n or self.complete

    def cut_at(self, n: int) -> int:
        """Give how many of the whole ranking were looked through, where it ends before the first `n`; else 0."""
        return 0 if self.reaches(n) else self.among or len(self.models)

    def narrow(self, ranking: Ranking) -> "TopList":
        """
        Keep only the models of a task or author: the first models of the narrower ranking, in the right order.

        Whatever ranks first among a task's models ranks in this order here too; only how far the result reaches is
        unknown, so it is complete only if this list was.
        """
        kept = tuple(
            model
            for model in self.models
            if (ranking.task is None or model.task == ranking.task)
            and (ranking.author is None or model.author.casefold() == ranking.author.casefold())
        )
        among = self.among or (len(self.models) if ranking != self.ranking else 0)
        return replace(self, ranking=ranking, models=kept, among=among)


@dataclass(frozen=True, slots=True)
class Selection:
    """
    The first models of a ranking that come in one framework, each with its rank among all of the ranking.

    `top_list` holds them, best first, and is complete where there are no more of them; `among` is how many models were
    looked through, `unknown` how many of those show no framework. `doubtful`: of each model, how many that are not
    selected stand above it and may belong here for all that shows.
    """

    top_list: TopList
    ranks: tuple[int, ...]
    among: int
    unknown: int
    doubtful: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Configuration:
    """
    What the Hub tells of a model's configuration and numbers without a file being read for it.

    `quantisation`: the method of `quantization_config`, empty where it names none; None: there is no such entry.
    `eight_bits`:   that entry says that the weights are whole numbers of eight bits, each under its own name.
    `own_code`:     it brings code of its own (`auto_map`); `adapter`: it is made for another model (`peft`).
    `dtypes`:       the types of the numbers in its safetensors ("BF16", "I8").
    `stems`:        the first two parts of the names of its tensors ("model.layers"); None where no header was read.
    `flaw`:         what is wrong with that header or index, a clause; every library would refuse such files.
    """

    model_type: str | None = None
    architectures: tuple[str, ...] = ()
    quantisation: str | None = None
    eight_bits: bool = False
    own_code: bool = False
    adapter: bool = False
    dtypes: tuple[str, ...] = ()
    stems: tuple[str, ...] | None = None
    flaw: str = ""


@dataclass(frozen=True, slots=True)
class Repository:
    """
    One model repository as the Hub shows it alone.

    `asked` is the name it was asked by, another than `model.id` when it was renamed; `parameters` how many numbers its
    safetensors hold; `restricted` says that its files may not be read without access; `private` that only the token's
    owner sees that it exists; `configuration` what its configuration says. None: the Hub did not say. `listed`: it was
    not read by itself but stood in a list, which tells neither licence nor gate.
    """

    model: Model
    asked: str
    as_of: dt.datetime
    origin: "Origin"
    licence: str | None = None
    last_modified: str | None = None
    sha: str | None = None
    parameters: int | None = None
    disabled: bool = False
    restricted: bool = False
    private: bool = False
    configuration: Configuration | None = None
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Twin:
    """
    A model that can be had in the framework wanted; `why` is a clause, `proof` the evidence in its repository.

    `gated`: who is let in to its files, None where anybody is.
    """

    id: str
    framework: str
    why: str
    proof: str
    private: bool = False
    gated: str | None = None
