"""
The census: every model on the Hub, reduced to a small cube.

`shape`: the common columns of all three sources and how each is brought to them · `crawl`: the listing API, resumable ·
`checks`: what must hold before a snapshot is accepted · `cube`: the attribution rule over Parquet, in DuckDB ·
`lock`: one collector at a time.
"""
