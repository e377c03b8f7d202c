"""People, the bodies they belong to, and their roles."""

from rrr.people.models.person import User, UserManager
from rrr.people.models.role import Membership, ProgrammeRole

__all__ = ["Membership", "ProgrammeRole", "User", "UserManager"]
