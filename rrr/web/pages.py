"""Addresses of the web app itself: home, components, the two choices of the header."""

from __future__ import annotations

from django.urls import path

from rrr.web import views
from rrr.web.gallery import gallery

app_name = "web"
urlpatterns = [
    path("", views.home, name="home"),
    path("components/", gallery, name="gallery"),
    path("choose-territory/", views.choose_territory, name="choose_territory"),
    path("data/", views.open_data, name="open_data"),
]
