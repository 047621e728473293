"""Kinds of words that were once taken for others: each with what it must not become."""

import datetime as dt

import pytest

from analytics.grammar import understand
from analytics.grammar.spelling import mend

TODAY = dt.date(2026, 11, 26)


@pytest.mark.parametrize("word", ["black", "coach", "season", "charge", "connection", "visit", "party"])
def test_a_word_rightly_spelt_is_no_slip(word: str) -> None:
    """One letter makes it a word of ours, or a family's: it is another word all the same."""
    assert mend(word) is None


@pytest.mark.parametrize(
    ("slip", "meant"),
    [("diget", "digest"), ("chanel", "channel"), ("googel", "google"), ("pease", "please")],
)
def test_a_slip_is_mended_to_the_likeliest_word(slip: str, meant: str) -> None:
    """A letter left out before a letter exchanged; accounts that everybody knows are words too."""
    assert mend(slip) == meant


@pytest.mark.parametrize(
    "text",
    [
        "die 10 unbeliebtesten modelle",
        "unpopular models",
        "топ 10 непопулярных моделей",
        "top 10 impopulares",
        "неофициальные коллекции",
        "top 30 in tensorflow unloadable",
        "unchanged models this week",
        "unshared",
    ],
)
def test_a_no_that_begins_a_word_is_no_slip(text: str) -> None:
    """What says the opposite of a word of ours is never mended into that word, and nothing is answered."""
    assert understand(text, TODAY).words is None


@pytest.mark.parametrize("text", ["is c in tensorflow", "is ip in tensorflow", "visit tensorflow", "vram of pytorch"])
def test_few_letters_or_other_talk_name_no_model(text: str) -> None:
    """A name of a letter or two is offered at most."""
    assert understand(text, TODAY).words is None


@pytest.mark.parametrize(
    "path",
    [
        "C:/nets/preset/stable-diffusion-2-base.",
        "D:\\\\nets\\\\LLM\\\\stable-diffusion-2-base.",
        "'/root/a b/ckpts/stable-diffusion-2-base'",
    ],
)
def test_a_pasted_path_names_its_last_folder(path: str) -> None:
    """With a drive, with backslashes, with spaces, in quotes."""
    pasted = f"OSError: Error no file named pytorch_model.bin, tf_model.h5 found in directory {path}"

    assert understand(pasted, TODAY).words == "load stabilityai/stable-diffusion-2-base"


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("convert h5 to safetensors", "load in tensorflow"),
        ("the larger model zoo on hf, pytorch or tensorflow", "official"),
        ("top30 not by downloads but by likes", "top30 by likes"),
        ("is whisper-large-v3-turob in tf?", "model openai/whisper-large-v3-turbo in tensorflow"),
        ("robera-base tf", "model FacebookAI/roberta-base in tensorflow"),
        ("can i unsubscribe?", "digest off"),
        ("he said digest off", "digest off"),
    ],
)
def test_what_may_be_several_things_is_offered(text: str, offered: str) -> None:
    """Nothing is answered, and the readings are at hand."""
    understood = understand(text, TODAY)

    assert understood.words is None
    assert offered in understood.also


def test_the_list_with_others_too_stands_beside_the_one_of_no_other() -> None:
    """`pytorch-only` may narrow the list or say that a model is in nothing else."""
    assert understand("top 20 pytorch-only models", TODAY).also == ("top20 in pytorch",)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("changes between 2026-11-02 and 2026-11-16", "changes since 2026-11-02 until 2026-11-16"),
        ("changes from 16 november to 2 november", "changes since 2026-11-02 until 2026-11-16"),
        ("model zoo tensorflow", "official tensorflow"),
        ("<@U07FRMWRK> <@U0000BOT2>: top30", "top30"),
    ],
)
def test_what_is_said_in_several_words_is_read_whole(text: str, words: str) -> None:
    """Two days are a span, a zoo of models is no model, whoever is spoken to is no part of the question."""
    assert understand(text, TODAY).words == words


@pytest.mark.parametrize("text", ["delete all digests of all channels", "turn the digest on off", "pause all digests"])
def test_a_setting_of_more_than_this_channel_is_explained_and_not_done(text: str) -> None:
    """Nor one that says two things at once."""
    assert understand(text, TODAY).words == "help digest"


def test_a_pasted_line_of_code_names_its_model() -> None:
    """`from_tf=True` says whence, so it is PyTorch that is wanted."""
    pasted = 'AutoModel.from_pretrained("bert-base-uncased", from_tf=True) fails'

    assert understand(pasted, TODAY).words == "load google-bert/bert-base-uncased in pytorch"


@pytest.mark.parametrize(
    "text",
    [
        *("top quantised models", "small tensorflow models", "top 10 commercial models", "fastest tensorflow models"),
        *(
            "most downloaded models in germany",
            "how many community models are in tensorflow",
            "rarely downloaded models",
        ),
        *("top long context models", "how many tensorflow models are on github", "fine-tuned tensorflow models"),
        *("which framework is used in industry", "how many projects use pytorch", "simple pytorch models"),
        *("actively maintained tensorflow models", "top 10 other models", "schnelle modelle in tensorflow"),
    ],
)
def test_a_word_that_may_restrict_is_never_passed_over(text: str) -> None:
    """What it would leave out nobody can count here, so nothing is answered."""
    assert understand(text, TODAY).words is None


@pytest.mark.parametrize("text", ["digest off in #general", "digest pause #ml-news"])
def test_a_setting_of_a_channel_that_is_named_is_not_done_here(text: str) -> None:
    """It may be another channel than this one."""
    assert understand(text, TODAY).words is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("what was number one last week", "top30 on 2026-11-19"),
        ("which of google and meta has the bigger framework", "totals"),
        ("Google vs Meta framework", "totals"),
        ("anything newer than 1 november", "new since 2026-11-01"),
        ("run openai/whisper-small in tflite", "load openai/whisper-small in tflite"),
    ],
)
def test_other_ways_to_say_it_mean_the_same(text: str, words: str) -> None:
    """The list of a day by a week that is over, a framework by its company, a bidding by its first word."""
    assert understand(text, TODAY).words == understand(words, TODAY).words is not None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("how many tensorflow models are there, because my grandmother insists on a figure", "totals"),
        ("My landlord quarrels with me. How many models are in tensorflow?", "totals"),
        ("is gpt2 in tensorflow? my neighbour swore so", "model openai-community/gpt2 in tensorflow"),
    ],
)
def test_a_reason_and_what_is_told_of_people_restrict_nothing(text: str, words: str) -> None:
    """They are left aside, and it is said what alone was read."""
    understood = understand(text, TODAY)

    assert understood.words == understand(words, TODAY).words
    assert understood.note.endswith("alone.")


@pytest.mark.parametrize(
    "text",
    [
        "Only quantised ones for my landlord. How many models are in tensorflow?",
        "It is for medical pictures. Top 10 models",
        "My landlord wants no copies. How many models are in tensorflow?",
        "stop the digest because my landlord hates it",
        "My landlord hates it. Turn the digest off",
        "i want it since my landlord does",
    ],
)
def test_what_may_restrict_or_set_something_is_never_left_aside(text: str) -> None:
    """A sentence before that says which, and a setting with anything beside it."""
    assert understand(text, TODAY).words is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("how many of those 2 million models are tensorflow", "totals"),
        ("how many repos hold both tf_model.h5 and pytorch_model.bin", "totals"),
        ("which libraries do tensorflow models use", "totals by library"),
        ("is there a tensorflow port of openai/whisper-tiny", "model openai/whisper-tiny in tensorflow"),
        ("tensorflow models that pytorch doesn't have", "top30 in tensorflow only"),
        ("are the top 20 all pytorch?", "top20"),
        ("which models does microsoft have", "top30 author microsoft"),
        ("what % of the 50 most liked models have tf weights", "top50 by likes"),
        (
            "OSError: albert-base-v2 does not appear to have a file named tf_model.h5",
            "load albert/albert-base-v2 in tensorflow",
        ),
    ],
)
def test_more_ways_to_say_it_mean_the_same(text: str, words: str) -> None:
    """A number of all, files that name a framework, a port that there may be, a list that is asked about as a whole."""
    assert understand(text, TODAY).words == understand(words, TODAY).words is not None


@pytest.mark.parametrize("text", ["who published the most tensorflow models?", "models in both pytorch and flax"])
def test_what_nobody_counts_here_is_not_answered_by_something_near(text: str) -> None:
    """Accounts by their number of models, lists of two frameworks at once."""
    assert understand(text, TODAY).words is None


def test_a_month_of_a_list_is_asked_back() -> None:
    """A list is of one day: both ends are at hand."""
    understood = understand("who was first in August", TODAY)

    assert understood.words is None
    assert understood.also == ("top30 on 2026-08-01", "top30 on 2026-08-31", "top30")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("export top30 to csv", "top30 as csv"),
        ("export the top 30 as csv", "top30 as csv"),
        ("save totals as csv", "totals attributed as csv"),
        ("export bert-base-uncased to onnx", "load google-bert/bert-base-uncased in onnx"),
    ],
)
def test_a_table_is_exported_as_csv(typed: str, words: str) -> None:
    """The verb says no more than the word csv does; with a format it is a conversion as before."""
    assert understand(typed, TODAY).words == words


@pytest.mark.parametrize(
    ("typed", "problem", "first"),
    [
        ("85 % of models are PyTorch-only, true?", "Claims are not checked here", "totals attributed"),
        ("models under 1b parameters", "Models are not chosen by their number of parameters", "top30"),
        ("top10 smaller than 7b", "Models are not chosen by their number of parameters", "top10"),
    ],
)
def test_a_claim_and_a_size_are_handed_back_by_what_they_are(typed: str, problem: str, first: str) -> None:
    """No number of theirs is called a word that is not understood."""
    told = understand(typed, TODAY)

    assert told.problem.startswith(problem)
    assert told.also[0] == first


def test_files_that_a_folder_lacks_are_no_models() -> None:
    """Any of several would have done, and no model of the Hub is named: the ways into each are offered."""
    told = understand(
        "OSError: Error no file named pytorch_model.bin, tf_model.h5, model.ckpt.index or flax_model.msgpack found in "
        "directory ./x.",
        TODAY,
    )

    assert told.also == ("load in pytorch", "load in tensorflow", "load in jax")
    assert "names no model" in told.problem


def test_several_models_are_offered_two_at_a_time() -> None:
    """Three models are three pairs, and it is said why."""
    understood = understand("compare microsoft/phi-2, google/gemma-2b and openai-community/gpt2", TODAY)

    assert understood.words is None
    assert len(understood.also) == 3
    assert understood.problem == "Two models stand side by side at a time; 3 are named."


@pytest.mark.parametrize(
    ("pasted", "words"),
    [
        (
            "404 Client Error: Not Found for url: https://huggingface.co/facebook/opt-350m/resolve/main/tf_model.h5.",
            "load facebook/opt-350m in tensorflow",
        ),
        ("TypeError: BertModel.__init__() got an unexpected keyword argument 'from_tf'", "why transformers5"),
        ("ModuleNotFoundError: No module named 'tf_keras'", "why keras3"),
        ("KeyError: 'TFAutoModel'", "why transformers5"),
    ],
)
def test_messages_of_newer_libraries_are_known(pasted: str, words: str) -> None:
    """An address that holds no file, switches and classes that are gone, Keras 3."""
    assert understand(pasted, TODAY).words == words


@pytest.mark.parametrize(
    ("other", "base"), [("загрузками", "загрузки"), ("veröffentlichten", "veröffentlicht"), ("retiring", "retire")]
)
def test_another_ending_is_the_same_word(other: str, base: str) -> None:
    """Words of five languages are bent; what they mean stays."""
    del base
    assert mend(other) is not None


@pytest.mark.parametrize(
    "text",
    [
        *("could you tell me: is the digest on?", "please, is the digest off", "hey bot, was the digest paused?"),
        *("i wonder, is the digest on", "quick question: did the digest stop?", "thanks! is the digest still on?"),
    ],
)
def test_who_asks_about_the_digest_changes_nothing(text: str) -> None:
    """Whatever courtesy stands before the question."""
    words = understand(text, TODAY).words or ""

    assert not words.startswith(("digest on", "digest off", "digest pause", "digest resume", "digest now"))


def test_a_message_that_a_terminal_broke_is_known() -> None:
    """Line breaks and padding are no part of it."""
    pasted = "OSError: albert/albert-base-v2 does not appear to\n   have a file  named\nflax_model.msgpack."

    assert understand(pasted, TODAY).words == "load albert/albert-base-v2 in jax"


@pytest.mark.parametrize("text", ["-/-", "- -", "()", "/", "= =", "&", "|", "--", "[] {}", "^~"])
def test_marks_without_a_word_ask_for_nothing(text: str) -> None:
    """They are handed back, as help or as nothing; nothing fails."""
    assert understand(text, TODAY).words in (None, "help")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("top30 in the last month", "downloads of the last 30 days"),
        ("top10 in jax this month", "downloads of the last 30 days"),
        ("trend last year", "that time stands among all"),
        ("tf's share over the last 2 years", "that time stands among all"),
        ("trend since 2025", "2025 stands among all"),
        ("trend over the years", ""),
        ("top10", ""),
    ],
)
def test_a_time_that_a_question_has_no_place_for_is_said_to_be_answered_otherwise(text: str, said: str) -> None:
    """Nothing that was typed is passed over without a word."""
    note = understand(text, TODAY).note

    assert said in note
    assert bool(said) == bool(note)


@pytest.mark.parametrize(
    ("sign", "words"), [("👍", "thanks"), (":+1::skin-tone-3:", "thanks"), ("🙏🙏", "thanks"), ("😀", "help")]
)
def test_a_picture_of_thanks_alone_is_thanks(sign: str, words: str) -> None:
    """Drawn, or as Slack writes it; any other picture alone asks for help."""
    assert understand(sign, TODAY).words == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("new tensorflow models this quarter", "new in tensorflow since 2026-10-01"),
        ("what changed this quarter", "changes since 2026-10-01"),
        ("new models this year", "new since 2026-01-01"),
        ("new models in this year", "new since 2026-01-01"),
        ("new models in the last quarter", "new since 2026-08-27"),
    ],
)
def test_this_quarter_and_this_year_begin_on_their_first_day(text: str, words: str) -> None:
    """The last one is as many days as one has."""
    assert understand(text, TODAY).words == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("no, I meant the top 50", "top50"),
        ("no sorry, I meant top 50 in jax", "top50 in jax"),
        ("actually, I meant totals", "totals"),
        ("nein, ich meinte die top 50", "top50"),
        ("no, quise decir top 50", "top50"),
        ("нет, я имел в виду топ 50", "top50"),
        ("不，我是说top 50", "top50"),
        ("no, I meant stop the digest", None),
        ("no, I meant not the trend", None),
        ("no, top 50", None),
    ],
)
def test_who_corrects_themselves_is_read_by_what_they_meant(text: str, words: str | None) -> None:
    """A setting is changed by plain words alone, and a no that corrects nothing stays one."""
    assert understand(text, TODAY).words == (words and understand(words, TODAY).words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("trend of downloads per month", "trend by downloads"),
        ("monthly downloads trend", "trend by downloads"),
        ("the trend in monthly downloads please", "trend by downloads"),
        ("按下载量的趋势", "trend by downloads"),
        ("are the downloads per month or of all time", "why downloads"),
    ],
)
def test_a_course_of_downloads_is_no_question_of_what_they_count(text: str, words: str) -> None:
    """A month beside the word trend is its step; alone beside downloads it asks which days they are of."""
    assert understand(text, TODAY).words == understand(words, TODAY).words is not None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("which models on the hub name a paper", "papers hub"),
        ("how many models cite a paper?", "papers hub"),
        ("models that link to an arxiv paper", "papers hub"),
        ("papers from the archive only", "papers archive"),
        ("papers of the archive for 2021Q4", "papers archive 2021Q4"),
        ("overlap of the papers", "papers overlap"),
        ("papers overlap between sources", "papers overlap"),
        ("how many models have papers", "papers hub"),
        ("totals of models that have a paper", "papers hub"),
        ("how many papers name pytorch", "papers"),
        ("which papers have tensorflow models", "papers"),
    ],
)
def test_papers_are_of_the_source_that_is_named(text: str, words: str) -> None:
    """Models that name papers are another source than papers with code."""
    assert understand(text, TODAY).words == understand(words, TODAY).words is not None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("breakdown by license", "totals by licence"),
        ("license breakdown please", "totals by licence"),
        ("how is this counted", "why method"),
        ("how are these numbers calculated?", "why method"),
        ("gpt2 gguf or onnx?", "formats openai-community/gpt2"),
        ("turn the digest back on", "digest resume"),
    ],
)
def test_plain_words_are_read(text: str, words: str) -> None:
    """A breakdown, a way of counting, formats, a digest that comes again."""
    assert understand(text, TODAY).words == understand(words, TODAY).words is not None


def test_models_by_library_offer_what_is_counted_by_library() -> None:
    """Library is another word for framework, and one of a model's names: the other reading is a click away."""
    told = understand("how many models are there per library?", TODAY)

    assert told.words == understand("totals", TODAY).words
    assert understand("totals by library", TODAY).words in told.also


@pytest.mark.parametrize("text", ["yolo onnx", "yolo", "is yolo in tensorflow", "load yolo in onnx", "model yolo"])
def test_a_family_is_not_taken_for_the_little_liked_model_of_another(text: str) -> None:
    """It is offered, and not answered; a family with a model that people like is."""
    told = understand(text, TODAY)

    assert told.words is None
    assert any("yolo" in words for words in told.also)
    assert understand("camembert in onnx", TODAY).words == "model almanach/camembert-base in onnx"
