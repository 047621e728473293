"""What an alert would have said of the stored past: its readings judged in order, a message a day at most."""

from collections.abc import Iterator, Sequence

from analytics.alerts.alert_rules import Judgement, Observed, Rule, judge


def replay(rule: Rule, past: Sequence[Observed]) -> list[Judgement]:
    """Give the news of past readings, oldest first: what an alert set at the first of them would have told."""
    days = list(_last_of_each_day(past))
    if not days:
        return []
    start, told, news = days[0], days[0], list[Judgement]()
    for now in days[1:]:
        judged = judge(rule, start, told, now)
        if judged.is_news:
            told = now
            news.append(judged)
    return news


def _last_of_each_day(past: Sequence[Observed]) -> Iterator[Observed]:
    by_day = {one.as_of.date(): one for one in sorted(past, key=lambda one: one.as_of)}
    yield from by_day.values()
