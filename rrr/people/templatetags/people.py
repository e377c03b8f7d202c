"""`{% load people %}`: texts people wrote, and times in the zone of a territory."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django import template
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from rrr.people import markdown as text

register = template.Library()


@register.filter
def markdown(value: str) -> SafeString:
    return text.render(value)


@register.filter
def in_zone(value: datetime, zone: str) -> str:
    """`{{ meeting.starts_at|in_zone:zone }}`: local date and time with the name of the zone."""
    try:
        local = localtime(value, ZoneInfo(zone))
    except (ZoneInfoNotFoundError, ValueError):
        local, zone = localtime(value), "UTC"
    return _("%(time)s (%(zone)s)") % {"time": date_format(local, "DATETIME_FORMAT"), "zone": zone.replace("_", " ")}
