"""What is said not to be wanted is never what is answered: a no before a choice, or before another no."""

import datetime as dt

import pytest

from analytics.grammar import understand

TODAY = dt.date(2026, 11, 26)


@pytest.mark.parametrize(
    "text",
    [
        "totals not declared",
        "trend not by downloads",
        "trend without task text-generation",
        "share without onnx",
        "share not in gguf",
        "what share of downloads is not tensorflow",
        "welcher Anteil der Downloads ist nicht GGUF",
        "доля скачиваний без gguf",
        "不是gguf的下载份额",
        "I don't hate quantized ones. top 30",
        "don't leave out quantized copies. top 30",
        "是否取消订阅",
    ],
)
def test_what_is_denied_is_not_chosen(text: str) -> None:
    """It is handed back: nothing is answered, and nothing changed."""
    assert understand(text, TODAY).words is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("leave out quantized copies. top 30", "top30 originals"),
        ("top30 by likes, not downloads", "top30 by likes"),
        ("why isn't gguf counted as a framework", "why formats"),
        ("tensorflow是不是快死了", "trend attributed"),
    ],
)
def test_a_no_that_a_reading_sees_to_is_read(text: str, words: str) -> None:
    """Copies that are left out, a measure that is replaced, a reason that is asked for, a Chinese question."""
    assert understand(text, TODAY).words == words
