"""Settings, root addresses, home, components."""
