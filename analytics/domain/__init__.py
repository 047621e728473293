"""The plain values all else speaks in: questions, answers, counts, observations. Nothing here fetches or draws."""
