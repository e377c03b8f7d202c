"""Step 4: does it work here."""
