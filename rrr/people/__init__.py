"""Accounts, bodies, memberships, permissions."""
