"""Accuracy beside time of each engine, on fixed real data, as ratios."""
