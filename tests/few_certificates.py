"""
One certificate in the place of the machine's hundred and fifty.

Whatever opens a connection reads all that the machine trusts, 24 ms each time, also for plain HTTP; no test speaks with
anybody who has a certificate. The setting is the one that people behind a company's proxy use.
"""

from pathlib import Path

FEW_CERTIFICATES = {"SSL_CERT_FILE": str(Path(__file__).parent / "data" / "one_certificate.pem")}
"""What to add to the environment."""
