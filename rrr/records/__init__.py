"""Plain typed records that all sides share."""
