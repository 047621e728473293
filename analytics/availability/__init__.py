"""Can this model be had in that framework? What is known of a model, what loads it, and how that is said."""
