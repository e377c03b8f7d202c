"""Subcommands, one module each, found by themselves."""
