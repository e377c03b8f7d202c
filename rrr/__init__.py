"""RRR: Respond, Rebuild, Reinvent."""

__version__ = "0.1.0"
