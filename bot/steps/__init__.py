"""The workflow step: a question and a channel in, the posted answer out."""
