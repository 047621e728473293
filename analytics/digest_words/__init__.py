"""Words about digests, as every door reads them."""
