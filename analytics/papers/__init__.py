"""
What three sources say of papers' code by framework, each in its own definition.

`paper_tables`: stored readings -> one table each, of one shape · `paper_choice`: which source and quarter carry the
finding · `paper_panels`: tables -> chart and series · `paper_sentences`, `paper_caveats`: tables -> words for people.
"""

METHOD = "papers-2026-11.3"
"""The version of the rules by which the archive and its successor are counted."""
