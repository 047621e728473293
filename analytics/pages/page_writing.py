"""An answer, the first page and a refusal, written as HTML: the templates say where, this module what."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from analytics.domain.answer import Answer, Origin
from analytics.domain.requests import WHAT_COUNTS, Definition, OneModel, under_the_other_definition
from analytics.domain.table import ColumnKind, Table, write_value
from analytics.domain.wording import iso, sentence
from analytics.grammar import EXAMPLES, parse
from analytics.grammar.strict import Unclear
from analytics.pages.page_addresses import ENDINGS, address_of, address_to_ask, badge_address, form_address
from analytics.pages.page_refusals import PageRefused, Suggestion
from analytics.pages.page_templates import fill

WEB = ("https://", "http://")


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above a column."""

    text: str
    is_number: bool


@dataclass(frozen=True, slots=True)
class ShownPage:
    """One value of a table, and the page of the model it names."""

    text: str
    is_number: bool
    address: str = ""


@dataclass(frozen=True, slots=True)
class PlacedAnswer:
    """An answer and where it stands: `base` is the site's address, `moment` the query of a past day."""

    answer: Answer
    base: str
    moment: str = ""
    note: str = ""
    also: tuple[Suggestion, ...] = field(default=())

    @property
    def address(self) -> str:
        """The address of its question."""
        return address_of(self.answer.request)

    @property
    def description(self) -> str:
        """What a preview of the page says below its title."""
        note = f"{self.answer.freshness}. " if self.answer.freshness else ""
        return f"{note}{self.answer.headline}. {self.answer.subtitle}. {self.answer.source_line}."

    def form(self, name: str) -> str:
        """Give the address of another form of it, of the same day."""
        return form_address(name, self.address) + self.moment

    @property
    def lasting(self) -> str:
        """The address under which these numbers stay; empty where this is it, or where nobody read them."""
        is_live = self.answer.origins and not self.answer.sample and not self.moment
        return f"{self.address}?as-of={iso(self.answer.as_of)}" if is_live else ""


def write_page(placed: PlacedAnswer) -> str:
    """Write the page of an answer."""
    answer = placed.answer
    other = under_the_other_definition(answer.request)
    return fill(
        "answer.html",
        placed=placed,
        answer=answer,
        flag=answer.freshness,
        headings=_head(answer.table) if answer.table else (),
        rows=_lay_out(answer.table) if answer.table else (),
        sources=[_as_source(origin) for origin in answer.origins],
        other=Suggestion(_say_other(answer.definition), address_of(other) + placed.moment) if other else None,
        badge=badge_address(answer.request.id) if isinstance(answer.request, OneModel) else "",
        forms={name: placed.form(name) for name in ENDINGS},
        moment=iso(answer.as_of),
    )


def _say_other(definition: Definition | None) -> str:
    """Name the definition that this answer does not go by."""
    other = (definition or Definition.ATTRIBUTED).other
    return f"The same, {other} ({WHAT_COUNTS[other]})"


def _head(table: Table) -> Sequence[Heading]:
    return [Heading(table.columns[at].heading, table.columns[at].is_number) for at in table.shown]


def _lay_out(table: Table) -> Sequence[Sequence[ShownPage]]:
    shown = [(at, table.columns[at].kind, table.columns[at].is_number) for at in table.shown]
    return [
        [ShownPage(write_value(row[at]), number, _model_address(kind, row[at])) for at, kind, number in shown]
        for row in table.rows
    ]


def _model_address(kind: ColumnKind, value: object) -> str:
    return address_of(OneModel(str(value))) if kind is ColumnKind.ID and value else ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where the numbers came from."""

    text: str
    address: str


def _as_source(origin: Origin) -> Source:
    revision = f"revision {origin.revision}" if origin.revision else ""
    licence = f"licence: {origin.licence}" if origin.licence else ""
    parts = (f"{origin.producer}: {origin.title}", revision, f"read {origin.accessed}", licence)
    address = origin.address if origin.address.startswith(WEB) else ""
    return Source(" · ".join(filter(None, parts)), address)


def write_front(base: str, sentences: Sequence[str]) -> str:
    """Write the first page: what can be asked, and how fresh it is."""
    examples = [(Suggestion(words, _address_of_words(words)), sentence(meaning)) for words, meaning in EXAMPLES]
    return fill("front.html", base=base, examples=examples, sentences=sentences)


def _address_of_words(words: str) -> str:
    read = parse(words)
    return address_to_ask(words) if isinstance(read, Unclear) else address_of(read)


def write_refusal(refused: PageRefused, typed: str = "") -> str:
    """Write the page of a refusal, with what was typed to be mended."""
    return fill("refusal.html", said=refused.said, tries=refused.tries, typed=typed)
