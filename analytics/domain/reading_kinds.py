"""Kinds of stored readings, each by the word it rests under in the database; changing one loses what is stored."""

CENSUS, CENSUS_CUBE, CENSUS_SUMS, CENSUS_PAPERS = "census", "hub_cube", "hub_sums", "hub_papers"
"""Of one census: what questions ask of it, the whole cube, its sums for lines over time, its papers."""

CENSUS_SELECTION = "hub_selection"
"""The first models in one framework out of a census; the key is the framework, the ranking, and how far was looked."""

PAPERS_ARCHIVE, PAPERS_LIVE = "papers_archive", "papers_live"
PAPERS_TROUBLE = "papers_trouble"
"""Papers that could not be read: key PAPERS_ARCHIVE or PAPERS_LIVE, body {"why": a clause for people}."""

OFFICIAL = "official"
REACH_TYPES = "reach_types"
"""Model types that released libraries list to convert, by library."""

MODEL, TWIN = "model", "twin"
HEADER = "header"
"""Of one model: the format its safetensors header states, body {"id", "header"}; lists and the census use it too."""

HUB_TROUBLE = "hub_trouble"
"""That the Hub could not be asked for what is the key, body {"why": a sentence for people}."""

COLLECTED, NOT_COLLECTED = "collected", "not_collected"
"""When something was collected and what was said of it, or when it failed and why; the key is the collector's word."""

WAITING_QUESTION = "waiting_question"
"""A question that is answered when what it needs was collected; the key is its mark, the body empty once it was."""

UPLOADED_PICTURE = "uploaded_picture"
"""A picture in Slack; the key is workspace and name, body {"file": its id}, empty once Slack does not show it."""
