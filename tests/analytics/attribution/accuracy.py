"""
How often the rule is right, and by what evidence it decides: the numbers of docs/method.md.

    python -m tests.analytics.attribution.accuracy

prints them; nothing else is needed than this repository. Every labelled model goes the way the product reads one: as an
item of the Hub's answers through `model_of`. Hard models and those drawn at random are told apart.
"""

import csv
import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from analytics.attribution import METHOD, PYTORCH, TENSORFLOW, Status, Tier, Verdict, attribute, attribute_all
from analytics.attribution.signals import own_run
from analytics.domain.observations import Model
from analytics.sources.hub.items import model_of
from tests.analytics.attribution.twin import remark_of

HERE = Path(__file__).parent
HARD, RANDOM = "labelled.jsonl", "random.jsonl"
MADE = "documented layout"
TOP_2024 = HERE.parents[1] / "data" / "top_2024-09-20.csv.gz"
SAMPLE_2026 = HERE.parents[2] / "analytics" / "sample" / "top_models_2026-08-22.csv"

ORDER = ("PyTorch", "TensorFlow", "JAX", "Keras", "MLX", "PaddlePaddle", "Other", "conversion", "no-weights", "unknown")


@dataclass(frozen=True, slots=True)
class Labelled:
    """One model and what a person says of it."""

    model: Model
    source: str
    frameworks: tuple[str, ...]
    remark: str
    why: str

    @property
    def label(self) -> str:
        """The class a person gives."""
        return " + ".join(self.frameworks) or self.remark

    @property
    def verdict(self) -> str:
        """The class the rule gives."""
        verdict = attribute(self.model)
        return " + ".join(verdict.frameworks) or remark_of(verdict).value


@cache
def top_2024() -> tuple[Model, ...]:
    """Read the reduced list of September 2024: tags, and neither libraries nor files."""
    with gzip.open(TOP_2024, "rt", encoding="utf-8") as text:
        return tuple(
            Model(row["id"], int(row["downloads_30d"]), task=row["task"] or None, tags=tuple(row["tags"].split("|")))
            for row in csv.DictReader(text)
        )


@cache
def verdicts_2024() -> tuple[Verdict, ...]:
    """Judge that list: two seconds, and several readers."""
    return tuple(attribute_all(top_2024()))


@cache
def sample_2026() -> tuple[Model, ...]:
    """Read the sample that ships with the bot: libraries and the tags that matter, no files."""
    with SAMPLE_2026.open(encoding="utf-8") as text:
        return tuple(
            Model(
                row["id"],
                int(row["downloads_30d"]),
                library=row["library"] or None,
                created_at=row["created_at"],
                tags=tuple(row["tags"].split()) if row["tags_as_of"] else None,
            )
            for row in csv.DictReader(text)
        )


@cache
def labelled(*names: str) -> tuple[Labelled, ...]:
    """Read labelled sets (all of them), their evidence filled in from the lists where it is not written out."""
    lists = {
        "top_2024-09-20": {model.id: model for model in top_2024()},
        "sample_2026-08-22": {model.id: model for model in sample_2026()},
    }
    texts = [(HERE / name).read_text(encoding="utf-8") for name in names or (HARD, RANDOM)]
    rows = [json.loads(line) for text in texts for line in text.strip().split("\n")]
    return tuple(
        Labelled(
            as_read(lists[row["source"]][row["id"]] if row["source"] in lists else _written_out(row)),
            row["source"],
            tuple(row["frameworks"]),
            row["remark"],
            row["why"],
        )
        for row in rows
    )


def _written_out(row: Mapping[str, object]) -> Model:
    """Take the evidence from the row itself; what it does not name was not read."""
    known = {name: row.get(name) for name in ("library", "created_at", "header")}
    lists = {name: tuple(row[name]) if name in row else None for name in ("tags", "files")}  # type: ignore[arg-type] # JSON
    return Model(str(row["id"]), **known, **lists)  # type: ignore[arg-type] # JSON


def as_read(model: Model) -> Model:
    """Give a model as the product reads it out of the Hub's answer; a header is read apart."""
    item = as_item(model)
    read = model_of(item)
    assert read
    return replace(read, header=model.header)


def as_item(model: Model) -> dict[str, object]:
    """Write a model as an item of the Hub's answers, in which what is not known is missing."""
    told = {
        "id": model.id,
        "library_name": model.library,
        "createdAt": model.created_at,
        "pipeline_tag": model.task,
        "downloads": model.downloads_30d,
        "tags": None if model.tags is None else list(model.tags),
        "siblings": None if model.files is None else [{"rfilename": name} for name in model.files],
    }
    return {name: value for name, value in told.items() if value is not None}


def disagreements() -> tuple[Labelled, ...]:
    """Name the labelled models of which the rule says something else."""
    return tuple(one for one in labelled() if one.label != one.verdict)


@cache
def report() -> str:
    """Write all numbers as the Markdown that stands in docs/method.md."""
    hard, drawn = labelled(HARD), labelled(RANDOM)
    return "\n\n".join(
        [
            f"Method {METHOD}.",
            f"**Drawn at random**: {_agreement(drawn)}",
            _confusion(drawn),
            _disagreements(drawn),
            f"**Chosen to be hard**: {_agreement(hard)}",
            _confusion(hard),
            _disagreements(hard),
            _decided_by({"drawn at random": drawn, "chosen to be hard": hard}),
            _shares(top_2024(), verdicts_2024()),
            _bracket(top_2024(), verdicts_2024()),
        ]
    )


def _agreement(models: Iterable[Labelled]) -> str:
    models = list(models)
    parts = {"real models": [], "layouts after documentation": []}  # type: dict[str, list[bool]]
    for one in models:
        parts["layouts after documentation" if one.source == MADE else "real models"].append(one.label == one.verdict)
    told = [
        f"of {len(part)} {name} {sum(part)} agree ({_percent(sum(part), len(part))})"
        for name, part in parts.items()
        if part
    ]
    wrongly = sum(_given(one, PYTORCH) + _given(one, TENSORFLOW) for one in models)
    return f"{'; '.join(told)}; {wrongly} wrongly given to PyTorch or TensorFlow."


def _given(one: Labelled, framework: str) -> bool:
    return framework in one.verdict.split(" + ") and framework not in one.frameworks


def _confusion(models: Iterable[Labelled]) -> str:
    """Cross what a person says with what the rule says; models in several frameworks have rows of their own."""
    pairs = Counter((one.label, one.verdict) for one in models)
    classes = sorted(
        {name for pair in pairs for name in pair}, key=lambda name: (name not in ORDER, _place(name), name)
    )
    head = [("labelled \\ rule", *classes), ("---", *("---:" for _ in classes))]
    body = [(label, *(str(pairs[label, rule] or "") for rule in classes)) for label in classes]
    return _table([*head, *body])


def _decided_by(sets: Mapping[str, tuple[Labelled, ...]]) -> str:
    """Count the labelled models by the weakest evidence each verdict rests on."""
    tiers = {name: Counter(attribute(one.model).tier for one in models) for name, models in sets.items()}
    rows = [
        (
            tier.value,
            *(f"{tiers[name][tier]} ({_percent(tiers[name][tier], len(models))})" for name, models in sets.items()),
        )
        for tier in Tier
        if any(counted[tier] for counted in tiers.values())
    ]
    return _table([("decided by", *sets), ("---", *("---:" for _ in sets)), *rows])


def _place(name: str) -> int:
    return ORDER.index(name) if name in ORDER else len(ORDER)


def _disagreements(models: Iterable[Labelled]) -> str:
    lines = (
        f"* `{one.model.id}`: labelled {one.label}, the rule says {one.verdict}. {one.why}."
        for one in models
        if one.label != one.verdict
    )
    return "\n".join(lines) or "No disagreement."


def _shares(models: Sequence[Model], verdicts: Sequence[Verdict]) -> str:
    """Count models and downloads by the weakest evidence each verdict rests on."""
    rows = [_share(tier, models, verdicts) for tier in Tier]
    head = [("decided by", "models", "share of models", "share of downloads"), ("---", "---:", "---:", "---:")]
    return _table([*head, *(row for row in rows if row[1] != "0")])


def _share(tier: Tier, models: Sequence[Model], verdicts: Sequence[Verdict]) -> tuple[str, ...]:
    there = [model.downloads_30d or 0 for model, verdict in zip(models, verdicts, strict=True) if verdict.tier is tier]
    downloads = sum(model.downloads_30d or 0 for model in models)
    return tier.value, f"{len(there):,}", _percent(len(there), len(models)), _percent(sum(there), downloads)


def _bracket(models: Sequence[Model], verdicts: Sequence[Verdict]) -> str:
    """Say how far the count of PyTorch rests on proof, and how often its tag is only the author's."""
    counted = [one for verdict in verdicts for one in verdict.findings if one.framework == PYTORCH and one.counts]
    proven = sum(one.status is Status.YES for one in counted)
    beside = sum(
        any(one.framework == PYTORCH and one.tier is Tier.LIBRARY for one in verdict.findings)
        and bool({"TensorFlow", "JAX"} & set(verdict.frameworks))
        for verdict in verdicts
    )
    authors = sum("pytorch" in (m.tags or ()) and "pytorch" not in own_run(m) for m in models)
    return (
        f"Of these {len(models):,} models PyTorch is in {proven:,} on evidence marked yes, in {len(counted):,} with "
        f"what is assumed or declared. {beside} have safetensors beside files of TensorFlow or JAX only. "
        f"The tag `pytorch` of {authors} is the author's and not the Hub's."
    )


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.2f} %"


def _table(rows: Iterable[Iterable[str]]) -> str:
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


if __name__ == "__main__":
    sys.stdout.write(report() + "\n")
