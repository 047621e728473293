"""
The door for assistants: the same questions and answers over the Model Context Protocol, read-only.

`create_mcp_app` gives the HTTP door (`/mcp`, stateless) to whoever serves it; `serve` is `frameworks mcp`. Needs the
extra `mcp`, so nothing but the terminal's word and the web process imports it, and late.
"""
