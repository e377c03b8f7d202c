"""Writes about people, one module per subject: `from rrr.people.actions import memberships; memberships.grant(...)`."""
