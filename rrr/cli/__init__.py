"""The rrr command: the engines on files."""
