"""A wish to be told later is offered as an alert, in the alerts' own words; it is never taken for a question."""

import datetime as dt

import pytest

from analytics.alerts import alert_words
from analytics.grammar import understand

TODAY = dt.date(2026, 11, 26)


@pytest.mark.parametrize(
    "text",
    [
        "tell me when a tensorflow model enters the top 30",
        "notify me when a new tensorflow model is published",
        "alert me as soon as something changes in the top 30",
        "warn me when whisper is in tensorflow",
        "i want to be told when the share of tensorflow drops",
        "ping us if an official collection changes",
        "sag mir bescheid wenn ein tensorflow modell in die top 30 kommt",
        "avísame cuando un modelo de tensorflow entre en el top 30",
        "сообщи мне когда модель tensorflow попадёт в топ 30",
        "当tensorflow模型进入前30时通知我",
    ],
)
def test_who_wants_to_be_told_later_is_offered_an_alert(text: str) -> None:
    """Its words are understood whole by alerts, and nothing else is offered."""
    told = understand(text, TODAY)

    assert told.words is None
    wishes = [alert_words.read(words) for words in told.also]
    assert [wish.action for wish in wishes if wish] == ["when", "list"]
    assert len(wishes) == 2
    assert "nothing was set" in told.problem


def test_of_a_framework_that_no_alert_watches_the_alerts_own_words_are_offered() -> None:
    """An alert on JAX would be refused."""
    assert understand("give me a heads up when jax enters the top 30", TODAY).also == ("alert help", "alerts")


@pytest.mark.parametrize(
    "text", ["stop the alerts", "no more alerts", "turn off alerts please", "cancel my alerts", "stop alerting us"]
)
def test_who_wants_no_more_alerts_is_told_their_words(text: str) -> None:
    """And not those of the digest."""
    told = understand(text, TODAY)

    assert told.words is None
    assert told.also == ("alert off all", "alerts")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("tell me when gpt2 was released", None),
        ("let me know if gpt2 is in tensorflow", "model openai-community/gpt2 in tensorflow"),
        ("tell me which framework has more models", "totals attributed"),
    ],
)
def test_who_wants_to_know_now_is_offered_none(text: str, words: str | None) -> None:
    """A day that is over, and whether something is so."""
    told = understand(text, TODAY)

    assert told.words == words
    assert not [also for also in told.also if also.startswith("alert")]


@pytest.mark.parametrize(
    "text",
    [
        *("取消订阅", "退订", "abbestellen", "bitte abbestellen", "abmelden", "cancelar suscripción", "darse de baja"),
        *("отписаться", "отпишись", "ich möchte mein Abo kündigen"),
    ],
)
def test_bare_words_of_leaving_end_nothing(text: str) -> None:
    """What shall end is asked, as of whoever says `unsubscribe me`."""
    told = understand(text, TODAY)

    assert told.words is None
    assert told.also == ("digest off", "digest off all")
