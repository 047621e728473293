"""One client for the Hugging Face Hub: nothing outside this package speaks to it."""
