"""The weekly digest: who gets it when (`schedule`, `store`), that it comes once (`once`), and what it says."""
