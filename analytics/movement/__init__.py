"""
How a ranking moves: two lists compared place by place, and how much such lists differ when nothing special happens.

`list_moves`: two lists -> what became of each model · `usual_turnover`: past turnovers -> what is more than usual.
"""
