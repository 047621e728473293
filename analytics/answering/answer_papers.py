"""Papers: whatever of the three sources is stored; with none, the embedded part of the archive."""

import datetime as dt
from dataclasses import replace

from analytics import sample
from analytics.answering.later_knowledge import date_receipt, is_of_day
from analytics.context import Context
from analytics.domain.answer import Answer
from analytics.domain.collectors import Collector
from analytics.domain.reading_kinds import CENSUS_PAPERS, PAPERS_ARCHIVE, PAPERS_LIVE, PAPERS_TROUBLE
from analytics.domain.requests import Papers
from analytics.domain.staleness import is_stale
from analytics.domain.wording import day, in_percent, sentence
from analytics.errors import NotCollected
from analytics.sample.embedded import PAPERS, read_embedded


def answer(request: Papers, context: Context, as_of: dt.datetime | None) -> Answer:
    """
    Answer from what is stored; with nothing, of the archive, from the sample: now, and on the sample's own day.

    Raises:  NotCollected, if nothing is of a past day, or of a source that the sample does not hold.
    """
    from analytics.papers.paper_tables import Collected, PanelReading
    from analytics.questions import paper_code

    moment = as_of or context.clock()

    def read(kind: str) -> PanelReading:
        stored, failed = context.readings.as_of(kind, "", moment), context.readings.as_of(PAPERS_TROUBLE, kind, moment)
        trouble = ""
        if failed and (stored is None or failed.as_of > stored.as_of):
            trouble = f"{failed.body['why']} on {day(failed.as_of)}"
        when = failed.as_of if failed and trouble else None
        if stored is None:
            return PanelReading(trouble=trouble, failed=when)
        return PanelReading(stored.body, stored.as_of, stored.origins, trouble, stored.method, when)

    reads = {"archive": read(PAPERS_ARCHIVE), "live": read(PAPERS_LIVE), "hub": read(CENSUS_PAPERS)}
    moments = [one.as_of for one in reads.values() if one.body and one.as_of]
    troubles = list(dict.fromkeys(one.trouble for one in reads.values() if one.trouble))  # without a network all alike
    is_of_sample = as_of is None or is_of_day(read_embedded(PAPERS).as_of, as_of)
    if not moments and is_of_sample and request.source in ("", "archive"):
        return date_receipt(_answer_from_sample(request, troubles, context), moment)
    if not moments:
        if as_of and any(context.readings.newest(kind) for kind in (PAPERS_ARCHIVE, PAPERS_LIVE, CENSUS_PAPERS)):
            raise NotCollected("papers", f"No reading of papers of {day(as_of)} or earlier is stored.")
        raise _refuse(troubles, context)
    stale = is_stale(Collector.PAPERS, max(moments), moment)
    notes = context.readings.notices
    known = Collected(**reads, article=sample.article_papers(), notes=notes, stale=stale)
    return date_receipt(paper_code.papers(request, known), moment)


def _answer_from_sample(request: Papers, troubles: list[str], context: Context) -> Answer:
    """Answer from the embedded part of the archive."""
    from analytics.papers.paper_tables import of_archive
    from analytics.questions.papers_in_part import PartOfArchive, papers_in_part

    kept = read_embedded(PAPERS)
    tried = [f"The last try to read more failed: {'; '.join(troubles)}."] if troubles else []
    notes = (*tried, *kept.notes, *context.readings.notices)

    def count() -> Answer:
        part = PartOfArchive(of_archive(kept.body, request), kept.as_of, kept.population, kept.origins)
        told = papers_in_part(request, part, sample.article_papers(), sample.ARTICLE, notes)
        return replace(told, method=kept.method)

    return context.answers.get(("sample", request, notes), count)


def _refuse(troubles: list[str], context: Context) -> NotCollected:
    article = sample.article_papers()
    read = f"{in_percent(article['PyTorch'])} PyTorch and {in_percent(article['TensorFlow'])} TensorFlow"
    tried = f"The last try failed: {'; '.join(troubles)}. " if troubles else ""
    rhythm = sentence(context.outlook.say_rhythm(Collector.PAPERS, "the bot collects them weekly", context.clock()))
    return NotCollected(
        "papers",
        f"Papers have not been collected yet. {tried}{rhythm}. Until then “papers” is answered "
        f"from a part of the archive, and for 2021Q4 the article of 2022 read {read} of about "
        f"{article['all']:,.0f} repositories, by their creation date.",
        Collector.PAPERS,
    )
