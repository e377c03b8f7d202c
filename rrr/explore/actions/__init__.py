"""Writes of step 3: `solutions` (the catalogue), `effects` (its evidence), `shortlists`, `index` (what search finds)."""
