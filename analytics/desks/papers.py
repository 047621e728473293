"""Papers: whatever of the three panels is stored; with none, the command that collects them."""

import datetime as dt

from analytics import sample
from analytics.answer import Answer
from analytics.errors import NotCollected
from analytics.kit import Kit
from analytics.request import Papers

ARCHIVE, LIVE, HUB = "papers_archive", "papers_live", "hub_papers"


def answer(request: Papers, kit: Kit, as_of: dt.datetime | None) -> Answer:
    """
    Answer from what is stored.

    Raises:  NotCollected, with the article's reading and the command, if nothing is.
    """
    moment = as_of or kit.clock()
    archive, live, hub = (kit.readings.as_of(kind, "", moment) for kind in (ARCHIVE, LIVE, HUB))
    stored = [reading for reading in (archive, live, hub) if reading]
    article = sample.article_papers()
    if not stored:
        read = f"{article['PyTorch']:.0f} % PyTorch and {article['TensorFlow']:.0f} % TensorFlow"
        raise NotCollected(
            "papers",
            "Papers have not been collected yet; “frameworks collect papers” reads them, and the bot does so weekly. "
            f"For 2021 Q4 the article read {read} of about {article['all']:,.0f} repositories, by their creation.",
        )
    from analytics.questions import papers

    known = papers.Collected(
        as_of=max(reading.as_of for reading in stored),
        archive=archive.body if archive else None,
        live=live.body if live else None,
        hub=hub.body if hub else None,
        article=article,
        origins=tuple(dict.fromkeys(origin for reading in stored for origin in reading.origins)),
        notes=kit.readings.notices,
    )
    return papers.papers(request, known)
