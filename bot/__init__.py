"""The Slack bot around `analytics`: it knows Slack and time, and counts nothing itself."""
