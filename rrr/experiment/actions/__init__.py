"""Writes of step 4."""
