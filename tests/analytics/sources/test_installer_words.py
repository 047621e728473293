"""What the installer's log says of where it was sent."""

import pytest

from analytics.sources.installer_words import leads_into_the_open

ASKED = """
2026-11-27T13:41:53,036   Starting new HTTPS connection (1): index.example:443
2026-11-27T13:41:53,037   https://index.example:443 "GET /simple/keras-hub/ HTTP/1.1" 302 0
2026-11-27T13:41:53,038   Starting new {kind} connection (1): other.example:{port}
2026-11-27T13:41:53,039   {scheme}://other.example:{port} "GET /simple/keras-hub/ HTTP/1.1" 200 475
2026-11-27T13:41:53,040   Fetched page https://index.example/simple/keras-hub/ as text/html
"""


@pytest.mark.parametrize(
    ("kind", "scheme", "port", "open_to_all"), [("HTTP", "http", 80, True), ("HTTPS", "https", 443, False)]
)
def test_a_page_that_leads_out_of_encryption_is_seen(kind: str, scheme: str, port: int, open_to_all: bool) -> None:  # noqa: FBT001 - a case
    """Another encrypted host is a mirror; one in the open could be anybody."""
    assert leads_into_the_open(ASKED.format(kind=kind, scheme=scheme, port=port)) is open_to_all
