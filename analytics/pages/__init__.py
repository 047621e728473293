"""
The same answers as pages: read-only, without scripts, one address a question.

`page_routes` gives the routes to whoever serves them. Nothing here knows Slack, and nothing can be changed from here.
"""
