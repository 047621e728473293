"""Words that are known and stand where they mean something else: nothing is answered, what is near is offered."""

import datetime as dt

import pytest

from analytics.grammar import understand

TODAY = dt.date(2026, 11, 26)


@pytest.mark.parametrize(
    "text",
    [
        *("something smaller than whisper in onnx", "bigger than gpt2 in jax", "anything newer than whisper in tf?"),
        *("is there a smaller model than gpt2 in tensorflow", "gibt es etwas kleineres als gpt2 in tensorflow"),
        *("hay algo más nuevo que whisper en onnx", "есть что-то новее чем whisper в onnx"),
        *("what else is there besides bert in tensorflow", "the tensorflow equivalent of whisper"),
        *("which models are based on llama", "models built on whisper", "a tensorflow replacement for whisper"),
    ],
)
def test_what_is_set_beside_a_model_is_not_that_model(text: str) -> None:
    """What is smaller than it, made from it or to stand for it is another one, and nobody here knows which."""
    told = understand(text, TODAY)

    assert told.words is None
    assert "another model" in told.problem


@pytest.mark.parametrize(
    "text",
    [
        *("largest tensorflow models", "biggest jax models", "smallest models in onnx", "lightest model for onnx"),
        *(
            "die größten modelle in tensorflow",
            "los modelos más grandes de tensorflow",
            "самые большие модели tensorflow",
        ),
        *("最大的tensorflow模型", "largest models by google"),
    ],
)
def test_models_are_not_ranked_by_their_size(text: str) -> None:
    """Sizes are not counted; it is no comparison of frameworks."""
    assert understand(text, TODAY).words is None


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("all versions of whisper in tensorflow", "model openai/whisper-large-v3 in tensorflow"),
        ("list all bert models in tensorflow", "model google-bert/bert-base-uncased in tensorflow"),
        ("which llama is in tensorflow", "model meta-llama/Llama-3.1-8B-Instruct in tensorflow"),
        ("every llama in keras", "model meta-llama/Llama-3.1-8B-Instruct in keras"),
        ("which bert models are in tensorflow", "model google-bert/bert-base-cased in tensorflow"),
        ("most downloaded bert variants", "model google-bert/bert-base-uncased"),
        ("latest llama in tensorflow", "model meta-llama/Llama-3.1-8B-Instruct in tensorflow"),
        ("welche whisper modelle gibt es in tensorflow", "model openai/whisper-large-v3 in tensorflow"),
        ("todos los modelos bert en tensorflow", "model google-bert/bert-base-uncased in tensorflow"),
        ("все модели bert в tensorflow", "model google-bert/bert-base-uncased in tensorflow"),
        ("哪些bert模型有tensorflow", "model google-bert/bert-base-uncased in tensorflow"),
    ],
)
def test_one_of_a_family_is_not_all_of_it(text: str, offered: str) -> None:
    """Who asks for all, the newest or the most downloaded of a family is shown some of it, and answered none."""
    told = understand(text, TODAY)

    assert told.words is None
    assert offered in told.also
    assert "several models" in told.problem


@pytest.mark.parametrize(
    "text",
    [
        *(
            "is my model in tensorflow",
            "are our models in jax",
            "is model in tensorflow",
            "ist mein modell in tensorflow",
        ),
        *("está mi modelo en tensorflow", "моя модель есть в tensorflow?", "我的模型有tensorflow版本吗"),
        "does it come with tf weights?",
    ],
)
def test_a_model_that_is_not_named_is_asked_for(text: str) -> None:
    """It is one, and no list of others."""
    told = understand(text, TODAY)

    assert told.words is None
    assert told.problem.startswith("Which model is meant?")


@pytest.mark.parametrize(
    "text",
    [
        *("load gpt2 in tensorflow without transformers", "load gpt2 without safetensors", "how to load gpt2 offline"),
        *("convert tensorflow 1 code to tensorflow 2", "is tensorflow in pytorch", "is jax part of tensorflow"),
        *("which formats does tensorflow support", "which formats can keras load", "first tensorflow model ever"),
        *("what is bert used for", "what can gpt2 do", "speech recognition in tensorflow tutorial"),
        *("google or facebook models in tensorflow", "which models can be converted on load, counts please"),
        *("which tensorflow version do i need for openai-community/gpt2", "why are downloads falling"),
    ],
)
def test_a_condition_is_not_passed_over(text: str) -> None:
    """What is to be done without, whither nothing leads, whose models they are: it is handed back."""
    assert understand(text, TODAY).words is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("is gpt2 bigger in tensorflow", None),
        ("which framework is llama in", "model meta-llama/Llama-3.1-8B-Instruct"),
        ("who has the largest number of models, pytorch or tensorflow", "totals attributed"),
        ("models of meta-llama", "top30 author meta-llama"),
        ("can pytorch load tensorflow models", "load in pytorch"),
        ("does jax load pytorch_model.bin", "load in jax"),
        ("which tensorflow models still load", "top30 in tensorflow loadable"),
        ("model top30", "top30"),
        ("Modelle von meta-llama", "top30 author meta-llama"),
        ("which models by google are in tensorflow", "top30 in tensorflow author google"),
        ("is there a model for translation in tensorflow", "top30 in tensorflow task translation"),
        ("how to load gpt2 in tensorflow without pytorch", None),
    ],
)
def test_the_same_words_elsewhere_are_read_as_before(text: str, words: str | None) -> None:
    """A comparison of counts, the models of an account, a list of a task."""
    assert understand(text, TODAY).words == words


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("top 10 in tensorflow or jax", "top10 in jax"),
        ("top 10 in pytorch that also have tf weights", "top10 in tensorflow"),
        ("top 10 by downloads and likes", "top10 by likes"),
        ("top 10 frameworks", "totals attributed"),
        ("which of the top 30 are by google", "top30"),
        ("how many google models are in the top 30", "top30"),
        ("new popular models", "new"),
        ("nvidia in tensorflow", "top30 in tensorflow author nvidia"),
        ("which models has openai published", "top30 author openai"),
        ("who converted gpt2 to tensorflow", "model openai-community/gpt2 in tensorflow"),
        ("how many of the top 30 can be loaded in tensorflow one way or another", "top30 reach"),
        ("anything like whisper but in tensorflow", "model openai/whisper-large-v3 in tensorflow"),
    ],
)
def test_what_no_one_question_holds_is_offered_in_parts(text: str, offered: str) -> None:
    """Two frameworks or measures of a list, whose the first ones are, when something was published."""
    told = understand(text, TODAY)

    assert told.words is None
    assert offered in told.also


@pytest.mark.parametrize("venue", ["neurips", "ICML", "iclr", "cvpr"])
def test_papers_of_one_conference_are_not_counted(venue: str) -> None:
    """Where a paper was published is stored nowhere: all papers are offered, and said to be so."""
    told = understand(f"how many {venue} papers use pytorch", TODAY)

    assert told.words is None
    assert "papers per pair" in told.also
    assert "not by where they were published" in told.problem


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("how many models use tensorflow 2", "totals attributed"),
        ("how many models use tensorflow 1", "totals attributed"),
        ("how many tf2 models are there", "totals attributed"),
        ("is there a tf 1 version of bert", "model google-bert/bert-base-uncased in tensorflow"),
        ("bert for tensorflow 1.x", "model google-bert/bert-base-uncased in tensorflow"),
        ("how many models use keras 3", "totals attributed"),
        ("how many keras 3 models are there", "totals attributed"),
    ],
)
def test_versions_of_frameworks_are_not_counted(text: str, offered: str) -> None:
    """The question without the version is offered and not answered in its place."""
    told = understand(text, TODAY)

    assert told.words is None
    assert offered in told.also
    assert told.problem.startswith("Versions of ")


def test_tensorflow_2_is_what_files_of_one_model_are_of_and_that_is_said() -> None:
    """Of one model the question has an answer, beside which it stands that versions are one."""
    told = understand("bert for tensorflow 2", TODAY)

    assert told.words == "model google-bert/bert-base-uncased in tensorflow"
    assert "Versions of TensorFlow" in told.note
    assert "Versions" not in understand("bert for tensorflow", TODAY).note
    assert (
        understand("I've got a .ckpt from tensorflow 1, how do I get it into pytorch?", TODAY).words
        == "load in pytorch"
    )


@pytest.mark.parametrize(
    "text",
    [
        *("difference between pytorch and tensorflow", "difference between keras and tensorflow"),
        *(
            "difference between tf and pytorch checkpoints",
            "how do pytorch and tensorflow differ",
            "jax pytorch difference",
        ),
        *("Unterschied zwischen pytorch und tensorflow", "diferencia entre pytorch y tensorflow"),
        *("в чем разница между pytorch и tensorflow", "pytorch和tensorflow的区别"),
    ],
)
def test_how_frameworks_differ_is_not_how_many_models_they_have(text: str) -> None:
    """The counts are offered; who names what is to be counted is told it."""
    told = understand(text, TODAY)

    assert told.words is None
    assert "totals attributed" in told.also
    assert (
        understand("difference in number of models between pytorch and tensorflow", TODAY).words == "totals attributed"
    )


@pytest.mark.parametrize(
    "text", ["is gpt2 good?", "is whisper any good", "is bert-base-uncased bad", "¿es bueno gpt2?"]
)
def test_a_model_is_not_judged(text: str) -> None:
    """In which frameworks it comes is no answer to whether it is good, and is offered."""
    told = understand(text, TODAY)

    assert told.words is None
    assert any(words.startswith("model ") for words in told.also)


@pytest.mark.parametrize("text", ["is paddlepaddle more popular than tensorflow", "mlx vs pytorch by popularity"])
def test_a_framework_apart_and_one_of_the_three_are_not_told_by_the_share_of_one(text: str) -> None:
    """`share` names the one only where it is asked alone: both shares are offered, and neither is dropped."""
    told = understand(text, TODAY)

    assert told.words is None
    assert {"share"} <= {*told.also}


@pytest.mark.parametrize(
    "text",
    [
        "papers hub per repository",
        "papers hub official please",
        "new models that cite a paper",
        "papers archive overlap",
    ],
)
def test_a_source_of_papers_is_not_dropped_where_it_cannot_tell_that(text: str) -> None:
    """Only the archive counts repositories, and models that name papers are not told by when they came."""
    assert understand(text, TODAY).words is None


@pytest.mark.parametrize(
    "text",
    [
        *("is keras the same as tensorflow?", "does keras belong to tensorflow", "is keras part of tensorflow"),
        *("is keras tensorflow", "are keras and tensorflow the same?"),
    ],
)
def test_what_keras_is_to_another_framework_is_a_fact(text: str) -> None:
    """Since version 3 it runs on three of them: that is told, and no count of models."""
    assert understand(text, TODAY).words == "why keras3"


def test_what_another_framework_is_to_a_third_is_not_counted() -> None:
    """It is handed back as every other difference is."""
    told = understand("is jax the same as tensorflow", TODAY)

    assert told.words is None
    assert told.problem.startswith("I cannot tell how frameworks differ")


@pytest.mark.parametrize("text", ["why is tensorflow so unpopular", "why is jax so unpopular?"])
def test_why_few_use_a_framework_is_no_end_of_a_list(text: str) -> None:
    """Why the other leads and the course are offered, and nothing is said of last places."""
    told = understand(text, TODAY)

    assert told.also[:2] == ("why pytorch", "trend attributed")
    assert told.problem.startswith("Why few choose a framework is not counted")


def test_that_it_is_counted_is_not_what_was_not_understood() -> None:
    """Of “how many parameters” the parameters are blamed; how many came is told by quarter."""
    assert understand("how many parameters does gpt2 have", TODAY).problem.startswith(
        "I do not understand “parameters”"
    )
    came = understand("how many models were added last month", TODAY)

    assert came.problem.startswith("How many models came is counted by quarter")
    assert {"new since 2026-10-01", "trend attributed"} <= {*came.also}


@pytest.mark.parametrize(
    "text", ["how is this counted", "how are these counted?", "and how is that calculated", "how was this counted"]
)
def test_how_this_is_counted_is_the_method(text: str) -> None:
    """Whichever word stands for it, and of now as of then."""
    assert understand(text, TODAY).words == "why method"
