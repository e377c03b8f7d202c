"""Step 3: what already works elsewhere."""
