"""The first minute: in an empty folder and without a network every question answers, dated, labelled, of what it is."""

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from analytics import grammar, sample
from analytics.analyst import Analyst
from analytics.attribution import METHOD
from analytics.domain.answer import Answer, Origin
from analytics.domain.chart_specs import Bars, Held, Matrix
from analytics.domain.reach_counts import Reached
from analytics.domain.reading_kinds import CENSUS, PAPERS_ARCHIVE
from analytics.domain.requests import OneModel
from analytics.errors import NotCollected, NothingStored
from analytics.papers import METHOD as PAPERS_METHOD
from analytics.reach.tag_rule import is_of_untold_type
from analytics.sample import embedded
from analytics.storage.readings import Reading
from tests.analytics.charts.drawings import figure, is_inside
from tests.analytics.charts.referee import find_cut

NOW = dt.datetime(2026, 11, 27, 9, tzinfo=dt.UTC)
NOWHERE = "http://127.0.0.1:9"

WITHOUT_CHART = ("new", "share", "why")
"""First words of questions that are answered by a table or by sentences, with a network too."""
NOT_TOLD = {"top30 by alltime": "downloads of all time", "totals dead": "the most downloaded models alone"}
"""No embedded list tells downloads of all time, nor holds what nobody downloads: these are refused, and not offered."""

RARE = "meta-llama/Meta-Llama-3-8B"
"""A model of the embedded list by likes that the one by downloads lacks."""

OFFERED = tuple(dict.fromkeys([words for words, _ in grammar.EXAMPLES] + [topic.first for topic in grammar.TOPICS]))
FURTHER = (
    "totals declared",
    "totals task text-generation",
    "totals declared task fill-mask",
    "totals reach",
    "totals all",
    "totals all task text-generation",
    "totals by downloads declared",
    "totals by downloads task fill-mask",
    "trend declared",
    "trend all",
    "trend originals",
    "papers official",
    "papers per repository",
    "top100 by likes",
)


@pytest.fixture(scope="module")
def newcomer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Analyst]:
    """Give an analyst with an empty folder and no network."""
    analyst = Analyst(tmp_path_factory.mktemp("empty"), NOWHERE, seconds=0.2, clock=lambda: NOW)
    yield analyst
    analyst.close()


def ask(analyst: Analyst, words: str, as_of: dt.datetime | None = None) -> Answer:
    """Ask canonical words."""
    request = grammar.parse(words)
    assert not isinstance(request, grammar.Unclear), request
    return analyst.answer(request, as_of)


@pytest.mark.parametrize("words", [words for words in (*OFFERED, *FURTHER) if words not in NOT_TOLD])
def test_every_question_that_is_offered_answers_at_once(newcomer: Analyst, words: str) -> None:
    """With a chart from each that has one with a network, and always with the label of a sample."""
    answer = ask(newcomer, words)

    if not words.startswith("why"):
        assert answer.sample
        assert answer.freshness == "SAMPLE, not live"
        assert "--as-of" not in answer.reproduce, "of no day is the sample an answer"
        assert answer.method, "by which version of the rule was counted, every count says"
    if not words.startswith(WITHOUT_CHART):
        assert answer.chart is not None
        assert is_inside(figure(answer))


README = Path(__file__).parents[3] / "README.md"
MARKED = re.compile(r"\*(network|collected|stored)\*")


def list_unmarked() -> list[str]:
    """Give the questions of README's table whose row says nothing of a network, letters that stand for a name aside."""
    _, _, table = README.read_text(encoding="utf-8").partition("| Words | Answer |")
    rows = [row for row in table.partition("\n\n")[0].splitlines() if not MARKED.search(row)]
    words = [one for row in rows for one in re.findall(r"`([^`]+)`", row) if not re.search(r" [A-Z]$", one)]
    return [one for one in words if not isinstance(grammar.parse(one), grammar.Unclear)]


@pytest.mark.parametrize("words", list_unmarked())
def test_what_the_readme_leaves_unmarked_is_answered_from_the_sample(newcomer: Analyst, words: str) -> None:
    """“All else is answered from the embedded sample where there is none.”"""
    assert ask(newcomer, words).headline


@pytest.mark.parametrize(("words", "why"), NOT_TOLD.items())
def test_what_no_sample_tells_is_refused_and_not_offered(newcomer: Analyst, words: str, why: str) -> None:
    """Downloads of all time, and their lack, are in no embedded list."""
    with pytest.raises(NotCollected, match=why):
        ask(newcomer, words)
    request = grammar.parse(words)
    assert not isinstance(request, grammar.Unclear)
    assert not newcomer.can_answer(request)


@pytest.mark.parametrize(
    ("words", "population"),
    [
        ("totals", "8,130 top originals and fine-tunes of Sep 2024 (92 to 99 %)"),
        ("totals declared", "Of 9,715 top repositories of Sep 2024, 4,349 carry the tag pytorch"),
        ("totals all", "of 9,715 top repositories of Sep 2024"),
        (
            "totals task fill-mask",
            "top fill-mask originals and fine-tunes of Sep 2024",
        ),
        ("totals since 2022", "Of 4,359 tagged top models of Sep 2024, PyTorch alone has 84 %"),
        ("totals reach", "of 8,130 top originals and fine-tunes of Sep 2024"),
        (
            "totals by downloads",
            "top originals and fine-tunes of Sep 2024: PyTorch only 62 %",
        ),
        ("totals by library", "among 8,130 top originals and fine-tunes of Sep 2024"),
        ("totals by licence", "among 8,130 top originals and fine-tunes of Sep 2024"),
        ("papers", "of 2023 in part of the archive"),
        ("papers 2020", "Of 145 pairs of 2020 in part of the archive: PyTorch in 50"),
        ("papers 2021Q4", "Of 47 pairs of 2021Q4 in part of the archive: PyTorch in 22"),
        ("trend", "Top 30 of Sep 2024 and Aug 2026: PyTorch in 29 and 28, TensorFlow in 14 and 9"),
        ("trend declared", "Top 30 of Mar 2022, Sep 2024 and Aug 2026: 30, 24 and 17 carry the tag pytorch"),
        ("top10 author google", "8 of the 8 models of google among the stored top 120, "),
        ("top30 task text-generation in tensorflow", "the 26 text-generation models among the stored top 120"),
        ("new in tensorflow", "Of the 120 models most downloaded on 22 Aug 2026, none in TensorFlow were created"),
        ("new task text-generation", "Of the 120 models most downloaded on 22 Aug 2026, none for text-generation "),
        ("changes", "3 new in top 30 from 9 to 16 Aug 2026, PyTorch still 29 (28 to 30), TensorFlow from 12 to 10 "),
        ("top50 by likes", "of the 50 most liked models"),
    ],
)
def test_the_sentence_names_its_population(newcomer: Analyst, words: str, population: str) -> None:
    """Nothing of a sample is said to be the Hub of today."""
    answer = ask(newcomer, words)

    assert population in answer.headline
    assert "models of the Hub" not in answer.headline
    assert "all models" not in answer.scope
    assert len(answer.title.split()) <= 14


def test_declared_shares_of_the_sample_are_those_of_its_data(newcomer: Analyst) -> None:
    """3,669 only PyTorch, 10 only TensorFlow, 680 both, 5,356 neither, counted from the same file by others."""
    counts = ask(newcomer, "totals declared").counts

    assert counts is not None
    assert (counts.pytorch_only, counts.tensorflow_only, counts.both, counts.neither) == (3669, 10, 680, 5356)


def test_intervals_stand_beside_the_shares_of_few(newcomer: Analyst) -> None:
    """22 of 47 is 33 to 61 percent (Wilson, 95 %), in the sentence and in the table."""
    answer = ask(newcomer, "papers 2021Q4")

    assert "(33 to 61 %)" in answer.headline
    assert answer.table is not None
    assert answer.table.rows[0][:3] == ("2021Q4", "33 to 61 %", "1 to 14 %")
    assert any("60 % PyTorch and 11 % TensorFlow of about 4,500" in line for line in answer.further)


@pytest.mark.parametrize("words", ["papers 2008Q3", "papers 2012Q3"])
def test_a_quarter_the_part_does_not_hold_is_said(newcomer: Analyst, words: str) -> None:
    """And the years it does hold are drawn."""
    answer = ask(newcomer, words)

    assert answer.headline == f"A part of the archive holds no paper of {words[-6:]}"
    assert answer.chart is not None


@pytest.mark.parametrize("words", ["since 2026-11-16", "until 2026-11-16", "since 2026-08-08", "until 2026-08-09"])
def test_what_changed_between_other_days_than_the_samples_is_refused(newcomer: Analyst, words: str) -> None:
    """As `top30 on 2026-11-16` is; which days the sample has is said."""
    with pytest.raises(NothingStored, match=r"No list of the most downloaded models of .* or earlier is") as refused:
        ask(newcomer, f"changes {words}")

    assert "“changes since 2026-08-09 until 2026-08-16”" in refused.value.told


@pytest.mark.parametrize("words", ["", " since 2026-08-09", " until 2026-08-16", " since 2026-08-09 until 2026-08-16"])
def test_what_changed_since_a_day_of_the_sample_is_answered_by_it(newcomer: Analyst, words: str) -> None:
    """Up to the newest list that is known, as by stored ones; both days stand in the title."""
    answer = ask(newcomer, f"changes{words}")

    assert answer.headline.startswith("3 new in top 30 from 9 to 16 Aug 2026")
    assert answer.sample


@pytest.mark.parametrize(("words", "named"), [("top30 in jax", "PyTorch too"), ("top30 in pytorch", "PyTorch only")])
def test_a_picture_of_a_third_framework_says_no_only(newcomer: Analyst, words: str, named: str) -> None:
    """All that it shows come in JAX: what is in PyTorch as well is in PyTorch too."""
    chart = ask(newcomer, words).chart

    assert chart is not None
    assert chart.words.startswith(f"{named}: ")


def test_a_model_whose_tags_call_it_a_copy_is_told_to_hold_full_weights(newcomer: Analyst) -> None:
    """`top30 originals` has it; the Hub's relation is there for files beside its own."""
    answer = ask(newcomer, "model sentence-transformers/all-MiniLM-L6-v2")

    (told,) = [line for line in answer.detail if "quantised copy" in line]
    assert told.startswith("Its tags call it a quantised copy of nreimers/MiniLM-L6-H384-uncased")
    assert told.endswith("it holds full weights all the same.")


def test_what_changed_lately_is_asked_by_no_moment(newcomer: Analyst) -> None:
    """Nobody asked for a day, to the second."""
    assert ask(newcomer, "changes").question == "changes"


def test_the_trend_has_three_dated_points_each_under_its_own_definition(newcomer: Analyst) -> None:
    """The article's is by the tags whatever is asked; no finding of what is judged by evidence sets it beside that."""
    evidence, tags = ask(newcomer, "trend"), ask(newcomer, "trend declared")
    assert evidence.table
    assert tags.table

    rule = evidence.table.names.index("definition")
    assert [row[rule] for row in evidence.table.rows] == ["declared", "attributed", "attributed"]
    assert {row[rule:] for row in tags.table.rows} == {("declared", None, None, None, None)}
    assert isinstance(evidence.chart, Bars)
    assert [bar.note for bar in evidence.chart.bars] == ["by tags", "", ""]
    assert "2022" not in evidence.headline + evidence.title
    assert "In March 2022 the article counted by the tags alone" in evidence.further[0]


@pytest.mark.parametrize(
    ("typed", "found"), [("bert-base-uncased", "google-bert/bert-base-uncased"), ("gpt2", "openai-community/gpt2")]
)
def test_a_bare_old_name_is_found_in_the_sample(newcomer: Analyst, typed: str, found: str) -> None:
    """As the Hub itself would find it."""
    answer = ask(newcomer, f"model {typed} in tensorflow")

    assert answer.sample
    assert found in answer.headline


def test_what_was_not_read_is_no_no(newcomer: Analyst) -> None:
    """A list holds no configuration: whether a model converts on load is not known, and the finding itself says so."""
    answer = ask(newcomer, "model Qwen/Qwen3-0.6B in tensorflow")

    assert answer.headline == "Nothing shows TensorFlow in Qwen/Qwen3-0.6B; whether it converts on load is not known"
    assert answer.title == "Qwen3-0.6B: TensorFlow unknown"
    assert answer.table
    assert ("TensorFlow", "unknown", None, None) in answer.table.rows


IN_TITLES = {"yes": "yes", "assumed": "probably", "declared": "declared only", "unknown": "unknown", "no": "no"} | {
    "inherited": "by conversion",
    "conversion": "by conversion",
}
"""How a title says each status of the table."""


def list_embedded() -> list[str]:
    """Name every model of the embedded lists that a question on one model can be asked of."""
    return list(dict.fromkeys(model.id for one in sample.top_lists() for model in one.models))


@pytest.mark.parametrize("wanted", [None, "TensorFlow", "MLX", "Keras", "ONNX", "GGUF"])
def test_title_row_picture_and_words_of_every_model_say_one_status(newcomer: Analyst, wanted: str | None) -> None:
    """Of all models of the embedded lists; and none is denied whose files nobody read."""
    for name in list_embedded():
        answer = newcomer.answer(OneModel(name, wanted))
        assert answer.table
        assert isinstance(answer.chart, Matrix)
        rows = {str(row[0]): str(row[1]) for row in answer.table.rows}
        cells = {at: row[0] for at, row in zip(answer.chart.frameworks, answer.chart.cells, strict=True)}
        told = {one: IN_TITLES[rows[one]] for one in ([wanted] if wanted else ["PyTorch", "TensorFlow"])}

        plain = re.sub(r" \(only before [^)]*\)", "", answer.title)
        assert plain == f"{name.rpartition('/')[2]}: " + ", ".join(map(" ".join, told.items()))
        assert {at: cell.status.value for at, cell in cells.items() if at != "Conversions"}.items() <= rows.items()
        assert all(f"{at} {held}" in answer.alt_text for at, held in rows.items() if held != "conversion")
        assert "no" not in rows.values(), "its files were not read"


@pytest.mark.parametrize("wanted", ["onnx", "gguf", "mlx", "openvino", "coreml", "tflite", "tensorflow"])
@pytest.mark.parametrize("question", ["model", "load"])
def test_a_format_is_not_denied_where_no_files_were_read(newcomer: Analyst, question: str, wanted: str) -> None:
    """Tags tell only of some."""
    answer = ask(newcomer, f"{question} openai/whisper-large-v3 in {wanted}")

    assert not answer.headline.startswith(("No:", "No "))
    assert answer.headline.startswith("Unknown: nothing shows") or "is not known" in answer.headline


def test_what_tags_show_is_not_all_the_formats_there_are(newcomer: Analyst) -> None:
    """The files were not read; nor did the Hub refuse to list them."""
    answer = ask(newcomer, "formats openai/whisper-large-v3")

    assert answer.title == "whisper-large-v3: at least 3 formats"
    assert "whose files were not read, show 3 formats: safetensors, PyTorch and JAX" in answer.headline
    assert not any("does not list" in caveat for caveat in answer.caveats)


def test_what_is_not_known_of_one_is_no_difference_of_two(newcomer: Analyst) -> None:
    """“Only” would deny it of the other."""
    answer = ask(newcomer, "compare openai/whisper-large-v3 google-bert/bert-base-uncased")

    assert answer.title == "bert-base-uncased is in TensorFlow; of whisper-large-v3 unknown"


def test_the_rank_in_the_embedded_list_is_told_with_its_day_and_population(newcomer: Analyst) -> None:
    """It stands in the list that `top100` answers from; what is in no list is said not to be in it."""
    first, outside = (" ".join(ask(newcomer, f"model {name}").detail) for name in (*list_embedded()[:1], RARE))

    assert "rank 1 of the 120 most downloaded on 22 Aug 2026, a sample, as no list is stored" in first
    assert "not among the 120 most downloaded of 22 Aug 2026, a sample, as no list is stored" in outside


def test_what_a_list_does_not_tell_of_a_model_is_not_denied(newcomer: Analyst) -> None:
    """Neither its licence nor whether it is gated."""
    said = " ".join(ask(newcomer, "model openai/whisper-large-v3").detail)

    assert "Licence not known, library transformers, whether it is gated not known" in said


@pytest.mark.parametrize("words", ["totals", "totals reach", "trend", "papers", "changes", "top50 by likes", "top30"])
def test_a_past_day_is_never_answered_by_the_sample(newcomer: Analyst, words: str) -> None:
    """Nobody knew it then."""
    with pytest.raises(NothingStored):
        ask(newcomer, words, as_of=NOW)


def test_a_stored_reading_wins_over_the_sample(tmp_path: Path) -> None:
    """However old it is, and however much larger the sample is."""
    analyst = Analyst(tmp_path, NOWHERE, seconds=0.2, clock=lambda: NOW)
    origin = (Origin("somebody", "a census", "https://example.org", "2026-11-01"),)
    for kind, name, method in ((CENSUS, "census", METHOD), (PAPERS_ARCHIVE, "papers", PAPERS_METHOD)):
        body = embedded.read_embedded(name).body
        analyst.context.readings.add(Reading(kind, "", NOW - dt.timedelta(days=400), method, body, origin))

    assert [ask(analyst, words).sample for words in ("totals", "papers")] == [False, False]
    analyst.close()


def test_every_embedded_reading_is_dated_and_of_todays_rules() -> None:
    """A rule that changed makes them anew: `python -m analytics.embedding FOLDER`."""
    names = (embedded.CENSUS, embedded.PAPERS, embedded.LIKES, embedded.EARLIER, embedded.LATER, embedded.THEN)
    kept = [embedded.read_embedded(name) for name in names]

    assert [one.method for one in kept[:2]] == [METHOD, PAPERS_METHOD]
    assert all(one.origins and one.origins[0].licence and one.population for one in kept)
    assert all(dt.datetime(2024, 9, 1, tzinfo=dt.UTC) < one.as_of < NOW for one in kept)


def test_the_two_days_are_a_week_apart_and_move_as_their_source_says() -> None:
    """9 to 16 August: three in, three out, counted from the same file by others."""
    later, earlier = (
        {row[0] for row in embedded.read_embedded(name).body[:30]} for name in ("week_after", "week_before")
    )

    assert later - earlier == {"Comfy-Org/MiniMax-H3", "nvidia/Qwen3.6-35B-A3B-NVFP4", "BAAI/bge-base-en-v1.5"}
    assert len(earlier - later) == 3


def test_all_that_is_embedded_is_small_and_named_in_its_readme() -> None:
    """A wheel of three megabytes holds it many times over; every file has its origin and licence beside it."""
    folder = Path(str(sample.__file__)).parent
    files = [file for file in folder.iterdir() if file.suffix in (".json", ".csv")]
    readme = (folder / "README.md").read_text(encoding="utf-8")

    assert sum(file.stat().st_size for file in files) < 250_000
    assert [file.name for file in files if not re.search(rf"^## .*{re.escape(file.name)}", readme, re.MULTILINE)] == []


@pytest.mark.parametrize("words", [words for words in (*OFFERED, *FURTHER) if words not in NOT_TOLD])
def test_a_finding_of_the_sample_is_read_in_a_breath(newcomer: Analyst, words: str) -> None:
    """No headline has more than 25 words: which sample it is of stands in one word and its month."""
    assert len(ask(newcomer, words).headline.split()) <= 25


def test_types_that_the_sample_does_not_keep_are_said_to_be_unknown(newcomer: Analyst) -> None:
    """Few tags of a list are embedded, so that a model of which none names a type may convert all the same."""
    said = [one for one in ask(newcomer, "top30 reach").doubts if "few tags" in one]

    untold = [one for one in sample.top_list().models[:30] if is_of_untold_type(one)]
    assert len(said) == 1
    assert f"of {len(untold)} models none names a type" in said[0]


def test_what_converts_is_at_least_so_many_where_types_are_not_known(newcomer: Analyst) -> None:
    """In finding, title, table, JSON and alternative text: unknown is a class of its own, and neither no nor none."""
    answer = ask(newcomer, "top30 reach")
    (tensorflow,) = (one for one in answer.reach if one.framework == "TensorFlow")
    untold = tensorflow.of(Reached.UNTOLD)

    assert untold > 5
    assert "; by tags 1 more converts on load" in answer.headline
    assert answer.title == "Old TensorFlow files: 9 of 30, by tags 1 converts"
    assert f"{untold} of these have no TensorFlow files" in " ".join(answer.doubts)
    assert f"type not known {untold}" in answer.alt_text
    assert answer.as_json()["reach"]["TensorFlow"]["type_not_known"] == untold
    assert "; by tags 2,373 more convert" in ask(newcomer, "totals reach").headline


@pytest.mark.parametrize(("into", "said"), [("tensorflow", "At least 23 of"), ("mlx", "None of")])
def test_what_is_loadable_is_at_least_so_many_where_types_are_not_known(
    newcomer: Analyst, into: str, said: str
) -> None:
    """Neither “only so many” nor an upper end that nobody knows."""
    answer = ask(newcomer, f"top30 in {into} loadable")

    assert answer.headline.startswith(said)
    assert "at most" not in answer.headline
    assert "at least 23" in answer.title or "known" in answer.title
    assert any("none names a type, so whether these load" in doubt for doubt in answer.doubts)


def test_a_picture_of_a_task_has_its_subtitle_whole(newcomer: Analyst) -> None:
    """What was counted of which models is part of the finding."""
    answer = ask(newcomer, "totals task fill-mask")

    assert answer.chart
    assert find_cut(figure(answer), answer.chart) == []


@pytest.mark.parametrize("name", ["google-bert/bert-base-uncased", "Qwen/Qwen3-0.6B", "BAAI/bge-m3"])
def test_the_picture_of_formats_shows_those_of_the_table(newcomer: Analyst, name: str) -> None:
    """Safetensors are a row of it, too: the title counts seven formats, and six were shown."""
    answer = ask(newcomer, f"formats {name}")

    assert answer.table
    assert isinstance(answer.chart, Matrix)
    rows = zip(answer.chart.frameworks, answer.chart.cells, strict=True)
    drawn = {row for row, (cell,) in rows if cell.status in (Held.YES, Held.ASSUMED, Held.CONVERSION)}
    assert drawn == {"Conversions" if row[1] == "conversion" else row[0] for row in answer.table.rows}
