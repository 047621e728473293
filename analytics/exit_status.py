"""The exit status of the terminal, a contract: what a script may go by."""

ANSWERED, UNEXPECTED, UNCLEAR, NO_SUCH, UNAVAILABLE = 0, 1, 2, 3, 4
"""Answered; anything else, with a reference; words not understood; no such model, task or author; nothing stored."""
