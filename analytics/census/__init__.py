"""
The census: every model on the Hub, reduced to a small cube.

`schema`: the common columns of all three sources and how each is brought to them · `crawled_pages`: what a crawl keeps,
page by page · `checks`: what must hold before a snapshot is accepted · `cube`: the rule in DuckDB, over what
`tally` counted by outlines (`row_groups`, `fingerprints`, `outlines`) · `lists`, `framework_lists`: top lists out of a
census · `census_files`: where its file rests.
"""
