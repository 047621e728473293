"""What opens a connection in a test reads one certificate, wherever its environment comes from."""

import os
import ssl

from tests.analytics.at_the_terminal import type_words
from tests.few_certificates import FEW_CERTIFICATES


def test_a_test_trusts_one_certificate() -> None:
    """The machine's own are a hundred and fifty, read at every connection."""
    assert ssl.create_default_context().cert_store_stats()["x509"] == 1


def test_a_program_with_an_environment_of_its_own_leaves_the_setting_as_it_was() -> None:
    """It has it too, and nothing of its environment stays."""
    type_words({}, ["--version"])

    assert os.environ.items() >= FEW_CERTIFICATES.items()
