"""Which code computed a figure."""

from __future__ import annotations

from django.conf import settings

import rrr


def code_version() -> str:
    """What the operator named it (RRR_CODE_VERSION), else the release."""
    return str(settings.CODE_VERSION) or f"rrr {rrr.__version__}"
