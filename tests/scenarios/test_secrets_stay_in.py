"""A full run with every secret set, and everything that it wrote anywhere: none of them is in it."""

import logging
from contextlib import ExitStack
from pathlib import Path

import httpx2
import pytest
from pydantic import SecretStr
from sqlalchemy import inspect, make_url, text

from bot.app import Bot, build
from bot.config import Settings
from bot.error_reports import ErrorReports
from bot.tracing import Traced
from bot.web.hosting import application_of
from bot.web.metrics import Metrics
from playground.server import Playground
from playground.signed_requests import SignedRequests
from playground.start import connect_to
from tests.loopback import postgres
from tests.loopback.hub import LoopbackHub
from tests.loopback.telemetry_sink import SunkBodies, collector
from tests.loopback.web_process import served
from tests.patient_slack import patient_slack

SIGNING, HUB, ASSISTANTS, PASSWORD = (
    "sign-8f742231",
    "hf_SecretOfTheHub",
    "mcp-secret-of-twenty-letters",
    "pg-s3cret-word",
)


def settings_with_all(playground: Playground, home: Path, hub: str, server: str, outside: SunkBodies) -> Settings:
    """Set every secret there is; the server takes any password."""
    address = make_url(postgres.fresh_database(server)).set(password=PASSWORD).render_as_string(hide_password=False)
    wanted = {"frameworks_home": home, "hf_endpoint": hub, "database_url": address, "collect": False}
    secrets = {"slack_signing_secret": SIGNING, "hf_token": HUB, "mcp_token": ASSISTANTS, "sentry_dsn": outside.dsn}
    wanted["otel_exporter_otlp_endpoint"] = outside.address
    return connect_to(playground, Settings(_env_file=None, **wanted | secrets))


def dump(bot: Bot) -> str:
    """Read every row of every table."""

    def rows(connection: object) -> str:
        tables = inspect(connection).get_table_names()  # type: ignore[attr-defined]  # a connection has an inspector
        return str([connection.execute(text(f'SELECT * FROM "{name}"')).all() for name in tables])  # type: ignore[attr-defined]  # noqa: S608 - the names are the database's own

    return str(bot.analyst.context.database.run(rows))


def live(playground: Playground, address: str) -> str:
    """Ask what is answered, refused and failing, set a digest, and forge; give what an operator can read."""
    for words in ("top30", "bert-base-uncased", "qwertz uiop", "digest on mon 09:00 UTC", "status"):
        playground.command(f"/frameworks {words}").wait()
    playground.faults.error("chat.postMessage", "invalid_auth")
    playground.command("/frameworks top10").wait()
    playground.mention("top20").wait()
    playground.settled()
    httpx2.post(f"{address}/slack/events", content=b"x", headers=SignedRequests("", "another").sign(b"x", 0.0))
    return httpx2.get(f"{address}/readyz").text + httpx2.get(f"{address}/metrics").text


def test_no_secret_is_anywhere(tmp_path: Path, postgres_server: str, caplog: pytest.LogCaptureFixture) -> None:
    """Log at DEBUG, rows, metrics, /readyz, what people read, files, the settings' own repr, spans, Sentry's events."""
    caplog.set_level(logging.DEBUG)
    with ExitStack() as stack:
        playground = stack.enter_context(patient_slack())
        hub = stack.enter_context(LoopbackHub([], tokens=frozenset({"hf_another"})))
        outside, metrics = stack.enter_context(collector()), Metrics()
        settings = settings_with_all(playground, tmp_path, hub.endpoint, postgres_server, outside)
        observer, reports = Traced(metrics, settings.otel_exporter_otlp_endpoint), ErrorReports(outside.dsn)
        bot = build(settings.model_copy(update={"slack_app_token": None}), rhythms={}, observer=observer)
        address = stack.enter_context(served(application_of(settings, lambda: bot, warm=False, metrics=metrics)))
        playground.on_settling = bot.wait_until_idle
        playground.site.deliveries.send_by(SignedRequests(address + "/slack/events", SIGNING))
        told = live(playground, address)
        playground.settled()
        for secret in (SIGNING, HUB, ASSISTANTS, PASSWORD):
            reports.handle(logging.makeLogRecord({"name": "bot", "levelno": 40, "msg": "of %s", "args": (secret,)}))
        for outlet in (observer, reports):
            outlet.flush()
        shown = str([*playground.bot_messages(), *playground.ephemerals()])
        wrote = {"told": told, "shown": shown, "rows": dump(bot), "repr": f"{settings!r} {settings} {bot!r}"}

    wrote["log"] = caplog.text + "".join(str(record.__dict__) for record in caplog.records)
    wrote["files"] = "".join(path.read_text("latin-1") for path in tmp_path.rglob("*") if path.is_file())
    held = [value for _, value in settings if isinstance(value, SecretStr)]
    wrote["outside"] = f"{outside.spans()} {outside.events()}"
    assert (len(held), len(outside.events())) == (7, 4)
    assert "slack chat.postMessage" in wrote["outside"]
    assert "digest" in wrote["shown"]
    assert "refused with 401" in wrote["log"]
    assert "does not take HF_TOKEN" in wrote["log"]
    secrets = [secret.get_secret_value() for secret in held] + [PASSWORD]
    assert [(where, each[:5]) for where, text in wrote.items() for each in secrets if each in text] == []
