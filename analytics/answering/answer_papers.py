"""Papers: whatever of the three sources is stored; with none, the article's figures and the command that collects."""

import datetime as dt

from analytics import sample
from analytics.answering.later_knowledge import date_receipt
from analytics.context import Context
from analytics.domain.answer import Answer
from analytics.domain.collectors import Collector
from analytics.domain.reading_kinds import CENSUS_PAPERS, PAPERS_ARCHIVE, PAPERS_LIVE, PAPERS_TROUBLE
from analytics.domain.requests import Papers
from analytics.domain.staleness import is_stale
from analytics.domain.wording import day, in_percent
from analytics.errors import NotCollected


def answer(request: Papers, context: Context, as_of: dt.datetime | None) -> Answer:
    """
    Answer from what is stored.

    Raises:  NotCollected, with the article's figures and the command, if nothing is.
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
    if not moments:
        if as_of and any(context.readings.newest(kind) for kind in (PAPERS_ARCHIVE, PAPERS_LIVE, CENSUS_PAPERS)):
            raise NotCollected("papers", f"No reading of papers of {day(as_of)} or before is stored.")
        raise _refuse([one.trouble for one in reads.values() if one.trouble])
    stale = is_stale(Collector.PAPERS, max(moments), moment)
    notes = context.readings.notices
    known = Collected(**reads, article=sample.article_papers(), notes=notes, stale=stale)
    return date_receipt(paper_code.papers(request, known), moment)


def _refuse(troubles: list[str]) -> NotCollected:
    article = sample.article_papers()
    read = f"{in_percent(article['PyTorch'])} PyTorch and {in_percent(article['TensorFlow'])} TensorFlow"
    tried = f"The last try failed: {'; '.join(troubles)}. " if troubles else ""
    return NotCollected(
        "papers",
        f"Papers have not been collected yet. {tried}The bot collects them weekly. "
        f"All there is without it: for 2021Q4 the article of 2022 read {read} of about {article['all']:,.0f} "
        "repositories, by their creation date.",
        Collector.PAPERS,
    )
