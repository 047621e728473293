"""Which id a loosely written name stands for, without asking anybody."""

import pytest

from analytics.names.known_models import find_account, find_near, resolve_bare, resolve_name, resolve_shortened


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("whisper", "openai/whisper-large-v3"),
        ("llama", "meta-llama/Llama-3.1-8B-Instruct"),
        ("gpt2", "openai-community/gpt2"),
        ("flux1 dev", "black-forest-labs/FLUX.1-dev"),
        ("bert-base-uncased", "google-bert/bert-base-uncased"),
        ("gemma 2b", "google/gemma-2b"),
    ],
)
def test_a_family_or_a_bare_name_stands_for_its_best_known_model(written: str, meant: str) -> None:
    """By downloads and likes, an account named after the family before others."""
    found = resolve_name(written.split())

    assert found is not None
    assert found.id == meant
    assert meant not in found.others


@pytest.mark.parametrize("word", ["gpt4", "zzz", "", "bertish"])
def test_what_no_name_begins_with_is_none(word: str) -> None:
    """`gpt4` is not gpt4all: a name ends where a word of it does."""
    assert resolve_name((word,)) is None


def test_two_owners_of_about_the_same_weight_are_not_clear() -> None:
    """Which is meant has to be asked."""
    found = resolve_bare("gte-small")

    assert found is not None
    assert not found.clear
    assert found.others[0] == "thenlper/gte-small"


def test_an_owner_named_after_the_family_is_outstanding() -> None:
    """`bert-base-german-cased` is google-bert's, though dbmdz has one that is downloaded a third as often."""
    found = resolve_bare("bert-base-german-cased")

    assert found is not None
    assert (found.id, found.clear) == ("google-bert/bert-base-german-cased", True)
    assert "dbmdz/bert-base-german-cased" in found.others


@pytest.mark.parametrize(
    ("name", "meant", "called"),
    [
        ("bert-base", "google-bert/bert-base-uncased", "klue/bert-base"),
        ("stable-diffusion", "stable-diffusion-v1-5/stable-diffusion-v1-5", "Habana/stable-diffusion"),
    ],
)
def test_who_made_a_family_is_meant_before_who_took_its_name(name: str, meant: str, called: str) -> None:
    """The model that is called exactly so, and that hardly anybody downloads, stands among the others."""
    found = resolve_bare(name)

    assert found is not None
    assert (found.id, found.clear, called in found.others) == (meant, True, True)


@pytest.mark.parametrize(("typed", "account"), [("mistral", "mistralai"), ("moonshot", "moonshotai")])
def test_an_account_is_found_without_the_ai_of_its_name(typed: str, account: str) -> None:
    """People say Mistral."""
    assert find_account(typed) == account


@pytest.mark.parametrize(
    ("written", "account"), [("helsinki nlp", "Helsinki-NLP"), ("Mistral AI", "mistralai"), ("nobody", None)]
)
def test_accounts_are_found_however_they_are_spaced(written: str, account: str | None) -> None:
    """Letters and digits alone count."""
    assert find_account(written) == account


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("bert-base-uncaesd", "google-bert/bert-base-uncased"),
        ("robera-base", "FacebookAI/roberta-base"),
        ("Whisper-Large-v3-turob", "openai/whisper-large-v3-turbo"),
    ],
)
def test_a_mistyped_name_is_near_the_most_downloaded_of_that_name(typed: str, meant: str) -> None:
    """The first of those that are a slip or two away; copies of it stand behind."""
    assert find_near(typed)[0] == meant


def test_what_is_like_no_name_has_nothing_near() -> None:
    """Two slips in a long name, one in a short one."""
    assert find_near("some-other-thing") == ()
    assert find_near("gpt-x") == ()


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("whisper turbo", "openai/whisper-large-v3-turbo"),
        ("whisper v3 turbo", "openai/whisper-large-v3-turbo"),
        ("bert cased", "google-bert/bert-base-cased"),
        ("xlm large", "FacebookAI/xlm-roberta-large"),
        ("bert zzz", None),
        ("whisper", None),
    ],
)
def test_words_of_a_name_may_be_left_out(written: str, meant: str | None) -> None:
    """The rest stand in it in their order; a name that begins so and that hardly anybody downloads is not meant."""
    found = resolve_shortened(written.split())

    assert (found and found.id) == meant


def test_another_version_is_not_a_name_with_words_left_out() -> None:
    """`llama 3 instruct` is not Llama 3.1, though all three stand in its name."""
    found = resolve_shortened(["llama", "3", "instruct"])

    assert found is None or "3.1" not in found.id
