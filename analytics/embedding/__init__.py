"""
Makes the embedded readings of `analytics/sample` anew: from a folder of dated public data, or from what is collected.

`python -m analytics.embedding FOLDER` · `python -m analytics.embedding` (asks the network).
"""
