"""The weekly digest: who gets it when (`schedule`, `store`), that it comes once (`slot_delivery`), and what it says."""
