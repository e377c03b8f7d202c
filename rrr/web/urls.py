"""Root addresses. Each step brings its own."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from rrr.web import views
from rrr.web.gallery import gallery

pages = [
    path("", views.home, name="home"),
    path("components/", gallery, name="gallery"),
    path("choose-territory/", views.choose_territory, name="choose_territory"),
    path("choose-language/", views.choose_language, name="choose_language"),
    path("data/", views.open_data, name="open_data"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((pages, "web"))),
    path("accounts/", include("allauth.urls")),
    path("", include("rrr.core.urls")),
    path("", include("rrr.people.urls")),
    path("", include("rrr.understand.urls")),
    path("", include("rrr.define.urls")),
    path("", include("rrr.explore.urls")),
    path("", include("rrr.experiment.urls")),
    path("", include("rrr.exchange.urls")),
]
handler500 = "rrr.web.failures.failed"
