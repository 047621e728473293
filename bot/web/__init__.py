"""HTTP in the place of Socket Mode: Slack's requests, signed, and what an operator asks (is it alive, is it ready)."""
