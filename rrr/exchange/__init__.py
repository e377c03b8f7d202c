"""Step 5: what others should know."""
