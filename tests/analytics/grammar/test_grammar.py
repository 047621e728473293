"""People type carelessly; the grammar takes what is clear and hands back what is not."""

import datetime as dt

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from analytics.domain.requests import Definition, Top
from analytics.grammar import EXAMPLES, LONGEST, Unclear, parse, understand

TODAY = dt.date(2026, 11, 27)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("top30", Top()),
        ("top", Top()),
        ("TOP 50", Top(n=50)),
        ("top10 by likes", Top(n=10, by="likes")),
        ("top10 by alltime", Top(n=10, by="alltime")),
        ("top 10 by downloads of all time task fill-mask", Top(n=10, by="alltime", task="fill-mask")),
        ("top10 all-time downloads", Top(n=10, by="alltime")),
        ("top30 trending", Top(by="trending")),
        ("top 30 most downloaded models", Top()),
        ("top30 task text-generation", Top(task="text-generation")),
        ("top30 task text generation by likes", Top(task="text-generation", by="likes")),
        ("top30 author google", Top(author="google")),
        ("top30 author <https://huggingface.co/google|huggingface.co/google>", Top(author="google")),
        ("top30 declared", Top(definition=Definition.DECLARED)),
        ("*top30* by “likes”.", Top(by="likes")),
        ("top\u00a030 by\u00a0likes", Top(by="likes")),
        ("top30 --by likes --author google", Top(by="likes", author="google")),
        ("top30 by:likes task=fill-mask", Top(by="likes", task="fill-mask")),
        ("\x00\x07top30\u202e", Top()),
        ("top1000", Top(n=1000)),
        ("top 1,000", Top(n=1000)),
        ("top1,000", Top(n=1000)),
        ("top 1.000 by likes", Top(n=1000, by="likes")),
        ("top\u202f1\u202f000", Top(n=1000)),
        ("top 1'000", Top(n=1000)),
        ("top1k by likes", Top(n=1000, by="likes")),
        ("top 0.5k", Top(n=500)),
        ("top30 originals", Top(originals=True)),
        (
            "top30 originals in tf task fill mask original",
            Top(originals=True, framework="TensorFlow", task="fill-mask"),
        ),
        ("top30 reach", Top(reach=True)),
        ("top30 task fill mask reach by likes", Top(task="fill-mask", by="likes", reach=True)),
        ("top30 Reach author google", Top(author="google", reach=True)),
        ("top1", Top(n=1)),
    ],
)
def test_is_forgiving(typed: str, meant: Top) -> None:
    """Case, spaces, quotes, Slack's marks and option spellings do not change what is asked."""
    assert parse(typed) == meant


@pytest.mark.parametrize(
    ("typed", "problem", "suggestion"),
    [
        ("top0", "from 1 to 1,000", "top30"),
        ("top-3", "from 1 to 1,000", "top30"),
        ("top 2.5", "from 1 to 1,000", "top30"),
        ("top99999", "from 1 to 1,000", "top1000"),
        ("top 2,000", "“2000” is not one", "top1000"),
        ("top30 by magic", "“magic” is not one of them", "top30 by likes"),
        ("top30 by", "takes downloads, likes, trending or alltime", "top30"),
        ("top30 liks", "“liks”", "top30 by likes"),
        ("top50 declred", "“declred”", "top50 declared"),
        ("top30 author ../etc", "cannot be one", "top30 author google"),
        ("top30 task 😀", "cannot be one", "top30 task text-generation"),
        ("tpo30", "no question “tpo30”", "top30"),
        ("<!channel> &<>", "no question “<!channel>”", "top30"),
        ("", "no question yet", "top30"),
        ("x" * 5000, "5,000 characters", "top30"),
    ],
)
def test_hands_back_what_it_does_not_understand(typed: str, problem: str, suggestion: str) -> None:
    """A wrong word is named and a question that works is offered, the nearest among them."""
    unclear = parse(typed)

    assert isinstance(unclear, Unclear)
    assert problem in unclear.problem
    assert suggestion in unclear.suggestions


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ("top0", "n"),
        ("top30 by magic", "by"),
        ("top30 task 😀", "task"),
        ("top30 author ../etc", "author"),
        ("top30 liks", ""),
        ("totals since 1999", "since"),
        ("totals task 😀", "task"),
        ("trend sideways", "definition"),
        ("model <!channel>", "id"),
        ("model gpt2 in tensorflw", "framework"),
        ("compare a--b gpt2", "first"),
        ("compare gpt2 a--b", "second"),
        ("compare gpt2", "second"),
        ("papers 2021Q5", "quarter"),
        ("official caffe", "camp"),
        ("changes since ever", "since"),
        ("tpo30", ""),
    ],
)
def test_a_wrong_word_names_the_field_it_was_meant_for(typed: str, field: str) -> None:
    """Whoever shows a form or a hint need not read the sentence; where no field can be told none is."""
    unclear = parse(typed)

    assert isinstance(unclear, Unclear)
    assert unclear.field == field


@given(st.text(max_size=2 * LONGEST))
@example("ATS")
def test_meets_any_text_with_an_answer(typed: str) -> None:
    """Whatever is typed gives a request or a problem with suggestions that themselves work, never an exception."""
    result = parse(typed)

    if isinstance(result, Unclear):
        assert result.problem
        # By the door that people use: `status` is no question, and answered all the same.
        assert all(understand(words, TODAY).words for words in result.suggestions)
        assert len(result.typed) <= LONGEST + 1


@given(
    st.builds(
        Top,
        n=st.integers(1, 1000),
        by=st.sampled_from(["downloads", "likes", "trending"]),
        task=st.none() | st.sampled_from(["text-generation", "fill-mask", "any-to-any"]),
        author=st.none() | st.sampled_from(["google", "meta-llama", "BAAI", "by", "task-x"]),
        definition=st.sampled_from(Definition),
    )
    | st.builds(Top, n=st.integers(1, 1000), task=st.none() | st.just("any-to-any"), reach=st.just(value=True))
)
def test_canonical_words_ask_the_same_again(request: Top) -> None:
    """The words an answer carries give the same request when typed."""
    assert parse(request.words) == request


@pytest.mark.parametrize("words", [words for words, _ in EXAMPLES])
def test_every_example_works(words: str) -> None:
    """What help shows can be pasted."""
    assert not isinstance(parse(words), Unclear)


def test_a_topic_that_is_not_explained_is_quoted_as_it_was_typed() -> None:
    """With its spaces, so that whoever asked knows the words again."""
    told = parse("why do people use tensorflow")

    assert isinstance(told, Unclear)
    assert "“do people use tensorflow” is not one of them" in told.problem
