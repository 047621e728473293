"""One ranking of the Hub, judged model by model: what the questions on top lists share."""
