"""Folding, stemming, language, sentence vectors, legal forms: shared by engines and connectors."""
