"""Stand-ins for an OpenTelemetry collector (OTLP by HTTP) and for Sentry's ingest: they keep what real SDKs send."""

import gzip
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest


class SunkBodies(ThreadingHTTPServer):
    """Keeps each body under its path, unpacked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Taker)
        self.bodies: list[tuple[str, bytes]] = []

    @property
    def address(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.server_port}"

    @property
    def dsn(self) -> str:
        """Where Sentry's SDK finds it."""
        return f"http://5ec2e7f0abcdef@127.0.0.1:{self.server_port}/7"

    def everything(self) -> str:
        """Give all that came, as it came."""
        return str(self.bodies)

    def spans(self) -> list[Any]:
        """Give the spans that came."""
        sent = [body for path, body in self.bodies if path == "/v1/traces"]
        groups = [each for body in sent for each in ExportTraceServiceRequest.FromString(body).resource_spans]
        return [span for group in groups for scope in group.scope_spans for span in scope.spans]

    def events(self) -> list[dict[str, Any]]:
        """Give the errors that were reported."""
        envelopes = [body.split(b"\n") for path, body in self.bodies if path == "/api/7/envelope/"]
        pairs = [pair for lines in envelopes for pair in zip(lines[1::2], lines[2::2], strict=False)]
        return [json.loads(item) for head, item in pairs if json.loads(head)["type"] == "event"]


class Taker(BaseHTTPRequestHandler):
    """Takes what is posted."""

    def do_POST(self) -> None:
        """Keep it."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        packed = self.headers.get("Content-Encoding") == "gzip"
        assert isinstance(self.server, SunkBodies)
        self.server.bodies.append((self.path, gzip.decompress(body) if packed else body))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def collector() -> Iterator[SunkBodies]:
    """Serve one."""
    with SunkBodies() as server:
        thread = threading.Thread(target=server.serve_forever, name="collector")
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
