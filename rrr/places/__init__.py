"""Territories, boundaries, indicators."""
