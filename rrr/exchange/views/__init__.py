"""Pages of step 5."""
