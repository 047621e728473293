"""One client per outside world; each speaks our words, and no field name of theirs leaves this package."""
