"""
What three sources say of papers' code by framework, each in its own definition.

`tables`: stored readings -> one table each, of one shape · `panels`: tables -> chart and series · `sentences`:
tables -> words for people.
"""
