"""The database RRR talks to: a server of your own through DATABASE_URL, otherwise an embedded PostgreSQL that starts by itself.

Standard library only: `dev`, the settings and operators use it before anything else is installed or configured.
"""

from rrr.core.database.connection import Connection, DatabaseError
from rrr.core.database.service import ensure, remove, status, stop
from rrr.core.database.transfer import dump, restore

__all__ = ["Connection", "DatabaseError", "dump", "ensure", "remove", "restore", "status", "stop"]
