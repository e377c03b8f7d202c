"""Step 2: what we tackle together."""
