"""
What an assistant can call: each tool's name, arguments, and how they are written as words of the grammar.

A tool adds no question of its own: its arguments become the words that a person would type, so that the grammar refuses
and suggests here as it does everywhere.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from analytics.domain.requests import MOST_MODELS, PAPER_SOURCES, SORTS, Aspect, Definition
from analytics.grammar import LONGEST_TYPED

Arguments = Mapping[str, Any]
Schema = dict[str, Any]

WORD = r"^\S+$"
"""One word: an argument that holds several would be other words of the question."""


def _word(says: str, longest: int = 100) -> Schema:
    return {"type": "string", "pattern": WORD, "maxLength": longest, "description": says}


def _one_of(words: tuple[str, ...], says: str) -> Schema:
    return {"type": "string", "enum": list(words), "description": says}


ID = _word("the id of a model on the Hub, such as google-bert/bert-base-uncased, or its address", 300)
TASK = _word("a task of the Hub, such as text-generation")
DEFINITION = _one_of(
    tuple(Definition),
    "attributed (by files, library and tags; the default) or declared (by the Hub's tags alone, as in 2022)",
)
DAY = _word("a day, such as 2026-11-16, or the moment of a receipt", 40)
BESIDE: Schema = {
    "as_of": _word("answer from what was known then: a day, or the moment after --as-of in a receipt", 40),
    "picture": {"type": "boolean", "description": "also give the chart as a PNG (about 40 kB); not by default"},
}
"""What every question takes beside its own words."""


@dataclass(frozen=True, slots=True)
class QuestionTool:
    """One tool that asks a question; `write` makes its words of the arguments."""

    name: str
    title: str
    says: str
    properties: Schema
    write: Callable[[Arguments], str]
    required: tuple[str, ...] = ()

    @property
    def input_schema(self) -> Schema:
        """The JSON schema of its arguments."""
        return _object(self.properties | BESIDE, self.required)


def _object(properties: Schema, required: tuple[str, ...]) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def _join(first: str, given: Arguments, *parts: tuple[str, str]) -> str:
    """Write the words of a question: what is given, each behind its own word (or none)."""
    return " ".join([first, *(f"{word} {given[key]}".strip() for word, key in parts if given.get(key))])


def _top(given: Arguments) -> str:
    parts = (("in", "framework"), ("by", "by"), ("task", "task"), ("author", "author"), ("", "definition"))
    return _join(f"top{int(given.get('n', 30))}", given, *parts)


def _totals(given: Arguments) -> str:
    return _join("totals", given, ("", "aspect"), ("", "definition"), ("task", "task"), ("since", "since"))


QUESTIONS: tuple[QuestionTool, ...] = (
    QuestionTool(
        "ask",
        "Ask in words",
        "Answer any question about pre-trained models by framework (PyTorch, TensorFlow, JAX and others) on the "
        "Hugging Face Hub, in papers and in official collections, in plain words or in the words of the grammar "
        "(“top30 in tensorflow”, “totals since 2022”, “is whisper in tf?”, “trend”, “new in tensorflow”, “share in "
        "gguf”, “load openai-community/gpt2 in tensorflow”, “why method”). “help” lists what can be asked, “status” "
        "says how fresh it is.",
        {"question": {"type": "string", "minLength": 1, "maxLength": LONGEST_TYPED, "description": "the question"}},
        lambda given: str(given["question"]),
        ("question",),
    ),
    QuestionTool(
        "top",
        "Most downloaded models by framework",
        "The first models of the Hub by downloads (or likes, trending, all-time downloads) with the framework of each.",
        {
            "n": {"type": "integer", "minimum": 1, "maximum": MOST_MODELS, "description": "how many models; 30"},
            "by": _one_of(tuple(SORTS), "the measure; downloads of 30 days"),
            "task": TASK,
            "author": _word("an account of the Hub, such as google"),
            "framework": _word("only models in this framework or format, such as tensorflow or gguf"),
            "definition": DEFINITION,
        },
        _top,
    ),
    QuestionTool(
        "totals",
        "All models by framework",
        "How many models of the whole Hub come in PyTorch, TensorFlow, both or neither; also beside March 2022.",
        {
            "definition": DEFINITION,
            "task": TASK,
            "since": _one_of(("2022",), "set the article's reading of March 2022 (by the tags) beside it"),
            "aspect": _one_of(
                ("all", "reach", *filter(None, Aspect)),
                "all: every repository, copies too; reach: what loads or converts; or what people download or name",
            ),
        },
        _totals,
    ),
    QuestionTool(
        "model",
        "One model's frameworks",
        "In which frameworks and formats one model comes, with the files that prove it, and what converts it on load.",
        {"id": ID, "framework": _word("ask for this framework or format alone, such as tensorflow")},
        lambda given: _join("model", given, ("", "id"), ("in", "framework")),
        ("id",),
    ),
    QuestionTool(
        "compare",
        "Two models side by side",
        "In which frameworks each of two models comes.",
        {"first": ID, "second": ID},
        lambda given: _join("compare", given, ("", "first"), ("", "second")),
        ("first", "second"),
    ),
    QuestionTool(
        "papers",
        "Papers' code by framework",
        "What share of papers' code is in each framework, by quarter.",
        {
            "quarter": _word("one quarter, such as 2021Q4, or a year, such as 2021"),
            "source": _one_of((*PAPER_SOURCES, "overlap"), "where it is counted; the newest that can tell by default"),
            "official": {"type": "boolean", "description": "the authors' own code alone"},
            "per": _one_of(("pair", "paper", "repository"), "what is counted, of the archive"),
        },
        lambda given: _join(
            f"papers{' official' if given.get('official') else ''}",
            given,
            ("", "source"),
            ("", "quarter"),
            ("per", "per"),
        ),
    ),
    QuestionTool(
        "official",
        "Official collections",
        "How many models the official collections of each camp hold, each in its own unit, never added up.",
        {"camp": _one_of(("pytorch", "tensorflow"), "one side alone")},
        lambda given: _join("official", given, ("", "camp")),
    ),
    QuestionTool(
        "changes",
        "What changed in the top 30",
        "Which models entered and left the 30 most downloaded since a day, and whether that is more than usual.",
        {"since": DAY, "until": DAY},
        lambda given: _join("changes", given, ("since", "since"), ("until", "until")),
    ),
)

CHECK = "check_claim"
CHECK_TITLE = "Check a claim"
CHECK_SAYS = (
    "Hold a claim about shares or numbers of models against what is counted: “85 % of models are PyTorch-only”, “at "
    "least 28 of the top 30 models are in PyTorch”, “PyTorch has ten times as many models as TensorFlow”, with “in "
    "2022”, “today” or “by tags” where that is meant. Says true, false or mixed, for each reading with its "
    "definition, day, numbers, n and receipt. A claim it cannot check is said to be so; never "
    "judge such a claim from memory instead."
)
CHECK_INPUT = _object(
    {"claim": {"type": "string", "minLength": 1, "maxLength": LONGEST_TYPED, "description": "one claim, in English"}},
    ("claim",),
)
