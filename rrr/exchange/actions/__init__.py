"""Writes of step 5."""
