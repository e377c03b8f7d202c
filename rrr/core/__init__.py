"""What every step needs."""
