"""
How the tables came to be what they are, one script a step; `schema_history.py` walks them when a database is opened.

To change a table:

1. Change it where it stands (`analytics/storage/`, `bot/digest/tables.py`). A test fails now, naming what has no
   migration.
2. `python -m analytics.storage.migrations "add x"` makes `versions/rNNNN_add_x.py`. Fill in `upgrade`: on SQLite most
   changes need `with op.batch_alter_table(...)`; a column that may not be NULL needs a `server_default`, for the rows
   there are, which the table in the code has too. Use no code of ours in it: a script must mean the same in years. End
   no transaction in it: what it did could not be taken back. A test refuses both, and one that does nothing; one that
   was not filled in or that commits is refused by the program too.
3. Run the tests. Each `tests/data/schema_<revision>.*` is opened, brought up to date and asked, on both engines.
4. `python -m tests.analytics.storage.dump_schema` keeps today's schema, with data in it, as another of those files.

There is no way down: SQLite's file is copied aside first, and of PostgreSQL there is a backup. All steps are taken in
one transaction. A script that was released is never changed; a mistake in it is mended by the next.
"""
