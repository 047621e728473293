"""
What to tell people of unasked: a condition, what was read since it was set, and whether that is news. Pure.

`alert_rules`: a condition and two readings -> whether it fires · `alert_replay`: what it would have said of the stored
past · `alert_sentences`: a verdict in words, with numbers, dates, n and source.
"""
