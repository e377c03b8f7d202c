"""Addresses of step 4."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "experiment"
urlpatterns: list[URLPattern] = []
