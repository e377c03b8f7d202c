"""Writes of step 2: module and verb."""
