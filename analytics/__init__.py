"""
Which deep learning frameworks do pre-trained models come in?

This package knows models, frameworks and papers, and has never heard of Slack. Two doors lead in: `analyst` turns a
question into an `Answer`, `collect` brings new readings from outside.
"""
