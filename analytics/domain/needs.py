"""What has to be collected before a question can be answered in full."""

from analytics.domain.collectors import Collector
from analytics.domain.requests import Changes, Official, Papers, Request, Share, Top, Totals, Trend


def find_need(request: Request) -> Collector | None:
    """Give what a question is answered from, where that is collected; None where the Hub is asked for one model."""
    match request:
        case Totals() | Trend() | Top(by="alltime") | Papers(source="hub"):
            return Collector.CENSUS
        case Papers():
            return Collector.PAPERS
        case Official():
            return Collector.OFFICIAL
        case Top() | Changes() | Share():
            return Collector.TOP
        case _:
            return None
