"""The rule agrees with people about real, hard models, and the published numbers are the computed ones."""

from pathlib import Path

import pytest

from analytics.attribution import METHOD, Tier
from tests.analytics.attribution import accuracy

METHOD_DOC = Path(__file__).parents[3] / "docs" / "method.md"


def test_agrees_with_the_labels_in_99_of_100(capsys: pytest.CaptureFixture[str]) -> None:
    """At least 150 models, labelled by hand with a reason each; the confusion table is printed."""
    labelled = accuracy.labelled()

    with capsys.disabled():
        print("\n" + accuracy.report())  # noqa: T201 - the table is the result of this test

    assert len([one for one in labelled if one.source != "documented layout"]) >= 150
    assert all(one.why for one in labelled)
    assert len(accuracy.disagreements()) <= len(labelled) // 100


def test_labels_no_model_twice_from_one_source() -> None:
    """A hard model cannot be counted several times."""
    named = [(one.source, one.model.id) for one in accuracy.labelled()]

    assert len(named) == len(set(named))


def test_leaves_little_unknown_on_the_list_of_september_2024() -> None:
    """At most 3 % of models and 1 % of downloads stay unknown."""
    models = accuracy.top_2024()
    unknown = [m for m, v in zip(models, accuracy.verdicts_2024(), strict=True) if v.tier is Tier.UNKNOWN]

    assert len(models) == 9_715
    assert len(unknown) <= 0.03 * len(models)
    assert sum(m.downloads_30d or 0 for m in unknown) <= 0.01 * sum(m.downloads_30d or 0 for m in models)


def test_publishes_the_numbers_as_computed() -> None:
    """docs/method.md holds the report word for word, and the version of the rule."""
    written = METHOD_DOC.read_text(encoding="utf-8")

    assert accuracy.report() in written
    assert f"Version of the rule: {METHOD}" in written
