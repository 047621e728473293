"""Alerts in Slack: who waits for what, the words and the form, and the message of the day, delivered as the digest."""
