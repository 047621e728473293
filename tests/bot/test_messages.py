"""What the bot says around its answers: harmless, and with a button that asks the right question."""

from analytics.domain.requests import Compare, Top
from analytics.errors import NoSuchModel, NoSuchTask
from analytics.grammar import Unclear, parse
from bot import messages
from playground.block_kit import problems


def test_what_people_typed_comes_back_harmless() -> None:
    """An unknown word is quoted as code that it cannot break out of."""
    said = messages.unclear(Unclear("`<!channel>` & co", "I know no question “<!channel>”.", ("top30",)))

    assert "`ʼ&lt;!channel&gt;ʼ &amp; co`" in said.blocks[0]["text"]["text"]
    assert problems(list(said.blocks)) == []


def test_a_wrong_task_offers_the_corrected_question() -> None:
    """The button asks the whole question again with the nearest name."""
    question = parse("top30 task text-genration")
    assert isinstance(question, Top)

    said = messages.no_such(NoSuchTask("text-genration", ("text-generation",)), question)

    assert said.blocks[-1]["elements"][0]["value"] == "top30 task text-generation attributed"


def test_only_the_wrong_name_is_replaced() -> None:
    """A name that another one begins with is another name."""
    request = Compare("lab/bert", "lab/bert-base")

    said = messages.no_such(NoSuchModel("lab/bert", ("lab/roberta",), "It is gone."), request)

    assert [button["value"] for button in said.blocks[-1]["elements"]] == ["compare lab/roberta lab/bert-base"]
