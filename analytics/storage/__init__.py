"""What is kept: the database, its tables, and the locks around it."""
