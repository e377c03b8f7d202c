"""Addresses of step 3."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "explore"
urlpatterns: list[URLPattern] = []
