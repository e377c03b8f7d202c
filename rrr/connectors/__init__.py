"""One folder per register or catalogue format."""
