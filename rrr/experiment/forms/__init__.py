"""Forms of step 4."""
