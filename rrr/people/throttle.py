"""A limit on what strangers may send, counted per address in the cache."""

from __future__ import annotations

import hashlib

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest


def exceeded(request: HttpRequest, *, action: str, most: int, seconds: int) -> bool:
    """Count this request; True once there were more than `most` within `seconds`. Only a hash of the address is kept."""
    address = get_adapter().get_client_ip(request)
    key = "throttle:" + hashlib.sha256(f"{action}:{address}".encode()).hexdigest()
    cache.add(key, 0, timeout=seconds)
    try:
        return bool(cache.incr(key) > most)
    except ValueError:  # expired between the two calls
        return False
