"""Addresses of step 2."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "define"
urlpatterns: list[URLPattern] = []
