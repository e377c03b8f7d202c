"""Pages of step 3: the catalogue, its curation, matches, shortlists, and the search over everything."""
