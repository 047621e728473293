"""The digest: where it may be (`admission`), who gets it (`store`), that it comes once (`slot_delivery`)."""
