"""Writes of step 1: `from rrr.understand.actions import organisations, relations`."""
