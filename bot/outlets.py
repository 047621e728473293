"""Where errors and traces go beside the log, by the settings; without what sends them a sentence says so."""

import logging

from bot.config import Settings
from bot.observer import Observer

log = logging.getLogger(__name__)


def trace(observer: Observer, settings: Settings) -> Observer:
    """Have what is observed traced too, where an address for traces is set."""
    if not settings.otel_exporter_otlp_endpoint:
        return observer
    try:
        from bot.tracing import Traced
    except ModuleNotFoundError as missing:
        log.warning("OTEL_EXPORTER_OTLP_ENDPOINT is set, and nothing is traced: %s (pip install '.[traces]')", missing)
        return observer
    return Traced(observer, settings.otel_exporter_otlp_endpoint)


def report_errors(settings: Settings) -> None:
    """Have errors of the log reported to Sentry, where its address is set."""
    if settings.sentry_dsn is None:
        return
    try:
        from bot.error_reports import ErrorReports
    except ModuleNotFoundError as missing:
        log.warning("SENTRY_DSN is set, and nothing is reported: %s (pip install '.[sentry]')", missing)
        return
    logging.getLogger().addHandler(ErrorReports(settings.sentry_dsn.get_secret_value()))
