"""
What converts on load: a repository holds PyTorch weights only, and a released library loads them elsewhere.

Never added to what is counted by files. `types.csv` is what each library lists, `classes.csv` which classes it has,
`loads.csv` what was seen when tiny checkpoints of each type were loaded and compared with PyTorch (docs/method.md says
how, and what it does not show).
"""
