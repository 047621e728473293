"""In a thread or a direct message a few words go on from the answer before."""

from collections.abc import Callable
from pathlib import Path

import pytest

from playground.server import Playground
from playground.state import PostedMessage
from tests.patient_slack import patient_slack
from tests.scenarios.conftest import connected

Start = Callable[..., Playground]


def in_thread(playground: Playground, root: str, words: str) -> PostedMessage:
    """Mention the bot in the thread under a message; give what it posted there."""
    playground.settled()
    before = len(playground.bot_messages())
    playground.mention(words, thread_ts=root)
    playground.settled()
    return playground.bot_messages()[before]


def test_a_talk_of_five_turns_keeps_its_subject(playground: Playground) -> None:
    """Each answer stands in the thread, with what was understood under it."""
    playground.command("/frameworks top30")
    root = playground.wait_for_message("PyTorch is in 28").ts

    for words, understood in [
        ("and top 10?", "top10 attributed"),
        ("declared please", "top10 declared"),
        ("by evidence", "top10 attributed"),
        ("what about bert-base-uncased?", "model google-bert/bert-base-uncased"),
        ("and in tf?", "model google-bert/bert-base-uncased in tensorflow"),
    ]:
        answer = in_thread(playground, root, words)

        assert answer.thread_ts == root
        assert f"asked `/frameworks {understood}`" in str(answer.blocks)


def test_in_a_direct_message_it_goes_on_without_a_mention(playground: Playground) -> None:
    """The last answer there is what is spoken of."""
    playground.direct_message("model bert-base-uncased")
    playground.settled()

    playground.direct_message("and in tf?")
    playground.settled()

    said = str([message.blocks for message in playground.bot_messages("dm")])
    assert "`/frameworks model google-bert/bert-base-uncased in tensorflow`" in said


def test_the_second_of_a_list_is_its_second_model(playground: Playground) -> None:
    """Said under the list, in its thread; what comes then goes on from that model."""
    playground.command("/frameworks top10")
    root = playground.wait_for_message("of the top 10").ts

    for words, understood in [("the second one", ""), ("and in tf?", " in tensorflow")]:
        answer = in_thread(playground, root, words)

        assert f"asked `/frameworks model google-bert/bert-base-uncased{understood}`" in str(answer.blocks)


@pytest.mark.parametrize(
    ("words", "meant"), [("the first one", "google-bert/bert-base-uncased"), ("#2", "openai-community/gpt2")]
)
def test_the_second_of_two_that_are_compared_is_the_second(playground: Playground, words: str, meant: str) -> None:
    """A comparison has a model to a column, and counts them as they were named."""
    playground.command("/frameworks compare google-bert/bert-base-uncased openai-community/gpt2")
    root = playground.wait_for_message("gpt2").ts

    assert f"asked `/frameworks model {meant}`" in str(in_thread(playground, root, words).blocks)


def test_a_sentence_about_the_second_of_a_list_is_asked_of_that_model(playground: Playground) -> None:
    """It was taken for the list in TensorFlow."""
    playground.command("/frameworks top10")
    root = playground.wait_for_message("of the top 10").ts

    answer = in_thread(playground, root, "is the second one in tensorflow?")

    assert "asked `/frameworks model google-bert/bert-base-uncased in tensorflow`" in str(answer.blocks)


def test_the_second_of_what_was_offered_is_answered(playground: Playground) -> None:
    """What was offered is counted as it was shown."""
    playground.direct_message("top of the pops by pytorch fans")
    playground.settled()
    offered = [e["value"] for e in playground.bot_messages("dm")[-1].elements()]

    playground.direct_message("the second one")
    playground.settled()

    assert offered[1] in str(playground.bot_messages("dm")[-1].blocks[-2])


def test_what_was_offered_to_one_person_ends_nobodys_subject(playground: Playground) -> None:
    """Bob alone saw that he was not understood; the others go on from the answer that stands there."""
    playground.command("/frameworks top30")
    root = playground.wait_for_message("PyTorch is in 28").ts
    playground.mention("top of the pops by pytorch fans", thread_ts=root, user="bob")

    assert "`/frameworks top10 attributed`" in str(in_thread(playground, root, "and top 10?").blocks)


def test_what_was_answered_privately_is_gone_on_with_too(playground: Playground) -> None:
    """Not what stood there before it."""
    for words in ("top30", "privately totals", "as csv"):
        playground.direct_message(words)
        playground.settled()

    (file,) = [one for one in playground.files() if one.name.endswith(".csv")]
    assert file.name.startswith("totals-attributed")


@pytest.mark.parametrize(
    "words",
    [
        "privately and in text-classification",
        "privately totals",
        "top 30, only for me",
        "I need it privately. top 30",
        "top 30, only to me",
    ],
)
def test_what_is_asked_for_one_person_alone_is_shown_to_nobody_else(playground: Playground, words: str) -> None:
    """In a thread that is gone on with too, and wherever in the words it is said."""
    playground.mention("top30")
    playground.settled()
    (public,) = playground.bot_messages()

    playground.mention(words, thread_ts=public.thread_ts)
    playground.settled()

    assert playground.bot_messages() == [public]
    assert "SAMPLE, not live: PyTorch is in" in playground.ephemerals()[-1].text


def test_whoever_types_faster_than_slack_takes_replies_hears_something_each_time(playground: Playground) -> None:
    """A direct message has no other way: the pause that Slack asks for is waited for."""
    for words in ("help", "thanks", "help", "status", "thanks", "help"):
        playground.direct_message(words)
    playground.settled()

    assert len(playground.bot_messages("dm")) == 6


def test_the_first_one_is_no_answer_again(playground: Playground) -> None:
    """Only what was offered can be chosen from."""
    playground.direct_message("top30")
    playground.settled()

    playground.direct_message("the first one")
    playground.settled()

    assert "PyTorch is in" not in playground.bot_messages("dm")[-1].text


def test_why_tells_the_one_who_asks_how_the_answer_was_counted(playground: Playground) -> None:
    """For nobody else's eyes, in the thread."""
    playground.command("/frameworks top30")
    root = playground.wait_for_message("PyTorch is in 28").ts
    playground.settled()

    playground.mention("why?", thread_ts=root)

    told = playground.wait_for_ephemeral("How this was counted: PyTorch is in 28")
    playground.settled()
    assert told.thread_ts in (None, root)
    assert len(playground.bot_messages()) == 1


def test_a_thread_of_others_says_which_question_is_missing(playground: Playground) -> None:
    """Where the bot has answered nothing, nothing is taken for the subject."""
    playground.command("/frameworks model bert-base-uncased")
    playground.wait_for_message("google-bert/bert-base-uncased")
    root = playground.write("who has tried jax?").ts

    playground.mention("is it in tf?", thread_ts=root)

    assert playground.wait_for_ephemeral("Which model is meant?")


def test_a_restarted_bot_still_knows_the_subject(tmp_path: Path) -> None:
    """The ledger of answers is in the database."""
    with patient_slack() as playground:
        with connected(playground, tmp_path):
            playground.command("/frameworks top30")
            root = playground.wait_for_message("PyTorch is in 28").ts
            playground.settled()
        with connected(playground, tmp_path):
            assert "`/frameworks top10 attributed`" in str(in_thread(playground, root, "top 10").blocks)


@pytest.mark.parametrize("words", ["as csv", "csv please"])
def test_the_rows_are_brought_into_the_thread_when_asked_for(playground: Playground, words: str) -> None:
    """As a file that a spreadsheet opens, named by question and day."""
    playground.command("/frameworks top30")
    root = playground.wait_for_message("PyTorch is in 28").ts
    playground.settled()

    playground.mention(words, thread_ts=root)
    playground.settled()

    (file,) = [one for one in playground.files() if one.name.endswith(".csv")]
    assert file.name.startswith("top30-attributed-sample-20")
    assert file.content.decode("utf-8-sig").count("\n") == 31
    assert playground.bot_messages()[-1].thread_ts == root


@pytest.mark.parametrize("words", ["as csv", "why safetensors as csv"])
def test_an_answer_without_a_table_brings_no_file_and_says_so(playground: Playground, words: str) -> None:
    """Asked for at once or afterwards."""
    playground.direct_message("why safetensors")
    playground.settled()

    playground.direct_message(words)
    playground.settled()

    assert "no table, so there is no file" in str([message.text for message in playground.bot_messages("dm")])
    assert [file for file in playground.files() if file.name.endswith(".csv")] == []


def test_a_refusal_does_not_lose_what_is_spoken_of(playground: Playground) -> None:
    """What was handed back has near questions of its own; few words go on from the last answer all the same."""
    for words in ("model gpt2", "declared", "as csv"):
        playground.direct_message(words)
        playground.settled()

    assert any("openai-community-gpt2" in file.name for file in playground.files())


def test_after_a_name_that_does_not_exist_nothing_goes_on_from_before(playground: Playground) -> None:
    """The question was about another model than the last answer."""
    for words in ("top30", "model openai/gpt2", "and in tf?"):
        playground.direct_message(words)
        playground.settled()

    *_, told = playground.bot_messages("dm")
    assert "openai/gpt2" in told.text
    assert "top30" not in f"{told.text} {told.blocks}"
