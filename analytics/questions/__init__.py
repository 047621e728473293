"""One module a question: tables in, an Answer out; nothing here fetches, stores or draws."""
