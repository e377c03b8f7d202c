"""What all formats share: recognising, guessing columns, converting rows. Formats know nothing of it."""
