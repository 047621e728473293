"""What a digest can hold, what people call it, and the question behind it. Pure."""

from collections.abc import Mapping

from analytics.domain.requests import Changes, Official, Papers, Request, Totals

SECTIONS: Mapping[str, tuple[str, Request]] = {
    "top": ("the top 30", Changes()),
    "totals": ("all models of the Hub", Totals()),
    "papers": ("papers' code", Papers()),
    "official": ("official collections", Official()),
}
